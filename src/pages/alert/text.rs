//! Words of an alert's page.

use lexicon::t;

pub(super) const WHAT: &str = t!("The alert");
pub(super) const ALERTS: &str = t!("Alerts");
pub(super) const BREADCRUMB: &str = t!("Breadcrumb");
pub(super) const MORE: &str = t!("More actions");
pub(super) const OPEN_INCIDENT: &str = t!("Open incident page");
pub(super) const ID: &str = t!("ID");
pub(super) const CREATED: &str = t!("Created");
pub(super) const STATUS: &str = t!("Status");
pub(super) const SEVERITY: &str = t!("Severity");
pub(super) const INCIDENT: &str = t!("Incident");
