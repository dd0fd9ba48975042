//! Chats: one conversation per managed response at the most.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    check, managed_response, page,
    talk::{self, merged, phrases::LANGUAGES},
};
use crate::{
    clock::{Ticks, iso},
    people::Person,
    refusal::Refusal,
    store::{incidents::Incident, records::Record, responses::Response},
};

pub const EVENT: &str = "thread.updated";

pub fn of_incident(db: &Connection, incident: i64) -> Result<Option<Record>> {
    Record::find(db, "chat", &format!("th-{incident}"))
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let wanted = call.word("incidentId");
    let mut all = Record::all(db, "chat")?;
    all.retain(|record| wanted.is_none_or(|id| record.id == format!("th-{id}")));
    let key = |record: &Record| record.id.clone();
    let mut body = page::page(call, &all, key, |record| Ok(told(db, record, call.person)?))?;
    body["total"] = all.len().into();
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = talk::find(call, db)?;
    Ok(Reply::document(told(db, &record, call.person)?))
}

pub fn open(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let id = call.body["incidentId"].as_str().unwrap_or_default();
    let incident = managed_response::incident(db, id).map_err(|_| {
        check::rule(
            "/incidentId",
            "unknownIncident",
            "There is no such incident.",
        )
    })?;
    if Response::find(db, incident.id)?.is_none() {
        return Err(managed_response::not_published(StatusCode::CONFLICT));
    }
    let (status, record) = match of_incident(db, incident.id)? {
        Some(record) => (StatusCode::OK, record),
        None => (StatusCode::CREATED, begin(db, &incident, now)?),
    };
    let place = format!("/v1/chat/threads/{}", record.id);
    let mut reply = Reply::created(told(db, &record, call.person)?, &place);
    reply.status = status;
    Ok(reply)
}

pub fn begin(db: &Connection, incident: &Incident, at: Ticks) -> Result<Record> {
    let doc = json!({
        "incident": incident.id,
        "title": incident.text.display_name,
        "state": "open",
        "created": at,
    });
    let mut record = Record {
        id: format!("th-{}", incident.id),
        at,
        doc,
    };
    talk::touch(db, "chat", &mut record, at)?;
    Ok(record)
}

pub fn told(db: &Connection, record: &Record, person: &Person) -> Result<Value> {
    let doc = &record.doc;
    let own = json!({
        "id": record.id,
        "incidentId": doc["incident"].to_string(),
        "title": doc["title"],
        "state": doc["state"],
        "createdAt": iso(doc["created"].as_i64().unwrap_or_default()),
        "updatedAt": iso(record.at),
        "translationLanguages": LANGUAGES,
    });
    Ok(merged(own, talk::about(db, "chat", record, person)?))
}
