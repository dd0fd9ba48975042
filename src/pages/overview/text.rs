//! Words of the overview.

use lexicon::t;

pub(super) const TITLE: &str = t!("Overview");
pub(super) const SUBTITLE: &str = t!("What needs you now, and what the experts did lately.");
pub(super) const REQUIRED: &str = t!("Items that require your action");
pub(super) const AWAITING: &str = t!("Incidents awaiting your action");
pub(super) const UNREAD: &str = t!("Conversations with something new");
pub(super) const READINESS: &str = t!("Readiness actions to complete now");
pub(super) const FAILED: &str = t!("Failed actions");
pub(super) const FAILED_WHAT: &str = t!("What has failed");
pub(super) const NONE_FAILED: &str =
    t!("No action has failed, and no decision of yours waits to be sent.");
pub(super) const UNKNOWN: &str = t!("Not known");
pub(super) const HIGHLIGHTS: &str = t!("XDR highlights");
pub(super) const FINISHED: &str = t!("Resolved with experts, last 30 days");
pub(super) const INVESTIGATING: &str = t!("Experts are investigating");
pub(super) const LATEST: &str = t!("What the experts worked on lately");
pub(super) const LATEST_WHAT: &str = t!("The incidents of the last 30 days");
pub(super) const NONE_LATEST: &str =
    t!("The experts have worked on no incident in the last 30 days");
pub(super) const SHOW_ALL: &str = t!("Show all");

/// The trend line in a sentence.
pub(super) fn trend(count: usize) -> String {
    t!(
        count,
        "{count} incident resolved in the last 30 days, by day of last update",
        "{count} incidents resolved in the last 30 days, by day of last update"
    )
}
