//! Alerts: finished JSON documents under their incident, passed through as text.

use anyhow::Result;
use rusqlite::{Connection, params};

pub fn insert(db: &Connection, id: &str, incident: i64, doc: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO alerts VALUES (?, ?, ?)")?
        .execute(params![id, incident, doc])?;
    Ok(())
}

/// The alerts of an incident as the text of a JSON array.
pub fn array(db: &Connection, incident: i64) -> Result<String> {
    let mut query = db.prepare_cached("SELECT doc FROM alerts WHERE incident = ? ORDER BY id")?;
    let docs = query
        .query_map([incident], |row| row.get(0))?
        .collect::<Result<Vec<String>, _>>()?;
    Ok(format!("[{}]", docs.join(",")))
}
