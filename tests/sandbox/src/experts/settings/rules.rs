//! What the schema cannot say about a section: what must go together, exist, or differ. The result is
//! the section as it would be kept, with what the server knows filled in.

use axum::http::StatusCode;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    experts::{check::rule, device_groups, talk::merged},
    refusal::Refusal,
    rng::guid_of,
};

pub fn checked(
    db: &Connection,
    section: &str,
    input: &Value,
    before: &Value,
) -> Result<Value, Refusal> {
    let known = match section {
        "permissions" => permissions(input)?,
        "exclusions" => exclusions(db, input)?,
        "contacts" => contacts(input, before)?,
        _ => teams(input, before)?,
    };
    Ok(merged(before.clone(), known))
}

fn permissions(input: &Value) -> Result<Value, Refusal> {
    if input["investigateAndGuide"] != true && input["respondDirectly"] != true {
        let text = "At least one of the two permissions must be granted.";
        return Err(rule("/investigateAndGuide", "permissionMissing", text));
    }
    Ok(input.clone())
}

fn exclusions(db: &Connection, input: &Value) -> Result<Value, Refusal> {
    let mut devices = Vec::new();
    for (index, group) in list(input, "deviceGroups").enumerate() {
        let pointer = format!("/deviceGroups/{index}/id");
        let name = device_groups::name(db, text(group, "id"))?.ok_or_else(|| {
            rule(
                &pointer,
                "unknownDeviceGroup",
                "There is no such device group.",
            )
        })?;
        devices.push(json!({ "id": group["id"], "name": name }));
    }
    let users = list(input, "userGroups").map(|group| {
        let name = group.get("displayName").unwrap_or(&group["id"]);
        json!({ "id": group["id"], "displayName": name })
    });
    let users: Vec<Value> = users.collect();
    for (name, groups) in [("deviceGroups", &devices), ("userGroups", &users)] {
        if let Some(index) = repeated(groups.iter().map(|group| text(group, "id").to_lowercase())) {
            let pointer = format!("/{name}/{index}/id");
            return Err(rule(pointer, "duplicateGroup", "The group is there twice."));
        }
    }
    let mut known = input.clone();
    known["deviceGroups"] = devices.into();
    known["userGroups"] = users.into();
    Ok(known)
}

fn contacts(input: &Value, before: &Value) -> Result<Value, Refusal> {
    let mut known = Vec::new();
    for (index, contact) in list(input, "contacts").enumerate() {
        let pointer = |member: &str| format!("/contacts/{index}/{member}");
        let zone = contact["hours"]["timeZone"].as_str();
        if zone.is_some_and(|zone| TimeZone::get(zone).is_err()) {
            let text = "There is no time zone of this name.";
            return Err(rule(pointer("hours/timeZone"), "unknownTimeZone", text));
        }
        let mail = text(contact, "mail").to_lowercase();
        let old = match contact["id"].as_str() {
            None => None,
            Some(id) => {
                let old = list(before, "contacts").find(|old| old["id"] == id);
                let text = "There is no contact of this id.";
                Some(old.ok_or_else(|| rule(pointer("id"), "unknownContact", text))?)
            }
        };
        // An address that is new has to be told.
        let state = old
            .filter(|old| text(old, "mail").to_lowercase() == mail)
            .map_or(json!("pendingNotification"), |old| old["state"].clone());
        let id = old.map_or_else(
            || json!(format!("c-{}", &guid_of(&mail)[..8])),
            |old| old["id"].clone(),
        );
        let or_null = |member: &str| contact.get(member).cloned().unwrap_or_default();
        known.push(json!({
            "id": id,
            "kind": contact["kind"],
            "directoryId": or_null("directoryId"),
            "displayName": contact["displayName"],
            "mail": contact["mail"],
            "phone": or_null("phone"),
            "purposes": contact["purposes"],
            "callOrder": or_null("callOrder"),
            "hours": or_null("hours"),
            "state": state,
        }));
    }
    if let Some(index) = repeated(
        known
            .iter()
            .map(|contact| text(contact, "mail").to_lowercase()),
    ) {
        let pointer = format!("/contacts/{index}/mail");
        return Err(rule(
            pointer,
            "duplicateContact",
            "The address is there twice.",
        ));
    }
    let order = known.iter().map(|contact| contact["callOrder"].as_i64());
    let taken = order
        .enumerate()
        .map(|(index, order)| order.unwrap_or(-1 - index as i64));
    if let Some(index) = repeated(taken) {
        let pointer = format!("/contacts/{index}/callOrder");
        return Err(rule(
            pointer,
            "duplicateCallOrder",
            "Two contacts have the same place.",
        ));
    }
    Ok(json!({ "contacts": known }))
}

fn teams(input: &Value, before: &Value) -> Result<Value, Refusal> {
    let gone = matches!(before["state"].as_str(), Some("disconnecting" | "removed"));
    if gone && input["enabled"] == true {
        let text = "The connection to Teams was removed, which cannot be taken back.";
        return Err(Refusal::new(StatusCode::CONFLICT, "irreversible", text));
    }
    Ok(input.clone())
}

/// The place of the first item that was there before.
fn repeated<T: PartialEq>(items: impl Iterator<Item = T>) -> Option<usize> {
    let items: Vec<T> = items.collect();
    (1..items.len()).find(|index| items[..*index].contains(&items[*index]))
}

fn list<'a>(holder: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    holder[member].as_array().into_iter().flatten()
}

fn text<'a>(holder: &'a Value, member: &str) -> &'a str {
    holder[member].as_str().unwrap_or_default()
}
