//! Filling the index and keeping it fresh: pages in the background within the request budget, and a
//! question for changes every minute while somebody can see the page.

use super::Incidents;
use crate::api::graph::Listing;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::{clock, visibility};
use leptos::prelude::*;
use leptos::task::spawn_local;

const POLL_MS: i32 = 60_000;
/// Changes are asked for from a little before the last answer: the service's clock and its index
/// are not exactly one.
const OVERLAP_MS: i64 = 120_000;

impl Incidents {
    /// Sees to it that everything updated since an instant is read; `Timestamp(i64::MIN)` is
    /// everything there is. Asking for what is there already does nothing.
    pub fn cover(self, from: Timestamp) {
        let wanted = self.wanted.try_get_value().unwrap_or(from).min(from);
        self.wanted.set_value(wanted);
        self.resume();
    }

    /// Tries again whatever has failed: the list of what awaits the customer, what has changed, and
    /// pages that have not come.
    pub fn retry(self) {
        spawn_local(async move {
            self.read_awaiting().await;
            self.poll().await;
        });
    }

    /// Reads everything that awaits the customer, then asks for changes for as long as the page
    /// lives.
    pub fn start(self) {
        spawn_local(async move {
            self.read_awaiting().await;
            loop {
                #[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
                let jitter = (clock::jitter() * 0.1 * f64::from(POLL_MS)) as i32;
                clock::sleep(POLL_MS + jitter).await;
                if self.session.closed() {
                    return;
                }
                if visibility::visible() {
                    self.poll().await;
                }
            }
        });
    }

    /// Fills what is wanted and not covered, unless that is under way.
    fn resume(self) {
        let Some(sync) = self.sync.try_get_untracked() else {
            return;
        };
        let wanted = self.wanted.try_get_value().unwrap_or(NOTHING);
        let covered = sync.covered.unwrap_or(NOTHING);
        if !sync.loading && wanted < covered {
            self.sync.update(|sync| sync.loading = true);
            spawn_local(self.fill());
        }
    }

    async fn read_awaiting(self) {
        let answer = self.read(&Listing::Awaiting).await;
        let _ = self.sync.try_update(|sync| {
            let was = std::mem::replace(&mut sync.awaiting, Load::Loading);
            sync.awaiting = was.settle(answer);
        });
    }

    async fn fill(self) {
        loop {
            let Some(sync) = self.sync.try_get_untracked() else {
                return;
            };
            let wanted = self.wanted.try_get_value().unwrap_or(NOTHING);
            if wanted >= sync.covered.unwrap_or(NOTHING) {
                break;
            }
            let since = (wanted > EVERYTHING).then_some(wanted);
            let listing = Listing::Updated {
                from: since,
                before: sync.covered,
            };
            let began = Timestamp(clock::now());
            let answer = self.read(&listing).await;
            let failed = answer.is_err();
            let first = sync.covered.is_none();
            let _ = self.sync.try_update(|sync| match answer {
                Ok(()) => {
                    sync.covered = Some(wanted);
                    // Only a list that reaches up to now says anything about what has changed.
                    if first {
                        sync.refreshed = Some(began);
                        sync.error = None;
                    }
                }
                Err(error) => sync.error = Some(error),
            });
            if failed {
                break;
            }
        }
        let _ = self.sync.try_update(|sync| sync.loading = false);
    }

    /// Asks for what has changed since everything was known, and takes up what has failed before.
    async fn poll(self) {
        let Some(sync) = self.sync.try_get_untracked() else {
            return;
        };
        if !matches!(sync.awaiting, Load::Ready(())) {
            self.read_awaiting().await;
        }
        if let Some(refreshed) = sync.refreshed {
            let from = Some(refreshed.plus(-OVERLAP_MS));
            let began = Timestamp(clock::now());
            let answer = self.read(&Listing::Updated { from, before: None }).await;
            let _ = self.sync.try_update(|sync| match answer {
                Ok(()) => {
                    sync.refreshed = Some(began);
                    sync.error = None;
                }
                Err(error) => sync.error = Some(error),
            });
        }
        self.resume();
    }

    /// Reads a list to its end, taking each page in as it comes.
    async fn read(self, listing: &Listing) -> Result<(), ApiError> {
        let client = self.session.client();
        self.pace().await;
        let mut page = client.incidents(listing).await;
        loop {
            let answer = page.inspect_err(|error| self.session.heard(error))?;
            self.put(answer.incidents);
            let Some(next) = answer.next else {
                self.session.works();
                return Ok(());
            };
            self.pace().await;
            if self.session.closed() {
                return Ok(());
            }
            page = client.more_incidents(next).await;
        }
    }

    /// Waits for the next request within the budget, which all lists share.
    async fn pace(self) {
        let Some(Some(budget)) = self.session.requests_per_minute.try_get_value() else {
            return;
        };
        let now = clock::now();
        let slot = self.next_request.try_get_value().unwrap_or(now).max(now);
        let pause = 60_000 / i64::from(budget.max(1));
        let _ = self.next_request.try_set_value(slot + pause);
        if slot > now {
            clock::sleep(i32::try_from(slot - now).unwrap_or(i32::MAX)).await;
        }
    }
}

const NOTHING: Timestamp = Timestamp(i64::MAX);
const EVERYTHING: Timestamp = Timestamp(i64::MIN);
