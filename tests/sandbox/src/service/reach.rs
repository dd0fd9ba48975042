//! How far the experts' hands reach: what the administrators allowed, and whom and what they
//! excluded. What is out of reach is asked for instead.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    store::{
        machines,
        settings::{Group, Settings},
    },
    stories::Task,
    tenant::directory::{Directory, HIGH_VALUE},
};

/// Why the experts do not act themselves, in words for the card.
pub fn obstacle(db: &Connection, settings: &Settings, task: &Task) -> Result<Option<String>> {
    if !settings.respond {
        let text = "Defender Experts have reader access in your tenant: they investigate and guide, \
                    and leave every response action to you.";
        return Ok(Some(text.into()));
    }
    if let Some(id) = &task.device
        && let Some(machine) = machines::find(db, id)?
        && let Some(why) = of_device(settings, &machine)
    {
        return Ok(Some(excluded(&machine["computerDnsName"], &why)));
    }
    if let Some(user) = user(task)
        && let Some(why) = of_user(settings, user)
    {
        return Ok(Some(excluded(&user["displayName"], &why)));
    }
    Ok(None)
}

fn excluded(target: &Value, why: &str) -> String {
    let target = target.as_str().unwrap_or("The target");
    format!(
        "Defender Experts did not carry this out: {target} is {why}, which your settings exclude \
         from response."
    )
}

fn of_device(settings: &Settings, machine: &Value) -> Option<String> {
    let id = machine["rbacGroupId"].to_string();
    let name = machine["rbacGroupName"].as_str().unwrap_or_default();
    let groups = &settings.device_groups;
    if let Some(group) = groups
        .iter()
        .find(|group| group.id == id || group.name == name)
    {
        return Some(format!("in the device group '{}'", group.name));
    }
    let valued = settings.high_value_devices && machine["deviceValue"] == "High";
    valued.then(|| "a high-value device".into())
}

fn of_user(settings: &Settings, user: &Value) -> Option<String> {
    let id = user["id"].as_str().unwrap_or_default();
    let directory = Directory::shared();
    let member = |group: &&Group| directory.members(&group.id).iter().any(|it| it == id);
    if let Some(group) = settings.user_groups.iter().find(member) {
        return Some(format!("in the user group '{}'", group.name));
    }
    let name = user["displayName"].as_str().unwrap_or_default();
    let valued = settings.high_value_users && HIGH_VALUE.contains(&name);
    valued.then(|| "a high-value user".into())
}

/// The user the action is about, if it is about one.
fn user(task: &Task) -> Option<&'static Value> {
    let names = [task.identifier.as_deref(), task.target.as_deref()];
    let users = &Directory::shared().users;
    users.iter().find(|user| {
        let named = |name: &Value| name.is_string() && names.contains(&name.as_str());
        named(&user["id"]) || named(&user["userPrincipalName"])
    })
}
