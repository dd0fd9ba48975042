//! Where the customer stands with the service, as a page follows it.

use super::incidents::incidents;
use super::session::{Session, session};
use super::settings::settle;
use crate::domain::load::Load;
use crate::domain::readiness::{Readiness, State};
use crate::domain::service::Service;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use std::sync::Arc;

/// The service, asked for now and again whenever the queue has been asked for what is new.
pub fn service() -> Signal<Load<Arc<Service>>> {
    let (session, load) = (session(), RwSignal::new(Load::Loading));
    let sync = incidents().sync();
    let asked = Memo::new(move |_| sync.with(|sync| (sync.refreshed, sync.behind.is_some())));
    Effect::new(move |_| {
        asked.track();
        read(session, load);
    });
    load.into()
}

/// How many actions of the readiness assessment are to be completed now; nothing while nobody knows.
pub fn to_complete_now() -> Signal<Option<usize>> {
    let count = RwSignal::new(None);
    let session = session();
    spawn_local(async move {
        let answer = session.client().readiness().await;
        let found = answer.map(|now: Readiness| now.count(&State::CompleteNow));
        let _ = count.try_set(found.ok());
    });
    count.into()
}

/// Asks again.
pub(super) fn read(session: Session, load: RwSignal<Load<Arc<Service>>>) {
    spawn_local(async move {
        let answer = session.client().service().await;
        if let Err(error) = &answer {
            session.heard(error);
        }
        settle(load, answer.map(Arc::new));
    });
}
