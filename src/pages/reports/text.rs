//! Words of the report: its labels, and the definitions it is held to.

use crate::domain::report::{Origin, Why};
use lexicon::t;

pub(super) const DASH: &str = "–";
pub(super) const TITLE: &str = t!("Reports");
pub(super) const SUBTITLE: &str =
    t!("Defender Experts XDR report. Every figure opens the list it counts.");
pub(super) const OVERVIEW: &str = t!("Report overview");
pub(super) const TRENDS: &str = t!("Trends");
pub(super) const REFRESH: &str = t!("Refresh");
pub(super) const REVIEW: &str = t!("Monthly review");
pub(super) const DATE_RANGE: &str = t!("Date range");
pub(super) const RANGE_AND_COMPARISON: &str = t!("Date range and comparison");
pub(super) const COMPARE: &str = t!("Compare with the previous period");
pub(super) const WHAT: &str = t!("The report");
pub(super) const CSV: &str = t!("CSV");
pub(super) const JSON: &str = t!("JSON");
pub(super) const EXPORT: &str = t!("Export");
pub(super) const RESOLVED_INCIDENTS: &str = t!("Resolved incidents");
pub(super) const INVESTIGATED: &str = t!("Investigated");
pub(super) const RESOLVED: &str = t!("Resolved");
pub(super) const DIRECTLY: &str = t!("Resolved directly");
pub(super) const WITH_HELP: &str = t!("Resolved with your help");
pub(super) const OF_INVESTIGATED: &str = t!("of investigated incidents are resolved");
pub(super) const NOTHING: &str = t!("No incidents in this range");
pub(super) const NOTHING_ADVICE: &str =
    t!("The experts dealt with no incident that was created in these days. Choose another range.");
pub(super) const TIMES: &str = t!("Average time to resolve incidents");
pub(super) const TIMES_DEFINITION: &str = t!(
    "Minutes from creation to resolution, by the day or month of creation. The experts' time of all resolved incidents, your time on tasks of those resolved with your help. Bars show means; mean and median of the whole range stand beside them."
);
pub(super) const EXPERTS: &str = t!("Experts");
pub(super) const CUSTOMER: &str = t!("Customer");
pub(super) const MEAN: &str = t!("Mean");
pub(super) const MEDIAN: &str = t!("Median");
pub(super) const NO_MEDIANS: &str = t!("The medians could not be read. Refresh to ask again.");
pub(super) const CREATED: &str = t!("Created");
pub(super) const BY_SEVERITY: &str = t!("Incidents by severity");
pub(super) const BY_CATEGORY: &str = t!("Incidents by category");
pub(super) const BY_SOURCE: &str = t!("Incidents by service source");
pub(super) const BY_SEVERITY_DEFINITION: &str =
    t!("Resolved incidents, by the severity they have now.");
pub(super) const BY_CATEGORY_DEFINITION: &str =
    t!("Resolved incidents, by the categories of their alerts. An incident counts in each it has.");
pub(super) const BY_SOURCE_DEFINITION: &str = t!(
    "Resolved incidents, by the services their alerts come from. An incident counts in each it has."
);
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const CATEGORY: &str = t!("Category");
pub(super) const SOURCE: &str = t!("Service source");
pub(super) const VIEW_INCIDENTS: &str = t!("View incidents");
pub(super) const VIEW_SELECTED: &str = t!("View selected incidents");
pub(super) const SELECT_FIRST: &str = t!("Select at least one bar or box first.");
pub(super) const ASSETS: &str = t!("Most impacted assets");
pub(super) const ASSETS_DEFINITION: &str =
    t!("The users and devices that most of the investigated incidents name in their evidence.");
pub(super) const USERS: &str = t!("Users");
pub(super) const DEVICES: &str = t!("Devices");
pub(super) const NO_ASSETS: &str = t!("None in this range.");
pub(super) const TACTICS: &str = t!("Incidents resolved by MITRE tactics");
pub(super) const TACTICS_DEFINITION: &str = t!(
    "True positives with an alert of the tactic: investigated, and resolved. An incident counts in each tactic it has."
);
pub(super) const TACTIC: &str = t!("Tactic");
pub(super) const ALL_TACTICS: &str = t!("Show all tactics");
pub(super) const CELLS: &str = t!("Incidents resolved by severity and category");
pub(super) const CELLS_DEFINITION: &str =
    t!("Resolved incidents of one type, by the categories of their alerts and by severity.");
pub(super) const TYPE: &str = t!("Select incident type");
pub(super) const ALL_TYPES: &str = t!("All types");
pub(super) const TRUE_POSITIVE: &str = t!("True positive");
pub(super) const FALSE_POSITIVE: &str = t!("False positive");
pub(super) const INFORMATIONAL: &str = t!("Informational");
pub(super) const NOT_SET: &str = t!("Not set");
pub(super) const REQUIRED: &str = t!("Incidents that required your action");
pub(super) const REQUIRED_DEFINITION: &str = t!(
    "Investigated incidents with at least one action for you. Skipped is not done: it counts by itself. An incident's action status is pending or failed while any of its actions is."
);
pub(super) const REQUIRED_NONE: &str = t!("No incident of these days required your action.");
pub(super) const REQUIRED_ACTIONS: &str = t!("Required actions");
pub(super) const ACTION_STATUS: &str = t!("Action status");
pub(super) const INCIDENT: &str = t!("Title");
pub(super) const ALL_STATES: &str = t!("All");
pub(super) const INCIDENTS: &str = t!("Incidents");
pub(super) const PROOF: &str = t!("Incidents behind the report");
pub(super) const PROOF_DEFINITION: &str = t!(
    "Every incident the figures count, with categories, sources, assets and actions: enough to compute each figure again."
);
pub(super) const PROOF_READ: &str = t!("Read the incidents");
pub(super) const PROOF_WHY: &str = t!(
    "The service has computed the report. Read the incidents here to export them, and to have the portal count them once more."
);
pub(super) const PROOF_WHAT: &str = t!("The incidents behind the report");
pub(super) const PROOF_AGREES: &str =
    t!("Counted once more from the incidents: every figure compared agrees.");
pub(super) const DISAGREES: &str = t!("This report does not agree with its own parts.");
pub(super) const DEFINITIONS: &str = t!("Definitions");
pub(super) const MONTH: &str = t!("Month");
pub(super) const TREND_SEVERITY_DEFINITION: &str =
    t!("Investigated incidents of the last six months, by month of creation and severity.");
pub(super) const BY_TACTIC: &str = t!("Incidents by MITRE tactic");
pub(super) const BY_TACTIC_DEFINITION: &str = t!(
    "Investigated incidents of the last six months, by month of creation and tactic. An incident counts in each tactic it has. The chart shows the four most frequent, the table all."
);
pub(super) const BY_CLASSIFICATION: &str = t!("Incidents by classification");
pub(super) const BY_CLASSIFICATION_DEFINITION: &str = t!(
    "Investigated incidents of the last six months, by month of creation and what they turned out to be."
);
pub(super) const TASKS: &str = t!("Managed response task completion and efficiency");
pub(super) const TASKS_DEFINITION: &str = t!(
    "Tasks you completed, by month of completion, and the median time from a task's creation to its completion."
);
pub(super) const TASKS_COMPLETED: &str = t!("Tasks completed");
pub(super) const TASKS_TIME: &str = t!("Median minutes to complete a task");
pub(super) const TASKS_WHAT: &str = t!("The tasks");
pub(super) const TASK: &str = t!("Task");
pub(super) const INCIDENT_ID: &str = t!("Incident ID");
pub(super) const COMPLETED: &str = t!("Completed");
pub(super) const TOOK: &str = t!("Time taken");
pub(super) const TRENDS_WHAT: &str = t!("The trends");
pub(super) const PRINT: &str = t!("Print");
pub(super) const NOT_ALL_HERE: &str = t!("The document and its appendix are not complete yet.");
pub(super) const BACK: &str = t!("Back to the report");
pub(super) const APPENDIX: &str = t!("Appendix: incidents");
pub(super) const REVIEW_TITLE: &str = t!("Service review");
pub(super) const ID: &str = t!("ID");
pub(super) const STATUS: &str = t!("Status");
pub(super) const CLASSIFICATION: &str = t!("Classification");

/// What every figure means: term and definition.
pub(super) const TERMS: [(&str, &str); 9] = [
    (
        t!("Counted"),
        t!(
            "Incidents the experts dealt with (system tag Defender Experts) that were created in the range and not merged into another. A reopened incident counts once, by its state now."
        ),
    ),
    (
        t!("Investigated"),
        t!("Triaged, investigated, or being investigated, whatever their status."),
    ),
    (t!("Resolved"), t!("Investigated and closed.")),
    (
        t!("Resolved directly"),
        t!("Closed by the experts without your completing a task."),
    ),
    (
        t!("Resolved with your help"),
        t!("Closed, with at least one task that you completed."),
    ),
    (
        t!("Percentage"),
        t!("Resolved divided by investigated. Where nothing was investigated it is a dash."),
    ),
    (
        t!("Range"),
        t!(
            "Whole days in the time zone shown, the last one included. A range such as Last 30 days ends with today. The lists behind the figures name the same days."
        ),
    ),
    (
        t!("Mean and median"),
        t!(
            "A mean adds all values up and divides by their number; a median is the value in the middle. Each says which it is."
        ),
    ),
    (
        t!("Dash"),
        t!("What cannot be known is a dash with its reason, never an estimate."),
    ),
];

/// Why a figure is not known.
pub(super) fn why(why: Why) -> &'static str {
    match why {
        Why::Service => t!(
            "Only the experts' service keeps these times, and this portal is not connected to its API."
        ),
        Why::Tasks => t!("This takes the tasks, and this portal has no address for them."),
        Why::Reading => t!("Still being read."),
        Why::Failed => t!("It could not be read. Refresh to ask again."),
    }
}

/// The accessible name of an export menu.
pub(super) fn export(section: &str) -> String {
    t!("Export: {section}")
}

/// Which days, in which zone.
pub(super) fn showing(from: &str, to: &str, days: usize, zone: &str) -> String {
    let days = t!(days, "{days} day", "{days} days");
    t!("Showing results for {from} to {to} ({days}), {zone}.")
}

/// Who has computed it, and when.
pub(super) fn origin(origin: Origin, at: &str) -> String {
    match origin {
        Origin::Service => t!("Computed by the experts' service at {at}."),
        Origin::Portal => t!("Computed by this portal from the incidents read at {at}."),
    }
}

/// How new the data is.
pub(super) fn as_of(at: &str) -> String {
    t!("Newest data: {at}.")
}

/// The filters that are in force.
pub(super) const FILTERS: &str =
    t!("Filters: incidents of Defender Experts, by creation, merged ones left out.");

/// A figure beside that of the period before.
pub(super) fn before(count: &str) -> String {
    t!("{count} in the period before")
}

pub(super) const BEFORE_UNKNOWN: &str =
    t!("The figures of the period before could not be read. Refresh to ask again.");

/// What is left of a breakdown.
pub(super) fn left(count: usize) -> String {
    t!(
        count,
        "{count} resolved incident is in none of these.",
        "{count} resolved incidents are in none of these."
    )
}

/// What a breakdown has more than there are incidents.
pub(super) fn more(sum: &str, whole: &str) -> String {
    t!("{sum} counts for {whole} resolved incidents: some are in several.")
}

/// What adds up.
pub(super) fn adds_up(whole: &str) -> String {
    t!("Adds up to {whole} resolved incidents.")
}

/// What a chart shows, in a sentence.
pub(super) fn summary(title: &str, count: usize, most: Option<(&str, String)>) -> String {
    let values = t!(count, "{count} value", "{count} values");
    match most {
        Some((name, value)) => t!("{title}: {values}, most for {name} ({value})."),
        None => t!("{title}: nothing to show."),
    }
}

/// How often a value is hidden behind others.
pub(super) fn folded(count: usize) -> String {
    t!(
        count,
        "The chart shows the most frequent; {count} more is in the list.",
        "The chart shows the most frequent; {count} more are in the list."
    )
}

/// How far the reading is.
pub(super) fn reading(read: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => t!("Reading incidents with their alerts: {read} of {of}…"),
        None => t!("Reading incidents with their alerts: {read}…"),
    }
}

/// The actions in one state, and in how many incidents.
pub(super) fn in_incidents(count: usize) -> String {
    t!(count, "in {count} incident", "in {count} incidents")
}

/// The list of a month's tasks.
pub(super) fn tasks_of(month: &str) -> String {
    t!("Tasks completed in {month}")
}

/// How many tasks there are.
pub(super) fn tasks(count: usize) -> String {
    t!(count, "{count} task", "{count} tasks")
}

/// How many incidents there are.
pub(super) fn incidents(count: usize) -> String {
    t!(count, "{count} incident", "{count} incidents")
}

/// What the portal's own count says differently.
pub(super) fn differs(figure: &str, told: &str, counted: &str) -> String {
    t!("{figure}: the service says {told}, the incidents give {counted}.")
}

/// Figures that the portal cannot count.
pub(super) fn not_compared(names: &[&str]) -> String {
    let names = names.join("; ");
    t!("Not compared: {names}.")
}

/// Parameters of the address that mean nothing.
pub(super) fn ignored(names: &[String]) -> String {
    let names = names.join(", ");
    t!(
        "The link has parameters this portal does not know or cannot read: {names}. The report ignores them."
    )
}

/// The review's title.
pub(super) fn review_of(month: &str) -> String {
    t!("Service review {month}")
}
