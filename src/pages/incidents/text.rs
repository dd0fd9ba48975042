//! Words of the queue.

use crate::domain::queue_query::Column;
use lexicon::t;

pub(super) const TOOLS: &str = t!("The filters");
pub(super) const TITLE: &str = t!("Incidents");
pub(super) const NEXT: &str = t!("Next incident");
pub(super) const PREVIOUS: &str = t!("Previous incident");
pub(super) const TICK: &str = t!("Tick or untick the incident in focus");
pub(super) const FIND: &str = t!("Search incidents");
pub(super) const WHAT: &str = t!("The incident queue");
pub(super) const LOADING: &str = t!("Loading…");
pub(super) const AWAITING_WHAT: &str = t!("What awaits your action");
pub(super) const MORE: &str = t!("More actions");
pub(super) const SKIP: &str = t!("Skip to the list");
pub(super) const COPY_LINKS: &str = t!("Copy links");
pub(super) const LINKS_NOT_COPIED: &str = t!("The browser refused to copy");
pub(super) const CLEAR: &str = t!("Clear");
pub(super) const STOP: &str = t!("Stop");
pub(super) const CONTINUE: &str = t!("Continue");
pub(super) const NONE_READ: &str =
    t!("None of those that have been read. Older incidents are not loaded and may match.");
pub(super) const APPLY: &str = t!("Show updates");
pub(super) const FILTERS: &str = t!("Filter incidents");
pub(super) const SEARCH: &str = t!("Search for name or ID");
pub(super) const STATUS: &str = t!("Status");
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const ASSIGNED: &str = t!("Assigned to");
pub(super) const TAGS: &str = t!("Tags");
pub(super) const COLUMNS: &str = t!("Customize columns");
pub(super) const RANGE: &str = t!("Time range");
pub(super) const RESET: &str = t!("Reset all");
pub(super) const START_OVER: &str = t!("Start over");
pub(super) const NONE_MATCH: &str = t!("No incidents match");
pub(super) const NONE_MATCH_ADVICE: &str =
    t!("Take a filter away, widen the time range, or start over.");
pub(super) const NONE: &str = t!("No open incidents");
pub(super) const NONE_ADVICE: &str =
    t!("Nothing was updated in the last 30 days that is still open.");

pub(super) const FACTS: &str = t!("Filters of the report");
pub(super) const FACTS_WHAT: &str = t!("What the filters need of alerts and tasks");
pub(super) const BY_CREATION: &str = t!("Time range: by creation");
pub(super) const HELPED: &str = t!("With your help");
pub(super) const DIRECT: &str = t!("Directly");
pub(super) const EXPERTS: &str = t!("Defender Experts");
pub(super) const REQUIRED: &str = t!("Required");
pub(super) const TASKS_FAILED: &str = t!(
    "The tasks could not be read, so that the list may be incomplete. Refresh the page to ask again."
);
pub(super) const NO_TASKS: &str =
    t!("This portal has no address for tasks, so nobody can tell which incidents these are.");

/// A filter of the report with its value.
pub(super) fn fact(name: &str, value: &str) -> String {
    let name = match name {
        "classification" => t!("Classification"),
        "determination" => t!("Determination"),
        "category" => t!("Category"),
        "source" => t!("Service source"),
        "tactic" => t!("Tactic"),
        "asset" => t!("Asset"),
        "resolved" => t!("Resolved"),
        "tasks" => t!("Your actions"),
        _ => t!("Handled by"),
    };
    t!("{name}: {value}")
}

/// How far the reading of alerts and tasks is.
pub(super) fn reading_facts(read: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => t!(
            "Reading the incidents' alerts and tasks: {read} of {of}. The list is not complete yet."
        ),
        None => t!("Reading the incidents' alerts and tasks. The list is not complete yet.").into(),
    }
}

/// The way to an incident that the filters leave out.
pub(super) fn open_by_id(id: &str) -> String {
    t!("Open incident {id}")
}

/// A column's heading.
pub(super) fn column(column: Column) -> &'static str {
    match column {
        Column::Name => t!("Incident name"),
        Column::Id => t!("ID"),
        Column::Tags => TAGS,
        Column::Severity => SEVERITY,
        Column::Status => STATUS,
        Column::Assigned => ASSIGNED,
        Column::Classification => t!("Classification"),
        Column::Determination => t!("Determination"),
        Column::Updated => t!("Last update"),
    }
}

/// The count beside the title.
pub(super) fn count(rows: usize) -> String {
    t!(rows, "{rows} incident", "{rows} incidents")
}

/// How many are ticked; one that is not in sight is easily forgotten.
pub(super) fn selected(count: usize, hidden: usize) -> String {
    match (count, hidden) {
        (0, _) => String::new(),
        (_, 0) => t!("{count} selected"),
        _ => t!("{count} selected, {hidden} not in this view"),
    }
}

/// The name of a row's box.
pub(super) fn select(id: &str) -> String {
    t!("Select incident {id}")
}

/// What is on the clipboard.
pub(super) fn links_copied(count: usize) -> String {
    t!(count, "{count} link copied", "{count} links copied")
}

/// How far the reading of the queue has come.
pub(super) fn reading(read: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => t!("{read} of {of} read", of = of.max(read)),
        None => t!("{read} read"),
    }
}

/// What there is where reading was stopped or broken off.
pub(super) fn left(read: usize) -> String {
    t!("{read} read, older ones not loaded")
}

/// What the default range shows although it is older.
pub(super) fn older(count: usize) -> String {
    t!("{count} of them older than 30 days, shown because they await your action")
}

/// The way to what awaits the customer.
pub(super) fn awaiting(count: usize) -> String {
    t!(
        count,
        "{count} awaiting your action",
        "{count} awaiting your action"
    )
}

/// Changes that wait until the reader is ready.
pub(super) fn updates(count: usize) -> String {
    t!(count, "{count} update", "{count} updates")
}

/// Parameters of the address that mean nothing.
pub(super) fn ignored(names: &[String]) -> String {
    t!(
        "The link has parameters this portal does not know or cannot read: {names}. The list ignores them.",
        names = names.join(", ")
    )
}
