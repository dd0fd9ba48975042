//! `microsoft.graph.security.incident` and its comments.

use super::alert;
use crate::domain::id::IncidentId;
use crate::domain::incident::{self as domain, Classification, Determination, Status};
use crate::domain::severity::Severity;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Incident {
    id: String,
    display_name: Option<String>,
    status: Option<String>,
    severity: Option<String>,
    classification: Option<String>,
    determination: Option<String>,
    assigned_to: Option<String>,
    custom_tags: Option<Vec<String>>,
    system_tags: Option<Vec<String>>,
    created_date_time: Option<String>,
    last_update_date_time: Option<String>,
    last_modified_by: Option<String>,
    description: Option<String>,
    summary: Option<String>,
    resolving_comment: Option<String>,
    redirect_incident_id: Option<String>,
    priority_score: Option<i32>,
    comments: Option<Vec<Comment>>,
    alerts: Option<Vec<alert::Alert>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comment {
    comment: Option<String>,
    created_by_display_name: Option<String>,
    created_date_time: Option<String>,
}

/// The body that adds a comment.
#[derive(Serialize)]
pub(crate) struct NewComment<'a> {
    #[serde(rename = "@odata.type")]
    kind: &'static str,
    comment: &'a str,
}

impl<'a> NewComment<'a> {
    pub(crate) fn new(comment: &'a str) -> NewComment<'a> {
        NewComment {
            kind: "microsoft.graph.security.alertComment",
            comment,
        }
    }
}

impl From<Incident> for domain::Incident {
    fn from(wire: Incident) -> domain::Incident {
        let created = time(wire.created_date_time.as_deref());
        let updated = time(wire.last_update_date_time.as_deref()).or(created);
        domain::Incident {
            name: wire
                .display_name
                .filter(|n| !n.trim().is_empty())
                .unwrap_or_else(|| format!("Incident {}", wire.id)),
            id: IncidentId(wire.id),
            status: Status::parse(wire.status.as_deref().unwrap_or("unknown")),
            severity: Severity::parse(wire.severity.as_deref().unwrap_or("unknown")),
            classification: Classification::parse(
                wire.classification.as_deref().unwrap_or("unknown"),
            ),
            determination: Determination::parse(wire.determination.as_deref().unwrap_or("unknown")),
            assigned_to: wire.assigned_to.filter(|name| !name.trim().is_empty()),
            custom_tags: wire.custom_tags.unwrap_or_default(),
            system_tags: wire.system_tags.unwrap_or_default(),
            created: created.unwrap_or_default(),
            updated: updated.unwrap_or_default(),
            last_modified_by: wire.last_modified_by,
            description: wire.description.filter(|text| !text.trim().is_empty()),
            summary: wire.summary.filter(|text| !text.trim().is_empty()),
            resolving_comment: wire
                .resolving_comment
                .filter(|text| !text.trim().is_empty()),
            redirect_to: wire
                .redirect_incident_id
                .filter(|id| !id.is_empty())
                .map(IncidentId),
            priority_score: wire.priority_score,
            comments: wire
                .comments
                .into_iter()
                .flatten()
                .map(Into::into)
                .collect(),
            alerts: wire
                .alerts
                .map(|alerts| alerts.into_iter().map(Into::into).collect()),
        }
    }
}

impl From<Comment> for domain::Comment {
    fn from(wire: Comment) -> domain::Comment {
        domain::Comment {
            text: wire.comment.unwrap_or_default(),
            by: wire
                .created_by_display_name
                .unwrap_or_else(|| "Unknown".into()),
            at: time(wire.created_date_time.as_deref()),
        }
    }
}

/// A time where there is one that can be read: a broken time must not hide an incident.
pub(super) fn time(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(Timestamp::parse)
}
