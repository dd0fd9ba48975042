//! Words of the readiness assessment and of sample notifications.

use crate::domain::error::ApiError;
use crate::domain::readiness::State;
use lexicon::t;

pub(super) const WHAT: &str = t!("The readiness assessment");
pub(super) const SERVICE: &str = t!("Service");
pub(super) const SERVICE_WHAT: &str = t!("Where the service stands");
pub(super) const STAGE: &str = t!("Stage");
pub(super) const PLAN: &str = t!("Plan");
pub(super) const MANAGER: &str = t!("Service delivery manager");
pub(super) const REVIEW: &str = t!("Next service review");
pub(super) const NO_REVIEW: &str = t!("None planned");
pub(super) const NOT_KNOWN: &str = t!("Not known");
pub(super) const READY: &str = t!("Ready");
pub(super) const NOT_READY: &str = t!("Not ready yet");
pub(super) const READY_TEXT: &str =
    t!("All that the service requires is done: it starts with a monitoring phase of a few days.");
pub(super) const NOT_READY_TEXT: &str = t!(
    "The service starts once every required action is completed and both targets are reached; it is reviewed from time to time and can go back."
);
pub(super) const WENT_BACK_TEXT: &str = t!(
    "The service runs; it is still asked for what is not completed, and its review can go back."
);
pub(super) const AS_OF: &str = t!("As of");
pub(super) const LAG: &str = t!("What you change elsewhere can take up to 24 hours to show here.");
pub(super) const OLD: &str = t!("This assessment is old.");
pub(super) const OLD_TEXT: &str = t!(
    "It should have been renewed since. Do not rely on it: run it again, or ask your service delivery manager."
);
pub(super) const RUN: &str = t!("Run again");
pub(super) const RUNNING: &str = t!("An evaluation is running…");
pub(super) const ACTIONS: &str = t!("Actions needed");
pub(super) const ALL: &str = t!("All");
pub(super) const STATUS: &str = t!("Status");
pub(super) const ACTION: &str = t!("Action");
pub(super) const BASIS: &str = t!("Basis");
pub(super) const UPDATED: &str = t!("Updated");
pub(super) const REQUIRED: &str = t!("Required");
pub(super) const SCORE: &str = t!("Secure Score");
pub(super) const POLICY: &str = t!("Policy");
pub(super) const WENT_BACK: &str = t!("Went back");
pub(super) const BACK_UNKNOWN: &str = t!(
    "What went back is not marked: the earlier evaluations could not be loaded. Try again below."
);
pub(super) const OPEN: &str = t!("Where it is done");
pub(super) const NONE: &str = t!("No actions in this state");
pub(super) const ASSETS: &str = t!("Protected assets");
pub(super) const ASSETS_TEXT: &str = t!(
    "Devices that are onboarded and identities that sensors cover, against the targets that follow from your licences and the service's policy."
);
pub(super) const DEVICES: &str = t!("Devices");
pub(super) const IDENTITIES: &str = t!("Identities");
pub(super) const CURRENT: &str = t!("Protected");
pub(super) const TARGET: &str = t!("Target");
pub(super) const LICENSED: &str = t!("Licensed");
pub(super) const NO_LICENCES: &str = t!("No licence data");
pub(super) const ONBOARD: &str = t!("Onboard more devices");
pub(super) const SENSORS: &str = t!("Install more Defender for Identity sensors");
pub(super) const HISTORY: &str = t!("Earlier evaluations");
pub(super) const HISTORY_WHAT: &str = t!("The earlier evaluations");
pub(super) const NO_HISTORY: &str = t!("No earlier evaluations");
pub(super) const WHEN: &str = t!("When");
pub(super) const ASKED_BY: &str = t!("Asked for by");
pub(super) const SCHEDULED: &str = t!("Scheduled");
pub(super) const CHANGES: &str = t!("Changes");
pub(super) const NO_CHANGES: &str = t!("None");
pub(super) const UNKNOWN: &str =
    t!("It is not known whether this was done. The list shows what the service says now.");
pub(super) const NOT_DONE: &str = t!("Not done");

/// Where devices are onboarded, and where sensors are installed.
pub(super) const ONBOARD_URL: &str =
    "https://security.microsoft.com/securitysettings/endpoints/onboarding";
pub(super) const SENSORS_URL: &str = "https://security.microsoft.com/settings/identities";

pub(super) fn state(state: &State) -> String {
    match state {
        State::CompleteNow => t!("Complete now").into(),
        State::Recommended => t!("Recommended").into(),
        State::InProgress => t!("In progress").into(),
        State::Completed => t!("Completed").into(),
        State::Dismissed => t!("Dismissed").into(),
        State::Other(name) => name.clone(),
    }
}

/// What can be done about an item.
pub(super) fn act(action: &str) -> Option<&'static str> {
    match action {
        "acknowledge" => Some(t!("Mark in progress")),
        "dismiss" => Some(t!("Dismiss")),
        "reopen" => Some(t!("Reopen")),
        _ => None,
    }
}

pub(super) fn score(reached: &str, of: &str) -> String {
    t!("Secure Score {reached} of {of}")
}

pub(super) fn reached(percent: usize) -> String {
    t!("{percent} % of the target")
}

pub(super) fn missing(count: usize) -> String {
    t!(
        count,
        "{count} more to the target",
        "{count} more to the target"
    )
}

pub(super) const ON_TARGET: &str = t!("Target reached");
pub(super) const NO_TARGET: &str = t!("No target yet");

/// A gauge in a sentence.
pub(super) fn gauge(name: &str, protected: usize, target: usize) -> String {
    t!("{name}: {protected} protected of a target of {target}")
}

/// How Secure Score went, in a sentence.
pub(super) fn course(first: &str, last: &str, count: usize) -> String {
    t!("Secure Score over {count} evaluations, from {first} to {last}")
}

/// A score in a table.
pub(super) fn of(reached: &str, of: &str) -> String {
    t!("{reached} of {of}")
}

pub(super) const NO_SCORE: &str = t!("Not kept");

pub(super) fn of_target(protected: usize, target: usize) -> String {
    t!("{protected} of {target}")
}

pub(super) fn failed(error: &ApiError) -> String {
    if error.outcome_unknown() && !matches!(error, ApiError::Conflict { .. }) {
        return UNKNOWN.into();
    }
    let words = error.wording(WHAT);
    format!("{}. {}", words.title, words.advice)
}

pub(super) fn stage(state: &str) -> String {
    match state {
        "notStarted" => t!("Not started").into(),
        "settingUp" => t!("Setting up").into(),
        "readiness" => t!("Readiness").into(),
        "monitoring" => t!("Monitoring phase").into(),
        "active" => t!("Active").into(),
        "suspended" => t!("Suspended").into(),
        "ended" => t!("Ended").into(),
        other => other.to_owned(),
    }
}

// Sample notifications.
pub(super) const SAMPLES_TEXT: &str = t!(
    "Send a notification as the service would send it, marked as a sample, to see whether it arrives. Nothing else happens."
);
pub(super) const CHANNEL: &str = t!("Channel");
pub(super) const MAIL: &str = t!("Email");
pub(super) const TEAMS: &str = t!("Teams");
pub(super) const PURPOSE: &str = t!("Notification");
pub(super) const RECIPIENT: &str = t!("Recipient");
pub(super) const MYSELF: &str = t!("Myself");
pub(super) const SEND: &str = t!("Generate a sample notification");
pub(super) const SENT: &str = t!("Samples sent");
pub(super) const SAMPLES_WHAT: &str = t!("The samples");
pub(super) const NO_SAMPLES: &str = t!("No samples have been sent");
pub(super) const SUBJECT: &str = t!("Subject");
pub(super) const ARRIVED: &str = t!("Arrived");

/// The kinds of notification that can be tried.
pub(super) const PURPOSES: [(&str, &str); 7] = [
    ("managedResponse", t!("Managed response")),
    ("reminder", t!("Reminder")),
    ("chatReply", t!("Chat reply")),
    ("inquiryAnswer", t!("Answer to an inquiry")),
    ("readinessChange", t!("Readiness change")),
    ("serviceReview", t!("Service review")),
    ("huntingNotification", t!("Hunting notification")),
];

pub(super) fn delivery(state: &str) -> String {
    match state {
        "queued" => t!("On its way").into(),
        "delivered" => t!("Delivered").into(),
        "bounced" => t!("Bounced").into(),
        "failed" => t!("Failed").into(),
        other => other.to_owned(),
    }
}

pub(super) const TO_DO: &str = t!("Complete now");
pub(super) const DONE: &str = t!("Completed");
