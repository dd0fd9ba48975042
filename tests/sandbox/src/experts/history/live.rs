//! What the triggers of history.sql noted, as happenings.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::Happening;
use crate::{
    clock::Ticks,
    store::{incidents::REDIRECTED, tasks::decode},
};

pub struct Noted {
    pub task: Option<String>,
    pub at: Ticks,
    pub by: String,
    pub before: Value,
    pub after: Value,
}

pub fn rows(db: &Connection, incident: i64) -> Result<Vec<Noted>> {
    let query = "SELECT task, at, by, coalesce(before, 'null'), after FROM history
                 WHERE incident = ? ORDER BY id";
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map([incident], |row| {
        Ok(Noted {
            task: row.get(0)?,
            at: row.get(1)?,
            by: row.get(2)?,
            before: decode(row, 3)?,
            after: decode(row, 4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A write may have changed several things; each is told by itself.
pub fn tell(noted: &Noted) -> Vec<Happening> {
    let Noted {
        at,
        by,
        before,
        after,
        ..
    } = noted;
    if let Some(task) = &noted.task {
        let kind = if before.is_null() {
            "taskAdded"
        } else {
            "taskChanged"
        };
        let before = match before {
            Value::Null => Value::Null,
            _ => only(before, &["status", "actionStatus"]),
        };
        let after = only(after, &["status", "actionStatus"]);
        return vec![Happening::new(*at, kind, by, before, after).of_task(task)];
    }
    if after.get("published").is_some() {
        return vec![Happening::new(
            *at,
            "responsePublished",
            by,
            Value::Null,
            Value::Null,
        )];
    }
    if let Some(paused) = after["paused"].as_bool() {
        let kind = if paused { "paused" } else { "resumed" };
        let mut happening = Happening::new(*at, kind, by, Value::Null, Value::Null);
        happening.reason = after["reason"].as_str().map(str::to_owned);
        return vec![happening];
    }
    let status = if after["status"] == REDIRECTED {
        "merged"
    } else {
        "statusChanged"
    };
    let parts: [(&'static str, &[&str]); 3] = [
        (
            "classificationChanged",
            &["classification", "determination", "severity"],
        ),
        ("assigneeChanged", &["assignedTo"]),
        (status, &["status"]),
    ];
    let changed = parts.into_iter().filter_map(|(kind, members)| {
        let (before, after) = (only(before, members), only(after, members));
        (before != after).then(|| Happening::new(*at, kind, by, before, after))
    });
    changed.collect()
}

fn only(state: &Value, members: &[&str]) -> Value {
    let pick = |name: &&str| Some(((*name).to_owned(), state.get(*name)?.clone()));
    let picked: Map<String, Value> = members.iter().filter_map(pick).collect();
    json!(picked)
}
