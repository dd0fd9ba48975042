//! Words of the managed response.

use crate::domain::time::amount;
use lexicon::t;

pub(super) const TITLE: &str = t!("Managed response");
pub(super) const RESPONSE: &str = t!("Summary and actions");
pub(super) const CHAT: &str = t!("Chat");
pub(super) const SUMMARY: &str = t!("Investigation summary");
pub(super) const SUMMARY_WHAT: &str = t!("The investigation summary");
pub(super) const NOT_PUBLISHED: &str =
    t!("Defender Experts have not published a managed response for this incident.");
pub(super) const NOT_PUBLISHED_ADVICE: &str = t!(
    "It appears here when they do. Incidents that experts only close carry their note in Comments and history."
);
pub(super) const PUBLISHED: &str = t!("Published");
pub(super) const DEVICES: &str = t!("Devices involved");
pub(super) const INDICATORS: &str = t!("Indicators of compromise");
pub(super) const INDICATOR: &str = t!("Indicator");
pub(super) const KIND: &str = t!("Kind");
pub(super) const NOTE: &str = t!("Note");
pub(super) const ACTIONS: &str = t!("Actions");
pub(super) const ACTIONS_WHAT: &str = t!("The actions");
pub(super) const PENDING: &str = t!("Pending actions");
pub(super) const COMPLETED: &str = t!("Completed actions");
pub(super) const BY_EXPERTS: &str = t!("Completed by Defender Experts");
pub(super) const NONE_BY_EXPERTS: &str =
    t!("Defender Experts have carried out no action on this incident.");
pub(super) const TO_ACTIONS: &str = t!("Go to the actions");
pub(super) const TO_CHAT: &str = t!("Go to the chat");
pub(super) const ALL_DONE: &str =
    t!("All tasks done. The incident is still open; the service may close it, or you can.");
pub(super) const RESOLVE: &str = t!("Mark resolved");
pub(super) const COPY_ALL: &str = t!("Copy all, defanged");
pub(super) const CSV: &str = t!("Download CSV");
pub(super) const CSV_FILE: &str = "indicators.csv";
pub(super) const DEFANGED_HINT: &str =
    t!("Copies are defanged: brackets keep other programs from making links of them.");
pub(super) const COPY_AS_IT_IS: &str = t!("Copy as it is");
pub(super) const DEVICE_TIMELINE: &str = t!("Device timeline");
pub(super) const IOAS: &str = t!("Indicators of attack");
pub(super) const CLOCKS: &str = t!("How long it has waited");
pub(super) const FOR_EXPERTS: &str = t!("Waited for Defender Experts");
pub(super) const FOR_YOU: &str = t!("Waited for you");
pub(super) const NOW_WAITS: &str = t!("Now waits for");
pub(super) const PAUSED: &str = t!("Nobody: paused");
pub(super) const OVER: &str = t!("Nobody: it is over");
pub(super) const SINCE: &str = t!("since");
pub(super) const NO_HISTORY: &str =
    t!("Reckoned from what is shown here: the incident's history could not be read.");
pub(super) const NONE_PENDING: &str = t!("Nothing is left for you to do here.");
pub(super) const NONE_COMPLETED: &str = t!("You have completed or skipped no action yet.");

/// Who did something, beside when.
pub(super) fn by(name: &str) -> String {
    t!(" by {name}")
}

/// A button that copies an indicator.
pub(super) fn copy(value: &str) -> String {
    t!("Copy {value}")
}

/// A length of time that is counted: `3 h 12 min` within a day.
pub(super) fn counted(milliseconds: i64) -> String {
    let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60);
    match hours {
        1..24 => t!("{hours} h {minutes} min"),
        _ => amount(milliseconds),
    }
}
