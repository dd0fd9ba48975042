//! What an alert rests on: devices, users, files and whatever else a detection names.

use super::open_enum::open_enum;

open_enum! {
    /// What the service thinks of a piece of evidence.
    pub enum Verdict {
        Malicious = "malicious" => "Malicious",
        Suspicious = "suspicious" => "Suspicious",
        NoThreatsFound = "noThreatsFound" => "Clean",
        NotSet = "unknown" => "Not set",
    }
}

open_enum! {
    /// What has been done about it.
    pub enum Remediation {
        Active = "active" => "Active",
        PendingApproval = "pendingApproval" => "Pending approval",
        Running = "running" => "Running",
        Remediated = "remediated" => "Remediated",
        PartiallyRemediated = "partiallyRemediated" => "Partially remediated",
        Prevented = "prevented" => "Prevented",
        Blocked = "blocked" => "Blocked",
        Declined = "declined" => "Declined",
        Unremediated = "unremediated" => "Unremediated",
        NotFound = "notFound" => "Not found",
        None = "none" => "None",
    }
}

/// The kinds of asset an incident is said to impact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetKind {
    Device,
    User,
    Mailbox,
    App,
}

/// One impacted asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub kind: AssetKind,
    /// What makes it the same asset elsewhere: device id, directory id, address.
    pub id: String,
    pub name: String,
}

/// A piece of evidence: its kind in words, what identifies it, and its asset where it is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// `Device`, `File`, or the schema's name in words for kinds without a look of their own.
    pub kind: String,
    pub name: String,
    /// The next thing an analyst wants to know: a hash, an address, an operating system.
    pub detail: Option<String>,
    pub verdict: Verdict,
    pub remediation: Remediation,
    pub asset: Option<Asset>,
}
