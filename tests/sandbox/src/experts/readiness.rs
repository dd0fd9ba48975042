//! The readiness assessment: what is asked of the customer, how far it is, and evaluating it again.
//! `catalog` holds what is asked.

pub mod catalog;
pub mod runs;

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::{
    clock::{Ticks, iso},
    refusal::Refusal,
    store::records::{Record, note},
};

pub const STATES: [&str; 5] = [
    "completeNow",
    "recommended",
    "inProgress",
    "completed",
    "dismissed",
];
const MAX_AGE_HOURS: i64 = 24;

pub fn get(_: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::document(told(db)?))
}

pub fn told(db: &Connection) -> Result<Value> {
    let items = items(db)?;
    let runs = Record::all(db, "run")?;
    let running = runs.iter().find(|run| run.doc["state"] == "running");
    let last = runs.iter().find(|run| run.doc["state"] == "finished");
    let evaluated = last
        .and_then(|run| run.doc["finished"].as_i64())
        .unwrap_or_default();
    let assets = last
        .map(|run| run.doc["assets"].clone())
        .unwrap_or_else(|| catalog::assets(0));
    let missing = |item: &Record| item.doc["required"] == true && item.doc["state"] != "completed";
    let covered = ["devices", "identities"]
        .iter()
        .all(|kind| assets[kind]["protected"].as_i64() >= assets[kind]["target"].as_i64());
    let ready = covered && !items.iter().any(missing);
    Ok(json!({
        "state": if ready { "ready" } else { "notReady" },
        "evaluatedAt": iso(evaluated),
        "maxAgeHours": MAX_AGE_HOURS,
        "actions": counts(&items),
        "items": items.iter().map(item).collect::<Vec<_>>(),
        "assets": assets,
        "secureScore": catalog::secure_score(catalog::score(&items), evaluated),
        "runningRunId": running.map(|run| run.id.clone()),
    }))
}

/// Those to complete now first, then by the catalogue's order.
pub fn items(db: &Connection) -> Result<Vec<Record>> {
    let mut items = Record::all(db, "item")?;
    let place = |item: &Record| STATES.iter().position(|state| item.doc["state"] == *state);
    items.sort_by_key(|item| (place(item), catalog::place(&item.id)));
    Ok(items)
}

/// How many items are in each state.
pub fn counts(items: &[Record]) -> Value {
    let count = |state: &str| {
        items
            .iter()
            .filter(|item| item.doc["state"] == state)
            .count()
    };
    STATES
        .iter()
        .map(|state| ((*state).to_owned(), count(state).into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn item(record: &Record) -> Value {
    let mut told = record.doc.clone();
    if let Some(members) = told.as_object_mut() {
        members.remove("wentBack");
    }
    told["id"] = record.id.clone().into();
    told["updatedAt"] = iso(record.at).into();
    told["allowedActions"] = allowed(record).into();
    told
}

fn allowed(item: &Record) -> Vec<&'static str> {
    match (item.text("state"), item.doc["required"] == true) {
        ("completeNow" | "recommended", true) => vec!["acknowledge"],
        ("completeNow" | "recommended", false) => vec!["acknowledge", "dismiss"],
        ("inProgress" | "dismissed", _) => vec!["reopen"],
        _ => Vec::new(),
    }
}

pub fn act(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let id = call.id("itemId");
    let found = Record::find(db, "item", id)?;
    let mut record =
        found.ok_or_else(|| Refusal::not_found(format!("Item {id} was not found.")))?;
    let action = call.body["action"].as_str().unwrap_or_default();
    if !allowed(&record).contains(&action) {
        let text = format!(
            "An item that is {} cannot be changed by '{action}'.",
            record.text("state")
        );
        let refusal = Refusal::new(StatusCode::CONFLICT, "invalidTransition", text);
        return Err(refusal.with(json!({ "current": item(&record) })));
    }
    let state = match action {
        "acknowledge" => "inProgress",
        "dismiss" => "dismissed",
        _ if record.doc["required"] == true => "completeNow",
        _ => "recommended",
    };
    record.doc["state"] = state.into();
    record.doc["updatedBy"] = call.person.name.into();
    record.at = now;
    record.save(db, "item")?;
    note(db, "readiness.updated", "readiness", id, now)?;
    Ok(Reply::ok(item(&record)))
}
