//! How far the first run of the settings is.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{SECTIONS, read};
use crate::{
    clock::{Ticks, iso},
    experts::service_state,
    people::Person,
    store::{fact, set_fact},
};

const FACT: &str = "first run";

pub fn told(db: &Connection) -> Result<Value> {
    let draft = read(db, "draft")?;
    let drafted: Vec<&str> = SECTIONS
        .into_iter()
        .filter(|section| draft["sections"].get(section).is_some())
        .collect();
    let kept = kept(db)?;
    Ok(json!({
        "state": kept["state"],
        "step": draft["step"],
        "drafted": drafted,
        "completedAt": kept["completedAt"],
        "completedBy": kept["completedBy"],
    }))
}

fn kept(db: &Connection) -> Result<Value> {
    let text = fact(db, FACT)?;
    let kept = text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(kept.unwrap_or_else(
        || json!({ "state": "notStarted", "completedAt": null, "completedBy": null }),
    ))
}

pub fn begin(db: &Connection) -> Result<()> {
    let mut kept = kept(db)?;
    if kept["state"] == "notStarted" {
        kept["state"] = "inProgress".into();
        set_fact(db, FACT, &kept.to_string())?;
    }
    Ok(())
}

/// The first time it ends the first run; later it is a change like any other.
pub fn complete(db: &Connection, by: &Person, now: Ticks) -> Result<()> {
    if kept(db)?["state"] == "complete" {
        return Ok(());
    }
    finish(db, by.name, now)?;
    service_state::set_state(db, "readiness")
}

pub fn finish(db: &Connection, by: &str, at: Ticks) -> Result<()> {
    let kept = json!({ "state": "complete", "completedAt": iso(at), "completedBy": by });
    set_fact(db, FACT, &kept.to_string())
}

/// As for a customer who has not begun.
pub fn forget(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM facts WHERE name = ?", [FACT])?;
    Ok(())
}
