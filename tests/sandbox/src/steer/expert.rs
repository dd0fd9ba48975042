//! Acting as an expert: what only the service's side may do to tasks and incidents.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    clock::{self, Ticks},
    graph::incidents::find,
    refusal::Refusal,
    rng,
    service::{self, conclude},
    store::{
        alerts,
        incidents::{AWAITING, CUSTOMER, EXPERTS, Incident, REDIRECTED, RESOLVED},
        responses::Response,
        tasks::{ActionStatus, Outcome, Source, Status, Task},
    },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaskChange {
    /// How executions end from now on: succeed, fail, failOnce or partial.
    outcome: Option<String>,
    detail: Option<String>,
    status: Option<Status>,
    action_status: Option<ActionStatus>,
    display_name: Option<String>,
    description: Option<String>,
}

pub async fn task(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<TaskChange>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, now| {
        let mut task = Task::find(tx, &id)?
            .ok_or_else(|| Refusal::not_found(format!("There is no task {id}.")))?;
        let detail = change.detail.clone();
        if let Some(outcome) = change.outcome {
            task.outcome = ending(&outcome, detail.clone().unwrap_or_else(|| FAILED.into()))?;
        }
        if let Some(status) = change.status {
            task.status = status;
            task.action_status = change.action_status.unwrap_or(match status {
                Status::Completed => ActionStatus::Completed,
                Status::Failed => ActionStatus::Failed,
                Status::InProgress => ActionStatus::InProgress,
                Status::Open | Status::NotRelevant => ActionStatus::NotStarted,
            });
            task.status_detail = detail;
            task.settle_at = None;
        }
        task.name = change.display_name.unwrap_or(task.name);
        task.description = change.description.unwrap_or(task.description);
        task.touch(EXPERTS, now);
        task.save(tx)?;
        service::consider(tx, task.incident, now, app.pace())?;
        Ok(StatusCode::NO_CONTENT)
    })
}

const FAILED: &str = "The device did not answer in time.";

fn ending(word: &str, detail: String) -> Result<Outcome, Refusal> {
    match word {
        "succeed" => Ok(Outcome::Succeed),
        "fail" => Ok(Outcome::Fail(detail)),
        "failOnce" => Ok(Outcome::FailOnce(detail)),
        "partial" => Ok(Outcome::Partial(detail)),
        other => Err(Refusal::bad_request(format!(
            "There is no outcome '{other}'."
        ))),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IncidentChange {
    status: Option<String>,
    #[serde(default, deserialize_with = "present")]
    assigned_to: Option<Option<String>>,
    classification: Option<String>,
    determination: Option<String>,
    severity: Option<String>,
    display_name: Option<String>,
    summary: Option<String>,
    comment: Option<String>,
    /// One more alert, of this title and else as the first.
    alert: Option<String>,
    /// Merges the incident into another.
    redirect_to: Option<String>,
    publish: Option<Publish>,
    /// The experts come to their conclusion, within what the settings allow them.
    #[serde(default)]
    conclude: bool,
}

/// Tells a member that is null from one that is not there.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A managed response to hand over; every part may be left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Publish {
    markdown: Option<String>,
    #[serde(default)]
    devices: Vec<Value>,
    #[serde(default)]
    indicators: Vec<Value>,
    #[serde(default)]
    timeline: Vec<Value>,
    #[serde(default)]
    tasks: Vec<NewTask>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewTask {
    display_name: String,
    #[serde(default)]
    description: String,
    #[serde(default = "text")]
    action_type: String,
    #[serde(default = "guided")]
    source: Source,
    identifier_value: Option<String>,
    target_display_name: Option<String>,
    device_id: Option<String>,
}

fn text() -> String {
    "text".into()
}

fn guided() -> Source {
    Source::Guided
}

pub async fn incident(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(change): Json<IncidentChange>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, now| {
        let mut incident = find(tx, &id)?;
        if change.conclude {
            conclude::conclude(tx, incident, now)?;
            return Ok(StatusCode::NO_CONTENT);
        }
        if let Some(publish) = &change.publish {
            hand_over(tx, &mut incident, publish, now)?;
        }
        if let Some(title) = &change.alert {
            one_more(tx, incident.id, title, now)?;
        }
        if let Some(target) = change.redirect_to {
            incident.status = REDIRECTED.into();
            incident.text.redirect_incident_id = Some(target);
        }
        let Incident {
            status,
            classification,
            determination,
            severity,
            text,
            ..
        } = &mut incident;
        replace(status, change.status);
        replace(classification, change.classification);
        replace(determination, change.determination);
        replace(severity, change.severity);
        replace(&mut text.display_name, change.display_name);
        text.summary = change.summary.or(text.summary.take());
        if let Some(assigned_to) = change.assigned_to {
            incident.assigned_to = assigned_to;
        }
        match change.comment {
            Some(comment) => incident.comment(EXPERTS, &comment, now),
            None => incident.touch(EXPERTS, now),
        }
        if matches!(incident.status.as_str(), RESOLVED | REDIRECTED) {
            service::drop_open_tasks(tx, &incident, now)?;
        }
        incident.save(tx)?;
        service::consider(tx, incident.id, now, app.pace())?;
        Ok(StatusCode::NO_CONTENT)
    })
}

fn one_more(db: &Connection, incident: i64, title: &str, now: Ticks) -> Result<(), Refusal> {
    let all: Vec<Value> = serde_json::from_str(&alerts::array(db, incident)?).unwrap_or_default();
    let mut alert = all.into_iter().next().unwrap_or_default();
    let id = format!("da{}", rng::request_id());
    let at = clock::iso(now);
    for (member, value) in [
        ("id", id.as_str()),
        ("providerAlertId", &id),
        ("title", title),
        ("status", "new"),
        ("createdDateTime", &at),
        ("lastUpdateDateTime", &at),
    ] {
        alert[member] = value.into();
    }
    Ok(alerts::Alert::read(&id, incident, &alert).insert(db)?)
}

fn replace(member: &mut String, value: Option<String>) {
    if let Some(value) = value {
        *member = value;
    }
}

fn hand_over(
    db: &Connection,
    incident: &mut Incident,
    publish: &Publish,
    now: Ticks,
) -> Result<(), Refusal> {
    let markdown = publish.markdown.clone().unwrap_or_else(|| {
        "**What happened**\n\nWe confirmed malicious activity and ask you to carry out the actions \
         below."
            .into()
    });
    let summary = json!({
        "markdown": markdown,
        "devices": publish.devices,
        "indicators": publish.indicators,
        "timeline": publish.timeline,
    });
    let awaiting_since = Some(now);
    Response {
        incident: incident.id,
        published: now,
        awaiting_since,
        summary,
    }
    .save(db)?;
    let there = Task::of(db, incident.id)?.len() as i64;
    for (place, new) in (there..).zip(&publish.tasks) {
        fresh(new, incident.id, place, now).save(db)?;
    }
    incident.status = AWAITING.into();
    incident.assigned_to = Some(CUSTOMER.into());
    if incident.classification == "unknown" {
        incident.classification = "truePositive".into();
        incident.determination = "multiStagedAttack".into();
    }
    if !incident.text.system_tags.iter().any(|tag| tag == EXPERTS) {
        incident.text.system_tags.push(EXPERTS.into());
    }
    Ok(())
}

fn fresh(new: &NewTask, incident: i64, ordinal: i64, now: Ticks) -> Task {
    let done = new.source == Source::Managed;
    Task {
        id: rng::request_id(),
        incident,
        ordinal,
        status: if done {
            Status::Completed
        } else {
            Status::Open
        },
        source: new.source,
        action_type: new.action_type.clone(),
        action_status: if done {
            ActionStatus::Completed
        } else {
            ActionStatus::NotStarted
        },
        name: new.display_name.clone(),
        description: new.description.clone(),
        created: now,
        modified: now,
        modified_by: EXPERTS.into(),
        identifier: new
            .identifier_value
            .clone()
            .or_else(|| new.device_id.clone()),
        target: new.target_display_name.clone(),
        device: new.device_id.clone(),
        outcome: Outcome::Succeed,
        status_detail: None,
        started: None,
        settle_at: None,
    }
}
