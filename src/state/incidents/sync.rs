//! Keeping the index fresh: what awaits the customer at the start, and a question for changes every
//! minute while somebody can see the page. The pages of the queue itself are `paging`'s.

use super::{Incidents, Sync};
use crate::api::graph::{Listing, Page};
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::paging::Trail;
use crate::domain::time::{DAY, Timestamp};
use crate::platform::task::spawn_local;
use crate::platform::{clock, observe, visibility};
use lexicon::t;

const POLL_MS: i32 = 60_000;
/// Without a connection nothing is asked of anybody's quota: its return is noticed sooner.
const POLL_LOST_MS: i32 = 10_000;
/// Changes are asked for from a little before the newest one known: the service's clock and its
/// index are not exactly one.
const OVERLAP_MS: i64 = 120_000;

impl Incidents {
    /// Tries again whatever has failed: the list of what awaits the customer, what has changed, and
    /// pages that have not come.
    pub fn retry(self) {
        self.permit();
        spawn_local(async move {
            self.read_awaiting().await;
            self.poll(None).await;
        });
    }

    /// Reads everything that awaits the customer.
    pub fn start(self) {
        spawn_local(self.read_awaiting());
    }

    /// Begins again where nothing has come yet.
    pub fn begin_again(self) {
        spawn_local(async move {
            self.read_awaiting().await;
            self.go_on();
        });
    }

    /// Asks for changes for as long as the page lives: every minute, and at once when the page is seen
    /// again or the network is back.
    pub fn follow(self) {
        observe::window_event("online", move || spawn_local(self.poll(None)));
        observe::window_event("visibilitychange", move || {
            let refreshed = self.sync.with_untracked(|sync| sync.refreshed);
            let due = refreshed.is_some_and(|at| at.0 + i64::from(POLL_MS) < clock::now());
            if !visibility::visible() {
                self.turn.give();
            } else if due {
                spawn_local(self.poll(None));
            }
        });
        self.turn.listen(move |word| self.told(&word));
        spawn_local(async move {
            loop {
                #[expect(clippy::cast_possible_truncation, reason = "a few seconds")]
                let jitter = (clock::jitter() * 0.1 * f64::from(POLL_MS)) as i32;
                let lost = self.session.connection().lost().get_untracked().is_some();
                clock::sleep(if lost { POLL_LOST_MS } else { POLL_MS + jitter }).await;
                if visibility::visible() && (self.turn.take().await || lost || self.overdue()) {
                    self.poll(None).await;
                }
            }
        });
    }

    /// Another tab has asked for changes, and tells when something last changed for it and when it asked. What
    /// it knows and this tab does not has to be asked for, even where it is older than the newest known here.
    fn told(self, word: &str) {
        let time = |text: &str| text.parse().ok().map(Timestamp);
        let told = word.split_once(' ');
        let told = told.and_then(|(moved, asked)| Some((time(moved)?, time(asked)?)));
        let Some((moved, asked)) = told.filter(|_| visibility::visible()) else {
            return;
        };
        if self.moved.try_get_value() != Some(moved) {
            return spawn_local(self.poll(Some(moved)));
        }
        let _ = self.sync.try_update(|sync| {
            if sync.refreshed.is_some_and(|at| at < asked) {
                self.caught_up(sync, None, asked);
            }
        });
    }

    /// Whether nothing has been heard of changes for so long that the tab whose turn it is must be in
    /// trouble, such as one that the browser has put to sleep.
    fn overdue(self) -> bool {
        let sync = self.sync.try_get_untracked();
        let refreshed = sync.and_then(|sync| sync.refreshed).unwrap_or_default();
        refreshed.0 + 2 * i64::from(POLL_MS) < clock::now()
    }

    async fn read_awaiting(self) {
        let answer = self.read(&Listing::Awaiting).await.map(drop);
        let _ = self.sync.try_update(|sync| {
            let was = std::mem::replace(&mut sync.awaiting, Load::Loading);
            sync.awaiting = was.settle(answer, Timestamp(clock::now()));
        });
    }

    /// Asks for what has changed since everything was known, and takes up what has failed before.
    /// Asking while that is under way does nothing. Who asks because they were `told` of changes tells
    /// nobody: the tabs would set each other off.
    async fn poll(self, told: Option<Timestamp>) {
        let begin = |polling: &mut bool| !std::mem::replace(polling, true);
        if self.polling.try_update_value(begin) == Some(true) {
            self.ask_for_changes(told).await;
            let _ = self.polling.try_set_value(false);
        }
    }

    async fn ask_for_changes(self, told: Option<Timestamp>) {
        let Some(sync) = self.sync.try_get_untracked() else {
            return;
        };
        if !matches!(sync.awaiting, Load::Ready(..)) {
            self.read_awaiting().await;
        }
        if sync.refreshed.is_some() {
            let began = Timestamp(clock::now());
            let changes = Listing::Updated {
                from: self.changes_since(&sync),
                before: None,
                count: false,
            };
            let answer = self.read(&changes).await;
            let _ = self.sync.try_update(|sync| match answer {
                Ok(newest) => {
                    self.caught_up(sync, newest, began);
                    if let Some(moved) = told {
                        return self.moved.set_value(moved);
                    }
                    let moved = self.moved.try_get_value().unwrap_or_default();
                    self.turn.tell(&format!("{} {}", moved.0, began.0));
                }
                Err(error) => sync.behind = Some(error),
            });
        } else if self.wanted.try_get_value() == Some(Timestamp(i64::MAX)) {
            // No page wants a list, but what is open has to follow changes, too.
            self.cover(Timestamp(clock::now() - DAY));
        }
        self.resume();
    }

    /// From when on changes are unknown, by the service's own time: the device's clock may be wrong
    /// by a day. Where nothing has happened that has a time, from the beginning of what is known.
    fn changes_since(self, sync: &Sync) -> Option<Timestamp> {
        let newest = self.newest.try_get_value().flatten();
        let since = newest.or(sync.covered.filter(|covered| covered.0 > i64::MIN));
        since.map(|since| since.plus(-OVERLAP_MS))
    }

    /// Notes that everything is known that had changed when a question began, and the newest of it.
    pub(super) fn caught_up(self, sync: &mut Sync, newest: Option<Timestamp>, began: Timestamp) {
        sync.refreshed = Some(began);
        sync.behind = None;
        // A time to come is a mistake: taken at its word, all that really follows would be missed.
        let newest = newest.map(|newest| newest.min(began));
        let _ = self
            .newest
            .try_update_value(|held| *held = newest.max(*held));
    }

    /// Reads a list to its end, taking each page in as it comes; returns the newest update in it.
    async fn read(self, listing: &Listing) -> Result<Option<Timestamp>, ApiError> {
        let client = self.session.client();
        self.pace().await;
        let mut newest = None;
        let mut trail = Trail::default();
        let mut answer = client.incidents(listing).await;
        loop {
            let page = self.heard(answer, &mut trail)?;
            newest = newest.max(newest_of(&page));
            self.put(page.incidents);
            let Some(next) = page.next else {
                return Ok(newest);
            };
            self.pace().await;
            answer = client.more_incidents(next).await;
        }
    }

    /// Notes what came of a question for a page, for the whole session, and where the list leads.
    pub(super) fn heard(
        self,
        answer: Result<Page, ApiError>,
        trail: &mut Trail,
    ) -> Result<Page, ApiError> {
        self.session.answered(answer.as_ref().err());
        let page = answer?;
        match &page.next {
            Some(next) if trail.leads_back(next) => Err(ApiError::BadReply {
                at: t!("the pages of the list lead round in a circle").to_owned(),
                request_id: None,
            }),
            _ => Ok(page),
        }
    }
}

/// The newest update on a page.
pub(super) fn newest_of(page: &Page) -> Option<Timestamp> {
    page.incidents.iter().map(|incident| incident.updated).max()
}
