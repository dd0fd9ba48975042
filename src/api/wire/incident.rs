//! `microsoft.graph.security.incident` and its comments.

use super::alert::alert;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Classification, Comment, Determination, Incident, Status};
use crate::domain::json::{self, Reader};
use crate::domain::resolution::Resolution;
use crate::domain::severity::Severity;
use crate::domain::time::Timestamp;
use lexicon::t;

pub(crate) fn incident(wire: Reader<'_>) -> Incident {
    let id = wire.needed("id");
    let created = time(wire, "createdDateTime");
    let updated = time(wire, "lastUpdateDateTime").or(created);
    let comments = wire.list("comments").into_iter().flatten();
    Incident {
        name: wire
            .filled("displayName")
            .unwrap_or_else(|| t!("Incident {id}")),
        id: IncidentId(id),
        status: Status::parse(wire.str("status").unwrap_or("unknown")),
        severity: Severity::parse(wire.str("severity").unwrap_or("unknown")),
        classification: Classification::parse(wire.str("classification").unwrap_or("unknown")),
        determination: Determination::parse(wire.str("determination").unwrap_or("unknown")),
        assigned_to: wire.filled("assignedTo"),
        custom_tags: wire.texts("customTags").unwrap_or_default(),
        system_tags: wire.texts("systemTags").unwrap_or_default(),
        created: created.unwrap_or_default(),
        updated: updated.unwrap_or_default(),
        last_modified_by: wire.text("lastModifiedBy"),
        description: wire.filled("description"),
        summary: wire.filled("summary"),
        resolving_comment: wire.filled("resolvingComment"),
        redirect_to: wire.filled("redirectIncidentId").map(IncidentId),
        priority_score: wire
            .int("priorityScore")
            .and_then(|score| i32::try_from(score).ok()),
        comments: comments.map(comment).collect(),
        alerts: wire
            .list("alerts")
            .map(|alerts| alerts.map(alert).collect()),
    }
}

pub(crate) fn comment(wire: Reader<'_>) -> Comment {
    Comment {
        text: wire.text("comment").unwrap_or_default(),
        by: wire
            .text("createdByDisplayName")
            .unwrap_or_else(|| t!("Unknown").into()),
        at: time(wire, "createdDateTime"),
    }
}

/// The body that adds a comment.
pub(crate) fn new_comment(text: &str) -> String {
    let kind = "microsoft.graph.security.alertComment";
    json::object(&[("@odata.type", kind), ("comment", text)])
}

/// The body that marks an incident, or one of its alerts, resolved. Only the schema's spellings are sent.
pub(crate) fn resolved(resolution: &Resolution, with_note: bool) -> String {
    let mut members = vec![
        ("status", Status::Resolved.wire()),
        ("classification", resolution.classification.wire()),
        ("determination", resolution.determination.wire()),
    ];
    if with_note && !resolution.note.is_empty() {
        members.push(("resolvingComment", &resolution.note));
    }
    json::object(&members)
}

/// A time where there is one that can be read: a broken time must not hide an incident.
pub(super) fn time(wire: Reader<'_>, name: &'static str) -> Option<Timestamp> {
    wire.str(name).and_then(Timestamp::parse)
}
