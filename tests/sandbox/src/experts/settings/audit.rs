//! Who changed which setting, when, from what to what.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    clock::{Ticks, iso},
    experts::{
        call::{Call, Reply},
        page,
    },
    people::Person,
    refusal::Refusal,
    store::records::{Record, next_id},
};

/// Members the server writes by itself are no changes of anybody's.
const OWN: [&str; 4] = ["/updatedAt", "/updatedBy", "/state", "/failure"];

/// Every leaf that differs, by its pointer.
pub fn changes(before: &Value, after: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    compare("", before, after, &mut all);
    all
}

fn compare(pointer: &str, before: &Value, after: &Value, all: &mut Vec<Value>) {
    if before == after || OWN.contains(&pointer) {
        return;
    }
    let null = &Value::Null;
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let (old, new) = (old.get(name).unwrap_or(null), new.get(name).unwrap_or(null));
                compare(&format!("{pointer}/{name}"), old, new, all);
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            for index in 0..old.len().max(new.len()) {
                let (old, new) = (
                    old.get(index).unwrap_or(null),
                    new.get(index).unwrap_or(null),
                );
                compare(&format!("{pointer}/{index}"), old, new, all);
            }
        }
        _ => all.push(json!({ "pointer": pointer, "before": before, "after": after })),
    }
}

pub fn enter(
    db: &Connection,
    section: &str,
    action: &str,
    by: &Person,
    (before, after): (&Value, &Value),
    changes: Vec<Value>,
    now: Ticks,
) -> Result<()> {
    let doc = json!({
        "by": { "displayName": by.name, "mail": by.mail(), "role": by.role_name() },
        "section": section,
        "action": action,
        "before": before,
        "after": after,
        "changes": changes,
    });
    let id = next_id(db, "audit", "audit")?;
    Record { id, at: now, doc }.save(db, "audit")
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let mut all = Record::all(db, "audit")?;
    all.retain(|entry| {
        call.word("section")
            .is_none_or(|section| entry.doc["section"] == section)
    });
    // Of one moment, the later entry comes first.
    all.sort_by_key(|entry| std::cmp::Reverse((entry.at, number(&entry.id))));
    let key = |entry: &Record| entry.id.clone();
    let body = page::page(call, &all, key, |entry| {
        let mut told = entry.doc.clone();
        told["id"] = entry.id.clone().into();
        told["at"] = iso(entry.at).into();
        Ok(told)
    })?;
    Ok(page::reply(call, body))
}

fn number(id: &str) -> i64 {
    id.rsplit('-')
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}
