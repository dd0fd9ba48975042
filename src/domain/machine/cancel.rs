//! Taking an action of a device back, as a task like the action itself: the same outbox sees to it that it
//! happens once, and that nobody takes it for done before the service does.

use super::{MachineAction, PREFIX, Standing, stand_in};
use crate::domain::id::TaskId;
use crate::domain::task::{ActionStatus, ActionType, Source, Task, TaskStatus};
use lexicon::t;

/// Between the device and the action in such a task's id. No kind of action is called so.
const WORD: &str = ":cancel:";

/// What takes an action back. It is completed where the action is cancelled; one that has ended otherwise is
/// past it, which is no state that such a task can be brought to.
pub fn task(machine: &str, action: &MachineAction) -> Task {
    let label = action.label();
    let status = match &action.standing {
        Standing::Pending | Standing::InProgress => TaskStatus::Open,
        Standing::Cancelled => TaskStatus::Completed,
        ended => TaskStatus::Unknown(ended.wire().into()),
    };
    Task {
        id: TaskId(format!("{PREFIX}{machine}{WORD}{}", action.id)),
        incident: stand_in(machine),
        title: t!("Cancel: {label}"),
        description: String::new(),
        status,
        action_status: ActionStatus::NotStarted,
        source: Source::Guided,
        action: ActionType::Unknown("".into()),
        target: Some(machine.to_owned()),
        target_name: None,
        device: Some(machine.to_owned()),
        isolation: None,
        created: None,
        created_by: None,
        modified: None,
        modified_by: None,
        started: None,
        allowed: None,
        denied: None,
        detail: None,
        asked: Vec::new(),
    }
}

/// The device and the action that such a task's id stands for.
pub fn of_task(task: &TaskId) -> Option<(&str, &str)> {
    task.as_str().strip_prefix(PREFIX)?.rsplit_once(WORD)
}

#[cfg(test)]
mod tests {
    use super::super::tests::action;
    use super::*;
    use crate::domain::error::ApiError;
    use crate::domain::outbox::{Event, Intent, Next, Phase};
    use crate::domain::task::Act;
    use crate::domain::time::Timestamp;

    fn cancelling(standing: Standing) -> Task {
        task("m:1", &action("Isolate", standing, 10))
    }

    #[test]
    fn its_id_says_which_action_and_is_no_kind_of_action() {
        let task = cancelling(Standing::Pending);
        assert_eq!(of_task(&task.id), Some(("m:1", "a10")));
        assert!(super::super::of_task(&task.id).is_none());
        assert!(super::super::is_of_device(&task.id));
        assert_eq!(task.title, "Cancel: Isolate device");
    }

    #[test]
    fn a_lost_answer_is_settled_by_what_has_become_of_the_action() {
        let became = |standing: Standing| {
            let at = Timestamp(100);
            let task = cancelling(Standing::Pending);
            let mut intent = Intent::new(&task, Act::Run, "k".into(), at, at);
            intent.on(Event::Turn(None));
            intent.on(Event::Kept(true));
            intent.on(Event::Answered(Err(ApiError::TimedOut)));
            let next = intent.on(Event::Read(Box::new(cancelling(standing))));
            (next, intent.phase)
        };
        assert_eq!(became(Standing::Cancelled).0, Next::Settled);
        // It runs on: not believed at once. It may begin meanwhile, which changes nothing.
        assert_eq!(became(Standing::Pending).0, Next::Read);
        assert_eq!(became(Standing::InProgress).0, Next::Read);
        // It has come to its end: there is nothing left to take back, and the person is told so.
        for ended in [Standing::Succeeded, Standing::Failed, Standing::TimedOut] {
            assert_eq!(became(ended), (Next::Rest, Phase::Overtaken));
        }
    }
}
