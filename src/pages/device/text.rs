//! Words of a device's page.

use crate::domain::error::ApiError;
use lexicon::t;

pub(super) const WHAT: &str = t!("The device");
pub(super) const DEVICE: &str = t!("Device");
pub(super) const DEVICES: &str = t!("Devices");
pub(super) const BREADCRUMB: &str = t!("Breadcrumb");
pub(super) const NO_ENDPOINT: &str = t!(
    "This deployment has no address for Defender for Endpoint (endpointBaseUrl), so the device cannot be asked for anything from here. What follows is what alerts know of it. Whoever runs the portal can configure a relay."
);
pub(super) const ACTIONS: &str = t!("Device actions");
pub(super) const ACTIONS_WHAT: &str = t!("The device's actions");
pub(super) const INCIDENTS: &str = t!("Incidents and alerts");
pub(super) const ALERTS_WHAT: &str = t!("The device's alerts");
pub(super) const INCIDENT: &str = t!("Incident");
pub(super) const ALERT: &str = t!("Alert");
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const CREATED: &str = t!("Created");
pub(super) const HISTORY: &str = t!("What it was asked for");
pub(super) const HISTORY_WHAT: &str = t!("What the device was asked for");
pub(super) const NO_HISTORY: &str = t!("The device has not been asked for anything yet.");
pub(super) const ACTION: &str = t!("Action");
pub(super) const STATUS: &str = t!("Status");
pub(super) const BY: &str = t!("Asked by");
pub(super) const ASKED: &str = t!("When");
pub(super) const COMMENT: &str = t!("Comment");
pub(super) const OPTIONS: &str = t!("Options");
pub(super) const CANCEL: &str = t!("Cancel action");
pub(super) const CANCEL_ACTION: &str = t!("Yes, cancel the action");
pub(super) const CANCEL_MEANS: &str =
    t!("What the device has not begun is not carried out. What it has carried out stays.");
pub(super) const COMMENT_NEEDED: &str = t!("Write a comment first: the service asks for one.");
pub(super) const GET_PACKAGE: &str = t!("Get package");
pub(super) const PACKAGE_READY: &str = t!("The investigation package can be downloaded.");
pub(super) const DOWNLOAD: &str = t!("Download");

/// A link to an incident.
pub(super) fn incident(id: &str) -> String {
    t!("Incident {id}")
}

/// The question before an action is taken back.
pub(super) fn cancel_question(action: &str, device: Option<&str>) -> String {
    match device {
        Some(device) => t!("Cancel “{action}” on {device}?"),
        None => t!("Cancel “{action}”?"),
    }
}

/// How much was looked through for the list above.
pub(super) fn searched(found: usize, searched: usize, all: bool) -> String {
    match (found, all) {
        (0, true) => t!("None of the {searched} alerts of this tenant names the device."),
        (0, false) => t!("None of the newest {searched} alerts names the device."),
        (_, true) => t!("Found among all {searched} alerts."),
        (_, false) => {
            t!("Found among the newest {searched} alerts; older ones were not looked through.")
        }
    }
}

/// Why there is no package.
pub(super) fn package_missing(why: &ApiError) -> String {
    match why {
        ApiError::NotFound { .. } => t!("There is no package yet, or it has expired.").into(),
        ApiError::Busy { .. } => {
            t!("The service gives two packages a minute: wait, then try again.").into()
        }
        why => {
            let words = why.wording(t!("The package"));
            format!("{}. {}", words.title, words.advice)
        }
    }
}
