//! What the administrators decided, as far as the experts' hands are tied by it. The documents are
//! the Experts API's; a member that is missing or of another shape counts as its default.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The experts may act themselves, not only say what to do.
    pub respond: bool,
    pub device_groups: Vec<Group>,
    pub user_groups: Vec<Group>,
    pub high_value_devices: bool,
    pub high_value_users: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub name: String,
}

impl Settings {
    pub fn read(db: &Connection) -> Result<Self> {
        let permissions = section(db, "permissions")?;
        let exclusions = section(db, "exclusions")?;
        let yes = |value: &Value| value.as_bool().unwrap_or_default();
        Ok(Self {
            respond: yes(&permissions["respondDirectly"]),
            device_groups: groups(&exclusions["deviceGroups"]),
            user_groups: groups(&exclusions["userGroups"]),
            high_value_devices: yes(&exclusions["excludeAllHighValueDevices"]),
            high_value_users: yes(&exclusions["excludeAllHighValueUsers"]),
        })
    }
}

/// The document of a section, with or without its own name around it.
fn section(db: &Connection, name: &str) -> Result<Value> {
    let query = "SELECT body FROM settings WHERE section = ?";
    let body: Option<Option<String>> = db.query_row(query, [name], |row| row.get(0)).optional()?;
    let mut body: Value = body
        .flatten()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    Ok(match body.get_mut(name) {
        Some(inner) if inner.is_object() => inner.take(),
        _ => body,
    })
}

pub fn write(db: &Connection, section: &str, body: &Value) -> Result<()> {
    let text = body.to_string();
    let etag = crate::rng::fingerprint(&text, 16);
    let query = "INSERT OR REPLACE INTO settings (section, body, etag) VALUES (?, ?, ?)";
    db.execute(query, params![section, text, etag])?;
    Ok(())
}

fn groups(list: &Value) -> Vec<Group> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|group| {
            let id = text(&group["id"])?;
            let name = text(&group["name"]).or_else(|| text(&group["displayName"]));
            Some(Group {
                name: name.unwrap_or_else(|| id.clone()),
                id,
            })
        })
        .collect()
}
