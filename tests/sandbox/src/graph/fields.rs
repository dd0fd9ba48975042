//! What incidents may be filtered by, and alerts; the members of their enums.

use super::filter::{Field, Kind};

const SEVERITIES: &[&str] = &[
    "unknown",
    "informational",
    "low",
    "medium",
    "high",
    "unknownFutureValue",
];
const STATUSES: &[&str] = &[
    "active",
    "resolved",
    "inProgress",
    "redirected",
    "unknownFutureValue",
    "awaitingAction",
];
const CLASSIFICATIONS: &[&str] = &[
    "unknown",
    "falsePositive",
    "truePositive",
    "informationalExpectedActivity",
    "unknownFutureValue",
];
const DETERMINATIONS: &[&str] = &[
    "unknown",
    "apt",
    "malware",
    "securityPersonnel",
    "securityTesting",
    "unwantedSoftware",
    "other",
    "multiStagedAttack",
    "compromisedAccount",
    "phishing",
    "maliciousUserActivity",
    "notMalicious",
    "notEnoughDataToValidate",
    "confirmedActivity",
    "lineOfBusinessApplication",
    "unknownFutureValue",
];
const ALERT_STATUSES: &[&str] = &[
    "unknown",
    "new",
    "inProgress",
    "resolved",
    "unknownFutureValue",
];
const SOURCES: &[&str] = &[
    "unknown",
    "microsoftDefenderForEndpoint",
    "microsoftDefenderForIdentity",
    "microsoftDefenderForCloudApps",
    "microsoftDefenderForOffice365",
    "microsoft365Defender",
    "azureAdIdentityProtection",
    "microsoftAppGovernance",
    "dataLossPrevention",
    "unknownFutureValue",
    "microsoftDefenderForCloud",
    "microsoftSentinel",
    "microsoftInsiderRiskManagement",
    "microsoftThreatIntelligence",
    "microsoftSecurityForAI",
];

pub static INCIDENT: [Field; 7] = [
    Field {
        name: "assignedTo",
        column: "assigned_to",
        kind: Kind::Text,
    },
    Field {
        name: "classification",
        column: "classification",
        kind: Kind::Member(CLASSIFICATIONS),
    },
    Field {
        name: "createdDateTime",
        column: "created",
        kind: Kind::Time,
    },
    Field {
        name: "determination",
        column: "determination",
        kind: Kind::Member(DETERMINATIONS),
    },
    Field {
        name: "lastUpdateDateTime",
        column: "updated",
        kind: Kind::Time,
    },
    Field {
        name: "severity",
        column: "severity",
        kind: Kind::Member(SEVERITIES),
    },
    Field {
        name: "status",
        column: "status",
        kind: Kind::Member(STATUSES),
    },
];

pub static ALERT: [Field; 8] = [
    Field {
        name: "assignedTo",
        column: "assigned_to",
        kind: Kind::Text,
    },
    Field {
        name: "classification",
        column: "classification",
        kind: Kind::Member(CLASSIFICATIONS),
    },
    Field {
        name: "createdDateTime",
        column: "created",
        kind: Kind::Time,
    },
    Field {
        name: "determination",
        column: "determination",
        kind: Kind::Member(DETERMINATIONS),
    },
    Field {
        name: "lastUpdateDateTime",
        column: "updated",
        kind: Kind::Time,
    },
    Field {
        name: "severity",
        column: "severity",
        kind: Kind::Member(SEVERITIES),
    },
    Field {
        name: "serviceSource",
        column: "source",
        kind: Kind::Member(SOURCES),
    },
    Field {
        name: "status",
        column: "status",
        kind: Kind::Member(ALERT_STATUSES),
    },
];

/// The members of an enum property, for writes to be checked against.
pub fn members(fields: &'static [Field], name: &str) -> Option<&'static [&'static str]> {
    fields
        .iter()
        .find(|field| field.name == name)
        .and_then(|field| match field.kind {
            Kind::Member(members) => Some(members),
            _ => None,
        })
}
