//! Words of an incident's page.

use crate::domain::error::Wording;
use crate::domain::id::IncidentId;

pub(super) const WHAT: &str = "The incident";
pub(super) const INCIDENTS: &str = "Incidents";
pub(super) const PREVIOUS: &str = "Previous incident of the list";
pub(super) const NEXT: &str = "Next incident of the list";
pub(super) const END_OF_LIST: &str = "The list ends here.";
pub(super) const BREADCRUMB: &str = "Breadcrumb";
pub(super) const SUMMARY: &str = "Summary";
pub(super) const ALERTS: &str = "Alerts";
pub(super) const COMMENTS: &str = "Comments and history";
pub(super) const MANAGED_RESPONSE: &str = "Managed response";
pub(super) const VIEW_RESPONSE: &str = "View managed response";
pub(super) const AWAITS: &str = "Defender Experts need you to act on this incident";
pub(super) const AWAITS_ADVICE: &str =
    "Read their investigation summary, then complete or skip the pending actions.";

pub(super) const ID: &str = "ID";
pub(super) const STATUS: &str = "Status";
pub(super) const SEVERITY: &str = "Severity";
pub(super) const ASSIGNED: &str = "Assigned to";
pub(super) const CLASSIFICATION: &str = "Classification";
pub(super) const DETERMINATION: &str = "Determination";
pub(super) const TAGS: &str = "Tags";
pub(super) const NO_TAGS: &str = "None";
pub(super) const PRIORITY: &str = "Priority score";
pub(super) const CREATED: &str = "Created";
pub(super) const UPDATED: &str = "Last update";
pub(super) const UPDATED_BY: &str = "Last updated by";

pub(super) const OVERVIEW: &str = "Attack overview";
pub(super) const DESCRIPTION: &str = "Description";
pub(super) const CLOSING_NOTE: &str = "Closing note";
pub(super) const NO_OVERVIEW: &str = "Nobody has written an overview of this incident yet.";
pub(super) const ASSETS: &str = "Impacted assets";
pub(super) const NO_ASSETS: &str =
    "The alerts of this incident name no device, user, mailbox or app.";
pub(super) const ASSETS_UNKNOWN: &str = "Not loaded.";
pub(super) const DEVICES: &str = "Devices";
pub(super) const USERS: &str = "Users";
pub(super) const MAILBOXES: &str = "Mailboxes";
pub(super) const APPS: &str = "Apps";

pub(super) const NO_ALERTS: &str = "No alerts";
pub(super) const NO_ALERTS_ADVICE: &str =
    "This incident holds no alerts, or your role does not show them.";
pub(super) const CATEGORY: &str = "Category";
pub(super) const SOURCE: &str = "Source";
pub(super) const FIRST_ACTIVITY: &str = "First activity";
pub(super) const LAST_ACTIVITY: &str = "Last activity";
pub(super) const TECHNIQUES: &str = "MITRE techniques";
pub(super) const EVIDENCE: &str = "Evidence";
pub(super) const EVIDENCE_NAME: &str = "Name";
pub(super) const EVIDENCE_KIND: &str = "Kind";
pub(super) const EVIDENCE_DETAIL: &str = "Detail";
pub(super) const VERDICT: &str = "Verdict";
pub(super) const REMEDIATION: &str = "Remediation";
pub(super) const NO_EVIDENCE: &str = "No evidence came with this alert.";

pub(super) const NO_COMMENTS: &str = "No comments yet.";
pub(super) const ADD_COMMENT: &str = "Add a comment";
pub(super) const ONE_WAY: &str =
    "For your own team. Defender Experts do not read or answer comments here.";
pub(super) const ADD: &str = "Add comment";
pub(super) const EMPTY_COMMENT: &str = "Write a comment first.";
pub(super) const COMMENT_TOO_LONG: &str =
    "The service takes at most 30,000 characters. Shorten the comment.";
pub(super) const COMMENT_ADDED: &str = "Comment added";
pub(super) const COMMENT_WHAT: &str = "The comment";
pub(super) const COMMENT_UNKNOWN: &str = "It is not known whether the comment was added: no answer came. The comments above have been read again. If yours is missing, add it again.";

pub(super) const COMMENT_UNREAD: &str = "It is not known whether the comment was added: no answer came, and the comments could not be read again either. Reload the page when the connection is back, and look before you add it again.";

/// Where an old link has led.
pub(super) fn merged(from: &IncidentId) -> String {
    format!("Incident {from} was merged into this one. You followed a link to it.")
}

/// A score with what it is out of.
pub(super) fn priority(score: i32) -> String {
    format!("{score} of 100")
}

/// How much is left to do, on the task card.
pub(super) fn pending(count: usize) -> String {
    if count == 1 {
        "1 pending action".into()
    } else {
        format!("{count} pending actions")
    }
}

/// Why a comment failed that was certainly not added.
pub(super) fn comment_refused(why: &Wording) -> String {
    let id = why.request_id.as_ref();
    let id = id.map_or_else(String::new, |id| format!(" Request id: {id}"));
    format!(
        "The comment was not added. {}. {}{id}",
        why.title, why.advice
    )
}
