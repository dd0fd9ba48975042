//! An incident as Graph's security API describes it, and what its fields mean to a customer.

use super::alert::Alert;
use super::evidence::{Asset, Evidence};
use super::id::IncidentId;
use super::open_enum::open_enum;
use super::severity::Severity;
use super::time::Timestamp;

open_enum! {
    /// Where an incident stands. What waits on the customer comes first wherever it is listed.
    pub enum Status {
        AwaitingAction = "awaitingAction" => "Awaiting Customer Action",
        Active = "active" | "new" => "Active",
        InProgress = "inProgress" => "In progress",
        Resolved = "resolved" => "Resolved",
        /// Merged into another incident, which it names.
        Redirected = "redirected" => "Redirected",
    }
}

open_enum! {
    /// What an incident turned out to be.
    pub enum Classification {
        TruePositive = "truePositive" => "True Positive",
        InformationalExpectedActivity = "informationalExpectedActivity" => "Informational, Expected Activity",
        FalsePositive = "falsePositive" => "False Positive",
        NotSet = "unknown" => "Not set",
    }
}

open_enum! {
    /// Why it was classified so. Three spellings are in circulation; the schema's is sent.
    pub enum Determination {
        MultiStagedAttack = "multiStagedAttack" => "Multistage attack",
        MaliciousUserActivity = "maliciousUserActivity" => "Malicious user activity",
        CompromisedAccount = "compromisedAccount" | "compromisedUser" => "Compromised account",
        Malware = "malware" => "Malware",
        Phishing = "phishing" => "Phishing",
        UnwantedSoftware = "unwantedSoftware" => "Unwanted software",
        SecurityTesting = "securityTesting" => "Security test",
        LineOfBusinessApplication = "lineOfBusinessApplication" => "Line-of-business application",
        ConfirmedActivity = "confirmedActivity" | "confirmedUserActivity" => "Confirmed activity",
        NotMalicious = "notMalicious" | "clean" => "Not malicious",
        NotEnoughData = "notEnoughDataToValidate" | "insufficientData" | "noEnoughDataToValidate" => "Not enough data to validate",
        Other = "other" => "Other",
        /// Retired in 2022: shown, never offered.
        Apt = "apt" => "Advanced persistent threat",
        /// Retired in 2022: shown, never offered.
        SecurityPersonnel = "securityPersonnel" => "Security personnel",
        NotSet = "unknown" => "Not set",
    }
}

/// The longest comment the service takes, in characters.
pub const COMMENT_LIMIT: usize = 30_000;

/// Graph writes this into `systemTags` of every incident the experts have handled.
pub const EXPERTS_TAG: &str = "Defender Experts";

/// One entry of **Comments and history**. Comments are one-way: experts do not answer them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub text: String,
    pub by: String,
    pub at: Option<Timestamp>,
}

/// An incident. Members a server may leave out are optional; everything else has a neutral value.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    pub id: IncidentId,
    pub name: String,
    pub status: Status,
    pub severity: Severity,
    pub classification: Classification,
    pub determination: Determination,
    /// Free text: `Defender Experts`, `Customer`, or a person's user principal name.
    pub assigned_to: Option<String>,
    pub custom_tags: Vec<String>,
    pub system_tags: Vec<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub last_modified_by: Option<String>,
    pub description: Option<String>,
    /// Attack overview, filled by the experts among others.
    pub summary: Option<String>,
    /// The closing note.
    pub resolving_comment: Option<String>,
    /// The incident this one was merged into.
    pub redirect_to: Option<IncidentId>,
    /// 0 to 100; above 85 is top, below 15 low. Absent where the tenant has no scoring.
    pub priority_score: Option<i32>,
    pub comments: Vec<Comment>,
    /// `None` where the answer did not carry them.
    pub alerts: Option<Vec<Alert>>,
}

impl Incident {
    /// System tags first, as they say who handled the incident, then the customer's own.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.system_tags
            .iter()
            .chain(&self.custom_tags)
            .map(String::as_str)
    }

    /// True where the customer has to act: by status alone, whoever it is assigned to.
    pub fn awaits_customer(&self) -> bool {
        self.status == Status::AwaitingAction
    }

    /// True where the experts have handled it or are at it.
    pub fn handled_by_experts(&self) -> bool {
        self.system_tags.iter().any(|tag| tag == EXPERTS_TAG)
            || self.assigned_to.as_deref() == Some(EXPERTS_TAG)
    }

    /// Every device, user, mailbox and app its alerts name, once each, in order of appearance.
    pub fn assets(&self) -> Vec<Asset> {
        let mut assets: Vec<Asset> = Vec::new();
        let evidence = self
            .alerts
            .iter()
            .flatten()
            .flat_map(|alert| &alert.evidence);
        for asset in evidence.filter_map(Evidence::asset) {
            if !assets
                .iter()
                .any(|seen| seen.kind == asset.kind && seen.id == asset.id)
            {
                assets.push(asset);
            }
        }
        assets
    }
}
