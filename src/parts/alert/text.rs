//! Words of an alert.

use lexicon::t;

pub(super) const CATEGORY: &str = t!("Category");
pub(super) const SOURCE: &str = t!("Source");
pub(super) const FIRST_ACTIVITY: &str = t!("First activity");
pub(super) const LAST_ACTIVITY: &str = t!("Last activity");
pub(super) const TECHNIQUES: &str = t!("MITRE techniques");
pub(super) const EVIDENCE: &str = t!("Evidence");
pub(super) const EVIDENCE_NAME: &str = t!("Name");
pub(super) const EVIDENCE_KIND: &str = t!("Kind");
pub(super) const EVIDENCE_DETAIL: &str = t!("Detail");
pub(super) const VERDICT: &str = t!("Verdict");
pub(super) const REMEDIATION: &str = t!("Remediation");
pub(super) const NO_EVIDENCE: &str = t!("No evidence came with this alert.");
pub(super) const PROPERTIES: &str = t!("Properties");
pub(super) const SHOW: &str = t!("Show");
pub(super) const HIDE: &str = t!("Hide");

/// Whose properties a button shows, for those who hear it.
pub(super) fn of(name: &str) -> String {
    t!(" the properties of {name}")
}
