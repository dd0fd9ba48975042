//! Managed-response tasks as stored. The rules of their life are in `tasks::rules`.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::clock::Ticks;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    Open,
    InProgress,
    Completed,
    Failed,
    NotRelevant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActionStatus {
    NotStarted,
    InProgress,
    PartiallyCompleted,
    Completed,
    Failed,
}

/// Who has to do the task: the customer (guided) or the experts (managed).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    #[serde(rename = "defenderExpertsGuidedResponse")]
    Guided,
    #[serde(rename = "defenderExpertsManagedResponse")]
    Managed,
}

/// How the next executions end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Succeed,
    Fail(String),
    FailOnce(String),
    Partial(String),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    pub incident: i64,
    pub ordinal: i64,
    pub status: Status,
    pub source: Source,
    pub action_type: String,
    pub action_status: ActionStatus,
    pub name: String,
    pub description: String,
    pub created: Ticks,
    pub modified: Ticks,
    pub modified_by: String,
    /// Graph's `identifierValue`: a device id, a file hash, a user or a message.
    pub identifier: Option<String>,
    pub target: Option<String>,
    pub device: Option<String>,
    pub outcome: Outcome,
    pub status_detail: Option<String>,
    pub started: Option<Ticks>,
    pub settle_at: Option<Ticks>,
}

impl Task {
    pub fn find(db: &Connection, id: &str) -> Result<Option<Self>> {
        let mut query = db.prepare_cached("SELECT doc FROM tasks WHERE id = ?")?;
        Ok(query.query_row([id], |row| decode(row, 0)).optional()?)
    }

    pub fn of(db: &Connection, incident: i64) -> Result<Vec<Self>> {
        let query = "SELECT doc FROM tasks WHERE incident = ? ORDER BY ordinal";
        let mut query = db.prepare_cached(query)?;
        Ok(query
            .query_map([incident], |row| decode(row, 0))?
            .collect::<Result<_, _>>()?)
    }

    pub fn save(&self, db: &Connection) -> Result<()> {
        let query = "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        db.prepare_cached(query)?.execute(params![
            self.id,
            self.incident,
            self.ordinal,
            word(self.status)?,
            word(self.source)?,
            self.action_type,
            self.created,
            self.modified,
            self.settle_at,
            serde_json::to_string(self)?
        ])?;
        Ok(())
    }

    /// Guided and not at an end: the customer still has something to do or to wait for.
    pub fn pends(&self) -> bool {
        self.source == Source::Guided
            && !matches!(self.status, Status::Completed | Status::NotRelevant)
    }

    pub fn touch(&mut self, by: &str, at: Ticks) {
        self.modified_by = by.to_owned();
        self.modified = at.max(self.modified + 1);
    }
}

/// The word a JSON enum is written with.
pub fn word(member: impl Serialize) -> Result<String> {
    Ok(serde_json::to_value(member)?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

pub fn decode<T: DeserializeOwned>(row: &Row, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}
