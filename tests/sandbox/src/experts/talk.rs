//! Conversations, of which chats and inquiries are the two kinds: their messages, who has read how far,
//! who is typing. `post` adds to them, `aside` is what a person says about them.

pub mod aside;
pub mod phrases;
pub mod post;

use anyhow::Result;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::{
    attachments,
    call::{Call, Reply},
    chat, check, inquiries,
};
use crate::{
    clock::{Ticks, iso},
    people::{Level, Person},
    refusal::Refusal,
    store::{
        records::{self, Record},
        tasks::decode,
    },
};

/// A message as stored.
pub struct Post {
    pub seq: i64,
    pub at: Ticks,
    pub doc: Value,
}

impl Post {
    pub fn by(&self, person: &Person) -> bool {
        self.doc["person"] == person.name
    }
}

/// Which of the two kinds a call is about, and the conversation itself.
pub fn find(call: &Call, db: &Connection) -> Result<(&'static str, Record), Refusal> {
    let (kind, id) = match call.path.get("threadId") {
        Some(id) => ("chat", id.as_str()),
        None => ("inquiry", call.id("inquiryId")),
    };
    let record = Record::find(db, kind, id)?;
    let record =
        record.ok_or_else(|| Refusal::not_found(format!("Conversation {id} was not found.")))?;
    Ok((kind, record))
}

pub fn posts(db: &Connection, thread: &str) -> Result<Vec<Post>> {
    let query = "SELECT seq, at, doc FROM posts WHERE thread = ? ORDER BY seq";
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map([thread], |row| {
        Ok(Post {
            seq: row.get(0)?,
            at: row.get(1)?,
            doc: decode(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn save(db: &Connection, thread: &str, post: &Post) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?)")?
        .execute(params![thread, post.seq, post.at, post.doc.to_string()])?;
    Ok(())
}

pub fn list(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let (_, record) = find(call, db)?;
    let limit = call.number("limit").unwrap_or(50) as usize;
    let all = posts(db, &record.id)?;
    let (after, before) = (call.number("after"), call.number("before"));
    let (start, end) = match (after, before) {
        (Some(_), Some(_)) => {
            let text = "Messages come after one or before one, not both.";
            return Err(check::invalid_parameter("before", "invalidParameter", text));
        }
        (Some(after), None) => {
            let start = all.partition_point(|post| post.seq <= after);
            (start, all.len().min(start + limit))
        }
        (None, before) => {
            let end = all.partition_point(|post| before.is_none_or(|before| post.seq < before));
            (end.saturating_sub(limit), end)
        }
    };
    let items: Vec<Value> = all[start..end]
        .iter()
        .map(|post| told(db, &record.id, post))
        .collect::<Result<_, _>>()?;
    let mut reply = Reply::ok(json!({
        "hasOlder": start > 0,
        "hasNewer": end < all.len(),
        "typing": aside::typing(db, &record.id, call.person.name, now)?,
        "items": items,
    }));
    reply.idle = after.is_some() && start == end;
    Ok(reply)
}

/// A message as the API tells it.
pub fn told(db: &Connection, thread: &str, post: &Post) -> Result<Value> {
    let doc = &post.doc;
    let files = doc["attachments"].as_array().into_iter().flatten();
    let files = files
        .filter_map(Value::as_str)
        .map(|id| attachments::find(db, id));
    let files: Vec<Value> = files
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    Ok(json!({
        "id": format!("m-{thread}-{}", post.seq),
        "seq": post.seq,
        "clientMessageId": doc["clientMessageId"],
        "sentAt": iso(post.at),
        "author": doc["author"],
        "body": doc["body"],
        "attachments": files,
        "progress": doc["progress"],
        "state": doc["state"],
        "channel": doc["channel"],
    }))
}

/// What every conversation tells about itself to one person.
pub fn about(db: &Connection, kind: &str, record: &Record, person: &Person) -> Result<Value> {
    let all = posts(db, &record.id)?;
    let last = all.last().map(|post| {
        let text = post.doc["body"]["content"].as_str().unwrap_or_default();
        json!({
            "seq": post.seq,
            "at": iso(post.at),
            "author": post.doc["author"]["displayName"],
            "excerpt": text.chars().take(160).collect::<String>(),
        })
    });
    let read = records::mark(db, person.name, "read", &record.id)?;
    let rating = match records::mark(db, person.name, "feedback", &record.id)? {
        1 => Some("up"),
        2 => Some("down"),
        _ => None,
    };
    let (level, actions): (Level, &[&str]) = match kind {
        "chat" => (Level::Operator, &["post"]),
        _ => (Level::Asker, &["post", "close", "editContacts"]),
    };
    let open = record.doc["state"] != "closed";
    let allowed = if open && person.reaches(level) {
        actions
    } else {
        &[]
    };
    let denied = match (person.reaches(level), open) {
        (false, _) => {
            let role = person.role_name();
            Some(format!("Your role {role} can read this. {}", level.who()))
        }
        (true, false) => Some("The conversation is closed.".to_owned()),
        (true, true) => None,
    };
    Ok(json!({
        "messageCount": all.len(),
        "lastMessage": last,
        "readUpTo": read,
        "unread": unread(&all, read, person),
        "feedback": rating,
        "allowedActions": allowed,
        "deniedReason": denied,
    }))
}

pub fn unread(all: &[Post], read: i64, person: &Person) -> usize {
    all.iter()
        .filter(|post| post.seq > read && !post.by(person))
        .count()
}

/// The conversation changed: it comes first in lists, and who follows events hears of it.
pub fn touch(db: &Connection, kind: &str, record: &mut Record, now: Ticks) -> Result<()> {
    record.at = now.max(record.at);
    record.save(db, kind)?;
    let (event, about) = match kind {
        "chat" => (chat::EVENT, "thread"),
        _ => (inquiries::EVENT, "inquiry"),
    };
    records::note(db, event, about, &record.id, now)
}

/// Puts the members of one object into another.
pub fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}
