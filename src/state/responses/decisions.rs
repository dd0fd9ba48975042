//! Carrying decisions out: the disk, the lock, the network and the pauses for `domain::outbox`, which
//! says what follows from what.

use super::Responses;
use crate::domain::error::ApiError;
use crate::domain::id::TaskId;
use crate::domain::machine;
use crate::domain::outbox::{self, Event, Intent, Next, Phase, Press, With};
use crate::domain::task::{Act, Task};
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto, locks, visibility};
use crate::reactive::Signal;
use std::collections::HashMap;

/// Pauses before a task is read back, in milliseconds; the last repeats.
const READ_BACK_MS: [i32; 5] = [500, 1_000, 2_000, 5_000, 10_000];
/// The pause before tasks are asked for again whose decision is settled.
const READ_AGAIN_MS: i32 = 3_000;
/// How often tasks are read while they are in view, or a decision on them waits for the person: it may
/// have been carried out after all.
const WATCH_MS: i32 = 15_000;

impl Responses {
    /// Takes up what this person left unsettled, and follows what other tabs do.
    pub fn start(self) {
        self.outbox.listen(move || self.compare());
        self.compare();
        let (up, ended) = (self.session.connection().up(), self.session.ended());
        spawn_local(async move {
            loop {
                clock::sleep(WATCH_MS).await;
                if self.session.closed() {
                    return;
                }
                if visibility::visible() {
                    let up = up.try_get_untracked() == Some(true);
                    let answered = up && ended.try_get_untracked() == Some(false);
                    self.look_again(answered).await;
                }
            }
        });
    }

    /// Makes this tab show what is kept on the disk: takes up what it does not know, and drops what
    /// another tab has seen to.
    fn compare(self) {
        spawn_local(async move {
            let Ok(kept) = self.outbox.kept().await else {
                return;
            };
            let (gone, new) = self.outbox.compare(&kept);
            for intent in gone {
                self.outbox.hide(&intent.task);
                self.refresh(&intent.incident);
                self.incidents.task_changed();
            }
            for intent in new {
                let task = intent.task.clone();
                self.outbox.show(intent);
                spawn_local(self.drive(task, Next::Turn));
            }
        });
    }

    /// Reads the tasks on which a decision waits for the person and, while questions are `answered`,
    /// those in view.
    async fn look_again(self, answered: bool) {
        let mut incidents: Vec<_> = self
            .outbox
            .resting()
            .into_iter()
            .map(|i| i.incident)
            .collect();
        if answered {
            incidents.extend(self.in_view.try_get_value().unwrap_or_default());
        }
        incidents.sort();
        incidents.dedup();
        for incident in incidents {
            drop(self.read(&incident).await);
        }
    }

    /// What rests because it seemed not to have happened may have happened since.
    pub(super) fn judge_again(self, task: &Task) {
        let resting = self.outbox.of(&task.id);
        let Some(intent) = resting.filter(|intent| !intent.phase.in_flight()) else {
            return;
        };
        let read = Event::Read(Box::new(task.clone()));
        if self.outbox.step(&task.id, read) == Some(Next::Settled) {
            self.drop_resting(intent, true);
        }
    }

    /// What this person has sent and not yet heard back, by task.
    pub fn outbox(self) -> Signal<HashMap<TaskId, Intent>> {
        self.outbox.intents()
    }

    /// Whether this browser refuses to keep it: it would not survive a reload.
    pub fn unkept(self) -> Signal<bool> {
        self.outbox.refused()
    }

    /// Carries a person's decision out, with what goes with it to the service.
    pub fn act(self, task: &Task, act: Act, with: With) {
        let held = self.outbox.of(&task.id);
        let (id, now) = (task.id.clone(), Timestamp(clock::now()));
        match outbox::press(held.as_ref(), act, &with) {
            Press::Ignored => return,
            Press::Again => return self.press(id, Event::Again(now)),
            Press::Anew => {}
        }
        let Some(key) = crypto::uuid() else { return };
        let looked = self.looked(&task.incident);
        let mut intent = Intent::new(task, act, key, now, looked).instead_of(held);
        intent.with = with;
        self.outbox.show(intent);
        spawn_local(self.drive(id, Next::Turn));
    }

    /// What went with the decision that waits for the person on a task: who decides once more begins
    /// with that, and unchanged it is the same decision.
    pub fn resting_with(self, task: &TaskId) -> Option<With> {
        let held = self.outbox.of(task)?;
        (!held.phase.in_flight()).then_some(held.with)
    }

    /// Shows no longer what was refused, overtaken or not carried out. Where another tab has just
    /// taken it in its hands, that is shown instead.
    pub fn dismiss(self, task: &TaskId) {
        if let Some(intent) = self.outbox.of(task) {
            self.drop_resting(intent, false);
        }
    }

    fn drop_resting(self, intent: Intent, settled: bool) {
        self.outbox.hide(&intent.task);
        spawn_local(async move {
            if !settled {
                self.give_back(&intent).await;
            }
            match locks::take(&lock_of(&intent.task), false).await {
                Some(_lock) => self.outbox.forget(&intent, settled).await,
                None => self.compare(),
            }
        });
    }

    /// Takes a decision back that has certainly not been sent: the task is only being looked at.
    pub fn withdraw(self, task: &TaskId) {
        let looking = |intent: &Intent| intent.phase == Phase::Looking;
        if let Some(intent) = self.outbox.of(task).filter(looking) {
            self.outbox.hide(task);
            spawn_local(async move {
                self.give_back(&intent).await;
                self.outbox.forget(&intent, false).await;
            });
        }
    }

    /// What was written for it has not been of any use: it goes back where it was written.
    async fn give_back(self, intent: &Intent) {
        if let Some(field) = machine::field_of(&intent.task) {
            self.drafts.give_back(&field, &intent.with.comment).await;
        }
    }

    /// Looks again for an outcome that could not be read.
    pub fn check(self, task: &TaskId) {
        self.press(task.clone(), Event::Check);
    }

    /// Whether sending again cannot do a thing twice: the service is told a key.
    pub fn repeats_are_safe(self, task: &TaskId) -> bool {
        self.session.client().takes_keys(task)
    }

    fn press(self, task: TaskId, event: Event) {
        if let Some(next) = self.outbox.step(&task, event) {
            spawn_local(self.drive(task, next));
        }
    }

    /// Does what the intent on a task says is next, until it rests or is settled.
    async fn drive(self, task: TaskId, mut next: Next) {
        let client = self.session.client();
        let mut pauses = READ_BACK_MS.into_iter();
        let (mut pause, mut failing) = (READ_BACK_MS[0], false);
        // Held until the disk says how it ended: then it is another tab's turn.
        let mut lock = None;
        let intent = loop {
            let Some(intent) = self.outbox.of(&task) else {
                return;
            };
            let event = match next {
                Next::Turn | Next::Wait => {
                    lock = locks::take(&lock_of(&task), next == Next::Wait).await;
                    match lock {
                        Some(_) => Event::Turn(self.outbox.held(&intent).await),
                        None => Event::Elsewhere,
                    }
                }
                Next::Keep => self.outbox.keep(&intent).await,
                Next::Send => {
                    let answer = client.act(&intent).await;
                    if let Err(error) = &answer {
                        self.session.heard(error);
                    }
                    Event::Answered(answer)
                }
                Next::Look | Next::Read => {
                    if next == Next::Read {
                        pause = pauses.next().unwrap_or(pause);
                        clock::sleep(pause).await;
                    }
                    match client.task(&task).await {
                        Ok(task) => {
                            // The way is free: what made the pauses long is over.
                            if failing {
                                (failing, pauses) = (false, READ_BACK_MS.into_iter());
                            }
                            Event::Read(Box::new(task))
                        }
                        Err(error) => {
                            failing = true;
                            self.session.heard(&error);
                            Event::ReadFailed(error)
                        }
                    }
                }
                Next::Rest | Next::Settled => break intent,
            };
            next = match self.outbox.step(&task, event) {
                Some(next) => next,
                // Withdrawn meanwhile: what was being kept is kept no longer.
                None => return self.outbox.forget(&intent, false).await,
            };
        };
        if next == Next::Settled {
            self.outbox.forget(&intent, true).await;
        }
        drop(lock);
        self.show_outcome(intent, next == Next::Settled).await;
    }

    /// Shows the tasks as they are after a decision. They are read before it is forgotten: a card
    /// never falls back to its old state in between, however long the reading takes.
    async fn show_outcome(self, intent: Intent, settled: bool) {
        let incident = intent.incident;
        self.set_known(&incident, self.tick());
        let mut running = self.read(&incident).await;
        while settled && running.as_ref().is_err_and(ApiError::worth_retrying) {
            clock::sleep(READ_AGAIN_MS).await;
            if self.session.closed() {
                return;
            }
            running = self.read(&incident).await;
        }
        if settled {
            self.outbox.hide(&intent.task);
        }
        self.reload_incident(&incident);
        if running == Ok(true) {
            self.follow(incident).await;
        }
    }
}

/// The name of a task's lock, the same for every person at this device.
fn lock_of(task: &TaskId) -> String {
    format!("mdr-task/{task}")
}
