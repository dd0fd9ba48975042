//! Managed responses: what the experts published about an incident, and since when they wait.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{clock::Ticks, tenant};

#[derive(Debug)]
pub struct Response {
    pub incident: i64,
    pub published: Ticks,
    pub awaiting_since: Option<Ticks>,
    /// The investigation summary, as the Experts API writes it. Null in a big tenant: it is told
    /// when it is read.
    pub summary: Value,
}

impl Response {
    pub fn find(db: &Connection, incident: i64) -> Result<Option<Self>> {
        let query = "SELECT published, awaiting_since, doc FROM responses WHERE incident = ?";
        let found = db
            .query_row(query, [incident], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
            })
            .optional()?;
        let Some((published, awaiting_since, doc)) = found else {
            return Ok(None);
        };
        let summary = match doc {
            Some(doc) => serde_json::from_str(&doc)?,
            None => tenant::again(db, incident)?
                .and_then(|told| told.response)
                .map(|response| response.summary)
                .unwrap_or_default(),
        };
        Ok(Some(Self {
            incident,
            published,
            awaiting_since,
            summary,
        }))
    }

    pub fn save(&self, db: &Connection) -> Result<()> {
        let doc = (!self.summary.is_null()).then(|| self.summary.to_string());
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
