//! The device groups of the tenant, as Defender for Endpoint keeps them.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::json;

use super::{
    call::{Call, Reply},
    page,
};
use crate::{
    clock::Ticks,
    refusal::Refusal,
    store::{fact, set_fact},
};

type Group = (&'static str, &'static str, &'static str, bool);

/// Id, name, description, and whether it holds what is in no other.
const GROUPS: [Group; 6] = [
    (
        "12",
        "Servers",
        "Windows and Linux servers in both data centres",
        false,
    ),
    (
        "31",
        "Workstations",
        "Laptops and desktops of employees",
        false,
    ),
    (
        "44",
        "Meeting rooms",
        "Shared devices in meeting rooms",
        false,
    ),
    (
        "57",
        "Production line",
        "Industrial workstations, patched quarterly",
        false,
    ),
    (
        "86",
        "VIP laptops",
        "Laptops of the board and its assistants",
        false,
    ),
    ("1", "UnassignedGroup", "", true),
];

/// Groups beyond those, and the ids of those that are gone, as a test asked for.
const MORE: &str = "more device groups";
const GONE: &str = "gone device groups";

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let wanted = call.word("search").unwrap_or_default().to_lowercase();
    let mut found = all(db)?;
    found.retain(|group| group.name.to_lowercase().contains(&wanted));
    found.sort_by(|one, two| one.name.cmp(&two.name));
    let body = page::page(
        call,
        &found,
        |group| group.id.clone(),
        |group| {
            Ok(json!({
                "id": group.id,
                "name": group.name,
                "description": group.description,
                "ungrouped": group.ungrouped,
            }))
        },
    )?;
    Ok(page::reply(call, body))
}

struct Known {
    id: String,
    name: String,
    description: String,
    ungrouped: bool,
}

fn all(db: &Connection) -> Result<Vec<Known>> {
    let gone = fact(db, GONE)?.unwrap_or_default();
    let more: u32 = fact(db, MORE)?
        .and_then(|count| count.parse().ok())
        .unwrap_or_default();
    let usual = GROUPS
        .iter()
        .map(|(id, name, description, ungrouped)| Known {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            description: (*description).to_owned(),
            ungrouped: *ungrouped,
        });
    let more = (1..=more).map(|number| Known {
        id: (1_000 + number).to_string(),
        name: format!("Site {number:04}"),
        description: format!("Devices of site {number}"),
        ungrouped: false,
    });
    let there = |group: &Known| !gone.split(' ').any(|id| id == group.id);
    Ok(usual.chain(more).filter(there).collect())
}

/// The name of a group that is there.
pub fn name(db: &Connection, id: &str) -> Result<Option<String>> {
    let found = all(db)?.into_iter().find(|group| group.id == id);
    Ok(found.map(|group| group.name))
}

/// Makes the tenant have so many groups more, and lacks those that somebody has deleted.
pub fn set(db: &Connection, more: u32, gone: &[String]) -> Result<()> {
    set_fact(db, MORE, &more.to_string())?;
    set_fact(db, GONE, &gone.join(" "))
}

/// As at the start.
pub fn forget(db: &Connection) -> Result<()> {
    set(db, 0, &[])
}
