//! Words of the list of messages.

use lexicon::t;

pub(super) const TITLE: &str = t!("Defender Experts messages");
pub(super) const WHAT: &str = t!("The list of messages");
pub(super) const SEARCH: &str = t!("Search messages");
pub(super) const GROUP: &str = t!("Group by");
pub(super) const STATUS: &str = t!("Status");
pub(super) const ANY: &str = t!("Any");
pub(super) const PERIOD: &str = t!("Time period");
pub(super) const UNREAD_ONLY: &str = t!("Unread only");
pub(super) const EXPORT: &str = t!("Export to CSV");
pub(super) const MARK_READ: &str = t!("Mark as read");
pub(super) const MARK_UNREAD: &str = t!("Mark as unread");
pub(super) const NOTHING_TICKED: &str = t!("Tick messages first.");
pub(super) const TOPIC: &str = t!("Topic");
pub(super) const KIND: &str = t!("Kind");
pub(super) const REFERENCE: &str = t!("Reference");
pub(super) const SUBMITTER: &str = t!("Submitter");
pub(super) const UPDATED: &str = t!("Updated");
pub(super) const TICK: &str = t!("Tick");
pub(super) const NONE: &str = t!("No messages yet");
pub(super) const NONE_ADVICE: &str =
    t!("Ask Defender Experts a question, or write in the chat of a managed response.");
pub(super) const NO_MATCH: &str = t!("No messages match");
pub(super) const NO_MATCH_ADVICE: &str = t!("Search for something else, or clear the filters.");
pub(super) const CLEAR: &str = t!("Clear filters");
pub(super) const NOT_CONFIGURED: &str = t!("No service to talk to");
pub(super) const NOT_CONFIGURED_ADVICE: &str = t!(
    "This deployment has no Experts API. An administrator can set its address, expertsBaseUrl, in config.json."
);
pub(super) const CONVERSATION: &str = t!("The conversation");
pub(super) const PROGRESS_DUE: &str = t!("First report of progress by");
pub(super) const CONTACTS: &str = t!("Told of answers");
pub(super) const CLOSE_INQUIRY: &str = t!("Close inquiry");
pub(super) const CLOSE_QUESTION: &str = t!("Close this inquiry?");
pub(super) const CLOSE_TEXT: &str =
    t!("Closed is final: a further question is a further inquiry. The messages stay readable.");
pub(super) const OPEN_INCIDENT: &str = t!("Open incident page");
pub(super) const OPEN_ALERT: &str = t!("Open alert page");
pub(super) const OPEN_DEVICE: &str = t!("Open device page");

pub(super) fn period(days: i64) -> String {
    match days {
        0 => t!("Any time").to_owned(),
        days => t!("Last {days} days"),
    }
}

pub(super) fn count(shown: usize, unread: usize) -> String {
    let conversations = t!(
        shown,
        "{count} conversation",
        "{count} conversations",
        count = shown
    );
    match unread {
        0 => conversations,
        unread => t!("{conversations}, {unread} unread"),
    }
}

pub(super) fn unread(count: usize) -> String {
    t!(count, "{count} unread", "{count} unread")
}

pub(super) fn not_marked(count: usize) -> String {
    t!(
        count,
        "{count} conversation could not be marked. It is still ticked: try again.",
        "{count} conversations could not be marked. They are still ticked: try again."
    )
}

pub(super) fn tick(title: &str) -> String {
    t!("Tick {title}")
}

pub(super) fn ticked(count: usize) -> String {
    t!(count, "{count} ticked", "{count} ticked")
}
