//! Hints that something changed, as a stream or on request.

use std::time::{Duration, Instant};

use anyhow::Result;
use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::call::{Call, Reply};
use crate::{
    app::App,
    clock::{HOUR, Ticks, iso},
    login::secrets,
    refusal::Refusal,
};

const HEARTBEAT: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(200);
const MOST: i64 = 500;

struct Event {
    id: i64,
    kind: String,
    body: Value,
}

pub fn poll(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let Some(after) = call.word("after").and_then(|text| text.parse().ok()) else {
        return Ok(Reply::ok(
            json!({ "items": [], "last": last(db)?.to_string() }),
        ));
    };
    must_be_kept(db, after, now)?;
    let (events, seen) = since(db, after, call.word("topics"))?;
    let bodies: Vec<Value> = events.into_iter().map(|event| event.body).collect();
    let idle = bodies.is_empty();
    let mut reply = Reply::ok(json!({ "items": bodies, "last": seen.to_string() }));
    reply.idle = idle;
    Ok(reply)
}

fn last(db: &Connection) -> Result<i64> {
    let query = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";
    Ok(db
        .query_row(query, [], |row| row.get(0))
        .unwrap_or_default())
}

/// Whoever was away for too long has to read everything again.
fn must_be_kept(db: &Connection, after: i64, now: Ticks) -> Result<(), Refusal> {
    db.execute("DELETE FROM events WHERE at < ?", [now - HOUR])?;
    let query = "SELECT coalesce(min(id), ?) FROM events";
    let oldest: i64 = db.query_row(query, [last(db)? + 1], |row| row.get(0))?;
    if after + 1 >= oldest {
        return Ok(());
    }
    let text = format!("Events before {oldest} are no longer kept. Read everything again.");
    Err(Refusal::new(StatusCode::GONE, "eventsLost", text))
}

/// What happened after an event, and the last one looked at.
fn since(db: &Connection, after: i64, topics: Option<&str>) -> Result<(Vec<Event>, i64)> {
    let query = "SELECT id, at, type, kind, subject FROM events WHERE id > ? ORDER BY id LIMIT ?";
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map(params![after, MOST], |row| {
        let (id, at, event): (i64, Ticks, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (kind, subject): (String, String) = (row.get(3)?, row.get(4)?);
        let body = json!({
            "id": id.to_string(),
            "at": iso(at),
            "type": event,
            "topic": topic(&event),
            "reference": { "kind": kind, "id": subject, "displayName": null },
        });
        Ok(Event {
            id,
            kind: event,
            body,
        })
    })?;
    let mut events = rows.collect::<Result<Vec<_>, _>>()?;
    let seen = events.last().map_or(after, |event| event.id);
    if let Some(topics) = topics {
        events.retain(|event| {
            topics
                .split(',')
                .any(|wanted| event.body["topic"] == wanted)
        });
    }
    Ok((events, seen))
}

fn topic(event: &str) -> &'static str {
    match event.split('.').next().unwrap_or_default() {
        "incident" => "incidents",
        "task" => "tasks",
        "thread" => "chat",
        "inquiry" => "inquiries",
        "settings" => "settings",
        "readiness" => "readiness",
        "delivery" => "deliveries",
        _ => "notifications",
    }
}

/// A stream of a caller: how far it is and when it last said something.
struct Follower {
    app: App,
    token: String,
    topics: Option<String>,
    after: i64,
    spoke: Instant,
    began: bool,
}

pub fn stream(call: &Call) -> Result<Response, Refusal> {
    let resumed = call
        .header("last-event-id")
        .and_then(|text| text.parse().ok());
    let after = call.app.with(|tx, now| match resumed {
        Some(after) => must_be_kept(tx, after, now).map(|()| after),
        None => Ok(last(tx)?),
    })?;
    let token = call.header("authorization").unwrap_or_default();
    let follower = Follower {
        app: call.app.clone(),
        token: token.trim_start_matches("Bearer ").to_owned(),
        topics: call.word("topics").map(str::to_owned),
        after,
        spoke: Instant::now(),
        began: false,
    };
    let frames = stream::unfold(follower, |mut follower| async move {
        let frame = follower.next().await?;
        Some((Ok::<_, std::convert::Infallible>(frame), follower))
    });
    let headers = [
        ("content-type", "text/event-stream"),
        ("cache-control", "no-store"),
    ];
    Ok((headers, Body::from_stream(frames)).into_response())
}

impl Follower {
    /// The next frame; none once the token has expired.
    async fn next(&mut self) -> Option<String> {
        if !std::mem::replace(&mut self.began, true) {
            return Some("retry: 3000\n\n".into());
        }
        loop {
            let (valid, events) = self.look().ok()?;
            if !valid {
                return None;
            }
            if !events.is_empty() {
                self.spoke = Instant::now();
                return Some(events.iter().map(frame).collect());
            }
            if self.spoke.elapsed() >= HEARTBEAT {
                self.spoke = Instant::now();
                return Some(": still here\n\n".into());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn look(&mut self) -> Result<(bool, Vec<Event>)> {
        self.app.clone().with(|tx, now| {
            let valid = secrets::access(tx, &self.token, now)?.is_some();
            let (events, seen) = since(tx, self.after, self.topics.as_deref())?;
            self.after = seen;
            Ok((valid, events))
        })
    }
}

fn frame(event: &Event) -> String {
    format!(
        "id: {}\nevent: {}\ndata: {}\n\n",
        event.id, event.kind, event.body
    )
}
