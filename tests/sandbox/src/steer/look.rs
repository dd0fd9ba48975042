//! What a test may look at: effects, tasks, requests, and where the showcase incidents are.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    clock::iso,
    refusal::Refusal,
    store::{incidents::Incident, tasks::Task},
    web::log::Seen,
};

pub async fn effects(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.with(|tx, _| {
        let mut query =
            tx.prepare_cached("SELECT task, effect, key, person, at FROM effects ORDER BY id")?;
        let rows = query.query_map([], |row| {
            Ok(json!({
                "taskId": row.get::<_, String>(0)?,
                "effect": row.get::<_, String>(1)?,
                "key": row.get::<_, Option<String>>(2)?,
                "person": row.get::<_, String>(3)?,
                "at": iso(row.get(4)?),
            }))
        })?;
        Ok(Json(rows.collect::<Result<Vec<_>, _>>()?.into()))
    })
}

/// How a task really stands, and since when.
pub async fn task(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    app.with(|tx, _| {
        let task = Task::find(tx, &id)?
            .ok_or_else(|| Refusal::not_found(format!("There is no task {id}.")))?;
        Ok(Json(json!({
            "status": task.status,
            "actionStatus": task.action_status,
            "modified": iso(task.modified),
        })))
    })
}

pub async fn requests(State(app): State<App>) -> Json<Vec<Seen>> {
    Json(app.requests.all())
}

pub async fn forget_requests(State(app): State<App>) -> StatusCode {
    app.requests.clear();
    StatusCode::NO_CONTENT
}

/// `{name: {id, displayName, tasks: {task name: task id}, devices: {name: id}}}`.
pub async fn showcase(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.with(|tx, _| {
        let mut query = tx.prepare_cached("SELECT name, incident FROM showcase")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut all = Map::new();
        for (name, id) in rows.collect::<Result<Vec<(String, i64)>, _>>()? {
            let incident = Incident::find(tx, id)?;
            let tasks: Map<String, Value> = Task::of(tx, id)?
                .into_iter()
                .map(|task| (task.name, task.id.into()))
                .collect();
            all.insert(
                name,
                json!({
                    "id": id.to_string(),
                    "displayName": incident.map(|incident| incident.text.display_name),
                    "tasks": tasks,
                    "devices": devices(tx, id)?,
                }),
            );
        }
        Ok(Json(all.into()))
    })
}

/// The machines that an incident's alerts name.
fn devices(db: &Connection, incident: i64) -> Result<Map<String, Value>, Refusal> {
    let mut query = db.prepare_cached(
        "SELECT m.doc ->> 'computerDnsName', m.id FROM involved v
         JOIN machines m ON m.number = v.machine WHERE v.incident = ?",
    )?;
    let pair = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?.into()));
    let rows = query.query_map([incident], pair)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
