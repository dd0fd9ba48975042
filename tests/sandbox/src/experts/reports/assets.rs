//! Which users and devices were hit most.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    SEVERITIES,
    cases::{self, Case},
    range::Range,
    tally_of,
};
use crate::{
    clock::Ticks,
    experts::{
        call::{Call, Reply},
        page,
        talk::merged,
    },
    refusal::Refusal,
};

struct Asset<'a> {
    kind: &'static str,
    id: &'a str,
    name: &'a str,
    severities: Vec<&'a str>,
}

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = Range::of(call, now)?;
    let all = cases::load(db, &range)?;
    let mut assets = ranked(&all);
    assets.retain(|asset| call.word("kind").is_none_or(|kind| asset.kind == kind));
    let page = page::page(
        call,
        &assets,
        |asset| asset.id.to_owned(),
        |asset| {
            let own = json!({
                "kind": asset.kind,
                "bySeverity": tally_of(&SEVERITIES, asset.severities.iter().copied()),
            });
            Ok(merged(told(asset), own))
        },
    )?;
    let head = range.head(db, "createdDateTime", now)?;
    let body = merged(merged(head, page), json!({ "total": assets.len() }));
    Ok(page::reply(call, body))
}

/// The five most impacted of each kind.
pub fn five(cases: &[Case]) -> Value {
    let assets = ranked(cases);
    let first = |kind: &str| {
        assets
            .iter()
            .filter(|asset| asset.kind == kind)
            .take(5)
            .map(told)
            .collect::<Vec<_>>()
    };
    json!({ "users": first("user"), "devices": first("device") })
}

fn told(asset: &Asset) -> Value {
    json!({ "id": asset.id, "displayName": asset.name, "incidents": asset.severities.len() })
}

fn ranked(cases: &[Case]) -> Vec<Asset<'_>> {
    let mut found = BTreeMap::<(&str, &str), Asset>::new();
    for case in cases {
        let users = case.users.iter().map(|asset| ("user", asset));
        let devices = case.devices.iter().map(|asset| ("device", asset));
        for (kind, (id, name)) in users.chain(devices) {
            let severities = Vec::new();
            let asset = found.entry((kind, id)).or_insert(Asset {
                kind,
                id,
                name,
                severities,
            });
            asset.severities.push(&case.incident.severity);
        }
    }
    let mut all: Vec<Asset> = found.into_values().collect();
    all.sort_by(|a, b| {
        b.severities
            .len()
            .cmp(&a.severities.len())
            .then(a.name.cmp(b.name))
    });
    all
}
