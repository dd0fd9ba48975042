//! The draft of the settings: one per tenant, there always, at first empty; and putting it into force.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{SECTIONS, first_run, read, rules, save, whole, write};
use crate::{
    clock::{DAY, Ticks, iso, parse},
    experts::{
        call::{Call, Reply, etag},
        check::rule,
    },
    refusal::Refusal,
    store::records::note,
};

const KEPT: Ticks = 30 * DAY;

pub fn get(_: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::document(current(db, now)?))
}

/// The draft, unless nobody touched it for too long.
fn current(db: &Connection, now: Ticks) -> Result<Value> {
    let draft = read(db, "draft")?;
    let touched = draft["updatedAt"].as_str().and_then(parse);
    match touched.is_some_and(|at| at + KEPT < now) {
        true => {
            empty(db)?;
            read(db, "draft")
        }
        false => Ok(draft),
    }
}

fn empty(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM settings WHERE section = 'draft'", [])?;
    Ok(())
}

pub fn put(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    call.must_match(&etag(&current(db, now)?))?;
    let mut draft = call.body.clone();
    draft["updatedAt"] = iso(now).into();
    draft["updatedBy"] = call.person.name.into();
    save(db, "draft", &draft)?;
    first_run::begin(db)?;
    note(db, "settings.updated", "settings", "draft", now)?;
    Ok(Reply::document(draft))
}

pub fn discard(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    call.must_match(&etag(&current(db, now)?))?;
    empty(db)?;
    note(db, "settings.updated", "settings", "draft", now)?;
    Ok(Reply::nothing())
}

pub fn complete(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let draft = current(db, now)?;
    call.must_match(&etag(&draft))?;
    let drafted: Vec<(&str, &Value)> = SECTIONS
        .into_iter()
        .filter_map(|name| Some((name, draft["sections"].get(name)?)))
        .collect();
    if drafted.is_empty() {
        let text = "The draft is empty: there is nothing to put into force.";
        return Err(Refusal::new(StatusCode::CONFLICT, "draftEmpty", text));
    }
    let mut checked = Vec::new();
    for (section, input) in drafted {
        let before = read(db, section)?;
        let after = rules::checked(db, section, input, &before)
            .map_err(|refusal| within(section, refusal))?;
        checked.push((section, before, after));
    }
    let contacts = checked.iter().find(|(section, ..)| *section == "contacts");
    let contacts = contacts.map_or(read(db, "contacts")?, |(_, _, after)| after.clone());
    if !reaches_somebody(&contacts) {
        let text = "Nobody would be notified of incidents.";
        return Err(rule("/contacts/contacts", "contactMissing", text));
    }
    for (section, before, after) in checked {
        write(
            db,
            section,
            (before, after),
            call.person,
            "completed",
            now,
            call.pace(),
        )?;
    }
    empty(db)?;
    first_run::complete(db, call.person, now)?;
    Ok(Reply::document(whole(db)?))
}

/// The mistakes of a section, with pointers from the top of the draft's sections.
fn within(section: &str, mut refusal: Refusal) -> Refusal {
    for error in refusal.more["errors"].as_array_mut().into_iter().flatten() {
        let pointer = error["pointer"].as_str().unwrap_or_default();
        error["pointer"] = json!(format!("/{section}{pointer}"));
    }
    refusal
}

fn reaches_somebody(contacts: &Value) -> bool {
    let mut contacts = contacts["contacts"].as_array().into_iter().flatten();
    contacts.any(|contact| {
        let purposes = contact["purposes"].as_array();
        purposes.is_some_and(|all| all.iter().any(|purpose| purpose == "incidentNotification"))
    })
}
