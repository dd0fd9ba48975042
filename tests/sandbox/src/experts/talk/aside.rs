//! What one person says about a conversation: how far it is read, that they type, a verdict; and a
//! message in another language.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{find, phrases, posts, unread};
use crate::{
    clock::{SECOND, Ticks, iso},
    experts::{
        call::{Call, Reply},
        check,
    },
    refusal::Refusal,
    store::records::set_mark,
};

const TYPING: Ticks = 6 * SECOND;

pub fn read(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = find(call, db)?;
    let all = posts(db, &record.id)?;
    let up_to = call.body["upTo"].as_i64().unwrap_or_default();
    if up_to > all.last().map_or(0, |post| post.seq) {
        return Err(check::rule(
            "/upTo",
            "unknownMessage",
            "There is no such message yet.",
        ));
    }
    set_mark(db, call.person.name, "read", &record.id, up_to)?;
    let unread = unread(&all, up_to, call.person);
    Ok(Reply::ok(json!({ "readUpTo": up_to, "unread": unread })))
}

pub fn show_typing(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = find(call, db)?;
    set_mark(db, call.person.name, "typing", &record.id, now + TYPING)?;
    Ok(Reply::nothing())
}

/// Who else is typing.
pub fn typing(db: &Connection, thread: &str, but: &str, now: Ticks) -> Result<Vec<String>> {
    let query = "SELECT person FROM marks
                 WHERE kind = 'typing' AND subject = ? AND value > ? AND person <> ? ORDER BY person";
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map(rusqlite::params![thread, now, but], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn feedback(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = find(call, db)?;
    let rating = call.body["rating"].as_str().unwrap_or_default();
    let value = match rating {
        "up" => 1,
        "down" => 2,
        _ => 0,
    };
    set_mark(db, call.person.name, "feedback", &record.id, value)?;
    let comment = call.body.get("comment").cloned().unwrap_or_default();
    Ok(Reply::ok(
        json!({ "rating": rating, "comment": comment, "at": iso(now) }),
    ))
}

pub fn translation(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = find(call, db)?;
    let wanted = call.id("messageId");
    let all = posts(db, &record.id)?;
    let post = all
        .iter()
        .find(|post| format!("m-{}-{}", record.id, post.seq) == wanted);
    let post = post.ok_or_else(|| Refusal::not_found("There is no such message."))?;
    let language = call.word("language").unwrap_or("en");
    let mut body: Value = post.doc["body"].clone();
    let text = body["content"].as_str().unwrap_or_default();
    let translated = phrases::translated(text, language);
    body["content"] = translated.into();
    Ok(Reply::ok(json!({
        "language": language,
        "sourceLanguage": "en",
        "machine": true,
        "body": body,
    })))
}
