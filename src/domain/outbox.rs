//! What a person has decided about a task and has not yet heard back: a pure state machine. One
//! decision has one key in every attempt, a lost answer is never taken for a failure, and nothing is
//! sent that the person would not decide again. Disk, lock and network are `state::responses`' work.

mod press;
mod record;
mod settled;
#[cfg(test)]
mod tests;

pub use press::{Press, press};
pub use settled::{expired, mark};

use super::error::ApiError;
use super::id::{IncidentId, TaskId};
use super::task::{Act, ActionStatus, Asked, Task, TaskStatus};
use super::time::Timestamp;
use lexicon::t;

/// A decision, and what it was made on, hold for so long. After that it is not sent, whatever held it
/// up (a suspended laptop, a service that asked to be left alone): the person is asked again.
const FRESH_MS: i64 = 120_000;
/// A commit may land after the first read-back, so an unchanged task is believed only after these.
const READS_TO_BELIEVE: u8 = 3;

/// One decision of one person, made once.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    pub task: TaskId,
    pub incident: IncidentId,
    /// The task's title, for lists that do not have the task.
    pub title: String,
    pub act: Act,
    /// The same for every attempt, so that a server that honours it acts once.
    pub key: String,
    /// When the person last said so.
    pub at: Timestamp,
    /// What goes with it to the service.
    pub with: With,
    /// What the person saw when deciding.
    pub seen: Seen,
    /// When that was asked for.
    pub looked: Timestamp,
    /// The device's own action that it comes to, where it is another task that asks for it.
    pub comes_to: Option<TaskId>,
    /// Whether it stands on this device's disk, as far as this tab knows.
    pub kept: bool,
    /// The key of an earlier decision on the task that this one puts an end to.
    pub ends: Option<String>,
    pub phase: Phase,
}

/// What a person adds to a decision, where the service takes it: the same for every attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct With {
    pub comment: String,
    /// The one parameter of the action: how to isolate, how to scan, which file.
    pub choice: String,
}

impl With {
    /// A comment and nothing else.
    pub fn comment(comment: &str) -> With {
        With {
            comment: comment.to_owned(),
            choice: String::new(),
        }
    }
}

/// The version of a task: what a read-back is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub status: TaskStatus,
    pub modified: Option<Timestamp>,
}

impl Seen {
    /// The version of a task as it is now.
    pub fn of(task: &Task) -> Seen {
        Seen {
            status: task.status.clone(),
            modified: task.modified,
        }
    }
}

/// Where an intent stands. One that is settled no longer exists.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// On its way.
    Sending,
    /// To be sent if the task is still what the person saw.
    Looking,
    /// Another tab has the task in its hands. This one waits, then reads, and sends nothing.
    Elsewhere,
    /// No usable answer: the task is being read to learn what happened. `reads` counts the reads
    /// that came back unchanged.
    Checking { why: ApiError, reads: u8 },
    /// It has not happened. The person decides whether to send it again.
    Unsent { why: ApiError },
    /// Something else has happened to the task. The person looks and decides anew.
    Overtaken,
    /// The same was settled after what the person saw. Nothing was sent; the person looks and
    /// decides anew.
    Forestalled,
    /// It could not be read back. The person can have it checked again.
    Lost { why: ApiError },
    /// The server refused it, and said why.
    Refused(ApiError),
}

impl Phase {
    /// True while nobody may press anything on the task; otherwise it rests until a person decides.
    pub fn in_flight(&self) -> bool {
        matches!(
            self,
            Phase::Sending | Phase::Looking | Phase::Elsewhere | Phase::Checking { .. }
        )
    }

    /// Whether a person may put it away: nothing that is still unknown, unless the task has gone and
    /// nobody will ever know.
    pub fn dismissible(&self) -> bool {
        match self {
            Phase::Lost { why } => matches!(why, ApiError::NotFound { .. }),
            phase => !phase.in_flight(),
        }
    }

    /// What a person reads.
    pub fn label(&self) -> &'static str {
        match self {
            Phase::Sending | Phase::Looking => t!("Sending…"),
            Phase::Elsewhere => t!("Being carried out in another tab…"),
            Phase::Checking { .. } => t!("Outcome not known yet, checking…"),
            Phase::Unsent { .. } => t!("Not carried out"),
            Phase::Overtaken => t!("Changed since you decided"),
            Phase::Forestalled => t!("Decided in another tab"),
            Phase::Lost { .. } => t!("Outcome not known"),
            Phase::Refused(_) => t!("Refused by the service"),
        }
    }
}

/// What a tab has to change to show what is kept on the disk: decisions that another tab has seen to,
/// and decisions it does not know. What is under way here is left alone; it looks for itself.
pub fn compare<'a>(
    shown: impl Iterator<Item = &'a Intent> + Clone,
    kept: &[Intent],
) -> (Vec<Intent>, Vec<Intent>) {
    let on_disk = |one: &&Intent| kept.iter().any(|other| other.key == one.key);
    let resting = shown
        .clone()
        .filter(|one| one.kept && !one.phase.in_flight());
    let gone = resting.filter(|one| !on_disk(one)).cloned().collect();
    let busy = |one: &Intent| {
        let known = shown.clone().find(|known| known.task == one.task);
        known.is_some_and(|known| known.key == one.key || known.phase.in_flight())
    };
    let new = kept.iter().filter(|one| !busy(one)).cloned().collect();
    (gone, new)
}

/// What happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Another tab holds the task's lock.
    Elsewhere,
    /// This tab holds the lock; the decision of this person on the task that is kept on the disk.
    Turn(Option<Box<Intent>>),
    /// It is on the disk, or storage was refused: it is sent all the same, because containment
    /// matters more than surviving a reload.
    Kept(bool),
    /// It was not put on the disk: the disk says that the same was settled after `looked`.
    Forestalled,
    /// The server's answer to the write.
    Answered(Result<(), ApiError>),
    /// The task as it is now.
    Read(Box<Task>),
    /// It could not be read.
    ReadFailed(ApiError),
    /// The person presses again after `Unsent`.
    Again(Timestamp),
    /// The person asks to have it checked after `Lost`.
    Check,
}

/// What has to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Take the task's lock without waiting, and look what is kept: `Turn` or `Elsewhere` follows.
    Turn,
    /// Wait for the lock, then look what is kept: `Turn` follows.
    Wait,
    /// Put it on the disk, in the place of the one that it ends, if `Intent::keep` lets it: `Kept`
    /// follows, or what that says.
    Keep,
    /// Write, with the intent's key, unless it is later than `latest`.
    Send,
    /// Read the task at once.
    Look,
    /// Read the task, after a pause that grows with the number of reads.
    Read,
    /// Nothing until the person decides. The lock is given back.
    Rest,
    /// The outcome is known: forget the intent and show the task. The lock is given back.
    Settled,
}

impl Intent {
    /// A fresh decision on a task as it was read at `looked`. It begins with `Next::Turn`.
    pub fn new(task: &Task, act: Act, key: String, at: Timestamp, looked: Timestamp) -> Intent {
        // What was read later than now was read before somebody set the clock.
        let stale = !(0..=FRESH_MS).contains(&(at.0 - looked.0));
        Intent {
            task: task.id.clone(),
            incident: task.incident.clone(),
            title: task.title.clone(),
            act,
            key,
            at,
            with: With::default(),
            seen: Seen::of(task),
            looked,
            comes_to: settled::comes_to(task, act),
            kept: false,
            ends: None,
            phase: if stale {
                Phase::Looking
            } else {
                Phase::Sending
            },
        }
    }

    /// It is not to be sent after this.
    pub fn latest(&self) -> Timestamp {
        Timestamp(self.at.0 + FRESH_MS)
    }

    /// Takes an event in and says what follows.
    pub fn on(&mut self, event: Event) -> Next {
        match (event, &self.phase) {
            (Event::Elsewhere, _) => {
                self.phase = Phase::Elsewhere;
                Next::Wait
            }
            (Event::Turn(held), _) => self.turn(held),
            (Event::Kept(kept), phase) => {
                self.kept = kept;
                if kept && *phase != Phase::Looking {
                    return Next::Send;
                }
                // No disk says what other tabs have settled, so the task has to.
                self.phase = Phase::Looking;
                Next::Look
            }
            (Event::Forestalled, _) => self.rest(Phase::Forestalled),
            (Event::Answered(Ok(())), _) => Next::Settled,
            (Event::Answered(Err(why)), _) => self.unanswered(why),
            (Event::Read(task), _) => self.read(&task),
            (Event::ReadFailed(why), Phase::Looking) => self.rest(Phase::Unsent { why }),
            (Event::ReadFailed(why), Phase::Checking { .. } | Phase::Elsewhere) => {
                if why.worth_retrying() {
                    Next::Read
                } else {
                    self.rest(Phase::Lost { why })
                }
            }
            (Event::Again(at), Phase::Unsent { .. }) => {
                self.at = at;
                self.phase = Phase::Looking;
                Next::Turn
            }
            (Event::Check, Phase::Lost { why }) => {
                self.phase = Phase::Checking {
                    why: why.clone(),
                    reads: 0,
                };
                Next::Turn
            }
            (Event::ReadFailed(_) | Event::Again(_) | Event::Check, _) => Next::Rest,
        }
    }

    fn rest(&mut self, phase: Phase) -> Next {
        self.phase = phase;
        Next::Rest
    }

    /// The task is in this tab's hands. What is kept on the disk says what others have done.
    fn turn(&mut self, held: Option<Box<Intent>>) -> Next {
        match (held, &self.phase) {
            (Some(other), Phase::Sending | Phase::Looking)
                if self.ends.as_ref() == Some(&other.key) =>
            {
                Next::Keep
            }
            // An earlier decision comes first: what became of it is read before anything is sent.
            (Some(other), _) if other.key != self.key => {
                *self = *other;
                Next::Look
            }
            (Some(_), phase) => {
                self.kept = true;
                if *phase == Phase::Elsewhere {
                    self.phase = Phase::restored();
                }
                Next::Look
            }
            // Pressed again, and another tab has seen to it meanwhile: what it did is looked at.
            (None, Phase::Looking) if self.kept => {
                self.kept = false;
                self.phase = Phase::Elsewhere;
                Next::Look
            }
            (None, _) if self.kept => Next::Settled,
            (None, Phase::Sending | Phase::Looking) => Next::Keep,
            (None, _) => Next::Look,
        }
    }

    fn unanswered(&mut self, why: ApiError) -> Next {
        if why.outcome_unknown() {
            self.phase = Phase::Checking { why, reads: 0 };
            return Next::Read;
        }
        // Turned away at the door: certainly not carried out, and worth the same decision again.
        let at_the_door = matches!(why, ApiError::SignedOut { .. } | ApiError::Busy { .. });
        self.rest(if at_the_door {
            Phase::Unsent { why }
        } else {
            Phase::Refused(why)
        })
    }

    fn read(&mut self, now: &Task) -> Next {
        // What it shows is another decision's doing, and the person has yet to be told so.
        if self.phase == Phase::Forestalled {
            return Next::Rest;
        }
        if self.took_effect(now) {
            return Next::Settled;
        }
        let changed = Seen::of(now) != self.seen;
        match &self.phase {
            Phase::Looking | Phase::Checking { .. } | Phase::Unsent { .. } if changed => {
                self.rest(Phase::Overtaken)
            }
            Phase::Elsewhere => self.rest(Phase::Overtaken),
            Phase::Looking => {
                self.phase = Phase::Sending;
                Next::Send
            }
            Phase::Checking { why, reads } => {
                let (why, reads) = (why.clone(), reads + 1);
                if reads < READS_TO_BELIEVE {
                    self.phase = Phase::Checking { why, reads };
                    return Next::Read;
                }
                self.rest(Phase::Unsent { why })
            }
            _ => Next::Rest,
        }
    }

    /// Whether a task read back shows what was asked for, whoever did it.
    fn took_effect(&self, now: &Task) -> bool {
        let Some(wanted) = self.act.status() else {
            if !now.asked.is_empty() {
                // Another file, or another way, is another action, whoever asked for it.
                let choice = &self.with.choice;
                let own = |one: &&Asked| one.choice.eq_ignore_ascii_case(choice);
                let mut own = now.asked.iter().filter(own);
                return own.any(|one| one.live || one.at > self.seen.modified);
            }
            let ended = matches!(now.status, TaskStatus::Completed | TaskStatus::Failed);
            let changed = Seen::of(now) != self.seen;
            // What was done in part may have been under way when it was decided to run the rest, and what
            // changes then may be the part: nobody can tell, so the person looks.
            let part = now.action_status == ActionStatus::PartiallyCompleted
                && self.seen.status != TaskStatus::Open;
            let began = now.running() && (changed || self.seen.status != TaskStatus::InProgress);
            return !part && (began || ended && changed);
        };
        now.status == wanted
    }
}
