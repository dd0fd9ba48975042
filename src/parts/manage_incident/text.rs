//! Words of managing an incident.

use crate::domain::error::ApiError;
use lexicon::t;

pub(super) const TITLE: &str = t!("Mark this incident resolved?");
pub(super) const RESOLVE: &str = t!("Resolve incident");
pub(super) const CLASSIFICATION: &str = t!("Classification");
pub(super) const DETERMINATION: &str = t!("Determination");
pub(super) const CHOOSE: &str = t!("Choose…");
pub(super) const CHOOSE_CLASSIFICATION: &str =
    t!("Choose a classification first: the report counts by it.");
pub(super) const CHOOSE_DETERMINATION: &str = t!("Choose a determination first.");
pub(super) const NOTE: &str = t!("Note");
pub(super) const NOTE_HINT: &str = t!("It stands in the activity log and with the incident.");
pub(super) const ALERTS_HINT: &str =
    t!("They get the same classification. Your choice is remembered on this device.");
pub(super) const NO_ALERTS: &str = t!("All linked alerts are resolved already.");
pub(super) const ALERTS_UNKNOWN: &str =
    t!("The linked alerts are not loaded, so they keep their own status.");
pub(super) const SENTINEL: &str = t!(
    "Open actions become Skipped. Microsoft Sentinel shows a resolved incident as Closed, with the classification as the reason."
);
pub(super) const NOT_LOADED: &str = t!("The incident is not loaded yet.");
pub(super) const ALREADY: &str = t!("The incident is resolved already.");
pub(super) const MERGED: &str =
    t!("The incident was merged into another one, which can be resolved instead.");
pub(super) const SOMEBODY: &str = t!("somebody");
pub(super) const UNKNOWN: &str = t!(
    "It is not known whether the incident was resolved: no answer came, and it does not show it yet. Try again in a moment: what has arrived by then is not written twice."
);

/// How many linked alerts are open.
pub(super) fn alerts(count: usize) -> String {
    t!(
        count,
        "Also resolve its {count} linked alert that is open",
        "Also resolve its {count} linked alerts that are open"
    )
}

/// Read out when it is done.
pub(super) fn resolved(alerts: usize) -> String {
    match alerts {
        0 => t!("Incident resolved").into(),
        count => t!(
            count,
            "Incident and {count} alert resolved",
            "Incident and {count} alerts resolved"
        ),
    }
}

/// What is left to do by hand.
pub(super) fn alerts_left(failed: usize, of: usize) -> String {
    t!(
        failed,
        "The incident is resolved. {failed} of {of} alerts is not: open it and resolve it there.",
        "The incident is resolved. {failed} of {of} alerts are not: open them and resolve them there."
    )
}

/// A colleague was quicker.
pub(super) fn already_by(who: &str) -> String {
    t!("The incident is resolved already, last changed by {who}. Nothing was written.")
}

/// It is not what the person saw any more.
pub(super) fn moved(who: &str) -> String {
    t!(
        "The incident has changed since you opened this, last by {who}. Nothing was written. What is behind this question is up to date: look again, then confirm or cancel."
    )
}

/// Why it was certainly not done.
pub(super) fn refused(why: &ApiError) -> String {
    let words = why.wording(t!("The incident"));
    let id = words
        .request_id
        .map_or_else(String::new, |id| t!(" Request id: {id}"));
    t!(
        "The incident was not resolved. {title}. {advice}{id}",
        title = words.title,
        advice = words.advice
    )
}
