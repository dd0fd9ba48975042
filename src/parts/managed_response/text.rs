//! Words of the managed response.

use crate::domain::error::{ApiError, Wording};
use crate::domain::task::{Act, ActionType, Task};
use crate::domain::text::visible;

pub(super) const TITLE: &str = "Managed response";
pub(super) const SUMMARY: &str = "Investigation summary";
pub(super) const SUMMARY_WHAT: &str = "The investigation summary";
pub(super) const NOT_PUBLISHED: &str =
    "Defender Experts have not published a managed response for this incident.";
pub(super) const NOT_PUBLISHED_ADVICE: &str = "It appears here when they do. Incidents that experts only close carry their note in Comments and history.";
pub(super) const PUBLISHED: &str = "Published";
pub(super) const AWAITING_SINCE: &str = "Waiting for you since";
pub(super) const DEVICES: &str = "Devices involved";
pub(super) const INDICATORS: &str = "Indicators of compromise";
pub(super) const INDICATOR: &str = "Indicator";
pub(super) const KIND: &str = "Kind";
pub(super) const NOTE: &str = "Note";
pub(super) const TIMELINE: &str = "Timeline";
pub(super) const ACTIONS: &str = "Actions";
pub(super) const ACTIONS_WHAT: &str = "The actions";
pub(super) const PENDING: &str = "Pending actions";
pub(super) const COMPLETED: &str = "Completed actions";
pub(super) const NONE_PENDING: &str = "Nothing is left for you to do here.";
pub(super) const NONE_COMPLETED: &str = "No action has been completed yet.";
pub(super) const ACTION_STATUS: &str = "Action status";
pub(super) const KIND_OF_ACTION: &str = "Action";
pub(super) const TARGET: &str = "Target";
pub(super) const DEVICE: &str = "Device";
pub(super) const ISOLATION: &str = "Isolation";
pub(super) const REQUESTED: &str = "Requested";
pub(super) const STARTED: &str = "Started";
pub(super) const CHANGED: &str = "Last change";
pub(super) const CHECK_AUTOMATION: &str =
    "Make sure that automated investigation is not already doing this.";
pub(super) const DISMISS: &str = "Dismiss";
pub(super) const OVERTAKEN: &str = "The action has changed since you decided, or another tab has dealt with it, and it does not show what you decided. Look at it and decide anew.";
pub(super) const LOST: &str = "It is not known whether this was carried out: no answer came, and the action could not be read back.";
pub(super) const CHECK: &str = "Check again";
pub(super) const MOVED: &str =
    "The action has changed since you opened this question. Look again, then confirm or cancel.";
pub(super) const CHECKING: &str = "No answer came. The portal is reading the action back to learn what happened; nothing is sent again meanwhile.";
pub(super) const ELSEWHERE: &str = "This is being carried out in another tab. This tab sends nothing; it reads the action back when the other one is done.";
pub(super) const UNKEPT: &str = "This browser keeps nothing for this page. What you decided is sent all the same, but it will not survive a reload: wait here for its outcome.";

/// The question before an act.
pub(super) fn question(task: &Task, act: Act) -> String {
    let target = task.target_name.as_deref().or(task.target.as_deref());
    match act {
        Act::Run => match target {
            Some(target) => format!("{} {}?", task.action.label(), visible(target)),
            None => format!("{}?", task.action.label()),
        },
        Act::Confirm => "Have you completed this action?".into(),
        Act::Skip => "Skip this action?".into(),
        Act::Reopen => "Take the skip back?".into(),
    }
}

/// What will follow from it.
pub(super) fn consequence(task: &Task, act: Act) -> String {
    match act {
        Act::Run if task.action.consequence().is_empty() => visible(&task.description).into_owned(),
        Act::Run => task.action.consequence().into(),
        Act::Confirm => "Defender Experts will take it as done. This cannot be undone from here.".into(),
        Act::Skip => "The action will not be performed. It moves to Completed actions as Skipped, and you can take the skip back until the incident is resolved.".into(),
        Act::Reopen => "The action becomes pending again.".into(),
    }
}

/// The button that goes through with it.
pub(super) fn confirm(action: &ActionType, act: Act) -> String {
    match act {
        Act::Run => action.label().into_owned(),
        Act::Confirm => "Yes, I've done it".into(),
        Act::Skip => "Yes, skip this action".into(),
        Act::Reopen => "Yes, undo skip".into(),
    }
}

/// Why the server refused.
pub(super) fn refused(error: &ApiError) -> String {
    let Wording {
        title,
        advice,
        request_id,
    } = error.wording("This action");
    match request_id {
        Some(id) => format!("{title}. {advice} Request id: {id}"),
        None => format!("{title}. {advice}"),
    }
}

/// Why it was not carried out, and what trying again can do.
pub(super) fn unsent(why: &ApiError, repeats_are_safe: bool) -> String {
    let said = match why {
        ApiError::Conflict { message, .. } if !message.is_empty() => visible(message).into_owned(),
        ApiError::Server { status, .. } => format!("The service failed ({status})."),
        ApiError::SignedOut { .. } => "Your sign-in had ended: sign in again first.".to_owned(),
        ApiError::Busy {
            retry_after_ms: Some(ms),
            ..
        } => format!(
            "The service is busy and asks to wait {} s first.",
            ms.div_ceil(1_000)
        ),
        ApiError::Busy { .. } => "The service is busy: wait a moment first.".to_owned(),
        ApiError::Aborted => {
            "It could not be sent in time, or the page was closed before an answer came.".to_owned()
        }
        _ => "No answer came.".to_owned(),
    };
    let again = if repeats_are_safe {
        "You can try again; it will not be done twice."
    } else {
        "You can try again; look first whether it has begun after all, as this service cannot tell a repeat."
    };
    format!("The service has not carried this out, the action is unchanged. {said} {again}")
}

/// Who did something, beside when.
pub(super) fn by(name: &str) -> String {
    format!(" by {name}")
}
