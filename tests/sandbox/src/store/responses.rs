//! Managed responses: what the experts published about an incident, and since when they wait.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{clock::Ticks, store::tasks::decode};

pub struct Response {
    pub incident: i64,
    pub published: Ticks,
    pub awaiting_since: Option<Ticks>,
    /// The investigation summary, as the Experts API writes it.
    pub summary: Value,
}

impl Response {
    pub fn find(db: &Connection, incident: i64) -> Result<Option<Self>> {
        let query = "SELECT published, awaiting_since, doc FROM responses WHERE incident = ?";
        let found = db.query_row(query, [incident], |row| {
            let (published, awaiting_since) = (row.get(0)?, row.get(1)?);
            Ok(Self {
                incident,
                published,
                awaiting_since,
                summary: decode(row, 2)?,
            })
        });
        Ok(found.optional()?)
    }

    pub fn save(&self, db: &Connection) -> Result<()> {
        let doc = self.summary.to_string();
        db.prepare_cached("INSERT OR REPLACE INTO responses VALUES (?, ?, ?, ?)")?
            .execute(params![
                self.incident,
                self.published,
                self.awaiting_since,
                doc
            ])?;
        Ok(())
    }
}
