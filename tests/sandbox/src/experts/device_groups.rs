//! The device groups of the tenant, as Defender for Endpoint keeps them.

use rusqlite::Connection;
use serde_json::json;

use super::{
    call::{Call, Reply},
    page,
};
use crate::{clock::Ticks, refusal::Refusal};

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

pub fn list(call: &Call, _: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let wanted = call.word("search").unwrap_or_default().to_lowercase();
    let mut found = GROUPS.to_vec();
    found.retain(|(_, name, ..)| name.to_lowercase().contains(&wanted));
    found.sort_by_key(|(_, name, ..)| *name);
    let body = page::page(
        call,
        &found,
        |(id, ..)| (*id).to_owned(),
        |(id, name, description, ungrouped)| {
            Ok(
                json!({ "id": id, "name": name, "description": description, "ungrouped": ungrouped }),
            )
        },
    )?;
    Ok(page::reply(call, body))
}

pub fn name(id: &str) -> Option<&'static str> {
    GROUPS
        .iter()
        .find(|group| group.0 == id)
        .map(|group| group.1)
}
