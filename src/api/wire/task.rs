//! `microsoft.graph.security.incidentTask`, with the members an Experts API adds to it.

use super::incident::time;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::json::{self, Reader};
use crate::domain::task::{ActionStatus, ActionType, Source, Task, TaskStatus};

pub(crate) fn task(wire: Reader<'_>) -> Task {
    let action = ActionType::parse(wire.str("actionType").unwrap_or("text"));
    let response = wire.object("responseAction");
    let of_response = |name| response.and_then(|response| response.text(name));
    let incident = wire
        .object("incident")
        .and_then(|incident| incident.text("id"));
    Task {
        title: wire
            .filled("displayName")
            .unwrap_or_else(|| action.label().into_owned()),
        id: TaskId(wire.needed("id")),
        incident: IncidentId(incident.unwrap_or_default()),
        description: wire.text("description").unwrap_or_default(),
        status: TaskStatus::parse(wire.str("status").unwrap_or("open")),
        action_status: ActionStatus::parse(wire.str("actionStatus").unwrap_or("notStarted")),
        source: Source::parse(
            wire.str("source")
                .unwrap_or("defenderExpertsGuidedResponse"),
        ),
        action,
        target: of_response("identifierValue"),
        target_name: wire.text("targetDisplayName"),
        device: wire.text("deviceId").or_else(|| of_response("deviceId")),
        isolation: of_response("isolationType"),
        created: time(wire, "createdDateTime"),
        created_by: wire.text("createdByDisplayName"),
        modified: time(wire, "lastModifiedDateTime"),
        modified_by: wire.text("lastModifiedByDisplayName"),
        started: time(wire, "startedDateTime"),
        // The rest is absent on Graph.
        allowed: wire.texts("allowedActions"),
        denied: wire.filled("deniedReason"),
        detail: wire.filled("statusDetail"),
        asked: Vec::new(),
    }
}

/// The body that changes a task: status is its only writable member.
pub(crate) fn new_status(status: &str) -> String {
    json::object(&[("status", status)])
}
