//! Doing a thing once: a request repeated under its key gets the answer it got. The key is one intent
//! of one person and is kept for a day.

use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use super::call::{Call, Content, Handler, Reply};
use crate::{
    clock::{DAY, Ticks},
    refusal::Refusal,
    rng::fingerprint,
};

/// Headers of an answer that come again with it.
const KEPT: [&str; 4] = ["location", "etag", "retry-after", "cache-control"];

pub fn run(call: &Call, db: &Connection, now: Ticks, work: Handler) -> Result<Reply, Refusal> {
    if !call.operation.takes("idempotency-key") {
        return work(call, db, now);
    }
    let key = call.key();
    let what = what(call);
    let reply = match stored(db, key, call.person.name, &what, now)? {
        Some(reply) => reply,
        // A refusal had no effect and is not stored: asking again does no harm.
        None => {
            let reply = work(call, db, now)?;
            let query = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)";
            let (status, kept) = (reply.status.as_u16(), kept(&reply));
            db.execute(
                query,
                params![key, call.person.name, what, status, kept, now],
            )?;
            reply
        }
    };
    Ok(reply.header("idempotency-key", format!("\"{key}\"")))
}

fn what(call: &Call) -> String {
    let path: Vec<&str> = call.path.values().map(String::as_str).collect();
    let version = call.header("if-match").unwrap_or_default();
    let query = Value::from(call.query.clone());
    let file = fingerprint(&String::from_utf8_lossy(&call.file), 32);
    format!(
        "{} {} {query} {version} {} {file}",
        call.operation.id,
        path.join("/"),
        call.body
    )
}

fn kept(reply: &Reply) -> String {
    let body = match &reply.content {
        Content::Json(body) => body.clone(),
        _ => Value::Null,
    };
    let headers = reply
        .headers
        .iter()
        .map(|(name, value)| json!([name, value]));
    json!({ "body": body, "headers": headers.collect::<Vec<_>>() }).to_string()
}

fn stored(
    db: &Connection,
    key: &str,
    person: &str,
    what: &str,
    now: Ticks,
) -> Result<Option<Reply>, Refusal> {
    let query = "SELECT request, status, body FROM answers WHERE key = ? AND person = ? AND at > ?";
    let row = db.query_row(query, params![key, person, now - DAY], |row| {
        let doc = super::super::store::tasks::decode::<Value>(row, 2)?;
        Ok((row.get::<_, String>(0)?, row.get::<_, u16>(1)?, doc))
    });
    let Some((asked, status, doc)) = row.optional()? else {
        return Ok(None);
    };
    if asked != what {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotencyKeyReused",
            "This Idempotency-Key was used for another request.",
        ));
    }
    let content = match &doc["body"] {
        Value::Null => Content::Nothing,
        body => Content::Json(body.clone()),
    };
    let mut reply = Reply::new(StatusCode::from_u16(status).unwrap_or_default(), content);
    for name in KEPT {
        let headers = doc["headers"].as_array().into_iter().flatten();
        let value = headers.into_iter().find(|pair| pair[0] == name);
        if let Some(value) = value.and_then(|pair| pair[1].as_str()) {
            reply = reply.header(name, value);
        }
    }
    Ok(Some(reply))
}
