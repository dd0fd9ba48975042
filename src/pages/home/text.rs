//! Words of Home.

use crate::domain::time::Day;

pub(super) const TITLE: &str = "Home";
pub(super) const UPDATED: &str = "Updated";
pub(super) const CARD: &str = "Defender Experts";
pub(super) const AWAITING_WHAT: &str = "What awaits your action";
pub(super) const NONE_AWAITING: &str = "No incidents await your action";
pub(super) const NONE_AWAITING_ADVICE: &str =
    "When experts need you to act on an incident, it stands here and at the top of the queue.";
pub(super) const LONGEST: &str = "Waiting longest";
pub(super) const SHOW_AWAITING: &str = "Show all";
pub(super) const NOT_LOADED: &str = "Not loaded";
pub(super) const FIGURES: &str = "Last 30 days";
pub(super) const OPEN: &str = "Open incidents";
pub(super) const OPEN_HIGH: &str = "Open, high severity";
pub(super) const INVESTIGATING: &str = "Experts are investigating";
pub(super) const FINISHED: &str = "Resolved with experts";
pub(super) const CHART: &str = "Incidents by day of last update";
pub(super) const CHART_WHAT: &str = "The incidents of the last 30 days";
pub(super) const AWAITING: &str = "Awaiting Customer Action";
pub(super) const RESOLVED: &str = "Resolved";
pub(super) const DAY: &str = "Day";
pub(super) const CHART_LOADING: &str = "Reading the last 30 days…";

/// The headline of the card: the count it says is the length of the list it opens.
pub(super) fn awaiting(count: usize) -> String {
    match count {
        1 => "1 incident awaiting your action".into(),
        n => format!("{n} incidents awaiting your action"),
    }
}

/// What the chart shows, in a sentence.
pub(super) fn chart(
    awaiting: usize,
    resolved: usize,
    busiest: Option<(Day, usize)>,
    zone: &str,
) -> String {
    let most = match busiest {
        Some((day, count)) if count > 0 => format!(" Most on {}: {count}.", day.long()),
        _ => String::new(),
    };
    format!("{awaiting} awaiting and {resolved} resolved incidents, by day in {zone}.{most}")
}
