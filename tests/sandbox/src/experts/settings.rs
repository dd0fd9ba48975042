//! The settings: four sections in force, each a document. `rules` decides what may be written, `draft`
//! is what administrators prepare, `audit` who changed what, `first_run` how far the wizard is.

pub mod audit;
pub mod draft;
pub mod first_run;
pub mod rules;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use super::{
    call::{Call, Reply, etag},
    deliveries,
    talk::merged,
};
use crate::{
    app::Pace,
    clock::{Ticks, iso},
    people::Person,
    refusal::Refusal,
    store::records::{later, note},
};

pub const SECTIONS: [&str; 4] = ["permissions", "exclusions", "contacts", "teams"];

/// The section an operation is about: the last word of getPermissions, putTeams …
fn section(call: &Call) -> &'static str {
    let id = call.operation.id.to_lowercase();
    let found = SECTIONS.into_iter().find(|section| id.ends_with(section));
    found.unwrap_or("permissions")
}

pub fn read(db: &Connection, section: &str) -> Result<Value> {
    let query = "SELECT body FROM settings WHERE section = ?";
    let body: Option<String> = db
        .query_row(query, [section], |row| row.get(0))
        .optional()?
        .flatten();
    let written = body.and_then(|body| serde_json::from_str(&body).ok());
    Ok(merged(
        initial(section),
        written.unwrap_or_else(|| json!({})),
    ))
}

pub fn save(db: &Connection, section: &str, body: &Value) -> Result<()> {
    let query = "INSERT OR REPLACE INTO settings (section, body, etag) VALUES (?, ?, ?)";
    db.execute(query, params![section, body.to_string(), etag(body)])?;
    Ok(())
}

/// A section as it is before anybody wrote it.
fn initial(section: &str) -> Value {
    let own = match section {
        "permissions" => json!({
            "serviceProviderAccess": true, "investigateAndGuide": true, "respondDirectly": false,
        }),
        "exclusions" => json!({
            "deviceGroups": [], "userGroups": [],
            "excludeAllHighValueDevices": false, "excludeAllHighValueUsers": false,
        }),
        "contacts" => json!({ "contacts": [] }),
        "teams" => json!({
            "enabled": false, "huntingNotifications": false, "state": "off", "failure": null,
            "teamId": null, "teamWebUrl": null, "channelId": null, "channelName": null,
            "expertsRead": "repliesOnly",
        }),
        _ => json!({ "step": "permissions", "sections": {} }),
    };
    merged(own, json!({ "updatedAt": null, "updatedBy": null }))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::document(read(db, section(call))?))
}

pub fn all(_: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::document(whole(db)?))
}

pub fn whole(db: &Connection) -> Result<Value> {
    let mut all = json!({ "etags": { "draft": etag(&read(db, "draft")?) } });
    for section in SECTIONS {
        let body = read(db, section)?;
        all["etags"][section] = etag(&body).into();
        all[section] = body;
    }
    all["wizard"] = first_run::told(db)?;
    Ok(all)
}

pub fn put(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let section = section(call);
    let before = read(db, section)?;
    call.must_match(&etag(&before))?;
    let after = rules::checked(db, section, &call.body, &before)?;
    let written = write(
        db,
        section,
        (before, after),
        call.person,
        "changed",
        now,
        call.pace(),
    )?;
    Ok(Reply::document(written))
}

/// Puts a checked section into force, with all that follows from it.
pub fn write(
    db: &Connection,
    section: &str,
    (before, mut after): (Value, Value),
    by: &Person,
    action: &str,
    now: Ticks,
    pace: Pace,
) -> Result<Value> {
    let changes = audit::changes(&before, &after);
    if changes.is_empty() {
        return Ok(before);
    }
    if section == "teams" && before["enabled"] != after["enabled"] {
        let state = if after["enabled"] == true {
            "provisioning"
        } else {
            "disconnecting"
        };
        after["state"] = state.into();
        after["failure"] = Value::Null;
        later(db, now + pace.seconds(6.0), "teams", "teams", &Value::Null)?;
    }
    after["updatedAt"] = iso(now).into();
    after["updatedBy"] = by.name.into();
    save(db, section, &after)?;
    audit::enter(db, section, action, by, (&before, &after), changes, now)?;
    if section == "contacts" {
        deliveries::welcome(db, &after["contacts"], now, pace)?;
    }
    note(db, "settings.updated", "settings", section, now)?;
    Ok(after)
}
