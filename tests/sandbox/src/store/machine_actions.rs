//! Actions on machines as stored, and as Defender for Endpoint writes them.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use crate::clock::{Ticks, iso};

#[derive(Clone, Debug, Default)]
pub struct Action {
    pub id: String,
    /// The task whose execution this is.
    pub task: Option<String>,
    pub kind: String,
    pub scope: Option<String>,
    pub status: String,
    pub machine: String,
    pub machine_name: String,
    pub requestor: String,
    pub comment: String,
    pub source: String,
    pub file_sha1: Option<String>,
    pub created: Ticks,
    pub updated: Ticks,
    /// When it starts and ends by itself; None where a task decides, or once it is over.
    pub starts_at: Option<Ticks>,
    pub ends_at: Option<Ticks>,
    pub ending: Option<String>,
    pub cancelled: Option<Cancelled>,
}

#[derive(Clone, Debug)]
pub struct Cancelled {
    pub by: String,
    pub comment: String,
    pub at: Ticks,
}

impl Action {
    pub const COLUMNS: &str = "id, task, type, scope, status, machine, machine_name, requestor, \
                               comment, source, file_sha1, created, updated, starts_at, ends_at, \
                               ending, cancelled_by, cancel_comment, cancelled";

    pub fn from_row(row: &Row) -> rusqlite::Result<Self> {
        let at: Option<Ticks> = row.get(18)?;
        let cancelled = match at {
            Some(at) => Some(Cancelled {
                by: row.get(16)?,
                comment: row.get(17)?,
                at,
            }),
            None => None,
        };
        Ok(Self {
            id: row.get(0)?,
            task: row.get(1)?,
            kind: row.get(2)?,
            scope: row.get(3)?,
            status: row.get(4)?,
            machine: row.get(5)?,
            machine_name: row.get(6)?,
            requestor: row.get(7)?,
            comment: row.get(8)?,
            source: row.get(9)?,
            file_sha1: row.get(10)?,
            created: row.get(11)?,
            updated: row.get(12)?,
            starts_at: row.get(13)?,
            ends_at: row.get(14)?,
            ending: row.get(15)?,
            cancelled,
        })
    }

    pub fn find(db: &Connection, id: &str) -> Result<Option<Self>> {
        let query = format!("SELECT {} FROM machine_actions WHERE id = ?", Self::COLUMNS);
        let mut query = db.prepare_cached(&query)?;
        Ok(query.query_row([id], Self::from_row).optional()?)
    }

    /// The action of this kind that runs, or waits to run, on the machine.
    pub fn live(db: &Connection, machine: &str, kind: &str) -> Result<Option<Self>> {
        let query = format!(
            "SELECT {} FROM machine_actions
             WHERE machine = ? AND type = ? AND status IN ('Pending', 'InProgress')",
            Self::COLUMNS
        );
        let mut query = db.prepare_cached(&query)?;
        Ok(query
            .query_row([machine, kind], Self::from_row)
            .optional()?)
    }

    pub fn save(&self, db: &Connection) -> Result<()> {
        let cancelled = self.cancelled.as_ref();
        db.prepare_cached(
            "INSERT OR REPLACE INTO machine_actions
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            self.id,
            self.task,
            self.kind,
            self.scope,
            self.status,
            self.machine,
            self.machine_name,
            self.requestor,
            self.comment,
            self.source,
            self.file_sha1,
            self.created,
            self.updated,
            self.starts_at,
            self.ends_at,
            self.ending,
            cancelled.map(|it| &it.by),
            cancelled.map(|it| &it.comment),
            cancelled.map(|it| it.at)
        ])?;
        Ok(())
    }

    pub fn over(&self) -> bool {
        !matches!(self.status.as_str(), "Pending" | "InProgress")
    }

    /// As one action is written; lists spell the time of the last update differently.
    pub fn json(&self, listed: bool) -> Value {
        let updated = match listed {
            true => "lastUpdateTimeUtc",
            false => "lastUpdateDateTimeUtc",
        };
        let cancelled = self.cancelled.as_ref();
        let file = self
            .file_sha1
            .as_ref()
            .map(|sha1| json!({ "fileIdentifier": sha1, "fileIdentifierType": "Sha1" }));
        let mut json = json!({
            "id": self.id,
            "type": self.kind,
            "title": null,
            "scope": self.scope,
            "requestor": self.requestor,
            "requestorComment": self.comment,
            "requestSource": self.source,
            "status": self.status,
            "machineId": self.machine,
            "computerDnsName": self.machine_name,
            "creationDateTimeUtc": iso(self.created),
            "cancellationRequestor": cancelled.map(|it| &it.by),
            "cancellationComment": cancelled.map(|it| &it.comment),
            "cancellationDateTimeUtc": cancelled.map(|it| iso(it.at)),
            "errorHResult": if matches!(self.status.as_str(), "Failed" | "TimeOut") {
                -2_147_467_259
            } else {
                0
            },
            "externalId": null,
            "relatedFileInfo": file,
            "commands": [],
            "troubleshootInfo": null,
        });
        json[updated] = iso(self.updated).into();
        json
    }
}
