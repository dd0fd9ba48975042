//! Response actions that came to nothing and are still this customer's to see to: those of which the
//! service says that they have failed, and this person's decisions that did not get there.

use super::id::{IncidentId, TaskId};
use super::outbox::Intent;
use super::task::{ActionStatus, Task, TaskStatus};
use super::time::Timestamp;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedAction {
    pub task: TaskId,
    pub incident: IncidentId,
    pub title: String,
    /// What became of it.
    pub standing: String,
    /// Why, in the service's words.
    pub detail: Option<String>,
    pub at: Option<Timestamp>,
}

/// All of them, the newest first and each task once: what a person decided about a task comes before what
/// the service says of it. Nobody has to see to the tasks of an incident that is `closed`.
pub fn failed_actions<'a>(
    tasks: &[Task],
    decisions: impl Iterator<Item = &'a Intent>,
    closed: impl Fn(&IncidentId) -> bool,
) -> Vec<FailedAction> {
    let resting = decisions.filter(|intent| !intent.phase.in_flight());
    let mut all: Vec<FailedAction> = resting.map(of_decision).collect();
    for task in tasks {
        let known = all.iter().any(|one| one.task == task.id);
        if task.failed() && !known && !closed(&task.incident) {
            all.push(of_task(task));
        }
    }
    all.sort_by(|one, two| two.at.cmp(&one.at).then_with(|| one.task.cmp(&two.task)));
    all
}

fn of_decision(intent: &Intent) -> FailedAction {
    FailedAction {
        task: intent.task.clone(),
        incident: intent.incident.clone(),
        title: intent.title.clone(),
        standing: intent.phase.label().into(),
        detail: None,
        at: Some(intent.at),
    }
}

fn of_task(task: &Task) -> FailedAction {
    let standing = match task.action_status {
        ActionStatus::PartiallyCompleted => ActionStatus::PartiallyCompleted.label(),
        _ => TaskStatus::Failed.label(),
    };
    FailedAction {
        task: task.id.clone(),
        incident: task.incident.clone(),
        title: task.title.clone(),
        standing: standing.into_owned(),
        detail: task.detail.clone(),
        at: task.modified.or(task.created),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::ApiError;
    use crate::domain::outbox::Phase;
    use crate::domain::task::{Act, ActionType, Source, tests};

    fn task(id: &str, status: TaskStatus, action_status: ActionStatus, at: i64) -> Task {
        Task {
            id: TaskId(id.into()),
            incident: IncidentId(format!("incident of {id}")),
            title: format!("Task {id}"),
            modified: Some(Timestamp(at)),
            ..tests::task(ActionType::IsolateDevice, status, action_status)
        }
    }

    fn decided(task: &Task, phase: Phase) -> Intent {
        let at = task.modified.unwrap_or_default();
        Intent {
            phase,
            ..Intent::new(task, Act::Run, "key".into(), at, at)
        }
    }

    fn lines(all: &[FailedAction]) -> Vec<String> {
        let line = |one: &FailedAction| format!("{}: {}", one.title, one.standing);
        all.iter().map(line).collect()
    }

    #[test]
    fn what_failed_wholly_or_in_part_is_the_customers_to_see_to() {
        use ActionStatus::{Completed, Failed, NotStarted, PartiallyCompleted};
        let mut by_experts = task("9", TaskStatus::Failed, Failed, 90);
        by_experts.source = Source::Managed;
        let tasks = [
            task("1", TaskStatus::Failed, Failed, 10),
            task("2", TaskStatus::InProgress, PartiallyCompleted, 20),
            task("3", TaskStatus::Open, PartiallyCompleted, 30),
            task("4", TaskStatus::Open, NotStarted, 40),
            task("5", TaskStatus::Completed, Completed, 50),
            task("6", TaskStatus::NotRelevant, PartiallyCompleted, 60),
            task("7", TaskStatus::Failed, Failed, 70),
            task("8", TaskStatus::Unknown("lost".into()), NotStarted, 80),
            by_experts,
        ];
        let closed = |incident: &IncidentId| incident.as_str() == "incident of 7";
        assert_eq!(
            lines(&failed_actions(&tasks, [].iter(), closed)),
            [
                "Task 3: Partially completed",
                "Task 2: Partially completed",
                "Task 1: Failed"
            ]
        );
    }

    #[test]
    fn a_task_stands_there_once_with_what_its_person_decided() {
        let tasks = [
            task("1", TaskStatus::Failed, ActionStatus::Failed, 10),
            task("2", TaskStatus::Failed, ActionStatus::Failed, 20),
        ];
        let why = || ApiError::TimedOut;
        let elsewhere = task("3", TaskStatus::Open, ActionStatus::NotStarted, 30);
        let under_way = task("4", TaskStatus::Open, ActionStatus::NotStarted, 40);
        let decisions = [
            decided(&tasks[1], Phase::Refused(why())),
            decided(&elsewhere, Phase::Lost { why: why() }),
            decided(&under_way, Phase::Sending),
        ];
        assert_eq!(
            lines(&failed_actions(&tasks, decisions.iter(), |_| false)),
            [
                "Task 3: Outcome not known",
                "Task 2: Refused by the service",
                "Task 1: Failed"
            ]
        );
    }
}
