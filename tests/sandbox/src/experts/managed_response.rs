//! The managed response of an incident: the experts' summary and where its tasks stand.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    chat, page,
};
use crate::{
    clock::{Ticks, iso},
    refusal::Refusal,
    store::{
        incidents::{EXPERTS, Incident},
        responses::Response,
        tasks::{Source, Status, Task},
    },
};

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let incident = incident(db, call.id("incidentId"))?;
    let Some(response) = Response::find(db, incident.id)? else {
        return Err(not_published(StatusCode::NOT_FOUND));
    };
    let mut body = told(db, &incident, &response)?;
    body["investigationSummary"] = response.summary;
    body["publishedBy"] = EXPERTS.into();
    Ok(Reply::document(body))
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let condition = match call.flag("awaiting") {
        Some(true) => "awaiting_since IS NOT NULL",
        Some(false) => "awaiting_since IS NULL",
        None => "1",
    };
    let query = format!(
        "SELECT incident FROM responses WHERE {condition} ORDER BY published DESC, incident DESC"
    );
    let mut query = db.prepare(&query)?;
    let ids: Vec<i64> = query
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut body = page::page(call, &ids, i64::to_string, |id| {
        let incident = incident(db, &id.to_string())?;
        let response =
            Response::find(db, *id)?.ok_or_else(|| not_published(StatusCode::NOT_FOUND))?;
        let mut told = told(db, &incident, &response)?;
        told["displayName"] = incident.text.display_name.into();
        told["severity"] = incident.severity.into();
        Ok(told)
    })?;
    body["total"] = ids.len().into();
    Ok(page::reply(call, body))
}

pub fn incident(db: &Connection, id: &str) -> Result<Incident, Refusal> {
    let number = id.parse().ok();
    let found = number
        .map(|number| Incident::find(db, number))
        .transpose()?
        .flatten();
    found.ok_or_else(|| Refusal::not_found(format!("Incident {id} was not found.")))
}

pub fn not_published(status: StatusCode) -> Refusal {
    Refusal::new(
        status,
        "notPublished",
        "Defender Experts have not published a managed response for this incident.",
    )
}

fn told(db: &Connection, incident: &Incident, response: &Response) -> Result<Value, Refusal> {
    Ok(json!({
        "incidentId": incident.id.to_string(),
        "publishedAt": iso(response.published),
        "awaitingSince": response.awaiting_since.map(iso),
        "taskCounts": counts(&Task::of(db, incident.id)?),
        "chatThreadId": chat::of_incident(db, incident.id)?.map(|thread| thread.id),
    }))
}

/// Pending and skipped are the customer's; completed and failed count whoever acted.
fn counts(tasks: &[Task]) -> Value {
    let count = |test: fn(&Task) -> bool| tasks.iter().filter(|task| test(task)).count();
    json!({
        "pending": count(|task| task.source == Source::Guided
            && matches!(task.status, Status::Open | Status::InProgress)),
        "completed": count(|task| task.status == Status::Completed),
        "failed": count(|task| task.status == Status::Failed),
        "skipped": count(|task| task.status == Status::NotRelevant),
    })
}
