//! What a person has asked of a task and has not yet heard back: a pure state machine.
//! A lost answer is never taken for a failure: the task is read before anything is sent again, and
//! sending again uses the same key. Storage and the network are `state::outbox`'s work.

use super::error::ApiError;
use super::id::TaskId;
use super::task::{Act, Task, TaskStatus};
use super::time::Timestamp;

/// One decision of one person, made once.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    pub task: TaskId,
    pub act: Act,
    /// The same for every attempt, so that a server that honours it acts once.
    pub key: String,
    pub at: Timestamp,
    /// What the person saw when deciding.
    pub seen: Seen,
    pub phase: Phase,
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
    /// No usable answer: the task is being read to learn what happened. `reads` counts the reads
    /// that came back unchanged.
    Checking { why: ApiError, reads: u8 },
    /// Read back: it has not happened. The person decides whether to send it again.
    Unsent { why: ApiError },
    /// Read back: something else has happened to the task. The person looks and decides anew.
    Overtaken,
    /// It could not be read back. The person can have it checked again.
    Lost { why: ApiError },
    /// The server refused it, and said why.
    Refused(ApiError),
}

impl Phase {
    /// True while nobody may press anything on the task.
    pub fn in_flight(&self) -> bool {
        matches!(self, Phase::Sending | Phase::Checking { .. })
    }
}

/// What happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The server's answer to the write.
    Answered(Result<(), ApiError>),
    /// The task as it is now.
    Read(Box<Task>),
    /// It could not be read.
    ReadFailed(ApiError),
    /// The person presses again after `Unsent`.
    Again,
    /// The person asks to have it checked after `Lost`.
    Check,
}

/// What has to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Write, with the intent's key.
    Send,
    /// Read the task, after a pause that grows with the number of reads.
    Read,
    /// Nothing until the person decides.
    Rest,
    /// The outcome is known: forget the intent and show the task.
    Settled,
}

/// A commit may land after the first read-back, so an unchanged task is believed only after these.
const READS_TO_BELIEVE: u8 = 3;

impl Intent {
    /// A fresh decision on a task as it is shown.
    pub fn new(task: &Task, act: Act, key: String, at: Timestamp) -> Intent {
        Intent {
            task: task.id.clone(),
            act,
            key,
            at,
            seen: Seen::of(task),
            phase: Phase::Sending,
        }
    }

    /// A decision found after its page had gone: whether it was carried out is not known.
    pub fn restored(task: TaskId, act: Act, key: String, at: Timestamp, seen: Seen) -> Intent {
        let phase = Phase::Checking {
            why: ApiError::Aborted,
            reads: 0,
        };
        Intent {
            task,
            act,
            key,
            at,
            seen,
            phase,
        }
    }

    /// Takes an event in and says what follows.
    pub fn on(&mut self, event: Event) -> Next {
        match (event, &self.phase) {
            (Event::Answered(Ok(())), _) => return Next::Settled,
            (Event::Answered(Err(why)), _) if why.outcome_unknown() => {
                self.phase = Phase::Checking { why, reads: 0 };
                return Next::Read;
            }
            (Event::Answered(Err(why)), _) => self.phase = Phase::Refused(why),
            (Event::Read(task), _) if self.took_effect(&task) => return Next::Settled,
            (Event::Read(task), Phase::Checking { .. } | Phase::Unsent { .. })
                if Seen::of(&task) != self.seen =>
            {
                self.phase = Phase::Overtaken;
            }
            (Event::Read(_), Phase::Checking { why, reads }) => {
                let (why, reads) = (why.clone(), reads + 1);
                if reads < READS_TO_BELIEVE {
                    self.phase = Phase::Checking { why, reads };
                    return Next::Read;
                }
                self.phase = Phase::Unsent { why };
            }
            (Event::ReadFailed(why), Phase::Checking { .. }) if why.worth_retrying() => {
                return Next::Read;
            }
            (Event::ReadFailed(why), Phase::Checking { .. }) => self.phase = Phase::Lost { why },
            (Event::Again, Phase::Unsent { .. }) => {
                self.phase = Phase::Sending;
                return Next::Send;
            }
            (Event::Check, Phase::Lost { why }) => {
                self.phase = Phase::Checking {
                    why: why.clone(),
                    reads: 0,
                };
                return Next::Read;
            }
            (Event::Read(_) | Event::ReadFailed(_) | Event::Again | Event::Check, _) => {}
        }
        Next::Rest
    }

    /// Whether a task read back shows what was asked for, whoever did it.
    fn took_effect(&self, now: &Task) -> bool {
        let Some(wanted) = self.act.status() else {
            let moved = now.modified != self.seen.modified;
            let ended = matches!(now.status, TaskStatus::Completed | TaskStatus::Failed);
            return now.running() || moved && ended;
        };
        now.status == wanted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::task::tests::task;
    use crate::domain::task::{ActionStatus, ActionType};

    fn open_task() -> Task {
        task(
            ActionType::IsolateDevice,
            TaskStatus::Open,
            ActionStatus::NotStarted,
        )
    }

    fn intent() -> Intent {
        Intent::new(&open_task(), Act::Run, "key".into(), Timestamp(2_000))
    }

    #[test]
    fn a_good_answer_settles() {
        assert_eq!(intent().on(Event::Answered(Ok(()))), Next::Settled);
    }

    #[test]
    fn a_refusal_rests_with_its_reason() {
        let mut intent = intent();
        let why = ApiError::Forbidden {
            message: String::new(),
            request_id: None,
        };
        assert_eq!(intent.on(Event::Answered(Err(why.clone()))), Next::Rest);
        assert_eq!(intent.phase, Phase::Refused(why));
    }

    #[test]
    fn a_lost_answer_is_read_back_and_a_changed_task_settles_it() {
        let mut intent = intent();
        assert_eq!(
            intent.on(Event::Answered(Err(ApiError::TimedOut))),
            Next::Read
        );
        let mut running = open_task();
        running.status = TaskStatus::InProgress;
        assert_eq!(intent.on(Event::Read(Box::new(running))), Next::Settled);
    }

    #[test]
    fn an_unchanged_task_is_read_again_before_it_is_believed_and_then_asks() {
        let mut intent = intent();
        intent.on(Event::Answered(Err(ApiError::TimedOut)));
        let unchanged = || Event::Read(Box::new(open_task()));
        assert_eq!(intent.on(unchanged()), Next::Read);
        assert_eq!(intent.on(Event::ReadFailed(ApiError::Offline)), Next::Read);
        assert_eq!(intent.on(unchanged()), Next::Read);
        assert_eq!(intent.on(unchanged()), Next::Rest);
        assert_eq!(
            intent.phase,
            Phase::Unsent {
                why: ApiError::TimedOut
            }
        );
        let key = intent.key.clone();
        assert_eq!(intent.on(Event::Again), Next::Send);
        assert_eq!(intent.key, key);
    }

    #[test]
    fn a_conflict_that_hid_a_success_is_read_back_too() {
        let mut intent = intent();
        let conflict = ApiError::Conflict {
            code: "actionInProgress".into(),
            message: String::new(),
            request_id: None,
        };
        assert_eq!(intent.on(Event::Answered(Err(conflict))), Next::Read);
    }

    #[test]
    fn a_task_that_changed_in_another_way_is_not_taken_for_success() {
        let mut intent = intent();
        intent.on(Event::Answered(Err(ApiError::TimedOut)));
        let mut edited = open_task();
        edited.modified = Some(Timestamp(9_000));
        assert_eq!(intent.on(Event::Read(Box::new(edited))), Next::Rest);
        assert_eq!(intent.phase, Phase::Overtaken);
    }

    #[test]
    fn a_retry_that_failed_at_once_has_still_been_carried_out() {
        let mut failed = task(
            ActionType::QuarantineFile,
            TaskStatus::Failed,
            ActionStatus::Failed,
        );
        let mut intent = Intent::new(&failed, Act::Run, "key".into(), Timestamp(2_000));
        intent.on(Event::Answered(Err(ApiError::TimedOut)));
        assert_eq!(
            intent.on(Event::Read(Box::new(failed.clone()))),
            Next::Read,
            "the old failure"
        );
        failed.modified = Some(Timestamp(9_000));
        assert_eq!(
            intent.on(Event::Read(Box::new(failed))),
            Next::Settled,
            "a new one"
        );
    }

    #[test]
    fn a_commit_after_the_read_back_is_noticed_while_it_rests() {
        let mut intent = intent();
        intent.phase = Phase::Unsent {
            why: ApiError::TimedOut,
        };
        let mut running = open_task();
        running.status = TaskStatus::InProgress;
        assert_eq!(intent.on(Event::Read(Box::new(running))), Next::Settled);
    }

    #[test]
    fn what_cannot_be_read_back_rests_and_can_be_checked_again() {
        let mut intent = intent();
        intent.on(Event::Answered(Err(ApiError::TimedOut)));
        let gone = ApiError::NotFound { request_id: None };
        assert_eq!(intent.on(Event::ReadFailed(gone.clone())), Next::Rest);
        assert_eq!(intent.phase, Phase::Lost { why: gone });
        assert_eq!(intent.on(Event::Check), Next::Read);
    }
}
