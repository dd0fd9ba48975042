//! Whether the services can be reached: what the browser says of the network, and what came of the
//! last question to them. What follows from it is others' work.

use crate::domain::error::ApiError;
use crate::domain::time::Timestamp;
use crate::platform::{clock, observe, visibility};
use crate::reactive::{Memo, RwSignal, Signal};

/// What arrives so soon after the browser has lost its network was on its way before.
const ON_ITS_WAY_MS: i64 = 2_000;

/// The connection of this page.
#[derive(Clone, Copy)]
pub struct Connection {
    lost: RwSignal<Option<Timestamp>>,
}

impl Connection {
    /// As it is now, followed until the current reactive owner is cleaned up.
    pub fn watch() -> Connection {
        let connection = Connection {
            lost: RwSignal::new(None),
        };
        if !visibility::online() {
            connection.lose();
        }
        observe::window_event("offline", move || connection.lose());
        // Whether the services are there again the next question tells.
        observe::window_event("online", move || connection.found());
        connection
    }

    /// Since when there is none.
    pub fn lost(self) -> Signal<Option<Timestamp>> {
        self.lost.into()
    }

    /// True while there is one, as far as known.
    pub fn up(self) -> Signal<bool> {
        Memo::new(move |_| self.lost.get().is_none()).into()
    }

    /// Notes what came of a question: the error, where it was one.
    pub(super) fn heard(self, error: Option<&ApiError>) {
        match error {
            Some(ApiError::Offline) => self.lose(),
            // Neither says whether anything was reached.
            Some(ApiError::TimedOut | ApiError::Aborted | ApiError::SignedOut { .. }) => {}
            _ if self.was_on_its_way() => {}
            _ => self.found(),
        }
    }

    /// Whether what has just arrived says nothing of now. Later the browser is not believed against an
    /// answer: some never see the network that they use, and what waits for one would never be sent.
    fn was_on_its_way(self) -> bool {
        let since = self.lost.try_get_untracked().flatten();
        let just = |since: Timestamp| clock::now() < since.0 + ON_ITS_WAY_MS;
        since.is_some_and(just) && !visibility::online()
    }

    fn lose(self) {
        if self.lost.try_get_untracked() == Some(None) {
            let _ = self.lost.try_set(Some(Timestamp(clock::now())));
        }
    }

    fn found(self) {
        if matches!(self.lost.try_get_untracked(), Some(Some(_))) {
            let _ = self.lost.try_set(None);
        }
    }
}
