//! The response actions that came to nothing, as a page follows them: what the service says of all
//! tasks, and what this person has decided and not seen settled.

use super::incidents::{Incidents, incidents};
use super::responses::responses;
use super::session::{Session, session};
use super::settings::settle;
use crate::domain::error::ApiError;
use crate::domain::failed_action::{FailedAction, failed_actions};
use crate::domain::id::IncidentId;
use crate::domain::incident::Status;
use crate::domain::load::Load;
use crate::domain::task::Task;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use leptos::prelude::*;
use std::sync::Arc;

/// So many incidents are read for their status alone, the newest failures' first.
const LOOKED_UP: usize = 20;

/// The failed actions, for as long as their page lives.
#[derive(Clone, Copy)]
pub struct FailedActions {
    session: Session,
    incidents: Incidents,
    tasks: RwSignal<Load<Arc<Vec<Task>>>>,
    /// How often they were asked for: a slow older answer never replaces a newer one.
    asked: StoredValue<usize>,
}

impl FailedActions {
    /// The failed actions, asked for now and again whenever the queue is renewed or a decision has come to
    /// its end.
    pub fn follow() -> FailedActions {
        let failed = FailedActions {
            session: session(),
            incidents: incidents(),
            tasks: RwSignal::new(Load::Loading),
            asked: StoredValue::default(),
        };
        let sync = failed.incidents.sync();
        let renewed = Memo::new(move |_| sync.get().refreshed);
        let decisions = responses().outbox();
        let unsettled = Memo::new(move |_| decisions.read().len());
        Effect::new(move |_| {
            renewed.track();
            unsettled.track();
            failed.refresh();
        });
        failed
    }

    /// Asks again.
    pub fn refresh(self) {
        let Some(turn) = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            return;
        };
        let incidents = self.incidents;
        spawn_local(async move {
            let answer = match self.session.client().failed_tasks().await {
                // A deployment without tasks has decisions about devices all the same.
                Err(ApiError::NotConfigured { .. }) => Ok(Vec::new()),
                answer => answer,
            };
            match &answer {
                Ok(tasks) => know(incidents, tasks).await,
                Err(error) => self.session.heard(error),
            }
            if self.asked.try_get_value() == Some(turn) {
                settle(self.tasks, answer.map(Arc::new));
            }
        });
    }

    /// All of them, the newest first.
    pub fn list(self) -> Signal<Load<Vec<FailedAction>>> {
        let (incidents, decisions) = (self.incidents, responses().outbox());
        let list = move |tasks: &[Task]| {
            let closed = |id: &IncidentId| {
                incidents.index().with(|index| {
                    let row = index.find(id);
                    row.is_some_and(|row| {
                        matches!(row.status(), Status::Resolved | Status::Redirected)
                    })
                })
            };
            failed_actions(tasks, decisions.read().values(), closed)
        };
        Signal::derive(move || match self.tasks.get() {
            Load::Loading => Load::Loading,
            Load::Failed(error) => Load::Failed(error),
            Load::Ready(tasks, at) => Load::Ready(list(&tasks), at),
            Load::Stale(tasks, at, error) => Load::Stale(list(&tasks), at, error),
        })
    }
}

/// Reads the incidents that the queue has not brought, being older: whether they are resolved decides.
async fn know(incidents: Incidents, tasks: &[Task]) {
    let mut tasks: Vec<&Task> = tasks.iter().collect();
    tasks.sort_by_key(|task| std::cmp::Reverse(task.modified));
    let mut asked: Vec<&IncidentId> = Vec::new();
    for task in tasks {
        let known = incidents
            .index()
            .with_untracked(|index| index.find(&task.incident).is_some());
        if !known && !asked.contains(&&task.incident) && asked.len() < LOOKED_UP {
            asked.push(&task.incident);
            // One that cannot be read stays among what needs somebody.
            drop(incidents.read_one(&task.incident).await);
        }
    }
}
