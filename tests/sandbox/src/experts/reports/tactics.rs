//! Incidents by tactic, and by severity and category.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    cases::{self, Case},
    range::Range,
};
use crate::{
    clock::Ticks,
    experts::{
        call::{Call, Reply},
        talk::merged,
    },
    refusal::Refusal,
};

/// MITRE ATT&CK's, in the order of the framework, spelled as alert categories are.
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

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = Range::of(call, now)?;
    let all = cases::load(db, &range)?;
    let positive = |case: &&Case| case.incident.classification == "truePositive";
    let tactics = TACTICS.map(|tactic| {
        let of: Vec<&Case> = all
            .iter()
            .filter(positive)
            .filter(|case| case.categories.contains(tactic))
            .collect();
        let resolved = of.iter().filter(|case| case.resolved()).count();
        json!({ "tactic": tactic, "investigated": of.len(), "resolved": resolved })
    });
    let mut cells = BTreeMap::<(&str, &str, &str), usize>::new();
    for case in all.iter().filter(|case| case.resolved()) {
        let incident = &case.incident;
        for category in &case.categories {
            let key = (
                incident.classification.as_str(),
                incident.severity.as_str(),
                category.as_str(),
            );
            *cells.entry(key).or_default() += 1;
        }
    }
    let cells: Vec<Value> = cells
        .into_iter()
        .map(|((classification, severity, category), incidents)| {
            json!({ "classification": classification, "severity": severity, "category": category,
                "incidents": incidents })
        })
        .collect();
    let head = range.head(db, "createdDateTime", now)?;
    Ok(Reply::ok(merged(
        head,
        json!({ "tactics": tactics, "severityByCategory": cells }),
    )))
}
