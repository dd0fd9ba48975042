//! Words of the list of alerts.

use lexicon::t;

pub(super) const TITLE: &str = t!("Alerts");
pub(super) const WHAT: &str = t!("The list of alerts");
pub(super) const WHAT_ONE: &str = t!("The alert");
pub(super) const SEARCH: &str = t!("Search alerts");
pub(super) const STATUS: &str = t!("Status");
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const PERIOD: &str = t!("Created");
pub(super) const OPEN: &str = t!("New and in progress");
pub(super) const ANY: &str = t!("Any");
pub(super) const NAME: &str = t!("Alert name");
pub(super) const CATEGORY: &str = t!("Category");
pub(super) const SOURCE: &str = t!("Source");
pub(super) const INCIDENT: &str = t!("Incident");
pub(super) const CREATED: &str = t!("Created");
pub(super) const NO_MATCH: &str = t!("No alerts match");
pub(super) const NO_MATCH_ADVICE: &str = t!("Choose a longer period, or another status.");
pub(super) const MORE: &str = t!("More actions");
pub(super) const OPEN_PAGE: &str = t!("Open alert page");
pub(super) const OPEN_INCIDENT: &str = t!("Open incident page");

pub(super) const PART: &str =
    t!("There are more alerts in this period than are read here. Choose a shorter one.");

pub(super) const APPLY: &str = t!("Show updates");

/// What waits to be laid out.
pub(super) fn updates(count: usize) -> String {
    t!(count, "{count} update", "{count} updates")
}

pub(super) fn count(count: usize, reading: bool) -> String {
    if reading {
        return t!(count, "{count} alert so far", "{count} alerts so far");
    }
    t!(count, "{count} alert", "{count} alerts")
}

pub(super) fn period(days: i64) -> String {
    match days {
        1 => t!("Last 24 hours").to_owned(),
        days => t!("Last {days} days"),
    }
}
