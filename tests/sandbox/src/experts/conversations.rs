//! Chats and inquiries in one list, with what the caller has not read.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    page, talk,
};
use crate::{
    clock::{Ticks, iso, parse},
    refusal::Refusal,
    store::records::Record,
};

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let mut all = Vec::new();
    for kind in ["chat", "inquiry"] {
        for record in Record::all(db, kind)? {
            all.push(told(call, db, kind, &record)?);
        }
    }
    all.sort_by(|a, b| {
        b.0.cmp(&a.0)
            .then_with(|| a.1["id"].as_str().cmp(&b.1["id"].as_str()))
    });
    all.retain(|(at, item)| fits(call, *at, item));
    let unread = all.iter().filter(|(_, item)| item["unread"] != 0).count();
    let key = |(_, item): &(Ticks, Value)| item["id"].as_str().unwrap_or_default().to_owned();
    let mut body = page::page(call, &all, key, |(_, item)| Ok(item.clone()))?;
    body["total"] = all.len().into();
    body["unreadConversations"] = unread.into();
    Ok(page::reply(call, body))
}

fn told(
    call: &Call,
    db: &Connection,
    kind: &str,
    record: &Record,
) -> Result<(Ticks, Value), Refusal> {
    let about = talk::about(db, kind, record, call.person)?;
    let doc = &record.doc;
    let (title, reference, submitter) = match kind {
        "chat" => {
            let first = talk::posts(db, &record.id)?;
            let by = first
                .first()
                .map(|post| post.doc["author"]["displayName"].clone());
            let incident = json!({
                "kind": "incident", "id": doc["incident"].to_string(), "displayName": doc["title"],
            });
            (
                &doc["title"],
                incident,
                by.unwrap_or_else(|| "Customer".into()),
            )
        }
        _ => (
            &doc["topic"],
            doc["subject"].clone(),
            doc["by"]["displayName"].clone(),
        ),
    };
    let item = json!({
        "id": record.id,
        "kind": kind,
        "title": title,
        "reference": reference,
        "status": doc["state"],
        "submitter": submitter,
        "updatedAt": iso(record.at),
        "messageCount": about["messageCount"],
        "lastMessage": about["lastMessage"],
        "unread": about["unread"],
    });
    Ok((record.at, item))
}

fn fits(call: &Call, at: Ticks, item: &Value) -> bool {
    let is = |parameter: &str, member: &str| {
        call.word(parameter)
            .is_none_or(|wanted| item[member] == wanted)
    };
    is("kind", "kind")
        && is("status", "status")
        && is("submitter", "submitter")
        && call
            .flag("unread")
            .is_none_or(|wanted| (item["unread"] != 0) == wanted)
        && call
            .word("from")
            .and_then(parse)
            .is_none_or(|from| at >= from)
        && call.word("to").and_then(parse).is_none_or(|to| at < to)
}
