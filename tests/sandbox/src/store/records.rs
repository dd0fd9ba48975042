//! Documents of the Experts API by kind and id, messages, and what single persons keep about them.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::tasks::decode;
use crate::clock::Ticks;

#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub at: Ticks,
    pub doc: Value,
}

impl Record {
    fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            at: row.get(1)?,
            doc: decode(row, 2)?,
        })
    }

    pub fn find(db: &Connection, kind: &str, id: &str) -> Result<Option<Self>> {
        let query = "SELECT id, at, doc FROM records WHERE kind = ? AND id = ?";
        let mut query = db.prepare_cached(query)?;
        Ok(query.query_row([kind, id], Self::from_row).optional()?)
    }

    /// All of a kind, newest first.
    pub fn all(db: &Connection, kind: &str) -> Result<Vec<Self>> {
        let query = "SELECT id, at, doc FROM records WHERE kind = ? ORDER BY at DESC, id";
        let mut query = db.prepare_cached(query)?;
        Ok(query
            .query_map([kind], Self::from_row)?
            .collect::<Result<_, _>>()?)
    }

    pub fn save(&self, db: &Connection, kind: &str) -> Result<()> {
        db.prepare_cached("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)")?
            .execute(params![kind, self.id, self.at, self.doc.to_string()])?;
        Ok(())
    }

    pub fn text(&self, member: &str) -> &str {
        self.doc[member].as_str().unwrap_or_default()
    }
}

/// The next free id of a kind: its prefix and a number.
pub fn next_id(db: &Connection, kind: &str, prefix: &str) -> Result<String> {
    let count: i64 = db.query_row(
        "SELECT count(*) FROM records WHERE kind = ?",
        [kind],
        |row| row.get(0),
    )?;
    Ok(format!("{prefix}-{}", count + 1))
}

/// A person's mark on a thing; 0 where there is none.
pub fn mark(db: &Connection, person: &str, kind: &str, subject: &str) -> Result<i64> {
    let query = "SELECT value FROM marks WHERE person = ? AND kind = ? AND subject = ?";
    let mut query = db.prepare_cached(query)?;
    let value = query.query_row([person, kind, subject], |row| row.get(0));
    Ok(value.optional()?.unwrap_or_default())
}

pub fn set_mark(
    db: &Connection,
    person: &str,
    kind: &str,
    subject: &str,
    value: i64,
) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?, NULL)")?
        .execute(params![person, kind, subject, value])?;
    Ok(())
}

/// Puts something on the service's agenda.
pub fn later(db: &Connection, at: Ticks, kind: &str, subject: &str, doc: &Value) -> Result<()> {
    db.prepare_cached("INSERT INTO upcoming (at, kind, subject, doc) VALUES (?, ?, ?, ?)")?
        .execute(params![at, kind, subject, doc.to_string()])?;
    Ok(())
}

/// Tells those who follow events that something changed.
pub fn note(db: &Connection, event: &str, kind: &str, subject: &str, now: Ticks) -> Result<()> {
    db.prepare_cached("INSERT INTO events (at, type, kind, subject) VALUES (?, ?, ?, ?)")?
        .execute(params![now, event, kind, subject])?;
    Ok(())
}
