//! Evaluating readiness again: one run at a time, with what it changed.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{catalog, counts, items};
use crate::{
    clock::{HOUR, Ticks, iso},
    experts::{
        call::{Call, Content, Reply},
        page,
        talk::post::too_many,
    },
    refusal::Refusal,
    store::records::{Record, later, next_id, note},
};

const AN_HOUR: usize = 12;
const TAKES: f64 = 8.0;

pub fn start(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let all = Record::all(db, "run")?;
    if let Some(running) = all.iter().find(|run| run.doc["state"] == "running") {
        let refusal = Refusal::new(
            StatusCode::CONFLICT,
            "alreadyRunning",
            "An evaluation is running.",
        );
        return Err(refusal.with(json!({ "current": told(running) })));
    }
    let asked = |run: &&Record| run.at > now - HOUR && run.doc["trigger"] == "manual";
    let recent: Vec<&Record> = all.iter().filter(asked).collect();
    if recent.len() >= AN_HOUR {
        let free = recent.last().map_or(now, |run| run.at) + HOUR;
        return Err(too_many(
            "At most twelve evaluations an hour can be started.",
            free - now,
        ));
    }
    let run = Record {
        id: next_id(db, "run", "run")?,
        at: now,
        doc: json!({
            "state": "running", "trigger": "manual", "requestedBy": call.person.name,
            "finished": null, "actions": null, "assets": null, "secureScore": null, "changes": [],
        }),
    };
    run.save(db, "run")?;
    later(
        db,
        now + call.pace().seconds(TAKES),
        "evaluated",
        &run.id,
        &Value::Null,
    )?;
    note(db, "readiness.updated", "readiness", &run.id, now)?;
    let reply = Reply::new(StatusCode::ACCEPTED, Content::Json(told(&run)));
    let place = format!("/v1/readiness/history/{}", run.id);
    Ok(reply.header("location", place).header("retry-after", "2"))
}

/// The run ends: acknowledged items turn out to be done.
pub fn finish(db: &Connection, id: &str, at: Ticks) -> Result<()> {
    let Some(mut run) = Record::find(db, "run", id)? else {
        return Ok(());
    };
    let mut changes = Vec::new();
    let asked =
        |item: &Record| item.doc["state"] == "inProgress" && !item.doc["updatedBy"].is_null();
    for mut item in items(db)?.into_iter().filter(asked) {
        changes.push(json!({
            "itemId": item.id, "title": item.doc["title"], "before": "inProgress", "after": "completed",
        }));
        item.doc["state"] = "completed".into();
        item.at = at;
        item.save(db, "item")?;
    }
    // What somebody undid since, without a word to anybody.
    for mut item in items(db)?
        .into_iter()
        .filter(|item| item.doc["wentBack"] == true)
    {
        changes.push(json!({
            "itemId": item.id, "title": item.doc["title"], "before": "completed", "after": item.doc["state"],
        }));
        item.doc["wentBack"] = false.into();
        item.save(db, "item")?;
    }
    let earlier = Record::all(db, "run")?.len() as i64 - 1;
    run.doc["state"] = "finished".into();
    run.doc["finished"] = at.into();
    run.doc["actions"] = counts(&items(db)?);
    run.doc["assets"] = catalog::assets(earlier);
    run.doc["secureScore"] = catalog::secure_score(catalog::score(&items(db)?), at);
    run.doc["changes"] = changes.into();
    run.save(db, "run")?;
    note(db, "readiness.updated", "readiness", id, at)
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let all = Record::all(db, "run")?;
    let body = page::page(call, &all, |run| run.id.clone(), |run| Ok(told(run)))?;
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let id = call.id("runId");
    let found = Record::find(db, "run", id)?;
    let run = found.ok_or_else(|| Refusal::not_found(format!("Evaluation {id} was not found.")))?;
    Ok(Reply::ok(told(&run)))
}

fn told(run: &Record) -> Value {
    let doc = &run.doc;
    json!({
        "id": run.id,
        "state": doc["state"],
        "trigger": doc["trigger"],
        "requestedBy": doc["requestedBy"],
        "startedAt": iso(run.at),
        "finishedAt": doc["finished"].as_i64().map(iso),
        "actions": doc["actions"],
        "assets": doc["assets"],
        "secureScore": doc["secureScore"],
        "changes": doc["changes"],
    })
}
