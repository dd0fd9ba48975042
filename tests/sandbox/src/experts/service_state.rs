//! Where the customer stands with the service, and what the caller may do with it.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::{
    clock::{DAY, Ticks, iso},
    people::Level,
    refusal::Refusal,
    store::{fact, set_fact},
    tenant,
};

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let person = call.person;
    let onboarded = tenant::born(db)? - 212 * DAY;
    let denied = (!person.reaches(Level::Administrator)).then(|| {
        let mut cannot = Vec::new();
        for (level, what) in [
            (Level::Asker, "submit inquiries"),
            (Level::Operator, "run actions and chat"),
            (Level::Administrator, "change settings"),
        ] {
            if !person.reaches(level) {
                cannot.push(what);
            }
        }
        format!(
            "Your role {} cannot {}.",
            person.role_name(),
            cannot.join(" or ")
        )
    });
    Ok(Reply::document(json!({
        "state": state(db)?,
        "plan": "Defender Experts for XDR",
        "onboardedAt": iso(onboarded),
        "sdm": { "displayName": "Priya Raman", "mail": "priya.raman@experts.example" },
        "features": {
            "ask": true,
            "chat": true,
            "events": true,
            "hunting": true,
            "readiness": true,
            "reports": true,
            "reviews": true,
            "settings": true,
            "tasksExecute": true,
        },
        "banner": banner(db)?,
        "caller": {
            "displayName": person.name,
            "mail": person.mail(),
            "role": person.role_name(),
            "mayAct": person.reaches(Level::Operator),
            "mayAsk": person.reaches(Level::Asker),
            "mayChangeSettings": person.reaches(Level::Administrator),
            "deniedReason": denied,
        },
    })))
}

pub fn state(db: &Connection) -> anyhow::Result<String> {
    Ok(fact(db, "service state")?.unwrap_or_else(|| "active".into()))
}

pub fn set_state(db: &Connection, state: &str) -> anyhow::Result<()> {
    set_fact(db, "service state", state)
}

fn banner(db: &Connection) -> anyhow::Result<Value> {
    let text = fact(db, "service banner")?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}
