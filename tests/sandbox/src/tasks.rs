//! incidentTasks: read, mark, execute. Served by Graph's origin as Graph does, and by the experts'
//! origin with what Graph lacks: allowed actions, reasons and idempotency keys.

pub mod list;
pub mod machine;
pub mod once;
pub mod rules;
pub mod wire;

use axum::{
    Extension, Json, Router,
    extract::{Path, Query, RawQuery, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    middleware,
    response::Response,
    routing::{get, post},
};
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::{
    app::App,
    auth::{self, Caller},
    clock::Ticks,
    refusal::Refusal,
    service,
    store::{
        incidents::Incident,
        tasks::{ActionStatus, Status, Task},
    },
};
use rules::Move;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Graph,
    Experts,
}

impl Origin {
    fn base(self, app: &App) -> String {
        let host = if self == Self::Graph {
            "graph"
        } else {
            "experts"
        };
        format!("{}/beta", app.origin(host))
    }
}

pub fn router(origin: Origin) -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/{id}", get(read).patch(mark))
        .route("/{id}/executeResponseAction", post(execute))
        .layer(middleware::from_fn(auth::readers_only))
        .layer(Extension(origin))
}

async fn list(
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    Extension(Caller(person)): Extension<Caller>,
    Query(pairs): Query<Vec<(String, String)>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Refusal> {
    let query = list::Query::parse(&pairs)?;
    app.with(|tx, _| {
        let (tasks, next) = query.page(tx)?;
        let base = origin.base(&app);
        let mut body =
            json!({ "@odata.context": format!("{base}/$metadata#security/incidentTasks") });
        let mut rows = Vec::with_capacity(tasks.len());
        for task in tasks {
            rows.push(query.selected(wire::json(tx, &task, origin, person)?));
        }
        body["value"] = rows.into();
        if let Some(token) = next {
            let rest = list::carried(raw.as_deref().unwrap_or_default());
            body["@odata.nextLink"] =
                format!("{base}/security/incidentTasks?{rest}$skiptoken={token}").into();
        }
        Ok(Json(body))
    })
}

async fn read(
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    Extension(Caller(person)): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    app.with(|tx, _| {
        let task = find(tx, &id)?;
        Ok(Json(wire::entity(
            &app,
            wire::json(tx, &task, origin, person)?,
            origin,
        )))
    })
}

async fn mark(
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<Response, Refusal> {
    caller.must_act()?;
    if id.len() != 36 {
        return Err(Refusal::bad_request(format!("Invalid Task Id: {id}")));
    }
    let Json(body) = body.map_err(|_| Refusal::bad_request("The body is not a JSON object."))?;
    let wanted = wanted(&body)?;
    let request = once::Request::new(origin, &headers, "PATCH", &id, &json!(body))?;
    app.with(|tx, now| {
        request.once(tx, caller.0, now, |key| {
            let task = go(
                tx,
                &app,
                &find(tx, &id)?,
                wanted,
                (origin, caller),
                key,
                now,
            )?;
            let json = wire::json(tx, &task, origin, caller.0)?;
            Ok((StatusCode::OK, wire::entity(&app, json, origin).to_string()))
        })
    })
}

async fn execute(
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller.must_act()?;
    let request = once::Request::new(origin, &headers, "EXECUTE", &id, &Value::Null)?;
    app.with(|tx, now| {
        request.once(tx, caller.0, now, |key| {
            let task = find(tx, &id)?;
            if machine::kind(&task.action_type).is_none() {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "UnsupportedActionType",
                    format!(
                        "Action type '{}' is not supported for automated execution.",
                        task.action_type
                    ),
                ));
            }
            go(
                tx,
                &app,
                &task,
                Some(Move::Execute),
                (origin, caller),
                key,
                now,
            )?;
            Ok((StatusCode::NO_CONTENT, String::new()))
        })
    })
}

/// Which move the body asks for; `None` for a status that exists but is not the customer's to set.
fn wanted(body: &Map<String, Value>) -> Result<Option<Move>, Refusal> {
    if let Some(other) = body
        .keys()
        .find(|name| *name != "status" && *name != "@odata.type")
    {
        return Err(Refusal::bad_request(format!(
            "The property '{other}' cannot be updated."
        )));
    }
    match body.get("status").and_then(Value::as_str) {
        Some("completed") => Ok(Some(Move::Complete)),
        Some("notRelevant") => Ok(Some(Move::Skip)),
        Some("open") => Ok(Some(Move::Reopen)),
        Some("inProgress" | "failed") => Ok(None),
        _ => Err(Refusal::bad_request(
            "The property 'status' is missing or has no known value.",
        )),
    }
}

/// Makes the move and what follows from it, or refuses with the task as it is.
fn go(
    db: &Connection,
    app: &App,
    task: &Task,
    wanted: Option<Move>,
    (origin, Caller(person)): (Origin, Caller),
    key: Option<&str>,
    now: Ticks,
) -> Result<Task, Refusal> {
    let over = incident_over(db, task)?;
    let Some(wanted) = wanted.filter(|wanted| rules::moves(task, over).contains(wanted)) else {
        let code = match (wanted, task.status) {
            (Some(Move::Execute), Status::InProgress) => "actionInProgress",
            _ => "invalidTransition",
        };
        let message = rules::refusal(task, over);
        let current = wire::json(db, task, origin, person)?;
        return Err(
            Refusal::new(StatusCode::CONFLICT, code, message).with(json!({ "task": current }))
        );
    };
    let mut task = task.clone();
    task.touch(person.name, now);
    match wanted {
        Move::Execute => {
            task.status = Status::InProgress;
            task.action_status = ActionStatus::InProgress;
            task.status_detail = None;
            task.started = Some(now);
            task.settle_at = Some(machine::begin(db, &task, person, now, app.pace())?);
        }
        Move::Complete => {
            task.status = Status::Completed;
            // Text has no action whose status could change; the rest was carried out by hand.
            if task.action_type != "text" {
                task.action_status = ActionStatus::Completed;
            }
        }
        Move::Skip => {
            task.status = Status::NotRelevant;
            task.action_status = ActionStatus::NotStarted;
        }
        Move::Reopen => task.status = Status::Open,
    }
    task.save(db)?;
    service::effect(db, &task.id, wanted.word(), key, person.name, now)?;
    service::consider(db, task.incident, now, app.pace())?;
    Ok(task)
}

fn find(db: &Connection, id: &str) -> Result<Task, Refusal> {
    Task::find(db, id)?.ok_or_else(|| Refusal::not_found(format!("taskId {id} not found")))
}

/// Resolved and merged incidents ask for nothing more.
pub fn incident_over(db: &Connection, task: &Task) -> Result<bool, Refusal> {
    let incident = Incident::find(db, task.incident)?;
    Ok(incident.is_none_or(|i| matches!(i.status.as_str(), "resolved" | "redirected")))
}
