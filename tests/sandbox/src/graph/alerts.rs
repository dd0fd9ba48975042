//! Alerts: read one or a page of them, change what may be changed, comment.

use axum::{
    Extension, Json,
    extract::{Path, Query, RawQuery, State, rejection::JsonRejection},
    http::HeaderMap,
    response::Response,
};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::{
    change::{comment_text, may_write, member_of, not_json, nullable},
    fields,
    incidents::Prefer,
    list::{Collection, Query as ListQuery},
};
use crate::{
    app::App,
    auth::Caller,
    clock::{self, Ticks, iso},
    refusal::Refusal,
    store::{alerts, incidents::Incident},
};

/// Alerts come in larger pages than incidents.
const LIMIT: usize = 2000;

static ALERTS: Collection = Collection {
    path: "security/alerts_v2",
    table: "alerts",
    columns: "id, doc, updated",
    rows: "1",
    time: "updated",
    orderby: None,
    fields: &fields::ALERT,
    numbers: false,
    expands_alerts: false,
};

struct Row {
    id: String,
    doc: Option<String>,
    updated: Ticks,
}

pub async fn list(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let query = ListQuery::parse(&pairs, &ALERTS, app.options.max_page.min(LIMIT), LIMIT)?;
    let (page, rows) = app.with::<_, Refusal>(|tx, _| {
        let read = |row: &rusqlite::Row| {
            Ok(Row {
                id: row.get(0)?,
                doc: row.get(1)?,
                updated: row.get(2)?,
            })
        };
        let page = query.page(tx, &ALERTS, read, |row| (row.updated, row.id.clone()))?;
        let rows = page.rows.iter().map(|row| match &row.doc {
            Some(doc) => Ok(doc.clone()),
            None => Ok(find(tx, &row.id)?.1.to_string()),
        });
        let rows: Vec<String> = rows.collect::<Result<_, Refusal>>()?;
        Ok((page, rows))
    })?;
    let prefer = Prefer::read(&headers);
    Ok(prefer.answer(page.answer(&app, &ALERTS, raw.as_deref(), &rows)))
}

pub async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (_, alert) = app.with(|tx, _| find(tx, &id))?;
    Ok(Prefer::read(&headers).answer(entity(&app, alert)))
}

pub async fn patch(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<Response, Refusal> {
    may_write(caller)?;
    let Json(changes) = body.map_err(not_json)?;
    let alert = app.with(|tx, now| {
        let (incident, mut alert) = find(tx, &id)?;
        for (name, value) in &changes {
            set(&mut alert, name, value)?;
        }
        if changes.contains_key("status") {
            let over = alert["status"] == "resolved";
            alert["resolvedDateTime"] = over.then(|| iso(now)).into();
        }
        save(tx, &id, incident, &mut alert, (caller, now))?;
        Ok::<_, Refusal>(alert)
    })?;
    Ok(Prefer::read(&headers).answer(entity(&app, alert)))
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
    let comments = app.with(|tx, now| {
        let (incident, mut alert) = find(tx, &id)?;
        let new = json!({
            "@odata.type": "#microsoft.graph.security.alertComment",
            "comment": text,
            "createdByDisplayName": caller.0.mail(),
            "createdDateTime": iso(now),
        });
        match alert["comments"].as_array_mut() {
            Some(comments) => comments.push(new),
            None => alert["comments"] = json!([new]),
        }
        save(tx, &id, incident, &mut alert, (caller, now))?;
        Ok::<_, Refusal>(alert["comments"].take())
    })?;
    let graph = app.origin("graph");
    Ok(Json(json!({
        "@odata.context":
            format!("{graph}/v1.0/$metadata#security/alerts_v2('{id}')/comments"),
        "value": comments,
    })))
}

fn find(db: &Connection, id: &str) -> Result<(i64, Value), Refusal> {
    alerts::find(db, id)?.ok_or_else(|| Refusal::not_found(format!("Alert {id} was not found.")))
}

fn set(alert: &mut Value, name: &str, value: &Value) -> Result<(), Refusal> {
    match name {
        "assignedTo" => alert[name] = nullable(name, value)?.into(),
        "classification" | "determination" | "status" => {
            alert[name] = member_of(&fields::ALERT, name, value)?.into();
        }
        "customDetails" if value.is_object() => alert[name] = value.clone(),
        "@odata.type" => {}
        _ => {
            return Err(Refusal::bad_request(format!(
                "The property '{name}' cannot be updated."
            )));
        }
    }
    Ok(())
}

/// Stores the alert; its incident was changed by that as well.
fn save(
    db: &Connection,
    id: &str,
    incident: i64,
    alert: &mut Value,
    (caller, now): (Caller, Ticks),
) -> Result<(), Refusal> {
    let before = alert["lastUpdateDateTime"].as_str();
    let before = before.and_then(clock::parse).unwrap_or_default();
    alert["lastUpdateDateTime"] = iso(now.max(before + 1)).into();
    alerts::replace(db, id, incident, alert)?;
    if let Some(mut incident) = Incident::find(db, incident)? {
        incident.touch(&format!("API-App:{}", caller.0.mail()), now);
        incident.save(db)?;
    }
    Ok(())
}

fn entity(app: &App, mut alert: Value) -> String {
    let graph = app.origin("graph");
    alert["@odata.context"] = format!("{graph}/v1.0/$metadata#security/alerts_v2/$entity").into();
    alert.to_string()
}
