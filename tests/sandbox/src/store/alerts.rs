//! Alerts as stored: what is filtered on in columns, the whole as the JSON text that is sent.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{
    clock::{self, Ticks},
    tenant,
};

#[derive(Clone, Debug, Default)]
pub struct Alert {
    pub id: String,
    pub incident: i64,
    pub status: String,
    pub severity: String,
    pub classification: Option<String>,
    pub determination: Option<String>,
    pub assigned_to: Option<String>,
    pub source: String,
    pub created: Ticks,
    pub updated: Ticks,
    /// None: not told yet, as in a big tenant.
    pub doc: Option<String>,
}

impl Alert {
    /// The alert a finished document describes.
    pub fn read(id: &str, incident: i64, doc: &Value) -> Self {
        let maybe = |name: &str| doc[name].as_str().map(str::to_owned);
        let text = |name: &str| maybe(name).unwrap_or_default();
        let time = |name: &str| {
            doc[name]
                .as_str()
                .and_then(clock::parse)
                .unwrap_or_default()
        };
        Self {
            id: id.to_owned(),
            incident,
            status: text("status"),
            severity: text("severity"),
            classification: maybe("classification"),
            determination: maybe("determination"),
            assigned_to: maybe("assignedTo"),
            source: text("serviceSource"),
            created: time("createdDateTime"),
            updated: time("lastUpdateDateTime").max(time("createdDateTime")),
            doc: Some(doc.to_string()),
        }
    }

    pub fn insert(&self, db: &Connection) -> Result<()> {
        db.prepare_cached("INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
            .execute(params![
                self.id,
                self.incident,
                self.status,
                self.severity,
                self.classification,
                self.determination,
                self.assigned_to,
                self.source,
                self.created,
                self.updated,
                self.doc
            ])?;
        Ok(())
    }
}

/// The alert's incident and document.
pub fn find(db: &Connection, id: &str) -> Result<Option<(i64, Value)>> {
    let query = "SELECT incident FROM alerts WHERE id = ?";
    let incident = db.query_row(query, [id], |row| row.get(0)).optional()?;
    let Some(incident) = incident else {
        return Ok(None);
    };
    tell(db, incident)?;
    let query = "SELECT doc FROM alerts WHERE id = ?";
    let doc: String = db.query_row(query, [id], |row| row.get(0))?;
    Ok(Some((incident, serde_json::from_str(&doc)?)))
}

pub fn replace(db: &Connection, id: &str, incident: i64, doc: &Value) -> Result<()> {
    db.execute("DELETE FROM alerts WHERE id = ?", [id])?;
    Alert::read(id, incident, doc).insert(db)
}

/// The alerts of an incident as the text of a JSON array.
pub fn array(db: &Connection, incident: i64) -> Result<String> {
    let mut docs = docs(db, incident)?;
    if docs.iter().any(Option::is_none) {
        tell(db, incident)?;
        docs = self::docs(db, incident)?;
    }
    let docs: Vec<String> = docs.into_iter().flatten().collect();
    Ok(format!("[{}]", docs.join(",")))
}

fn docs(db: &Connection, incident: i64) -> Result<Vec<Option<String>>> {
    let mut query = db.prepare_cached("SELECT doc FROM alerts WHERE incident = ? ORDER BY id")?;
    let docs = query.query_map([incident], |row| row.get(0))?;
    Ok(docs.collect::<Result<_, _>>()?)
}

/// Writes the documents of an incident's alerts where they are not written yet.
pub fn tell(db: &Connection, incident: i64) -> Result<()> {
    let query = "SELECT 1 FROM alerts WHERE incident = ? AND doc IS NULL";
    if !db.prepare_cached(query)?.exists([incident])? {
        return Ok(());
    }
    let Some(told) = tenant::again(db, incident)? else {
        return Ok(());
    };
    for alert in told.alerts {
        db.prepare_cached("UPDATE alerts SET doc = ? WHERE id = ? AND doc IS NULL")?
            .execute(params![alert.doc, alert.id])?;
    }
    Ok(())
}
