//! Incidents as stored, and as Graph writes them. Who may change what is decided elsewhere.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    clock::{Ticks, iso},
    people::TENANT_ID,
};

pub const EXPERTS: &str = "Defender Experts";
pub const CUSTOMER: &str = "Customer";
pub const AWAITING: &str = "awaitingAction";
pub const RESOLVED: &str = "resolved";
pub const REDIRECTED: &str = "redirected";

#[derive(Clone, Debug)]
pub struct Incident {
    pub id: i64,
    pub status: String,
    pub severity: String,
    pub classification: String,
    pub determination: String,
    pub assigned_to: Option<String>,
    pub created: Ticks,
    pub updated: Ticks,
    pub resolve_at: Option<Ticks>,
    pub text: Text,
}

/// The members nothing is filtered on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    pub display_name: String,
    pub description: Option<String>,
    pub summary: Option<String>,
    pub custom_tags: Vec<String>,
    pub system_tags: Vec<String>,
    pub comments: Vec<Comment>,
    pub last_modified_by: String,
    pub resolving_comment: Option<String>,
    pub redirect_incident_id: Option<String>,
    pub priority_score: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    pub comment: String,
    pub created_by_display_name: String,
    pub created_date_time: String,
}

impl Incident {
    pub const COLUMNS: &str = "id, status, severity, classification, determination, assigned_to, \
                               created, updated, resolve_at, doc";

    pub fn from_row(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            status: row.get(1)?,
            severity: row.get(2)?,
            classification: row.get(3)?,
            determination: row.get(4)?,
            assigned_to: row.get(5)?,
            created: row.get(6)?,
            updated: row.get(7)?,
            resolve_at: row.get(8)?,
            text: super::tasks::decode(row, 9)?,
        })
    }

    pub fn find(db: &Connection, id: i64) -> Result<Option<Self>> {
        let query = format!("SELECT {} FROM incidents WHERE id = ?", Self::COLUMNS);
        Ok(db
            .prepare_cached(&query)?
            .query_row([id], Self::from_row)
            .optional()?)
    }

    pub fn save(&self, db: &Connection) -> Result<()> {
        let doc = serde_json::to_string(&self.text)?;
        let query = "INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        db.prepare_cached(query)?.execute(params![
            self.id,
            self.status,
            self.severity,
            self.classification,
            self.determination,
            self.assigned_to,
            self.created,
            self.updated,
            self.resolve_at,
            doc
        ])?;
        Ok(())
    }

    pub fn comment(&mut self, by: &str, text: &str, at: Ticks) {
        self.text.comments.push(Comment {
            comment: text.to_owned(),
            created_by_display_name: by.to_owned(),
            created_date_time: iso(at),
        });
        self.touch(by, at);
    }

    pub fn touch(&mut self, by: &str, at: Ticks) {
        self.text.last_modified_by = by.to_owned();
        self.updated = at.max(self.updated + 1);
    }

    /// The incident as Graph writes it. A caller that did not ask for the newer enum members gets
    /// the sentinel in their place.
    pub fn json(&self, all_members: bool) -> Value {
        let status = match self.status.as_str() {
            AWAITING if !all_members => "unknownFutureValue",
            status => status,
        };
        json!({
            "id": self.id.to_string(),
            "tenantId": TENANT_ID,
            "status": status,
            "incidentWebUrl": format!(
                "https://security.microsoft.com/incident2/{}/overview?tid={TENANT_ID}", self.id
            ),
            "redirectIncidentId": self.text.redirect_incident_id,
            "displayName": self.text.display_name,
            "createdDateTime": iso(self.created),
            "lastUpdateDateTime": iso(self.updated),
            "assignedTo": self.assigned_to,
            "classification": self.classification,
            "determination": self.determination,
            "severity": self.severity,
            "customTags": self.text.custom_tags,
            "systemTags": self.text.system_tags,
            "description": self.text.description,
            "lastModifiedBy": self.text.last_modified_by,
            "resolvingComment": self.text.resolving_comment,
            "summary": self.text.summary,
            "priorityScore": self.text.priority_score,
            "comments": self.text.comments,
        })
    }
}
