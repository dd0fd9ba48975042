//! Hunts of the last months.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    clock::{DAY, HOUR, Ticks},
    experts::reports::{
        cases::{self, Case},
        range::Range,
    },
    rng::Rng,
    store::records::Record,
};

const DAYS: i64 = 180;

/// Title, category, why it was looked for, and the query.
const IDEAS: [(&str, &str, &str, &str); 8] = [
    (
        "Remote management tools outside the approved list",
        "CommandAndControl",
        "Several groups use legitimate remote tools to stay in a network.",
        "DeviceProcessEvents | where FileName in~ ('anydesk.exe', 'rustdesk.exe')",
    ),
    (
        "Tokens replayed from hosting providers",
        "CredentialAccess",
        "Stolen sessions are used from rented servers.",
        "SigninLogs | where AutonomousSystemNumber in (hosting) | summarize by UserPrincipalName",
    ),
    (
        "Consent to applications with mailbox access",
        "Persistence",
        "A consented application keeps access after a password change.",
        "AuditLogs | where OperationName == 'Consent to application'",
    ),
    (
        "Scripts started by archive tools",
        "Execution",
        "Loaders arrive in archives and are started from within.",
        "DeviceProcessEvents | where InitiatingProcessFileName in~ ('7zfm.exe', 'winrar.exe')",
    ),
    (
        "Inbox rules that hide replies",
        "Collection",
        "Fraud begins with a rule that moves answers out of sight.",
        "CloudAppEvents | where ActionType == 'New-InboxRule'",
    ),
    (
        "Shadow copies deleted",
        "Impact",
        "It precedes encryption by minutes to hours.",
        "DeviceProcessEvents | where ProcessCommandLine has_all ('vssadmin', 'delete')",
    ),
    (
        "Rare services on domain controllers",
        "LateralMovement",
        "A service installed on one controller alone is worth a look.",
        "DeviceEvents | where ActionType == 'ServiceInstalled'",
    ),
    (
        "Large uploads to storage seen for the first time",
        "Exfiltration",
        "Data is staged and uploaded before an extortion.",
        "DeviceNetworkEvents | summarize sum(SentBytes) by RemoteUrl",
    ),
];

pub fn write(db: &Connection, rng: &mut Rng, now: Ticks) -> Result<()> {
    let range = Range {
        from: now - 30 * DAY,
        to: now,
        zone: jiff::tz::TimeZone::UTC,
        zone_name: "UTC".into(),
    };
    let attacks: Vec<Case> = cases::load(db, &range)?
        .into_iter()
        .filter(|case| case.incident.classification == "truePositive")
        .collect();
    for number in 1..=48 {
        let at = now - rng.between(DAY / 2, DAYS * DAY);
        let (title, category, why, query) = IDEAS[rng.index(IDEAS.len())];
        let verdict = rng.pick(&[
            "noThreatsFound",
            "noThreatsFound",
            "noThreatsFound",
            "suspicious",
            "malicious",
        ]);
        let suspicious = verdict != "noThreatsFound";
        let notified = suspicious && rng.percent(60);
        let begins = |case: &&Case| case.incident.created > at;
        let linked = attacks.iter().rev().find(begins).filter(|_| notified);
        let devices = linked.iter().flat_map(|case| case.devices.iter().take(3));
        let assets =
            devices.map(|(id, name)| json!({ "kind": "device", "id": id, "displayName": name }));
        let over = at + rng.between(6 * HOUR, 3 * DAY);
        let doc = json!({
            "title": title,
            "category": category,
            "severity": if verdict == "malicious" { "high" } else if suspicious { "medium" } else { "informational" },
            "verdict": verdict,
            "impactFound": linked.is_some(),
            "notified": notified,
            "ended": (over < now).then_some(over),
            "what": format!("We looked for this across devices, identities and mail: {}.", title.to_lowercase()),
            "why": why,
            "classification": if suspicious { "truePositive" } else { "informationalExpectedActivity" },
            "impactedAssets": assets.collect::<Vec<Value>>(),
            "incidentIds": linked.iter().map(|case| case.incident.id.to_string()).collect::<Vec<_>>(),
            "queries": [{ "title": title, "query": query }],
        });
        Record {
            id: format!("hunt-{number}"),
            at,
            doc,
        }
        .save(db, "hunt")?;
    }
    Ok(())
}
