//! Alerts by themselves, as their pages follow them. Nothing of them outlives a page but what was read last.

use super::session::{Session, session};
use crate::domain::alert::Alert;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::InView;
use crate::reactive::{RwSignal, Signal};
use std::sync::Arc;

/// A list of alerts for as long as the current component is in view.
#[derive(Clone, Copy)]
pub struct Alerts {
    session: Session,
    view: InView,
    list: RwSignal<Load<Arc<Vec<Arc<Alert>>>>>,
}

impl Alerts {
    /// Nothing yet; `read` has to follow.
    pub fn new() -> Alerts {
        Alerts {
            session: session(),
            view: InView::current(),
            list: RwSignal::new(Load::Loading),
        }
    }

    /// What is known.
    pub fn list(self) -> Signal<Load<Arc<Vec<Arc<Alert>>>>> {
        self.list.into()
    }

    /// Reads all that were created since an instant.
    pub fn read(self, from: Timestamp) {
        self.view.spawn(async move {
            let answer = self.session.client().alerts(from).await;
            settle(self.session, self.list, answer.map(Arc::new));
        });
    }
}

impl Default for Alerts {
    fn default() -> Alerts {
        Alerts::new()
    }
}

/// One alert, read now; `again` reads it again.
pub fn alert(id: String) -> (Signal<Load<Arc<Alert>>>, leptos::prelude::Callback<()>) {
    let (session, load) = (session(), RwSignal::new(Load::Loading));
    let view = InView::current();
    let read = move || {
        let id = id.clone();
        view.spawn(async move {
            let answer = session.client().alert(&id).await;
            settle(session, load, answer.map(Arc::new));
        });
    };
    read();
    (
        load.into(),
        leptos::prelude::Callback::new(move |()| read()),
    )
}

fn settle<T: Clone + Send + Sync + 'static>(
    session: Session,
    load: RwSignal<Load<T>>,
    answer: Result<T, ApiError>,
) {
    session.connection().heard(&answer);
    match &answer {
        Ok(_) => session.works(),
        Err(error) => session.heard(error),
    }
    if let Some(before) = load.try_get_untracked() {
        let _ = load.try_set(before.settle(answer, Timestamp(clock::now())));
    }
}
