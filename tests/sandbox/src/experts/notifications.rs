//! What the caller should know; each person has read their own.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    page, talk,
};
use crate::{
    clock::{Ticks, iso},
    people::Person,
    refusal::Refusal,
    store::{
        incidents::Incident,
        records::{Record, mark, next_id, note, set_mark},
    },
};

/// Tells everybody of something.
pub fn tell(
    db: &Connection,
    kind: &str,
    title: &str,
    about: (&str, &str),
    now: Ticks,
) -> Result<()> {
    let record = Record {
        id: next_id(db, "notification", "n")?,
        at: now,
        doc: json!({
            "kind": kind,
            "title": title,
            "reference": { "kind": about.0, "id": about.1, "displayName": null },
        }),
    };
    record.save(db, "notification")?;
    note(db, "notification.created", about.0, about.1, now)
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let all = Record::all(db, "notification")?;
    let told: Vec<Value> = all
        .iter()
        .map(|it| told(db, it, call.person))
        .collect::<Result<_, _>>()?;
    let unread = told.iter().filter(|it| it["read"] == false).count();
    let fits = |it: &&Value| {
        call.flag("unread")
            .is_none_or(|wanted| (it["read"] == false) == wanted)
    };
    let wanted: Vec<&Value> = told.iter().filter(fits).collect();
    let key = |it: &&Value| it["id"].as_str().unwrap_or_default().to_owned();
    let mut body = page::page(call, &wanted, key, |it| Ok((*it).clone()))?;
    body["unread"] = unread.into();
    Ok(page::reply(call, body))
}

pub fn read(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let id = call.id("notificationId");
    let found = Record::find(db, "notification", id)?;
    let record =
        found.ok_or_else(|| Refusal::not_found(format!("Notification {id} was not found.")))?;
    if mark(db, call.person.name, "notified", id)? == 0 {
        set_mark(db, call.person.name, "notified", id, now)?;
    }
    Ok(Reply::ok(told(db, &record, call.person)?))
}

fn told(db: &Connection, record: &Record, person: &Person) -> Result<Value> {
    let read = mark(db, person.name, "notified", &record.id)?;
    Ok(json!({
        "id": record.id,
        "at": iso(record.at),
        "kind": record.doc["kind"],
        "title": record.doc["title"],
        "reference": record.doc["reference"],
        "mine": mine(db, &record.doc["reference"], person)?,
        "read": read != 0,
        "readAt": (read != 0).then(|| iso(read)),
    }))
}

/// Whether it concerns the person and not only their organization.
fn mine(db: &Connection, about: &Value, person: &Person) -> Result<bool> {
    let id = about["id"].as_str().unwrap_or_default();
    Ok(match about["kind"].as_str() {
        Some("incident") => match id.parse() {
            Ok(id) => Incident::find(db, id)?.is_some_and(|incident| {
                let assigned = incident.assigned_to.unwrap_or_default();
                assigned.eq_ignore_ascii_case(&person.mail())
            }),
            Err(_) => false,
        },
        Some("thread") => wrote_in(db, id, person)?,
        Some("inquiry") => {
            let asked = Record::find(db, "inquiry", id)?;
            let asked = asked.is_some_and(|it| it.doc["by"]["displayName"] == person.name);
            asked || wrote_in(db, id, person)?
        }
        _ => false,
    })
}

fn wrote_in(db: &Connection, conversation: &str, person: &Person) -> Result<bool> {
    let posts = talk::posts(db, conversation)?;
    Ok(posts.iter().any(|post| post.by(person)))
}
