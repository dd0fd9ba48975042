//! Writing incidents: the documented members, by people who may, never what only experts can set.

use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use serde_json::{Map, Value, json};

use super::{
    fields::{self, members},
    filter::Field,
    incidents::{Prefer, entity, find},
};
use crate::{
    app::App,
    auth::Caller,
    refusal::Refusal,
    service,
    store::incidents::{AWAITING, Incident, REDIRECTED, RESOLVED},
};

const LONGEST_COMMENT: usize = 30_000;

pub async fn patch(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<Response, Refusal> {
    may_write(caller)?;
    let Json(changes) = body.map_err(not_json)?;
    let incident = app.with(|tx, now| {
        let mut incident = writable(find(tx, &id)?)?;
        for (name, value) in &changes {
            set(&mut incident, name, value)?;
        }
        incident.touch(&format!("API-App:{}", caller.0.mail()), now);
        if incident.status == RESOLVED {
            service::drop_open_tasks(tx, &incident, now)?;
        }
        if incident.status != AWAITING {
            incident.resolve_at = None;
        }
        incident.save(tx)?;
        Ok::<_, Refusal>(incident)
    })?;
    let prefer = Prefer::read(&headers);
    Ok(prefer.answer(entity(&app, &incident.json(prefer.all_members).to_string())))
}

pub async fn comment(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Result<Json<Value>, JsonRejection>,
) -> Result<Json<Value>, Refusal> {
    may_write(caller)?;
    let Json(body) = body.map_err(not_json)?;
    let text = comment_text(&body)?;
    let incident = app.with(|tx, now| {
        let mut incident = writable(find(tx, &id)?)?;
        incident.comment(&caller.0.mail(), text, now);
        incident.save(tx)?;
        Ok::<_, Refusal>(incident)
    })?;
    Ok(Json(json!({
        "@odata.context": format!(
            "{}/v1.0/$metadata#security/incidents('{id}')/comments", app.origin("graph")
        ),
        "value": incident.text.comments,
    })))
}

pub fn comment_text(body: &Value) -> Result<&str, Refusal> {
    let text = body["comment"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::bad_request("A comment must not be empty."));
    }
    if text.chars().count() > LONGEST_COMMENT {
        let limit = format!("A comment must not be longer than {LONGEST_COMMENT} characters.");
        return Err(Refusal::bad_request(limit));
    }
    Ok(text)
}

pub fn may_write(caller: Caller) -> Result<(), Refusal> {
    if caller.0.acts() {
        return Ok(());
    }
    Err(Refusal::forbidden(
        "Insufficient privileges to complete the operation.",
    ))
}

pub fn not_json(rejection: JsonRejection) -> Refusal {
    Refusal::bad_request(format!("The body is not what is expected: {rejection}"))
}

fn writable(incident: Incident) -> Result<Incident, Refusal> {
    if incident.status == REDIRECTED {
        let into = incident
            .text
            .redirect_incident_id
            .as_deref()
            .unwrap_or("another");
        let text = format!(
            "Incident {} was merged into {into} and is read-only.",
            incident.id
        );
        return Err(Refusal::bad_request(text));
    }
    Ok(incident)
}

fn set(incident: &mut Incident, name: &str, value: &Value) -> Result<(), Refusal> {
    match name {
        "assignedTo" => incident.assigned_to = nullable(name, value)?,
        "classification" => incident.classification = member(name, value)?,
        "determination" => incident.determination = member(name, value)?,
        "severity" => incident.severity = member(name, value)?,
        "status" => incident.status = status(value)?,
        "customTags" => incident.text.custom_tags = strings(name, value)?,
        "description" => incident.text.description = nullable(name, value)?,
        "displayName" => incident.text.display_name = string(name, value)?,
        "resolvingComment" => incident.text.resolving_comment = nullable(name, value)?,
        "summary" => incident.text.summary = nullable(name, value)?,
        "@odata.type" => {}
        _ => {
            return Err(Refusal::bad_request(format!(
                "The property '{name}' cannot be updated."
            )));
        }
    }
    Ok(())
}

/// Awaiting the customer is for experts to say, and merging is not done by setting a word.
fn status(value: &Value) -> Result<String, Refusal> {
    let status = member("status", value)?;
    match status.as_str() {
        AWAITING | REDIRECTED | "unknownFutureValue" => Err(Refusal::bad_request(format!(
            "The status '{status}' cannot be set."
        ))),
        _ => Ok(status),
    }
}

fn member(name: &str, value: &Value) -> Result<String, Refusal> {
    member_of(&fields::INCIDENT, name, value)
}

pub fn member_of(fields: &'static [Field], name: &str, value: &Value) -> Result<String, Refusal> {
    let text = string(name, value)?;
    if members(fields, name).is_some_and(|members| members.contains(&text.as_str())) {
        return Ok(text);
    }
    Err(Refusal::bad_request(format!(
        "'{text}' is not a value of the property '{name}'."
    )))
}

fn string(name: &str, value: &Value) -> Result<String, Refusal> {
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| mistyped(name))
}

pub fn nullable(name: &str, value: &Value) -> Result<Option<String>, Refusal> {
    if value.is_null() {
        Ok(None)
    } else {
        string(name, value).map(Some)
    }
}

fn strings(name: &str, value: &Value) -> Result<Vec<String>, Refusal> {
    serde_json::from_value(value.clone()).map_err(|_| mistyped(name))
}

fn mistyped(name: &str) -> Refusal {
    Refusal::bad_request(format!(
        "The value of the property '{name}' has the wrong type."
    ))
}
