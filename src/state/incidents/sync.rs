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
    /// everything there is. Asking for what is there already costs nothing.
    pub fn cover(self, from: Timestamp) {
        let wanted = self.wanted.try_get_value().unwrap_or(from);
        self.wanted.set_value(wanted.min(from));
        if !self.sync.read_untracked().loading {
            self.sync.update(|sync| sync.loading = true);
            spawn_local(self.fill());
        }
    }

    /// Tries again after a failure.
    pub fn retry(self) {
        self.start_awaiting();
        self.cover(Timestamp(i64::MAX));
    }

    /// Reads everything that awaits the customer, then asks for changes for as long as the page
    /// lives.
    pub fn start(self) {
        self.start_awaiting();
        spawn_local(async move {
            loop {
                #[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
                let jitter = (clock::jitter() * 0.1 * f64::from(POLL_MS)) as i32;
                clock::sleep(POLL_MS + jitter).await;
                if self.sync.try_get_untracked().is_none() {
                    return;
                }
                if visibility::visible() {
                    self.poll().await;
                }
            }
        });
    }

    fn start_awaiting(self) {
        spawn_local(async move {
            let answer = self.read(&Listing::Awaiting).await;
            let _ = self.sync.try_update(|sync| {
                let was = std::mem::replace(&mut sync.awaiting, Load::Loading);
                sync.awaiting = was.settle(answer);
            });
        });
    }

    async fn fill(self) {
        loop {
            let Some(sync) = self.sync.try_get_untracked() else {
                return;
            };
            let wanted = self.wanted.try_get_value().unwrap_or_default();
            if sync.covered.is_some_and(|covered| covered <= wanted) {
                break;
            }
            let since = (wanted.0 > i64::MIN).then_some(wanted);
            let listing = Listing::Updated {
                from: since,
                before: sync.covered,
            };
            let answer = self.read(&listing).await;
            let failed = answer.is_err();
            let _ = self.sync.try_update(|sync| match answer {
                Ok(()) => sync.covered = Some(wanted),
                Err(error) => sync.error = Some(error),
            });
            if failed {
                break;
            }
        }
        let _ = self.sync.try_update(|sync| sync.loading = false);
    }

    async fn poll(self) {
        let Some(refreshed) = self.sync.read_untracked().refreshed else {
            // Nothing was ever read: the first attempt is what has to be repeated.
            return self.retry();
        };
        let listing = Listing::Updated {
            from: Some(refreshed.plus(-OVERLAP_MS)),
            before: None,
        };
        if let Err(error) = self.read(&listing).await {
            let _ = self.sync.try_update(|sync| sync.error = Some(error));
        }
    }

    /// Reads a list to its end, taking each page in as it comes.
    async fn read(self, listing: &Listing) -> Result<(), ApiError> {
        let began = Timestamp(clock::now());
        let client = self.session.client();
        let pause = self
            .session
            .requests_per_minute
            .try_get_value()
            .flatten()
            .map(|n| 60_000 / n.max(1));
        let mut page = client.incidents(listing).await;
        loop {
            match page {
                Ok(answer) => {
                    self.put(answer.incidents);
                    let Some(next) = answer.next else { break };
                    if let Some(pause) = pause {
                        clock::sleep(i32::try_from(pause).unwrap_or(i32::MAX)).await;
                    }
                    page = client.more_incidents(next).await;
                }
                Err(error) => {
                    self.session.heard(&error);
                    return Err(error);
                }
            }
        }
        let _ = self.sync.try_update(|sync| {
            sync.refreshed = Some(began);
            sync.error = None;
        });
        Ok(())
    }
}
