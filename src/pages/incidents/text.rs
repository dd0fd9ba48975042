//! Words of the queue.

use crate::domain::queue_query::Column;

pub(super) const TOOLS: &str = "The filters";
pub(super) const TITLE: &str = "Incidents";
pub(super) const NEXT: &str = "Next incident";
pub(super) const PREVIOUS: &str = "Previous incident";
pub(super) const TICK: &str = "Tick or untick the incident in focus";
pub(super) const FIND: &str = "Search incidents";
pub(super) const WHAT: &str = "The incident queue";
pub(super) const LOADING: &str = "Loading…";
pub(super) const AWAITING_WHAT: &str = "What awaits your action";
pub(super) const COPY_LINK: &str = "Copy list link";
pub(super) const LINK_COPIED: &str = "Link copied";
pub(super) const LINK_NOT_COPIED: &str = "The browser refused to copy. Copy the address instead.";
pub(super) const SKIP: &str = "Skip to the list";
pub(super) const COPY_LINKS: &str = "Copy links";
pub(super) const LINKS_NOT_COPIED: &str = "The browser refused to copy";
pub(super) const CLEAR: &str = "Clear";
pub(super) const STOP: &str = "Stop";
pub(super) const CONTINUE: &str = "Continue";
pub(super) const NONE_READ: &str =
    "None of those that have been read. Older incidents are not loaded and may match.";
pub(super) const APPLY: &str = "Show updates";
pub(super) const FILTERS: &str = "Filter incidents";
pub(super) const SEARCH: &str = "Search for name or ID";
pub(super) const STATUS: &str = "Status";
pub(super) const SEVERITY: &str = "Severity";
pub(super) const ASSIGNED: &str = "Assigned to";
pub(super) const TAGS: &str = "Tags";
pub(super) const RANGE: &str = "Time range";
pub(super) const RESET: &str = "Reset all";
pub(super) const START_OVER: &str = "Start over";
pub(super) const NONE_MATCH: &str = "No incidents match";
pub(super) const NONE_MATCH_ADVICE: &str =
    "Take a filter away, widen the time range, or start over.";
pub(super) const NONE: &str = "No open incidents";
pub(super) const NONE_ADVICE: &str = "Nothing was updated in the last 30 days that is still open.";

/// The way to an incident that the filters leave out.
pub(super) fn open_by_id(id: &str) -> String {
    format!("Open incident {id}")
}

/// A column's heading.
pub(super) fn column(column: Column) -> &'static str {
    match column {
        Column::Name => "Incident name",
        Column::Id => "ID",
        Column::Tags => TAGS,
        Column::Severity => SEVERITY,
        Column::Status => STATUS,
        Column::Assigned => ASSIGNED,
        Column::Classification => "Classification",
        Column::Determination => "Determination",
        Column::Updated => "Last update",
    }
}

/// The count beside the title.
pub(super) fn count(rows: usize) -> String {
    if rows == 1 {
        "1 incident".into()
    } else {
        format!("{rows} incidents")
    }
}

/// How many are ticked; one that is not in sight is easily forgotten.
pub(super) fn selected(count: usize, hidden: usize) -> String {
    match (count, hidden) {
        (0, _) => String::new(),
        (_, 0) => format!("{count} selected"),
        _ => format!("{count} selected, {hidden} not in this view"),
    }
}

/// The name of a row's box.
pub(super) fn select(id: &str) -> String {
    format!("Select incident {id}")
}

/// What is on the clipboard.
pub(super) fn links_copied(count: usize) -> String {
    match count {
        1 => "1 link copied".into(),
        _ => format!("{count} links copied"),
    }
}

/// How far the reading of the queue has come.
pub(super) fn reading(read: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => format!("{read} of {} read", of.max(read)),
        None => format!("{read} read"),
    }
}

/// What there is where reading was stopped or broken off.
pub(super) fn left(read: usize) -> String {
    format!("{read} read, older ones not loaded")
}

/// What the default range shows although it is older.
pub(super) fn older(count: usize) -> String {
    format!("{count} of them older than 30 days, shown because they await your action")
}

/// The way to what awaits the customer.
pub(super) fn awaiting(count: usize) -> String {
    if count == 1 {
        "1 awaiting your action".into()
    } else {
        format!("{count} awaiting your action")
    }
}

/// Changes that wait until the reader is ready.
pub(super) fn updates(count: usize) -> String {
    if count == 1 {
        "1 update".into()
    } else {
        format!("{count} updates")
    }
}

/// Parameters of the address that mean nothing.
pub(super) fn ignored(names: &[String]) -> String {
    format!(
        "The link has parameters this portal does not know or cannot read: {}. The list ignores them.",
        names.join(", ")
    )
}
