//! Words of an incident's page.

use crate::domain::error::Wording;
use crate::domain::id::IncidentId;
use lexicon::t;

pub(super) const WHAT: &str = t!("The incident");
pub(super) const INCIDENTS: &str = t!("Incidents");
pub(super) const PREVIOUS: &str = t!("Previous incident of the list");
pub(super) const NEXT: &str = t!("Next incident of the list");
pub(super) const END_OF_LIST: &str = t!("The list ends here.");
pub(super) const BREADCRUMB: &str = t!("Breadcrumb");
pub(super) const SUMMARY: &str = t!("Summary");
pub(super) const ALERTS: &str = t!("Alerts");
pub(super) const COMMENTS: &str = t!("Comments and history");
pub(super) const CHAT: &str = t!("Chat with Defender Experts");
pub(super) const MANAGED_RESPONSE: &str = t!("Managed response");
pub(super) const VIEW_RESPONSE: &str = t!("View managed response");
pub(super) const ACT: &str = t!("Act on the managed response");
pub(super) const RESOLVE: &str = t!("Resolve incident");
pub(super) const ALL_DONE: &str =
    t!("All tasks done. The incident is still open; the service may close it, or you can.");
pub(super) const MARK_RESOLVED: &str = t!("Mark resolved");
pub(super) const AWAITS: &str = t!("Defender Experts need you to act on this incident");
pub(super) const AWAITS_ADVICE: &str =
    t!("Read their investigation summary, then complete or skip the pending actions.");

pub(super) const ID: &str = t!("ID");
pub(super) const STATUS: &str = t!("Status");
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const ASSIGNED: &str = t!("Assigned to");
pub(super) const CLASSIFICATION: &str = t!("Classification");
pub(super) const DETERMINATION: &str = t!("Determination");
pub(super) const TAGS: &str = t!("Tags");
pub(super) const NO_TAGS: &str = t!("None");
pub(super) const PRIORITY: &str = t!("Priority score");
pub(super) const CREATED: &str = t!("Created");
pub(super) const UPDATED: &str = t!("Last update");
pub(super) const UPDATED_BY: &str = t!("Last updated by");

pub(super) const OVERVIEW: &str = t!("Attack overview");
pub(super) const DESCRIPTION: &str = t!("Description");
pub(super) const CLOSING_NOTE: &str = t!("Closing note");
pub(super) const NO_OVERVIEW: &str = t!("Nobody has written an overview of this incident yet.");
pub(super) const ASSETS: &str = t!("Impacted assets");
pub(super) const NO_ASSETS: &str =
    t!("The alerts of this incident name no device, user, mailbox or app.");
pub(super) const ASSETS_UNKNOWN: &str = t!("Not loaded.");
pub(super) const DEVICES: &str = t!("Devices");
pub(super) const USERS: &str = t!("Users");
pub(super) const MAILBOXES: &str = t!("Mailboxes");
pub(super) const APPS: &str = t!("Apps");

pub(super) const NO_ALERTS: &str = t!("No alerts");
pub(super) const NO_ALERTS_ADVICE: &str =
    t!("This incident holds no alerts, or your role does not show them.");

pub(super) const RECOMMENDED: &str = t!("Recommended by Defender Experts");
pub(super) const EXPERTS: &str = t!("Defender Experts");
pub(super) const NO_COMMENTS: &str = t!("No comments yet.");
pub(super) const ADD_COMMENT: &str = t!("Add a comment");
pub(super) const ONE_WAY: &str =
    t!("For your own team. Defender Experts do not read or answer comments here.");
pub(super) const ADD: &str = t!("Add comment");
pub(super) const EMPTY_COMMENT: &str = t!("Write a comment first.");
pub(super) const COMMENT_TOO_LONG: &str =
    t!("The service takes at most 30,000 characters. Shorten the comment.");
pub(super) const COMMENT_ADDED: &str = t!("Comment added");
pub(super) const COMMENT_WHAT: &str = t!("The comment");
pub(super) const COMMENT_UNKNOWN: &str = t!(
    "It is not known whether the comment was added: no answer came. The comments above have been read again. If yours is missing, add it again."
);

pub(super) const COMMENT_UNREAD: &str = t!(
    "It is not known whether the comment was added: no answer came, and the comments could not be read again either. Reload the page when the connection is back, and look before you add it again."
);

/// Where an old link has led.
pub(super) fn merged(from: &IncidentId) -> String {
    t!("Incident {from} was merged into this one. You followed a link to it.")
}

/// A score with what it is out of.
pub(super) fn priority(score: i32) -> String {
    t!("{score} of 100")
}

/// How much is left to do, on the task card.
pub(super) fn pending(count: usize) -> String {
    t!(count, "{count} pending action", "{count} pending actions")
}

/// Why a comment failed that was certainly not added.
pub(super) fn comment_refused(why: &Wording) -> String {
    let id = why.request_id.as_ref();
    let id = id.map_or_else(String::new, |id| t!(" Request id: {id}"));
    t!(
        "The comment was not added. {title}. {advice}{id}",
        title = why.title,
        advice = why.advice
    )
}

/// A recommendation and what became of it.
pub(super) fn recommended(title: &str, status: &str) -> String {
    format!("{title}: {status}")
}
