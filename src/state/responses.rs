//! Managed responses: what the experts wrote, the tasks, and what this person has sent to them. An
//! outcome is only ever what the service reports; what is not known is read back.

use super::incidents::Incidents;
use super::outbox::Outbox;
use super::session::Session;
use crate::domain::error::ApiError;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::load::Load;
use crate::domain::managed_response::ManagedResponse;
use crate::domain::outbox::{Event, Intent, Next, Phase};
use crate::domain::task::{Act, Task};
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto, visibility};
use crate::reactive::{Signal, StoredValue};
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The tasks of an incident as a page follows them.
pub type Tasks = ArcRwSignal<Load<Arc<Vec<Task>>>>;
/// What the experts published, as a page follows it; `None` inside is "nothing".
pub type Summary = ArcRwSignal<Load<Option<Arc<ManagedResponse>>>>;

/// Pauses between questions while an action runs, in milliseconds; the last repeats.
const FOLLOW_MS: [i32; 5] = [1_000, 2_000, 3_000, 5_000, 10_000];

/// The managed responses of this page.
#[derive(Clone, Copy)]
pub struct Responses {
    session: Session,
    incidents: Incidents,
    tasks: StoredValue<HashMap<IncidentId, Tasks>>,
    summaries: StoredValue<HashMap<IncidentId, Summary>>,
    outbox: Outbox,
    followed: StoredValue<HashSet<IncidentId>>,
    /// Counts reads and settled writes, so that a slow older answer never replaces a newer one.
    clock: StoredValue<u64>,
    /// The count at which an incident's tasks were last known.
    known: StoredValue<HashMap<IncidentId, u64>>,
}

impl Responses {
    /// None yet; what this person left unsettled is taken up.
    pub fn new(session: Session, incidents: Incidents) -> Responses {
        let responses = Responses {
            session,
            incidents,
            tasks: StoredValue::default(),
            summaries: StoredValue::default(),
            outbox: Outbox::new(session),
            followed: StoredValue::default(),
            clock: StoredValue::default(),
            known: StoredValue::default(),
        };
        responses.take_up();
        responses
    }

    /// Learns what became of decisions whose page was reloaded or killed before the answer came.
    fn take_up(self) {
        spawn_local(async move {
            for (incident, intent) in self.outbox.left_behind().await {
                if self.outbox.of(&intent.task).is_none() {
                    self.outbox.show(&intent);
                    spawn_local(self.drive(incident, intent, Next::Read));
                }
            }
        });
    }

    /// What this person has sent and not yet heard back, by task.
    pub fn outbox(self) -> Signal<HashMap<TaskId, Intent>> {
        self.outbox.intents()
    }

    /// The tasks of an incident; asked for anew.
    pub fn tasks(self, incident: &IncidentId) -> Tasks {
        let tasks = self.tasks_of(incident);
        self.refresh(incident);
        tasks
    }

    fn tasks_of(self, incident: &IncidentId) -> Tasks {
        let found = self.tasks.try_update_value(|all| {
            all.entry(incident.clone())
                .or_insert_with(|| ArcRwSignal::new(Load::Loading))
                .clone()
        });
        found.unwrap_or_else(|| ArcRwSignal::new(Load::Loading))
    }

    /// What the experts published about an incident; asked for anew.
    pub fn summary(self, incident: &IncidentId) -> Summary {
        let found = self.summaries.try_update_value(|all| {
            all.entry(incident.clone())
                .or_insert_with(|| ArcRwSignal::new(Load::Loading))
                .clone()
        });
        let summary = found.unwrap_or_else(|| ArcRwSignal::new(Load::Loading));
        self.refresh_summary(incident);
        summary
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

    /// Reads the tasks once: whether one of them runs.
    async fn read(self, incident: &IncidentId) -> Result<bool, ApiError> {
        let began = self.tick();
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
            for task in tasks {
                self.judge_again(task);
            }
        }
        settle(&self.tasks_of(incident), answer.map(Arc::new), self.session);
        outcome
    }

    /// What rests because it seemed not to have happened may have happened since.
    fn judge_again(self, task: &Task) {
        let Some(mut intent) = self.outbox.of(&task.id) else {
            return;
        };
        if !matches!(intent.phase, Phase::Unsent { .. }) {
            return;
        }
        if intent.on(Event::Read(Box::new(task.clone()))) == Next::Settled {
            self.outbox.hide(&task.id);
            let (outbox, id) = (self.outbox, task.id.clone());
            spawn_local(async move { outbox.settle(&id).await });
        } else {
            self.outbox.show(&intent);
        }
    }

    fn tick(self) -> u64 {
        let tick = |clock: &mut u64| {
            *clock += 1;
            *clock
        };
        self.clock.try_update_value(tick).unwrap_or_default()
    }

    fn set_known(self, incident: &IncidentId, at: u64) {
        let _ = self
            .known
            .try_update_value(|known| known.insert(incident.clone(), at));
    }

    async fn follow(self, incident: IncidentId) {
        let first = self
            .followed
            .try_update_value(|all| all.insert(incident.clone()));
        if first != Some(true) {
            return;
        }
        let mut pauses = FOLLOW_MS.into_iter();
        let mut pause = FOLLOW_MS[0];
        loop {
            pause = pauses.next().unwrap_or(pause);
            clock::sleep(pause).await;
            if self.session.closed() {
                return;
            }
            if !visibility::visible() {
                continue;
            }
            match self.read(&incident).await {
                Ok(true) => {}
                // A hiccup says nothing: what ran may still run.
                Err(error) if error.worth_retrying() => {}
                Ok(false) | Err(_) => break,
            }
        }
        self.followed.try_update_value(|all| all.remove(&incident));
        // The service may have moved the incident on with its last task.
        self.incidents.reload(&incident);
    }

    /// Carries a person's decision out. Does nothing while another one on the same task is under
    /// way, however fast somebody clicks.
    pub fn act(self, task: &Task, act: Act) {
        let held = self.outbox.of(&task.id);
        if held.as_ref().is_some_and(|held| held.phase.in_flight()) {
            return;
        }
        let again =
            held.filter(|held| held.act == act && matches!(held.phase, Phase::Unsent { .. }));
        let (intent, next) = match again {
            Some(mut held) => {
                let next = held.on(Event::Again);
                (held, next)
            }
            None => {
                let Some(key) = crypto::uuid() else { return };
                (
                    Intent::new(task, act, key, Timestamp(clock::now())),
                    Next::Send,
                )
            }
        };
        self.outbox.show(&intent);
        spawn_local(self.drive(task.incident.clone(), intent, next));
    }

    /// Shows no longer what was refused, overtaken or not carried out.
    pub fn dismiss(self, task: &TaskId) {
        self.outbox.hide(task);
        let (outbox, id) = (self.outbox, task.clone());
        spawn_local(async move { outbox.settle(&id).await });
    }

    /// Looks again for an outcome that could not be read.
    pub fn check(self, task: &Task) {
        let Some(mut intent) = self.outbox.of(&task.id) else {
            return;
        };
        let next = intent.on(Event::Check);
        self.outbox.show(&intent);
        spawn_local(self.drive(task.incident.clone(), intent, next));
    }

    /// Whether sending again cannot do a thing twice: the service is told a key.
    pub fn repeats_are_safe(self) -> bool {
        self.session.client().tasks_take_keys()
    }

    async fn drive(self, incident: IncidentId, mut intent: Intent, mut next: Next) {
        let client = self.session.client();
        let mut pauses = FOLLOW_MS.into_iter();
        loop {
            let event = match next {
                Next::Send => {
                    // On the disk before on the wire: a crash in between can be read back.
                    self.outbox.keep(&incident, &intent).await;
                    let answer = client.act(&intent.task, intent.act, &intent.key).await;
                    if let Err(error) = &answer {
                        self.session.heard(error);
                    }
                    Event::Answered(answer)
                }
                Next::Read => {
                    clock::sleep(pauses.next().unwrap_or(FOLLOW_MS[FOLLOW_MS.len() - 1])).await;
                    match client.task(&intent.task).await {
                        Ok(task) => Event::Read(Box::new(task)),
                        Err(error) => {
                            self.session.heard(&error);
                            Event::ReadFailed(error)
                        }
                    }
                }
                Next::Settled | Next::Rest => break,
            };
            next = intent.on(event);
            if next != Next::Settled {
                self.outbox.show(&intent);
            }
        }
        // What rests undecided stays on the disk, with its key; everything else is over.
        if !matches!(intent.phase, Phase::Unsent { .. } | Phase::Lost { .. }) {
            self.outbox.settle(&intent.task).await;
        }
        self.set_known(&incident, self.tick());
        // The tasks are read before the intent is forgotten: a card never falls back to its old
        // state in between, however long the reading takes.
        let mut running = self.read(&incident).await;
        while next == Next::Settled && running.as_ref().is_err_and(ApiError::worth_retrying) {
            clock::sleep(FOLLOW_MS[2]).await;
            if self.session.closed() {
                return;
            }
            running = self.read(&incident).await;
        }
        if next == Next::Settled {
            self.outbox.hide(&intent.task);
        }
        self.incidents.reload(&incident);
        if running == Ok(true) {
            self.follow(incident).await;
        }
    }
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
