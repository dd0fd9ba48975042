//! The life of a task: which moves are open to the customer, and why others are not.

use super::machine;
use crate::store::tasks::{Source, Status, Task};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Execute,
    /// Done by hand.
    Complete,
    Skip,
    /// Takes a skip back.
    Reopen,
}

impl Move {
    pub fn word(self) -> &'static str {
        match self {
            Self::Execute => "execute",
            Self::Complete => "complete",
            Self::Skip => "skip",
            Self::Reopen => "reopen",
        }
    }
}

pub fn moves(task: &Task, incident_over: bool) -> Vec<Move> {
    if task.source == Source::Managed || incident_over {
        return Vec::new();
    }
    match task.status {
        Status::Open | Status::Failed => {
            let execute = machine::kind(&task.action_type).map(|_| Move::Execute);
            execute
                .into_iter()
                .chain([Move::Complete, Move::Skip])
                .collect()
        }
        Status::NotRelevant => vec![Move::Reopen],
        Status::InProgress | Status::Completed => Vec::new(),
    }
}

/// Why the move asked for, or every move, is closed.
pub fn refusal(task: &Task, incident_over: bool) -> String {
    let text = match task.status {
        _ if task.source == Source::Managed => "This action belongs to Defender Experts.",
        _ if incident_over => "The incident is resolved or merged, its actions are closed.",
        Status::InProgress => "The action is already in progress.",
        Status::Completed => "The action is completed.",
        Status::NotRelevant => "The action is skipped. It can be reopened.",
        Status::Open => "The action is open already.",
        Status::Failed => "The action failed. It can be run again, completed by hand or skipped.",
    };
    text.to_owned()
}
