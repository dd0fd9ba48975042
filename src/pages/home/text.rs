//! Words of Home.

use crate::domain::time::Day;
use lexicon::t;

pub(super) const TITLE: &str = t!("Home");
pub(super) const UPDATED: &str = t!("Updated");
pub(super) const CARD: &str = t!("Defender Experts");
pub(super) const AWAITING_WHAT: &str = t!("What awaits your action");
pub(super) const NONE_AWAITING: &str = t!("No incidents await your action");
pub(super) const NONE_AWAITING_ADVICE: &str =
    t!("When experts need you to act on an incident, it stands here and at the top of the queue.");
pub(super) const LONGEST: &str = t!("Longest without a change");
pub(super) const SHOW_AWAITING: &str = t!("Show all");
pub(super) const NOT_LOADED: &str = t!("Not loaded");
pub(super) const FIGURES: &str = t!("Last 30 days");
pub(super) const OPEN: &str = t!("Open incidents");
pub(super) const OPEN_HIGH: &str = t!("Open, high severity");
pub(super) const INVESTIGATING: &str = t!("Experts are investigating");
pub(super) const FINISHED: &str = t!("Resolved with experts");
pub(super) const CHART: &str = t!("Incidents by day of last update");
pub(super) const CHART_WHAT: &str = t!("The incidents of the last 30 days");
pub(super) const AWAITING: &str = t!("Awaiting Customer Action");
pub(super) const RESOLVED: &str = t!("Resolved");
pub(super) const DAY: &str = t!("Day");
pub(super) const CHART_LOADING: &str = t!("Reading the last 30 days…");
pub(super) const OVERVIEW: &str = t!("Overview");
pub(super) const SETTING_UP: &str = t!("Defender Experts is not set up yet.");
pub(super) const SETTING_UP_TEXT: &str =
    t!("Four short steps say what the experts may do and whom they reach.");
pub(super) const GET_STARTED: &str = t!("Get started");
pub(super) const READINESS: &str = t!("The service has not started yet.");
pub(super) const READINESS_TEXT: &str = t!("It starts once your tenant is ready for it.");
pub(super) const VIEW_READINESS: &str = t!("View readiness assessment");
pub(super) const MONITORING: &str = t!("The service is in its monitoring phase.");
pub(super) const MONITORING_TEXT: &str =
    t!("The experts get to know your tenant for a few days; then the full service begins.");
pub(super) const ENDED: &str = t!("The service is not running.");
pub(super) const ENDED_TEXT: &str =
    t!("No new incident is investigated. Ask your service delivery manager.");
pub(super) const STAGE_UNKNOWN: &str = t!("Where the service stands is not known right now.");

pub(super) fn to_complete(count: usize) -> String {
    t!(
        count,
        "{count} action to complete now",
        "{count} actions to complete now"
    )
}

pub(super) fn unread(count: usize) -> String {
    t!(
        count,
        "{count} conversation with something new",
        "{count} conversations with something new"
    )
}

pub(super) const STAGE_OLD: &str = t!("Where the service stands was last known");

/// The headline of the card: the count it says is the length of the list it opens.
pub(super) fn awaiting(count: usize) -> String {
    t!(
        count,
        "{count} incident awaiting your action",
        "{count} incidents awaiting your action"
    )
}

/// What the chart shows, in a sentence.
pub(super) fn chart(
    awaiting: usize,
    resolved: usize,
    busiest: Option<(Day, usize)>,
    zone: &str,
) -> String {
    let most = match busiest {
        Some((day, count)) if count > 0 => t!(" Most on {day}: {count}.", day = day.long()),
        _ => String::new(),
    };
    t!("{awaiting} awaiting and {resolved} resolved incidents, by day in {zone}.{most}")
}
