//! Defender for Endpoint's machines as stored. What changes by itself (risk, when one was last
//! seen) is computed when they are read.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::tasks::decode;

pub fn insert(db: &Connection, id: &str, doc: &Value) -> Result<()> {
    db.prepare_cached("INSERT INTO machines (id, doc) VALUES (?, ?)")?
        .execute(params![id, doc.to_string()])?;
    Ok(())
}

pub fn find(db: &Connection, id: &str) -> Result<Option<Value>> {
    let mut query = db.prepare_cached("SELECT doc FROM machines WHERE id = ?")?;
    Ok(query.query_row([id], |row| decode(row, 0)).optional()?)
}

pub fn all(db: &Connection) -> Result<Vec<Value>> {
    let mut query = db.prepare_cached("SELECT doc FROM machines ORDER BY number")?;
    Ok(query
        .query_map([], |row| decode(row, 0))?
        .collect::<Result<_, _>>()?)
}

/// Notes that an incident's alerts name the machine, if there is such a machine.
pub fn involve(db: &Connection, id: &str, incident: i64) -> Result<()> {
    let query = "INSERT OR IGNORE INTO involved SELECT number, ? FROM machines WHERE id = ?";
    db.prepare_cached(query)?.execute(params![incident, id])?;
    Ok(())
}

/// Id of a machine and severity of an unresolved incident it is part of, for every such pair.
pub fn threatened(db: &Connection) -> Result<Vec<(String, String)>> {
    let query = "SELECT DISTINCT m.id, i.severity FROM involved v
                 JOIN machines m ON m.number = v.machine JOIN incidents i ON i.id = v.incident
                 WHERE i.status IN ('active', 'inProgress', 'awaitingAction')";
    let mut query = db.prepare_cached(query)?;
    Ok(query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}
