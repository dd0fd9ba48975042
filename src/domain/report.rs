//! The report: every figure of it, as values that say how they were come by. What cannot be known is a
//! value, too, with its reason. Computed here from the index, or read from a service (`api::reports`).

pub mod check;
pub mod export;
mod facts;
mod figures;
pub mod measure;
mod period;
pub mod required;
mod tally;
mod trends;
pub mod view;

pub use facts::{AlertFacts, Assets, of_tasks, task_words, words};
pub use figures::figures;
pub use period::{Period, month_name};
pub use tally::{Grid, unknown_types};
pub use trends::{Month, Trends, completed_in, months, trends};

use super::evidence::AssetKind;
use super::id::IncidentId;
use super::time::Timestamp;
use lexicon::t;
use measure::{Minutes, Stat};
use required::Required;

/// Why a figure cannot be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Only the experts' service keeps it, and none is configured.
    Service,
    /// It takes the tasks, and no address for them is configured.
    Tasks,
    /// Alerts or tasks are still being read.
    Reading,
    /// They could not be read.
    Failed,
}

/// A figure, or why there is none.
pub type Known<T> = Result<T, Why>;

/// Who has computed a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The experts' service.
    Service,
    /// This portal, from the incidents it has read.
    Portal,
}

/// How often one value comes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The service's word for it.
    pub key: String,
    pub count: usize,
}

/// One tactic among the true positives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tactic {
    pub key: String,
    pub investigated: usize,
    pub resolved: usize,
}

/// Resolved incidents of one classification, severity and category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub classification: String,
    pub severity: String,
    pub category: String,
    pub count: usize,
}

/// An asset and how many incidents have hit it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    pub kind: AssetKind,
    pub id: String,
    pub name: String,
    pub count: usize,
}

/// How long it took to resolve the incidents that were created in some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// `2026-11-21`, or `2026-11`.
    pub key: String,
    pub resolved: usize,
    pub experts: Option<Minutes>,
    pub customer: Option<Minutes>,
}

/// How long it took to resolve one incident: the experts' time, and the customer's where they helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Took {
    pub id: IncidentId,
    pub experts: Option<Minutes>,
    pub customer: Option<Minutes>,
}

/// How long it took to resolve them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    pub experts: Stat,
    pub customer: Stat,
    pub buckets: Vec<Bucket>,
    /// What means and medians are made of, as far as it is known.
    pub each: Vec<Took>,
}

/// Report overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub period: Period,
    pub origin: Origin,
    pub generated: Timestamp,
    /// How new the newest thing is that it knows of.
    pub as_of: Option<Timestamp>,
    pub investigated: usize,
    pub resolved: usize,
    pub direct: Known<usize>,
    pub helped: Known<usize>,
    /// What the service says the percentage is, in hundredths; checked, never shown unchecked.
    pub claimed: Option<i64>,
    pub times: Known<Times>,
    /// Resolved incidents, worst first, with those of nothing.
    pub severity: Vec<Tally>,
    /// Resolved incidents, most frequent first.
    pub category: Known<Vec<Tally>>,
    pub source: Known<Vec<Tally>>,
    pub tactics: Known<Vec<Tactic>>,
    pub cells: Known<Vec<Cell>>,
    pub users: Known<Vec<Impact>>,
    pub devices: Known<Vec<Impact>>,
    pub required: Known<Required>,
}

/// MITRE ATT&CK's tactics in the order of the framework, spelled as categories of alerts are.
pub const TACTICS: [&str; 14] = [
    "Reconnaissance",
    "ResourceDevelopment",
    "InitialAccess",
    "Execution",
    "Persistence",
    "PrivilegeEscalation",
    "DefenseEvasion",
    "CredentialAccess",
    "Discovery",
    "LateralMovement",
    "Collection",
    "CommandAndControl",
    "Exfiltration",
    "Impact",
];

/// How many assets of each kind are named.
pub const NAMED: usize = 5;

/// A service source as people call it; one that nobody knows as its word reads.
pub fn source_label(source: &str) -> String {
    const KNOWN: [(&str, &str); 10] = [
        ("microsoftDefenderForEndpoint", t!("Defender for Endpoint")),
        ("microsoftDefenderForIdentity", t!("Defender for Identity")),
        (
            "microsoftDefenderForCloudApps",
            t!("Defender for Cloud Apps"),
        ),
        (
            "microsoftDefenderForOffice365",
            t!("Defender for Office 365"),
        ),
        ("microsoft365Defender", t!("Defender XDR")),
        ("azureAdIdentityProtection", t!("Entra ID Protection")),
        ("microsoftAppGovernance", t!("App governance")),
        ("dataLossPrevention", t!("Data loss prevention")),
        ("microsoftDefenderForCloud", t!("Defender for Cloud")),
        ("microsoftSentinel", t!("Sentinel")),
    ];
    let known = KNOWN.iter().find(|(word, _)| *word == source);
    known.map_or_else(
        || super::alert::spaced(source),
        |(_, name)| (*name).to_owned(),
    )
}

#[cfg(test)]
mod tests;
