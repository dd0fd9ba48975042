//! Inquiries: questions to the experts, and how far their answers are.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    attachments,
    call::{Call, Reply, etag},
    credits, page,
    talk::{
        self, merged,
        post::{append, must_be_open},
    },
};
use crate::{
    app::Pace,
    clock::{DAY, Ticks, iso, parse},
    people::Person,
    refusal::Refusal,
    store::records::{Record, later, next_id, set_mark},
};

pub const EVENT: &str = "inquiry.updated";
const KEPT: Ticks = 182 * DAY;

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let mut all = Record::all(db, "inquiry")?;
    let (from, to) = (
        call.word("from").and_then(parse),
        call.word("to").and_then(parse),
    );
    all.retain(|record| {
        let doc = &record.doc;
        let is = |wanted: Option<&str>, value: &Value| wanted.is_none_or(|wanted| value == wanted);
        let submitted = doc["submitted"].as_i64().unwrap_or_default();
        is(call.word("state"), &doc["state"])
            && is(call.word("subjectKind"), &doc["subject"]["kind"])
            && is(call.word("subjectId"), &doc["subject"]["id"])
            && from.is_none_or(|from| submitted >= from)
            && to.is_none_or(|to| submitted < to)
    });
    let key = |record: &Record| record.id.clone();
    let mut body = page::page(call, &all, key, |record| Ok(told(db, record, call.person)?))?;
    body["total"] = all.len().into();
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = talk::find(call, db)?;
    Ok(Reply::document(told(db, &record, call.person)?))
}

pub fn submit(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    if credits::of(db, now)?.left == 0 {
        let text = "No inquiry is left in this quarter.";
        return Err(Refusal::new(StatusCode::CONFLICT, "noCreditsLeft", text));
    }
    let body = &call.body;
    let files = attachments::claim(call, db, &body["attachmentIds"])?;
    let subject = &body["subject"];
    let about = |name: &str| subject.get(name).cloned().unwrap_or_default();
    let person = call.person;
    let id = next_id(db, "inquiry", "inq")?;
    let doc = json!({
        "topic": body["topic"],
        "subject": { "kind": subject["kind"], "id": about("id"), "displayName": about("displayName") },
        "state": "submitted",
        "progress": null,
        "submitted": now,
        "by": { "displayName": person.name, "mail": person.mail() },
        "contacts": body.get("contacts").cloned().unwrap_or_else(|| json!([])),
    });
    let mut record = Record { id, at: now, doc };
    let first = json!({
        "clientMessageId": call.key().to_lowercase(),
        "person": person.name,
        "author": { "kind": "customer", "displayName": person.name },
        "body": { "contentType": "text", "content": body["details"] },
        "attachments": files,
        "progress": null,
        "state": "sent",
        "channel": "portal",
    });
    append(db, &record.id, first, now)?;
    set_mark(db, person.name, "read", &record.id, 1)?;
    review(db, &record.id, now, call.pace())?;
    talk::touch(db, "inquiry", &mut record, now)?;
    let place = format!("/v1/inquiries/{}", record.id);
    Ok(Reply::created(told(db, &record, person)?, &place))
}

/// The experts take it up and answer after a while.
fn review(db: &Connection, id: &str, now: Ticks, pace: Pace) -> Result<()> {
    later(db, now + pace.seconds(5.0), "review", id, &Value::Null)?;
    later(db, now + pace.seconds(20.0), "progress", id, &Value::Null)
}

pub fn followed_up(db: &Connection, record: &mut Record, now: Ticks, pace: Pace) -> Result<()> {
    if record.doc["state"] == "answered" {
        record.doc["state"] = "followUp".into();
    }
    review(db, &record.id, now, pace)
}

pub fn put_contacts(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (kind, mut record) = talk::find(call, db)?;
    call.must_match(&etag(&told(db, &record, call.person)?))?;
    must_be_open(&record)?;
    record.doc["contacts"] = call.body["contacts"].clone();
    talk::touch(db, kind, &mut record, now)?;
    Ok(Reply::document(told(db, &record, call.person)?))
}

pub fn close(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (kind, mut record) = talk::find(call, db)?;
    if record.doc["state"] == "closed" {
        let current = told(db, &record, call.person)?;
        let text = "The inquiry is closed already.";
        let refusal = Refusal::new(StatusCode::CONFLICT, "invalidTransition", text);
        return Err(refusal.with(json!({ "current": current })));
    }
    record.doc["state"] = "closed".into();
    talk::touch(db, kind, &mut record, now)?;
    Ok(Reply::document(told(db, &record, call.person)?))
}

pub fn told(db: &Connection, record: &Record, person: &Person) -> Result<Value> {
    let doc = &record.doc;
    let submitted = doc["submitted"].as_i64().unwrap_or_default();
    let own = json!({
        "id": record.id,
        "topic": doc["topic"],
        "subject": doc["subject"],
        "state": doc["state"],
        "progress": doc["progress"],
        "submittedAt": iso(submitted),
        "submittedBy": doc["by"],
        "updatedAt": iso(record.at),
        "progressDueAt": iso(submitted + 2 * DAY),
        "keptUntil": iso(record.at + KEPT),
        "contacts": doc["contacts"],
    });
    Ok(merged(own, talk::about(db, "inquiry", record, person)?))
}
