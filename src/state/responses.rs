//! Managed responses: what the experts wrote, the tasks, and what this person has sent to them. An
//! outcome is only ever what the service reports; what is not known is read back.

mod decisions;

use super::drafts::Drafts;
use super::incidents::Incidents;
use super::outbox::Outbox;
use super::session::Session;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::load::Load;
use crate::domain::machine;
use crate::domain::managed_response::ManagedResponse;
use crate::domain::task::{Task, TaskStatus, patience};
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, visibility};
use crate::reactive::StoredValue;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The tasks of an incident as a page follows them.
pub type Tasks = ArcRwSignal<Load<Arc<Vec<Task>>>>;
/// What the experts published, as a page follows it; `None` inside is "nothing".
pub type Summary = ArcRwSignal<Load<Option<Arc<ManagedResponse>>>>;

/// The managed responses of this page.
#[derive(Clone, Copy)]
pub struct Responses {
    session: Session,
    incidents: Incidents,
    drafts: Drafts,
    tasks: StoredValue<HashMap<IncidentId, Tasks>>,
    summaries: StoredValue<HashMap<IncidentId, Summary>>,
    outbox: Outbox,
    /// Who follows what runs in an incident, by the count at which they began: the last one does.
    followed: StoredValue<HashMap<IncidentId, i64>>,
    /// Counts reads and settled writes, so that a slow older answer never replaces a newer one.
    clock: StoredValue<i64>,
    /// The count at which an incident's tasks were last known.
    known: StoredValue<HashMap<IncidentId, i64>>,
    /// When they were asked for that are shown.
    looked: StoredValue<HashMap<IncidentId, i64>>,
    /// Whose tasks are shown somewhere.
    shown: StoredValue<Vec<IncidentId>>,
    /// Whose tasks are in view to act on.
    in_view: StoredValue<Vec<IncidentId>>,
}

impl Responses {
    /// None yet; `start` has to follow.
    pub fn new(session: Session, incidents: Incidents, drafts: Drafts) -> Responses {
        Responses {
            session,
            incidents,
            drafts,
            tasks: StoredValue::default(),
            summaries: StoredValue::default(),
            outbox: Outbox::new(session),
            followed: StoredValue::default(),
            clock: StoredValue::default(),
            known: StoredValue::default(),
            looked: StoredValue::default(),
            shown: StoredValue::default(),
            in_view: StoredValue::default(),
        }
    }

    /// The tasks of an incident, for the current component; asked for anew.
    pub fn tasks(self, incident: &IncidentId) -> Tasks {
        list_here(self.shown, incident);
        let tasks = self.tasks_of(incident);
        self.refresh(incident);
        tasks
    }

    /// The tasks of an incident as far as they are known; not asked for.
    pub fn tasks_of(self, incident: &IncidentId) -> Tasks {
        let found = self.tasks.try_update_value(|all| {
            all.entry(incident.clone())
                .or_insert_with(|| ArcRwSignal::new(Load::Loading))
                .clone()
        });
        found.unwrap_or_else(|| ArcRwSignal::new(Load::Loading))
    }

    /// Whether a task was in a state when it was last read.
    pub fn shows(self, task: &Task, status: &TaskStatus) -> bool {
        let same = |one: &Task| one.id == task.id && one.status == *status;
        let tasks = self.tasks_of(&task.incident);
        tasks.with_untracked(|tasks| tasks.value().is_some_and(|all| all.iter().any(same)))
    }

    /// What the experts published about an incident; asked for anew.
    pub fn summary(self, incident: &IncidentId) -> Summary {
        let summary = self.published(incident);
        self.refresh_summary(incident);
        summary
    }

    /// What the experts published about an incident as far as it is known; not asked for.
    pub fn published(self, incident: &IncidentId) -> Summary {
        let found = self.summaries.try_update_value(|all| {
            all.entry(incident.clone())
                .or_insert_with(|| ArcRwSignal::new(Load::Loading))
                .clone()
        });
        found.unwrap_or_else(|| ArcRwSignal::new(Load::Loading))
    }

    /// Reads the experts' text again, where somebody has asked for it before.
    pub fn refresh_summary(self, incident: &IncidentId) {
        let incident = incident.clone();
        let asked = self
            .summaries
            .try_with_value(|all| all.get(&incident).cloned());
        let Some(summary) = asked.flatten() else {
            return;
        };
        spawn_local(async move {
            let answer = self.session.client().managed_response(&incident).await;
            settle(
                &summary,
                answer.map(|response| response.map(Arc::new)),
                self.session,
            );
        });
    }

    /// Reads the tasks again, and keeps reading while one of them runs.
    pub fn refresh(self, incident: &IncidentId) {
        let incident = incident.clone();
        spawn_local(async move {
            if self.read(&incident).await == Ok(true) {
                self.follow(incident).await;
            }
        });
    }

    /// Keeps the tasks of an incident current for as long as the current component is in view: what a
    /// colleague does to one leaves no mark on the incident.
    pub fn watch(self, incident: &IncidentId) {
        list_here(self.in_view, incident);
    }

    /// When the tasks of an incident were read that are shown.
    pub fn looked(self, incident: &IncidentId) -> Timestamp {
        let looked = self
            .looked
            .try_with_value(|looked| looked.get(incident).copied());
        Timestamp(looked.flatten().unwrap_or_default())
    }

    /// Reads the tasks once: whether one of them runs.
    async fn read(self, incident: &IncidentId) -> Result<bool, ApiError> {
        if self.session.closed() {
            return Err(ApiError::Aborted);
        }
        let (began, now) = (self.tick(), clock::now());
        let answer = self.session.client().tasks_of(incident).await;
        let newer = self
            .known
            .try_with_value(|known| known.get(incident).copied())
            .flatten();
        if newer.is_some_and(|newer| newer > began) {
            let held = self.tasks_of(incident).get_untracked();
            return Ok(held
                .value()
                .is_some_and(|tasks| tasks.iter().any(Task::running)));
        }
        let outcome = answer.as_ref().map(|tasks| tasks.iter().any(Task::running));
        let outcome = outcome.map_err(Clone::clone);
        if let Ok(tasks) = &answer {
            self.set_known(incident, began);
            let _ = self
                .looked
                .try_update_value(|looked| looked.insert(incident.clone(), now));
            for task in tasks {
                self.judge_again(task);
            }
        }
        settle(&self.tasks_of(incident), answer.map(Arc::new), self.session);
        outcome
    }

    fn tick(self) -> i64 {
        let tick = |clock: &mut i64| {
            *clock += 1;
            *clock
        };
        self.clock.try_update_value(tick).unwrap_or_default()
    }

    fn set_known(self, incident: &IncidentId, at: i64) {
        let _ = self
            .known
            .try_update_value(|known| known.insert(incident.clone(), at));
    }

    /// Reads tasks that run until none does any more, or nobody looks. Who begins later takes the place of
    /// who began before: it is with short pauses that what was just decided is followed.
    async fn follow(self, incident: IncidentId) {
        let own = self.tick();
        let begin = |all: &mut HashMap<_, _>| all.insert(incident.clone(), own);
        let _ = self.followed.try_update_value(begin);
        let held = || self.tasks_of(&incident).get_untracked().value().cloned();
        let mut followed = 0;
        loop {
            let pause = patience::pause(followed);
            clock::sleep(pause).await;
            let last = self
                .followed
                .try_with_value(|all| all.get(&incident).copied());
            if self.session.closed() || last.flatten() != Some(own) || !self.wanted(&incident) {
                return;
            }
            followed = followed.saturating_add(pause);
            let before = held();
            if visibility::visible() {
                match self.read(&incident).await {
                    Ok(true) => {}
                    // A hiccup says nothing: what ran may still run.
                    Err(error) if error.worth_retrying() => {}
                    Ok(false) | Err(_) => break,
                }
            }
            if !visibility::visible() || held() != before {
                followed = followed.min(patience::SOON_MS);
            }
        }
        self.reload_incident(&incident);
    }

    /// Whether tasks are shown, or something that was decided about one waits for it.
    fn wanted(self, incident: &IncidentId) -> bool {
        let shown = self.shown.try_with_value(|all| all.contains(incident));
        shown == Some(true) || self.outbox.waits_for(incident)
    }

    /// A task has changed; the service may have moved the incident on with it.
    fn reload_incident(self, incident: &IncidentId) {
        if !self.session.closed() && machine::of_stand_in(incident).is_none() {
            self.incidents.reload(incident);
            self.incidents.task_changed();
        }
    }
}

/// Puts an incident on a list for as long as the current component is there.
fn list_here(list: StoredValue<Vec<IncidentId>>, incident: &IncidentId) {
    let incident = incident.clone();
    list.update_value(|all| all.push(incident.clone()));
    on_cleanup(move || {
        list.update_value(|all| {
            if let Some(at) = all.iter().position(|one| *one == incident) {
                all.swap_remove(at);
            }
        });
    });
}

fn settle<T: Clone + Send + Sync + 'static>(
    signal: &ArcRwSignal<Load<T>>,
    answer: Result<T, ApiError>,
    session: Session,
) {
    if let Err(error) = &answer {
        session.heard(error);
    }
    signal.update(|held| {
        let was = std::mem::replace(held, Load::Loading);
        *held = was.settle(answer, Timestamp(clock::now()));
    });
}

/// The managed responses in context.
pub fn responses() -> Responses {
    expect_context::<Responses>()
}
