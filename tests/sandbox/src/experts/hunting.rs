//! Hunts beyond incidents.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    page,
    reports::range::Range,
    talk::merged,
};
use crate::{
    clock::{Ticks, iso},
    refusal::Refusal,
    store::records::Record,
};

fn found(call: &Call, db: &Connection, range: &Range) -> Result<Vec<Record>, Refusal> {
    let mut all = Record::all(db, "hunt")?;
    all.retain(|hunt| {
        range.contains(hunt.at)
            && call
                .word("category")
                .is_none_or(|it| hunt.doc["category"] == it)
            && call
                .flag("suspicious")
                .is_none_or(|it| suspicious(hunt) == it)
            && call
                .flag("notified")
                .is_none_or(|it| hunt.doc["notified"] == it)
    });
    Ok(all)
}

fn suspicious(hunt: &Record) -> bool {
    hunt.doc["verdict"] != "noThreatsFound"
}

pub fn summary(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = Range::of(call, now)?;
    let all = found(call, db, &range)?;
    let notified = |hunt: &&Record| hunt.doc["notified"] == true;
    let trend = range.months().into_iter().map(|(month, from, to)| {
        let hunts = all
            .iter()
            .filter(|hunt| (from..to).contains(&hunt.at))
            .count();
        json!({ "month": month, "hunts": hunts })
    });
    let mut categories = BTreeMap::<&str, [usize; 3]>::new();
    for hunt in &all {
        let counts = categories.entry(hunt.text("category")).or_default();
        counts[0] += 1;
        counts[1] += usize::from(suspicious(hunt));
        counts[2] += usize::from(notified(&hunt));
    }
    let categories = categories.into_iter().map(|(category, [hunts, suspicious, notified])| {
        json!({ "category": category, "hunts": hunts, "suspicious": suspicious, "notified": notified })
    });
    let own = json!({
        "hunts": all.len(),
        "suspiciousThreats": all.iter().filter(|hunt| suspicious(hunt)).count(),
        "notificationsSent": all.iter().filter(notified).count(),
        "trend": trend.collect::<Vec<_>>(),
        "categories": categories.collect::<Vec<_>>(),
    });
    Ok(Reply::ok(merged(range.head(db, "startedAt", now)?, own)))
}

pub fn list(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let all = found(call, db, &Range::of(call, now)?)?;
    let mut body = page::page(call, &all, |hunt| hunt.id.clone(), |hunt| Ok(told(hunt)))?;
    body["total"] = all.len().into();
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let id = call.id("huntId");
    let found = Record::find(db, "hunt", id)?;
    let hunt = found.ok_or_else(|| Refusal::not_found(format!("Hunt {id} was not found.")))?;
    let mut all = merged(hunt.doc.clone(), told(&hunt));
    if let Some(all) = all.as_object_mut() {
        all.remove("ended");
    }
    Ok(Reply::ok(all))
}

fn told(hunt: &Record) -> Value {
    let doc = &hunt.doc;
    json!({
        "id": hunt.id,
        "title": doc["title"],
        "category": doc["category"],
        "severity": doc["severity"],
        "verdict": doc["verdict"],
        "impactFound": doc["impactFound"],
        "notified": doc["notified"],
        "startedAt": iso(hunt.at),
        "endedAt": doc["ended"].as_i64().map(iso),
    })
}
