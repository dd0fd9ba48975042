//! `microsoft.graph.security.incidentTask`, with the members an Experts API adds to it.

use super::incident::time;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::task::{self as domain, ActionStatus, ActionType, Source, TaskStatus};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Task {
    id: String,
    incident: Option<IncidentRef>,
    status: Option<String>,
    source: Option<String>,
    display_name: Option<String>,
    description: Option<String>,
    created_date_time: Option<String>,
    created_by_display_name: Option<String>,
    last_modified_date_time: Option<String>,
    last_modified_by_display_name: Option<String>,
    action_type: Option<String>,
    action_status: Option<String>,
    response_action: Option<ResponseAction>,
    // Absent on Graph.
    allowed_actions: Option<Vec<String>>,
    denied_reason: Option<String>,
    status_detail: Option<String>,
    target_display_name: Option<String>,
    device_id: Option<String>,
    started_date_time: Option<String>,
}

#[derive(Deserialize)]
struct IncidentRef {
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResponseAction {
    identifier_value: Option<String>,
    isolation_type: Option<String>,
    device_id: Option<String>,
}

/// The body that changes a task: status is its only writable member.
#[derive(Serialize)]
pub(crate) struct NewStatus<'a> {
    pub(crate) status: &'a str,
}

impl From<Task> for domain::Task {
    fn from(wire: Task) -> domain::Task {
        let action = ActionType::parse(wire.action_type.as_deref().unwrap_or("text"));
        let (target, isolation, action_device) = match wire.response_action {
            Some(response) => (
                response.identifier_value,
                response.isolation_type,
                response.device_id,
            ),
            None => (None, None, None),
        };
        domain::Task {
            title: wire
                .display_name
                .filter(|n| !n.trim().is_empty())
                .unwrap_or_else(|| action.label().into_owned()),
            id: TaskId(wire.id),
            incident: IncidentId(wire.incident.and_then(|i| i.id).unwrap_or_default()),
            description: wire.description.unwrap_or_default(),
            status: TaskStatus::parse(wire.status.as_deref().unwrap_or("open")),
            action_status: ActionStatus::parse(
                wire.action_status.as_deref().unwrap_or("notStarted"),
            ),
            source: Source::parse(
                wire.source
                    .as_deref()
                    .unwrap_or("defenderExpertsGuidedResponse"),
            ),
            action,
            target,
            target_name: wire.target_display_name,
            device: wire.device_id.or(action_device),
            isolation,
            created: time(wire.created_date_time.as_deref()),
            created_by: wire.created_by_display_name,
            modified: time(wire.last_modified_date_time.as_deref()),
            modified_by: wire.last_modified_by_display_name,
            started: time(wire.started_date_time.as_deref()),
            allowed: wire.allowed_actions,
            denied: wire
                .denied_reason
                .filter(|reason| !reason.trim().is_empty()),
            detail: wire
                .status_detail
                .filter(|detail| !detail.trim().is_empty()),
        }
    }
}
