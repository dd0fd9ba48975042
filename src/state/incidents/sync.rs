//! Filling the index and keeping it fresh: pages in the background within the request budget, and a
//! question for changes every minute while somebody can see the page.

use super::Incidents;
use crate::api::graph::Listing;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::paging::Trail;
use crate::domain::time::{DAY, Timestamp};
use crate::platform::task::spawn_local;
use crate::platform::{clock, observe, visibility};
use leptos::prelude::*;

const POLL_MS: i32 = 60_000;
/// Without a connection nothing is asked of anybody's quota: its return is noticed sooner.
const POLL_LOST_MS: i32 = 10_000;
/// Changes are asked for from a little before the newest one known: the service's clock and its
/// index are not exactly one.
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
    /// lives: every minute, and at once when the page is seen again or the network is back.
    pub fn start(self) {
        observe::window_event("online", move || spawn_local(self.poll()));
        observe::window_event("visibilitychange", move || {
            let refreshed = self.sync.with_untracked(|sync| sync.refreshed);
            let due = refreshed.is_some_and(|at| at.0 + i64::from(POLL_MS) < clock::now());
            if due && visibility::visible() {
                spawn_local(self.poll());
            }
        });
        spawn_local(async move {
            self.read_awaiting().await;
            loop {
                #[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
                let jitter = (clock::jitter() * 0.1 * f64::from(POLL_MS)) as i32;
                let lost = self.session.connection().lost().get_untracked().is_some();
                clock::sleep(if lost { POLL_LOST_MS } else { POLL_MS + jitter }).await;
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
        let answer = self.read(&Listing::Awaiting).await.map(drop);
        let _ = self.sync.try_update(|sync| {
            let was = std::mem::replace(&mut sync.awaiting, Load::Loading);
            sync.awaiting = was.settle(answer, Timestamp(clock::now()));
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
            // Only a list that reaches up to now says anything about what has changed.
            let first = sync.covered.is_none();
            let _ = self.sync.try_update(|sync| {
                if answer.is_ok() {
                    sync.covered = Some(wanted);
                }
                match answer {
                    Ok(_) if !first => {}
                    answer => self.caught_up(sync, began, answer),
                }
            });
            if failed {
                break;
            }
        }
        let _ = self.sync.try_update(|sync| sync.loading = false);
    }

    /// Asks for what has changed since everything was known, and takes up what has failed before.
    /// Asking while that is under way does nothing.
    async fn poll(self) {
        let begin = |polling: &mut bool| !std::mem::replace(polling, true);
        if self.polling.try_update_value(begin) == Some(true) {
            self.ask_for_changes().await;
            let _ = self.polling.try_set_value(false);
        }
    }

    async fn ask_for_changes(self) {
        let Some(sync) = self.sync.try_get_untracked() else {
            return;
        };
        if !matches!(sync.awaiting, Load::Ready(..)) {
            self.read_awaiting().await;
        }
        if sync.refreshed.is_some() {
            let newest = self.newest.try_get_value().flatten();
            // Of a tenant where nothing has happened nothing but the beginning is known.
            let since = newest.or(sync.covered.filter(|covered| *covered > EVERYTHING));
            let from = since.map(|since| since.plus(-OVERLAP_MS));
            let began = Timestamp(clock::now());
            let answer = self.read(&Listing::Updated { from, before: None }).await;
            let _ = self
                .sync
                .try_update(|sync| self.caught_up(sync, began, answer));
        } else if self.wanted.try_get_value() == Some(NOTHING) {
            // No page wants a list, but what is open has to follow changes, too.
            self.cover(Timestamp(clock::now() - DAY));
        }
        self.resume();
    }

    /// Takes in what came of a list that reaches up to now: its newest incident, or none.
    fn caught_up(
        self,
        sync: &mut super::Sync,
        began: Timestamp,
        answer: Result<Option<Timestamp>, ApiError>,
    ) {
        match answer {
            Ok(newest) => {
                sync.refreshed = Some(began);
                sync.error = None;
                // Whence changes are asked for is the service's own time: the device's clock may be
                // wrong by a day. A time to come is no such time, or all that follows would be missed.
                let newest = newest.map(|newest| newest.min(began));
                let _ = self
                    .newest
                    .try_update_value(|held| *held = newest.max(*held));
            }
            Err(error) => sync.error = Some(error),
        }
    }

    /// Reads a list to its end, taking each page in as it comes; returns the newest update in it.
    async fn read(self, listing: &Listing) -> Result<Option<Timestamp>, ApiError> {
        let client = self.session.client();
        self.pace().await;
        let mut newest = None;
        let mut trail = Trail::default();
        let mut page = client.incidents(listing).await;
        loop {
            self.session.connection().heard(&page);
            let answer = page.inspect_err(|error| self.session.heard(error))?;
            newest = newest.max(answer.incidents.iter().map(|one| one.updated).max());
            self.put(answer.incidents);
            let Some(next) = answer.next else {
                self.session.works();
                return Ok(newest);
            };
            if trail.leads_back(&next) {
                let at = "the pages of the list lead round in a circle".to_owned();
                return Err(ApiError::BadReply { at });
            }
            self.pace().await;
            page = client.more_incidents(next).await;
        }
    }

    /// Waits for the next request within the budget, which all lists share.
    async fn pace(self) {
        let Some(Some(budget)) = self.session.requests_per_minute.try_get_value() else {
            return;
        };
        let now = clock::uptime();
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
