//! A task as a card: the group it stands in, its action status, and its buttons with the reason for
//! each one that is disabled. No view holds a busy or done flag of its own.

use super::{Act, ActionStatus, Source, Task, TaskStatus};
use crate::domain::outbox::{Intent, Phase};
use crate::domain::permission::Roles;
use crate::domain::text::visible;

/// The two lists of a managed response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Pending,
    Completed,
}

/// How a card looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Warning,
    Failed,
    Done,
    Skipped,
    /// A status this portal does not know: shown as it came, without buttons.
    Unknown,
}

/// One thing a person can do to the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub act: Act,
    pub label: String,
    /// Why it cannot be pressed, and who can.
    pub disabled: Option<String>,
    /// True while this very act is on its way.
    pub busy: bool,
}

/// Everything a view needs to draw a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub group: Group,
    pub state: State,
    /// The text after **Action status**.
    pub status: String,
    pub buttons: Vec<Button>,
}

/// The card of a task, given what this person has sent and not yet heard back, and what they may do.
/// `closed` is true when the incident no longer takes changes (resolved or merged).
pub fn card(task: &Task, intent: Option<&Intent>, roles: &Roles, closed: bool) -> Card {
    let state = state(task);
    let acts = match intent.map(|i| &i.phase) {
        // What was pressed stays in sight, busy; everything else waits for its outcome.
        Some(phase) if phase.in_flight() => intent.map(|i| i.act).into_iter().collect(),
        // Nothing may be added to what is not known; it can be checked again.
        Some(Phase::Lost { .. }) => Vec::new(),
        _ => offered(task, state, closed),
    };
    let buttons = acts
        .into_iter()
        .map(|act| Button {
            act,
            label: label(task, act, state),
            disabled: disabled(task, act, roles),
            busy: intent.is_some_and(|i| i.act == act && i.phase.in_flight()),
        })
        .collect();
    Card {
        group: group(task),
        state,
        status: status(task, intent),
        buttons,
    }
}

/// Pending is what the customer has yet to see through; a failure included.
pub(super) fn group(task: &Task) -> Group {
    let ended = matches!(task.status, TaskStatus::Completed | TaskStatus::NotRelevant);
    if task.source == Source::Managed || ended {
        Group::Completed
    } else {
        Group::Pending
    }
}

fn state(task: &Task) -> State {
    if task.action.executable() && task.action_status == ActionStatus::PartiallyCompleted {
        return State::Warning;
    }
    match task.status {
        TaskStatus::Open => State::Waiting,
        TaskStatus::InProgress => State::Running,
        TaskStatus::Completed => State::Done,
        TaskStatus::Failed => State::Failed,
        TaskStatus::NotRelevant => State::Skipped,
        TaskStatus::Unknown(_) => State::Unknown,
    }
}

/// Executable kinds follow the action status, others the task's own, except where a person has
/// decided: done by hand, and skipped.
fn status(task: &Task, intent: Option<&Intent>) -> String {
    // What is known not to have happened leaves the task as it is; the rest is not known.
    let unknown = |phase: &&Phase| phase.in_flight() || matches!(phase, Phase::Lost { .. });
    if let Some(phase) = intent.map(|i| &i.phase).filter(unknown) {
        return phase.label().into();
    }
    let decided = matches!(task.status, TaskStatus::Completed | TaskStatus::NotRelevant)
        && task.action_status == ActionStatus::NotStarted;
    if task.action.executable() && !decided && !matches!(task.status, TaskStatus::Unknown(_)) {
        task.action_status.label().into_owned()
    } else {
        task.status.label().into_owned()
    }
}

/// What the life of a task allows at this point, whoever asks.
fn offered(task: &Task, state: State, closed: bool) -> Vec<Act> {
    if closed || task.source == Source::Managed {
        return Vec::new();
    }
    let runnable = task.action.executable();
    match state {
        State::Waiting if runnable => vec![Act::Run, Act::Skip],
        State::Waiting => vec![Act::Confirm, Act::Skip],
        State::Failed if runnable => vec![Act::Run, Act::Confirm, Act::Skip],
        State::Failed => vec![Act::Confirm, Act::Skip],
        State::Warning if task.status != TaskStatus::InProgress => vec![Act::Run],
        State::Skipped => vec![Act::Reopen],
        // A manual step that somebody has begun is still finished, or dropped, from here.
        State::Running if !runnable => vec![Act::Confirm, Act::Skip],
        State::Running | State::Warning | State::Done | State::Unknown => Vec::new(),
    }
}

fn label(task: &Task, act: Act, state: State) -> String {
    match act {
        Act::Run if matches!(state, State::Failed | State::Warning) => "Try again".into(),
        Act::Run => task.action.label().into_owned(),
        Act::Confirm => "I've completed this action".into(),
        Act::Skip => "Skip".into(),
        Act::Reopen => "Undo skip".into(),
    }
}

/// The service's word on this task comes first, then what the roles say.
fn disabled(task: &Task, act: Act, roles: &Roles) -> Option<String> {
    if let Some(allowed) = &task.allowed {
        if allowed.iter().any(|word| word == act.wire()) {
            return None;
        }
        let unexplained = "The service does not allow this on this action now. A Security Operator or higher may be able to.";
        return Some(visible(task.denied.as_deref().unwrap_or(unexplained)).into_owned());
    }
    roles.may_act().err()
}
