//! A task as a card: the group it stands in, its action status, and its buttons with the reason for
//! each one that is disabled (`task::reason`). No view holds a busy or done flag of its own.

use super::reason::{Around, by_its_life, why_not};
use super::{Act, ActionStatus, Source, Task, TaskStatus};
use crate::domain::outbox::{Intent, Phase};
use lexicon::t;

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
    /// Why there are no buttons, and who can help.
    pub idle: Option<String>,
    /// Why what is decided now cannot be sent now.
    pub unsent: Option<String>,
}

/// The card of a task, given what this person has sent and not yet heard back, and what surrounds it.
pub fn card(task: &Task, intent: Option<&Intent>, around: &Around<'_>) -> Card {
    let state = state(task);
    let acts = match intent.map(|i| &i.phase) {
        // What was pressed stays in sight, busy; everything else waits for its outcome.
        Some(phase) if phase.in_flight() => intent.map(|i| i.act).into_iter().collect(),
        // Nothing may be added to what is not known; it can be checked again.
        Some(Phase::Lost { .. }) => Vec::new(),
        _ => {
            let sensible = |act: &Act| by_its_life(task, *act, around).is_none();
            Act::ALL.into_iter().filter(sensible).collect()
        }
    };
    let reason = |act, blocks| {
        let reason = why_not(task, act, around)?;
        (reason.blocks == blocks).then(|| reason.words())
    };
    let idle = acts.is_empty() && intent.is_none();
    let button = |act| Button {
        act,
        label: label(task, act, state),
        disabled: reason(act, true),
        busy: intent.is_some_and(|i| i.act == act && i.phase.in_flight()),
    };
    Card {
        group: group(task),
        state,
        status: status(task, intent),
        idle: idle.then(|| reason(Act::Run, true)).flatten(),
        unsent: acts.iter().find_map(|act| reason(*act, false)),
        buttons: acts.into_iter().map(button).collect(),
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
pub fn status(task: &Task, intent: Option<&Intent>) -> String {
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

fn label(task: &Task, act: Act, state: State) -> String {
    match act {
        Act::Run if matches!(state, State::Failed | State::Warning) => t!("Try again").into(),
        Act::Run => task.called(),
        Act::Confirm => t!("I've completed this action").into(),
        Act::Skip => t!("Skip").into(),
        Act::Reopen => t!("Undo skip").into(),
    }
}
