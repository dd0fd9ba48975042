//! Incidents that required the customer's action. Skipped is not done: it is counted by itself.

use super::measure::{Minutes, between};
use super::tally::{add, severities, worst_first};
use super::{Period, Tally};
use crate::domain::id::IncidentId;
use crate::domain::queue_index::QueueIndex;
use crate::domain::severity::Severity;
use crate::domain::task::{Source, Task, TaskStatus};
use crate::domain::time::Timestamp;
use lexicon::t;
use std::collections::BTreeMap;

/// Where an action of the customer's stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Completed,
    Pending,
    Skipped,
    Failed,
}

impl State {
    /// In the order they are told.
    pub const ALL: [State; 4] = [
        State::Completed,
        State::Pending,
        State::Skipped,
        State::Failed,
    ];

    /// As addresses and the service write it.
    pub fn word(self) -> &'static str {
        ["completed", "pending", "skipped", "failed"][self as usize]
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        [t!("Completed"), t!("Pending"), t!("Skipped"), t!("Failed")][self as usize]
    }

    /// Where a task stands. What nobody knows is still to be done.
    pub fn of(status: &TaskStatus) -> State {
        match status {
            TaskStatus::Completed => State::Completed,
            TaskStatus::NotRelevant => State::Skipped,
            TaskStatus::Failed => State::Failed,
            TaskStatus::Open | TaskStatus::InProgress | TaskStatus::Unknown(_) => State::Pending,
        }
    }
}

/// How many actions of an incident are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked([usize; 4]);

impl Asked {
    /// From counts in the order of `State::ALL`.
    pub fn new(counts: [usize; 4]) -> Asked {
        Asked(counts)
    }

    /// One more.
    pub fn add(&mut self, state: State) {
        self.0[state as usize] += 1;
    }

    /// How many are in a state.
    pub fn count(&self, state: State) -> usize {
        self.0[state as usize]
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// The state of them all: the one that needs the customer first.
    pub fn state(&self) -> Option<State> {
        let order = [
            State::Pending,
            State::Failed,
            State::Completed,
            State::Skipped,
        ];
        order.into_iter().find(|state| self.count(*state) > 0)
    }
}

/// An action of the customer's, as far as the report needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub incident: IncidentId,
    pub title: String,
    pub state: State,
    pub created: Option<Timestamp>,
    pub modified: Option<Timestamp>,
}

impl Action {
    /// What is asked of the customer; nothing of what the experts do themselves.
    pub fn of(task: Task) -> Option<Action> {
        (task.source != Source::Managed).then(|| Action {
            incident: task.incident,
            title: task.title,
            state: State::of(&task.status),
            created: task.created,
            modified: task.modified,
        })
    }

    /// How long it took, where it is completed and the times are known.
    pub fn took(&self) -> Option<Minutes> {
        let (from, to) = (self.created?, self.modified?);
        (self.state == State::Completed).then(|| between(from.0, to.0))
    }
}

/// The actions of each incident.
pub fn by_incident(actions: &[Action]) -> BTreeMap<&str, Asked> {
    let mut all = BTreeMap::<&str, Asked>::new();
    for action in actions {
        all.entry(action.incident.as_str())
            .or_default()
            .add(action.state);
    }
    all
}

/// One incident that required action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: IncidentId,
    pub name: String,
    pub severity: Severity,
    pub created: Timestamp,
    pub asked: Asked,
}

/// The section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Required {
    /// Newest first.
    pub rows: Vec<Row>,
}

impl Required {
    /// How many actions are in a state.
    pub fn actions(&self, state: State) -> usize {
        self.rows.iter().map(|row| row.asked.count(state)).sum()
    }

    /// How many incidents have an action in that state.
    pub fn incidents(&self, state: State) -> usize {
        self.rows
            .iter()
            .filter(|row| row.asked.count(state) > 0)
            .count()
    }

    /// The incidents by severity, worst first.
    pub fn severity(&self) -> Vec<Tally> {
        let mut all = severities();
        for row in &self.rows {
            add(&mut all, row.severity.wire(), 1);
        }
        worst_first(all)
    }

    /// From the index and all actions.
    pub fn of(index: &QueueIndex, actions: &[Action], period: &Period) -> Required {
        let mut rows: Vec<Row> = by_incident(actions)
            .into_iter()
            .filter_map(|(id, asked)| {
                let id = IncidentId(id.to_owned());
                let row = index.row_of(&id)?;
                let counts = row.of_experts() && period.contains(row.created());
                counts.then(|| Row {
                    name: row.name().to_owned(),
                    severity: row.severity().clone(),
                    created: row.created(),
                    id,
                    asked,
                })
            })
            .collect();
        rows.sort_by(|a, b| (b.created, b.id.order()).cmp(&(a.created, a.id.order())));
        Required { rows }
    }
}
