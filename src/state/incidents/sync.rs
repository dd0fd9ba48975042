//! Keeping the index fresh: what awaits the customer at the start, and a question for changes every
//! minute while somebody can see the page. The pages of the queue itself are `paging`'s.

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
    /// Tries again whatever has failed: the list of what awaits the customer, what has changed, and
    /// pages that have not come.
    pub fn retry(self) {
        self.permit();
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

    async fn read_awaiting(self) {
        let answer = self.read(&Listing::Awaiting).await;
        let _ = self.sync.try_update(|sync| {
            let was = std::mem::replace(&mut sync.awaiting, Load::Loading);
            sync.awaiting = was.settle(answer);
        });
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
            let changes = Listing::Updated {
                from,
                before: None,
                count: false,
            };
            let answer = self.read(&changes).await;
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
}
