//! Incidents that asked something of the customer, and what became of it.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    SEVERITIES,
    cases::{self, Case, task_state},
    range::Range,
    tally_of,
};
use crate::{
    clock::{Ticks, iso},
    experts::{
        call::{Call, Reply},
        page,
        talk::merged,
    },
    refusal::Refusal,
};

const STATES: [&str; 4] = ["completed", "pending", "skipped", "failed"];

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = Range::of(call, now)?;
    let mut all = cases::load(db, &range)?;
    all.retain(|case| {
        case.asked().next().is_some()
            && call
                .word("severity")
                .is_none_or(|it| case.incident.severity == it)
            && call
                .word("actionStatus")
                .is_none_or(|it| status(case) == it)
    });
    let key = |case: &Case| case.incident.id.to_string();
    let page = page::page(call, &all, key, |case| {
        let incident = &case.incident;
        let own = json!({
            "incidentId": key(case),
            "displayName": incident.text.display_name,
            "severity": incident.severity,
            "createdDateTime": iso(incident.created),
            "actionStatus": status(case),
        });
        Ok(merged(own, counted(std::slice::from_ref(case))))
    })?;
    let severities = all.iter().map(|case| case.incident.severity.as_str());
    let own = json!({
        "total": all.len(),
        "totals": counted(&all),
        "bySeverity": tally_of(&SEVERITIES, severities),
    });
    let head = range.head(db, "createdDateTime", now)?;
    Ok(page::reply(call, merged(merged(head, page), own)))
}

fn counted(cases: &[Case]) -> Value {
    let states: Vec<&str> = cases.iter().flat_map(Case::asked).map(task_state).collect();
    merged(
        json!({ "required": states.len() }),
        tally_of(&STATES, states.into_iter()),
    )
}

fn status(case: &Case) -> &'static str {
    let states: Vec<&str> = case.asked().map(task_state).collect();
    let has = |state: &str| states.contains(&state);
    match () {
        () if has("pending") => "pending",
        () if has("failed") => "failed",
        () if has("completed") => "completed",
        () => "skipped",
    }
}
