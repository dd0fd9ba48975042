//! Whether Defender Experts may act on a task's target, as far as that is known: an exclusion is why an
//! action is left to the customer.

use super::{ActionType, Task, TaskStatus};
use crate::domain::load::Load;
use crate::domain::machine::{self, Machine};
use crate::domain::managed_response::Exclusions;
use std::sync::Arc;

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// They may, or it is of no account here.
    None,
    /// It is being read.
    Asking,
    /// It could not be read.
    Unknown,
    /// Some such targets are excluded, in words; not known is whether this is one of them.
    Perhaps(String),
    /// The exclusion that the target falls under, in words.
    Under(String),
}

impl Exclusion {
    /// Whether it is a question at all: only what still waits is asked about, and what experts could do.
    pub fn concerns(task: &Task) -> bool {
        let waits = matches!(
            task.status,
            TaskStatus::Open | TaskStatus::Failed | TaskStatus::InProgress
        );
        let on_device = machine::kind_of(&task.action).is_some();
        waits && (on_device || on_account(&task.action)) && !machine::is_of_device(&task.id)
    }

    /// The exclusion where the target is known to fall under one.
    pub fn under(&self) -> Option<&str> {
        match self {
            Exclusion::Under(words) => Some(words),
            _ => None,
        }
    }
}

/// Whether the target of a task is excluded. `asking` says that its device is being read.
pub fn exclusion(
    task: &Task,
    exclusions: &Load<Arc<Exclusions>>,
    machine: Option<&Machine>,
    asking: bool,
) -> Exclusion {
    if !Exclusion::concerns(task) {
        return Exclusion::None;
    }
    let known = match exclusions {
        Load::Loading => return Exclusion::Asking,
        Load::Failed(_) => return Exclusion::Unknown,
        Load::Ready(known, _) | Load::Stale(known, ..) => known,
    };
    if machine::kind_of(&task.action).is_none() {
        // Who is in a group, and whose account is worth most, is not read here.
        return known.of_users().map_or(Exclusion::None, Exclusion::Perhaps);
    }
    match (known.of_devices(), machine) {
        (None, _) => Exclusion::None,
        (_, Some(machine)) => known.of(machine).map_or(Exclusion::None, Exclusion::Under),
        _ if asking => Exclusion::Asking,
        (Some(words), None) => Exclusion::Perhaps(words),
    }
}

/// Whether an action is done to somebody's account.
fn on_account(action: &ActionType) -> bool {
    use ActionType::{
        DisableUser, EnableUser, ForcePasswordReset, MarkUserCompromised, RequireSignIn,
    };
    matches!(
        action,
        DisableUser | EnableUser | ForcePasswordReset | MarkUserCompromised | RequireSignIn
    )
}

#[cfg(test)]
mod tests {
    use super::super::ActionStatus;
    use super::super::tests::task;
    use super::*;
    use crate::domain::error::ApiError;
    use crate::domain::machine::Value;
    use crate::domain::time::Timestamp;

    fn read(exclusions: Exclusions) -> Load<Arc<Exclusions>> {
        Load::Ready(Arc::new(exclusions), Timestamp(0))
    }

    #[test]
    fn a_device_is_not_taken_for_free_before_that_is_known() {
        let isolate = task(
            ActionType::IsolateDevice,
            TaskStatus::Open,
            ActionStatus::NotStarted,
        );
        let valuable = Machine {
            value: Some(Value::High),
            ..Machine::default()
        };
        let some = read(Exclusions {
            high_value_devices: true,
            ..Exclusions::default()
        });
        let of = |all: &Load<_>, machine, asking| exclusion(&isolate, all, machine, asking);
        assert_eq!(of(&Load::Loading, None, true), Exclusion::Asking);
        let failed = Load::Failed(ApiError::Offline);
        assert_eq!(of(&failed, Some(&valuable), false), Exclusion::Unknown);
        assert_eq!(of(&some, None, true), Exclusion::Asking);
        assert!(matches!(of(&some, None, false), Exclusion::Perhaps(_)));
        assert!(of(&some, Some(&valuable), false).under().is_some());
        let other = Machine::default();
        assert_eq!(of(&some, Some(&other), false), Exclusion::None);
        // Where no device is excluded, no device has to be known.
        let none = read(Exclusions::default());
        assert_eq!(of(&none, None, true), Exclusion::None);
        let done = Task {
            status: TaskStatus::Completed,
            ..isolate.clone()
        };
        assert_eq!(exclusion(&done, &failed, None, false), Exclusion::None);
    }

    #[test]
    fn an_account_may_be_excluded_where_any_is() {
        let of = |exclusions| {
            let disable = task(
                ActionType::DisableUser,
                TaskStatus::Open,
                ActionStatus::NotStarted,
            );
            exclusion(&disable, &read(exclusions), None, false)
        };
        assert_eq!(of(Exclusions::default()), Exclusion::None);
        for exclusions in [
            Exclusions {
                user_groups: vec!["Executives".into()],
                ..Exclusions::default()
            },
            Exclusions {
                high_value_users: true,
                ..Exclusions::default()
            },
        ] {
            assert!(matches!(of(exclusions), Exclusion::Perhaps(_)));
        }
        let text = task(ActionType::Text, TaskStatus::Open, ActionStatus::NotStarted);
        let all = Load::Failed(ApiError::Offline);
        assert_eq!(exclusion(&text, &all, None, false), Exclusion::None);
    }
}
