//! A task as Graph writes it, and with the experts' additions.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Origin, incident_over, rules};
use crate::{
    app::App,
    auth,
    clock::iso,
    people::Person,
    refusal::Refusal,
    store::{incidents::EXPERTS, tasks::Task},
};

pub fn json(
    db: &Connection,
    task: &Task,
    origin: Origin,
    reader: &Person,
) -> Result<Value, Refusal> {
    let mut json = json!({
        "@odata.type": "#microsoft.graph.security.incidentTask",
        "id": task.id,
        "incident": {
            "@odata.type": "#microsoft.graph.security.incident",
            "id": task.incident.to_string(),
        },
        "status": task.status,
        "source": task.source,
        "displayName": task.name,
        "description": task.description,
        "createdDateTime": iso(task.created),
        "createdByDisplayName": EXPERTS,
        "lastModifiedDateTime": iso(task.modified),
        "lastModifiedByDisplayName": task.modified_by,
        "actionType": task.action_type,
        "actionStatus": task.action_status,
        "responseAction": response_action(task),
    });
    if origin == Origin::Experts {
        extend(&mut json, task, incident_over(db, task)?, reader);
    }
    Ok(json)
}

pub fn entity(app: &App, mut json: Value, origin: Origin) -> Value {
    json["@odata.context"] = format!(
        "{}/$metadata#security/incidentTasks/$entity",
        origin.base(app)
    )
    .into();
    json
}

fn extend(json: &mut Value, task: &Task, over: bool, reader: &Person) {
    let moves = if reader.acts() {
        rules::moves(task, over)
    } else {
        Vec::new()
    };
    let reason = match (reader.acts(), moves.is_empty()) {
        (false, _) => Some(auth::denied(reader)),
        (true, true) => Some(rules::refusal(task, over)),
        (true, false) => None,
    };
    json["allowedActions"] = moves.iter().map(|m| m.word()).collect();
    json["deniedReason"] = reason.into();
    json["statusDetail"] = task.status_detail.clone().into();
    json["targetDisplayName"] = task.target.clone().into();
    json["deviceId"] = task.device.clone().into();
    json["startedDateTime"] = task.started.map(iso).into();
}

fn response_action(task: &Task) -> Value {
    let stem = match task.action_type.as_str() {
        "text" => return Value::Null,
        // Two members of the family are spelled differently from their action type.
        "runAntiVirusScan" => "runAntivirusScan",
        "softDeleteEmail" => "softDelete",
        other => other,
    };
    let mut action = json!({
        "@odata.type": format!("#microsoft.graph.security.{stem}IncidentTaskResponseAction"),
        "identifierValue": task.identifier,
    });
    match stem {
        "isolateDevice" => action["isolationType"] = "full".into(),
        "stopAndQuarantineFile" => action["deviceId"] = task.device.clone().into(),
        _ => {}
    }
    action
}
