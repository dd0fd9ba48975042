//! Reading the queue's pages in the background, within the request budget. It can be stopped, and is
//! taken up where it was left, whether a person, an error or a lost network broke it off.

use super::{Incidents, Sync, sync::newest_of};
use crate::api::graph::{Listing, Page};
use crate::domain::error::ApiError;
use crate::domain::paging::Trail;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;

/// A list that has been begun and not been read to its end.
#[derive(Clone)]
pub(super) struct Begun {
    from: Timestamp,
    before: Option<Timestamp>,
    /// How many incidents had been read when it began.
    base: usize,
    /// Where to go on; `None` is the first page.
    next: Option<String>,
    trail: Trail,
}

impl Incidents {
    /// Sees to it that everything updated since an instant is read; `Timestamp(i64::MIN)` is
    /// everything there is. Asking for what is there already does nothing.
    pub fn cover(self, from: Timestamp) {
        if self.wanted.try_get_value().is_some_and(|held| from < held) {
            let _ = self.wanted.try_set_value(from);
            // A longer range is a new question, whatever has been stopped before.
            self.permit();
        }
        self.resume();
    }

    /// Reads no further page until somebody asks to go on.
    pub fn stop(self) {
        let _ = self.sync.try_update(|sync| sync.stopped = true);
    }

    /// Goes on where reading was stopped or broken off.
    pub fn go_on(self) {
        self.permit();
        self.resume();
    }

    pub(super) fn permit(self) {
        let _ = self
            .sync
            .try_maybe_update(|sync| std::mem::take(&mut sync.stopped));
    }

    /// Reads what is wanted and not covered, unless that is under way or has been stopped.
    pub(super) fn resume(self) {
        let Some(sync) = self.sync.try_get_untracked() else {
            return;
        };
        if sync.loading || sync.stopped || self.list(&sync).is_none() {
            return;
        }
        self.sync.update(|sync| {
            sync.loading = true;
            sync.partial = true;
        });
        spawn_local(async move {
            while self.another_page().await {}
            let _ = self.sync.try_update(|sync| sync.loading = false);
        });
    }

    /// The list to read from: the one that has been begun, or else what is wanted and not covered.
    fn list(self, sync: &Sync) -> Option<Begun> {
        let begun = self.begun.try_get_value().flatten();
        if begun.as_ref().is_some_and(|list| list.next.is_some()) {
            return begun;
        }
        let wanted = self.wanted.try_get_value().unwrap_or(NOTHING);
        (wanted < sync.covered.unwrap_or(NOTHING)).then(|| Begun {
            from: wanted,
            before: sync.covered,
            base: begun.map_or(sync.read, |list| list.base),
            next: None,
            trail: Trail::default(),
        })
    }

    /// Reads one page. False where there is none, and where none is to be read now.
    async fn another_page(self) -> bool {
        let sync = self.sync.try_get_untracked();
        let Some(mut list) = sync.and_then(|sync| self.list(&sync)) else {
            return false;
        };
        self.pace().await;
        // Looked at after the wait: somebody may have stopped it meanwhile, or left the portal.
        if !matches!(
            self.sync.try_with_untracked(|sync| sync.stopped),
            Some(false)
        ) {
            return false;
        }
        let client = self.session.client();
        let began = Timestamp(clock::now());
        let answer = match &list.next {
            Some(next) => client.more_incidents(next.clone()).await,
            None => client.incidents(&list.listing()).await,
        };
        match self.heard(answer, &mut list.trail) {
            Ok(page) => {
                self.take_page(&list, page, began);
                true
            }
            Err(error) => {
                let next = list.next.clone().filter(|_| !outdated(&error));
                let _ = self.begun.try_set_value(Some(Begun { next, ..list }));
                let _ = self.sync.try_update(|sync| sync.error = Some(error));
                false
            }
        }
    }

    fn take_page(self, list: &Begun, page: Page, began: Timestamp) {
        let (first, last) = (list.next.is_none(), page.next.is_none());
        let (count, newest) = (page.incidents.len(), newest_of(&page));
        self.put(page.incidents);
        let next = page.next;
        let _ = self.begun.try_set_value((!last).then(|| Begun {
            next,
            ..list.clone()
        }));
        let wanted = self.wanted.try_get_value().unwrap_or(NOTHING);
        let _ = self.sync.try_update(|sync| {
            sync.read = count + if first { list.base } else { sync.read };
            if first {
                sync.of = page.total.map(|total| list.base + total);
            }
            sync.error = None;
            // Only a list that reaches up to now says anything about what has changed. Once it has
            // begun, what changes is asked for separately.
            if list.before.is_none() && sync.refreshed.is_none() {
                self.caught_up(sync, newest, began);
            }
            if last {
                sync.covered = Some(list.from);
                sync.partial = wanted < list.from;
            }
        });
    }

    /// Waits for the next request within the budget, which all lists share.
    pub(in crate::state) async fn pace(self) {
        let wait = self.budget.try_update_value(|budget| {
            let budget = budget.as_mut()?;
            Some(budget.spend(clock::uptime()))
        });
        if let Some(wait) = wait.flatten().filter(|wait| *wait > 0) {
            clock::sleep(i32::try_from(wait).unwrap_or(i32::MAX)).await;
        }
    }
}

impl Begun {
    fn listing(&self) -> Listing {
        Listing::Updated {
            from: (self.from > EVERYTHING).then_some(self.from),
            before: self.before,
            count: true,
        }
    }
}

/// Whether an answer means that the address of a page has expired, so that the list has to be begun
/// again.
fn outdated(error: &ApiError) -> bool {
    match error {
        ApiError::Invalid { .. } | ApiError::NotFound { .. } | ApiError::Conflict { .. } => true,
        ApiError::Server { status, .. } => *status < 500,
        _ => false,
    }
}

const NOTHING: Timestamp = Timestamp(i64::MAX);
const EVERYTHING: Timestamp = Timestamp(i64::MIN);
