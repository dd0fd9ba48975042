//! Words of an action's card.

use crate::domain::error::{ApiError, Wording};
use crate::domain::machine;
use crate::domain::task::{Act, ActionType, Task};
use crate::domain::text::visible;
use lexicon::t;

pub(super) const ACTION_STATUS: &str = t!("Action status");
pub(super) const KIND_OF_ACTION: &str = t!("Action");
pub(super) const TARGET: &str = t!("Target");
pub(super) const DEVICE: &str = t!("Device");
pub(super) const ISOLATION: &str = t!("Isolation");
pub(super) const REQUESTED: &str = t!("Requested");
pub(super) const STARTED: &str = t!("Started");
pub(super) const CHANGED: &str = t!("Last change");
pub(super) const DISMISS: &str = t!("Dismiss");
pub(super) const OVERTAKEN: &str = t!(
    "The action has changed since you decided, or another tab has dealt with it, and it does not show what you decided. Look at it and decide anew."
);
pub(super) const FORESTALLED: &str = t!(
    "This was decided a moment ago in another tab, or by another action on the same device. Nothing was sent from here: look at the action as it is now, and decide anew if it is still needed."
);
pub(super) const LOST: &str = t!(
    "It is not known whether this was carried out: no answer came, and the action could not be read back."
);
pub(super) const CHECK: &str = t!("Check again");
pub(super) const MOVED: &str = t!(
    "The action has changed since you opened this question. Look again, then confirm or cancel."
);
pub(super) const GONE: &str = t!(
    "The action has been completed or changed meanwhile, by somebody else or in another tab. Nothing was sent from here: cancel, and look at it as it is now."
);
pub(super) const CHECKING: &str = t!(
    "No answer came. The portal is reading the action back to learn what happened; nothing is sent again meanwhile."
);
pub(super) const ELSEWHERE: &str = t!(
    "This is being carried out in another tab. This tab sends nothing; it reads the action back when the other one is done."
);
pub(super) const UNKEPT: &str = t!(
    "This browser keeps nothing for this page. What you decided is sent all the same, but it will not survive a reload: wait here for its outcome."
);
pub(super) const UNDER_WAY: &str = t!("Under way");
pub(super) const WAITS_FOR_YOU: &str = t!("Has waited for you");
pub(super) const DRAGS_ON: &str = t!(
    "This has been under way for more than ten minutes. It may be waiting for the device: it goes on once the device can be reached."
);
pub(super) const THEN_CONFIRM: &str = t!("Then confirm here that it is done.");
pub(super) const DEVICE_DETAILS: &str = t!("View device details");
pub(super) const BEFORE_RUNNING: &str = t!("Before you run it");
pub(super) const CLEAR: &str =
    t!("Checked in the last two minutes: no action or task known to conflict with it.");
pub(super) const FAILED_ADVICE: &str = t!(
    "Try it again, look at the device under View device details, or ask Defender Experts in the chat."
);
pub(super) const CHAT: &str = t!("Chat with Defender Experts");
pub(super) const REASON: &str = t!("Reason (optional)");
pub(super) const REASON_HINT: &str = t!(
    "Added to Comments and history, so that your team knows. Defender Experts do not read it there."
);
pub(super) const REASON_WAITS: &str = t!("This reason is not among the comments yet:");
pub(super) const REASON_UNDER_WAY: &str = t!("This reason is being added to the comments:");
pub(super) const REASON_REFUSED: &str =
    t!("The service did not take the reason as a comment. It is kept here:");
pub(super) const REASON_UNKNOWN: &str = t!(
    "It is not known whether the reason was added: no answer came. Look at Comments and history before you add it again:"
);
pub(super) const ADD_REASON: &str = t!("Add to comments");
pub(super) const DISCARD: &str = t!("Discard");
pub(super) const COMMENT: &str = t!("Comment");
pub(super) const COMMENT_HINT: &str =
    t!("Why this is done. The device's history shows it beside your name.");
pub(super) const COMMENT_NEEDED: &str = t!("Write a comment first: the service asks for one.");
pub(super) const HASH_NEEDED: &str = t!("Give the file's SHA-1: 40 digits from 0 to f.");

/// A parameter of a device's action.
pub(super) fn parameter(name: &str) -> &'static str {
    match name {
        "IsolationType" => t!("Isolation"),
        "ScanType" => t!("Scan"),
        _ => t!("SHA-1 of the file"),
    }
}

/// A value of a parameter.
pub(super) fn value(name: &str, value: &str) -> &'static str {
    match (name, value) {
        ("IsolationType", "Full") => t!("Full: nothing gets through but Defender for Endpoint"),
        ("IsolationType", _) => t!("Selective: Outlook and Teams still work"),
        (_, "Quick") => t!("Quick: where malware usually settles"),
        _ => t!("Full: every file, for hours"),
    }
}

/// The comment that says why an action was skipped.
pub(super) fn skip_comment(title: &str, reason: &str) -> String {
    t!("Skipped “{title}”: {reason}")
}

/// The question before an act.
pub(super) fn question(task: &Task, act: Act) -> String {
    let target = task.target_name.as_deref().or(task.target.as_deref());
    let file = task.action == ActionType::QuarantineFile;
    match (act, task.called(), target.map(visible)) {
        // Its file is asked for in the question.
        (Act::Run, what, Some(device)) if file && machine::is_of_device(&task.id) => {
            t!("{what} on {device}?")
        }
        (Act::Run, what, Some(target)) => format!("{what} {target}?"),
        (Act::Run, what, None) => format!("{what}?"),
        (Act::Confirm, _, Some(target)) => t!("Have you completed this action for {target}?"),
        (Act::Confirm, _, None) => t!("Have you completed this action?").into(),
        (Act::Skip, _, Some(target)) => t!("Skip this action for {target}?"),
        (Act::Skip, _, None) => t!("Skip this action?").into(),
        (Act::Reopen, _, Some(target)) => t!("Take the skip back for {target}?"),
        (Act::Reopen, _, None) => t!("Take the skip back?").into(),
    }
}

/// What will follow from it.
pub(super) fn consequence(task: &Task, act: Act) -> String {
    match act {
        // The description follows anyway.
        Act::Run => task.action.consequence().into(),
        Act::Confirm => t!("Defender Experts will take it as done. This cannot be undone from here.").into(),
        Act::Skip => t!("The action will not be performed. It moves to Completed actions as Skipped, and you can take the skip back until the incident is resolved.").into(),
        Act::Reopen => t!("The action becomes pending again.").into(),
    }
}

/// The button that goes through with it.
pub(super) fn confirm(task: &Task, act: Act) -> String {
    match act {
        Act::Run => task.called(),
        Act::Confirm => t!("Yes, I've done it").into(),
        Act::Skip => t!("Yes, skip this action").into(),
        Act::Reopen => t!("Yes, undo skip").into(),
    }
}

/// Why the server refused.
pub(super) fn refused(error: &ApiError) -> String {
    let Wording {
        title,
        advice,
        request_id,
    } = error.wording(t!("This action"));
    match request_id {
        Some(id) => t!("{title}. {advice} Request id: {id}"),
        None => format!("{title}. {advice}"),
    }
}

/// Why it was not carried out, and what trying again can do.
pub(super) fn unsent(why: &ApiError, repeats_are_safe: bool) -> String {
    let said = match why {
        ApiError::Conflict { message, .. } if !message.is_empty() => visible(message).into_owned(),
        ApiError::Server { status, .. } => t!("The service failed ({status})."),
        ApiError::SignedOut { .. } => t!("Your sign-in had ended: sign in again first.").to_owned(),
        ApiError::Busy {
            retry_after_ms: Some(ms),
            ..
        } => t!(
            "The service is busy and asks to wait {seconds} s first.",
            seconds = ms.div_ceil(1_000)
        ),
        ApiError::Busy { .. } => t!("The service is busy: wait a moment first.").to_owned(),
        ApiError::Aborted => {
            t!("It could not be sent in time, or the page was closed before an answer came.")
                .to_owned()
        }
        _ => t!("No answer came.").to_owned(),
    };
    let again = if repeats_are_safe {
        t!("You can try again; it will not be done twice.")
    } else {
        t!(
            "You can try again; look first whether it has begun after all, as this service cannot tell a repeat."
        )
    };
    t!("The service has not carried this out, the action is unchanged. {said} {again}")
}

/// Who did something, beside when.
pub(super) fn by(name: &str) -> String {
    t!(" by {name}")
}

/// An act on a task, where its card is not beside it.
pub(super) fn command(act: &str, task: &str) -> String {
    format!("{act}: {task}")
}
