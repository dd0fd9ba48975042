//! The incidents behind a figure.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::json;

use super::{
    cases::{self, Case, task_state},
    range::Range,
};
use crate::{
    clock::{Ticks, iso},
    experts::{
        call::{Call, Reply},
        history::minutes,
        page,
    },
    refusal::Refusal,
};

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let mut found = cases::load(db, &Range::of(call, now)?)?;
    found.retain(|case| fits(call, case));
    let key = |case: &Case| case.incident.id.to_string();
    let mut body = page::page(call, &found, key, |case| {
        let incident = &case.incident;
        let by = match (case.helped(), case.direct()) {
            (true, _) => Some("experts and customer"),
            (_, true) => Some("experts"),
            _ => None,
        };
        let clocks = if case.resolved() {
            Some(case.clocks(db, now)?)
        } else {
            None
        };
        Ok(json!({
            "id": key(case),
            "displayName": incident.text.display_name,
            "severity": incident.severity,
            "status": incident.status,
            "classification": incident.classification,
            "createdDateTime": iso(incident.created),
            "resolvedBy": by,
            "expertsMinutes": clocks.map(|clocks| minutes(clocks.experts)),
            "customerMinutes": clocks.map(|clocks| minutes(clocks.customer)),
        }))
    })?;
    body["total"] = found.len().into();
    Ok(page::reply(call, body))
}

fn fits(call: &Call, case: &Case) -> bool {
    let outcome = match call.word("outcome") {
        Some("resolved") => case.resolved(),
        Some("direct") => case.direct(),
        Some("helped") => case.helped(),
        _ => true,
    };
    let asset = |name: &str, all: &std::collections::BTreeSet<(String, String)>| {
        call.word(name)
            .is_none_or(|id| all.iter().any(|(other, _)| other == id))
    };
    let tasks = match call.word("tasks") {
        None => true,
        Some("required") => case.asked().next().is_some(),
        Some(state) => case.asked().any(|task| task_state(task) == state),
    };
    outcome
        && tasks
        && call
            .word("severity")
            .is_none_or(|it| case.incident.severity == it)
        && call
            .word("classification")
            .is_none_or(|it| case.incident.classification == it)
        && call
            .word("category")
            .is_none_or(|it| case.categories.contains(it))
        && call
            .word("serviceSource")
            .is_none_or(|it| case.sources.contains(it))
        && asset("user", &case.users)
        && asset("device", &case.devices)
}
