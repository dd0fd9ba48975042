//! Writing into a conversation, as a customer or as one of the service's voices.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Post, find, posts, save, told, touch};
use crate::{
    app::Pace,
    clock::{MINUTE, Ticks},
    experts::{
        attachments,
        call::{Call, Content, Reply},
        inquiries,
    },
    refusal::Refusal,
    store::records::{Record, later, set_mark},
};

const A_MINUTE: i64 = 30;

pub fn post(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (kind, mut record) = find(call, db)?;
    must_be_open(&record)?;
    let name = call.person.name;
    let query = "SELECT count(*), min(at) FROM posts
                 WHERE at > ? AND json_extract(doc, '$.person') = ?";
    let recent: (i64, Option<Ticks>) =
        db.query_row(query, rusqlite::params![now - MINUTE, name], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if recent.0 >= A_MINUTE {
        let free = recent.1.unwrap_or(now) + MINUTE;
        return Err(too_many(
            "At most 30 messages a minute can be sent.",
            free - now,
        ));
    }
    let files = attachments::claim(call, db, &call.body["attachmentIds"])?;
    let doc = json!({
        "clientMessageId": call.key().to_lowercase(),
        "person": name,
        "author": { "kind": "customer", "displayName": name },
        "body": call.body["body"],
        "attachments": files,
        "progress": null,
        "state": "sent",
        "channel": "portal",
    });
    let post = append(db, &record.id, doc, now)?;
    // Who writes has read what stood there.
    set_mark(db, name, "read", &record.id, post.seq)?;
    set_mark(db, name, "typing", &record.id, 0)?;
    if kind == "inquiry" {
        inquiries::followed_up(db, &mut record, now, call.pace())?;
    } else {
        expect_answer(db, &record.id, post.seq, now, call.pace())?;
    }
    touch(db, kind, &mut record, now)?;
    let body = told(db, &record.id, &post)?;
    Ok(Reply::new(StatusCode::CREATED, Content::Json(body)))
}

pub fn too_many(text: &str, wait: Ticks) -> Refusal {
    let seconds = wait.max(0) as f64 / 1e7;
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "tooManyRequests", text);
    refusal.header("retry-after", format!("{seconds:.3}"))
}

pub fn must_be_open(record: &Record) -> Result<(), Refusal> {
    match record.doc["state"] == "closed" {
        true => Err(Refusal::new(
            StatusCode::CONFLICT,
            "conversationClosed",
            "The conversation is closed. Open another one.",
        )),
        false => Ok(()),
    }
}

pub fn append(db: &Connection, thread: &str, doc: Value, at: Ticks) -> Result<Post> {
    let seq = posts(db, thread)?.last().map_or(0, |post| post.seq) + 1;
    let post = Post { seq, at, doc };
    save(db, thread, &post)?;
    Ok(post)
}

/// A message of the service's side: `kind` is expert, assistant or system.
pub fn speak(
    db: &Connection,
    thread: &str,
    (kind, name): (&str, &str),
    text: &str,
    progress: Option<&str>,
    at: Ticks,
) -> Result<Post> {
    let doc = json!({
        "clientMessageId": null,
        "author": { "kind": kind, "displayName": name },
        "body": { "contentType": "markdown", "content": text },
        "attachments": [],
        "progress": progress,
        "state": "delivered",
        "channel": "portal",
    });
    append(db, thread, doc, at)
}

/// The experts get the message, look, type, and answer all that was written until then.
fn expect_answer(db: &Connection, thread: &str, seq: i64, now: Ticks, pace: Pace) -> Result<()> {
    for (seconds, kind, value) in [
        (1.0, "seen", json!({ "seq": seq, "state": "delivered" })),
        (4.0, "seen", json!({ "seq": seq, "state": "read" })),
        (5.0, "typing", json!({ "until": now + pace.seconds(9.0) })),
        (9.0, "answer", json!({ "seq": seq })),
    ] {
        later(db, now + pace.seconds(seconds), kind, thread, &value)?;
    }
    Ok(())
}
