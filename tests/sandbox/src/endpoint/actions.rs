//! Machine actions after they were asked for: looking, cancelling, fetching a package.

use axum::{
    Extension, Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};

use super::{
    act::{comment, may_remediate, object},
    bad, context,
    limits::{self, PACKAGES},
    machines::{number, unsupported},
    needs,
};
use crate::{
    app::{App, Pace},
    auth::{Caller, scopes::Scopes},
    clock::Ticks,
    graph::filter::{self, Field, Kind},
    refusal::Refusal,
    service,
    store::{
        machine_actions::{Action, Cancelled},
        tasks::{ActionStatus, Status, Task},
    },
};

const LIMIT: usize = 10_000;
const SCOPES: [&str; 2] = ["Machine.Read", "Machine.ReadWrite"];
const STATUSES: &[&str] = &[
    "Pending",
    "InProgress",
    "Succeeded",
    "Failed",
    "TimeOut",
    "Cancelled",
];

const fn field(name: &'static str, column: &'static str, kind: Kind) -> Field {
    Field { name, column, kind }
}

static FIELDS: [Field; 6] = [
    field("creationDateTimeUtc", "created", Kind::Time),
    field("id", "id", Kind::Text),
    field("machineId", "machine", Kind::Text),
    field("requestor", "requestor", Kind::Text),
    field("status", "status", Kind::Member(STATUSES)),
    field("type", "type", Kind::Text),
];

pub async fn list(
    State(app): State<App>,
    scopes: Extension<Scopes>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Value>, Refusal> {
    needs(&scopes, &SCOPES)?;
    let (mut top, mut skip, mut filter) = (LIMIT, 0, filter::Filter::default());
    for (name, value) in &pairs {
        match name.as_str() {
            "$top" => top = number(name, value, LIMIT)?,
            "$skip" => skip = number(name, value, usize::MAX)?,
            "$filter" => {
                filter = filter::parse(value, &FIELDS).map_err(|text| bad("ODataError", text))?;
            }
            name if name.starts_with('$') => return Err(unsupported(name)),
            _ => {}
        }
    }
    let condition = match filter.sql.is_empty() {
        true => "1",
        false => &filter.sql,
    };
    let sql = format!(
        "SELECT {} FROM machine_actions WHERE {condition}
         ORDER BY created DESC, id LIMIT {top} OFFSET {skip}",
        Action::COLUMNS
    );
    let found = app.with::<_, Refusal>(|tx, _| {
        let mut query = tx.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&filter.values), Action::from_row)?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    })?;
    let rows: Vec<Value> = found.iter().map(|action| action.json(true)).collect();
    Ok(Json(
        json!({ "@odata.context": context(&app, "MachineActions"), "value": rows }),
    ))
}

pub async fn get(
    State(app): State<App>,
    scopes: Extension<Scopes>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    needs(&scopes, &SCOPES)?;
    let action = app.with(|tx, _| find(tx, &id))?;
    Ok(Json(entity(&app, &action)))
}

pub async fn cancel(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: String,
) -> Result<Json<Value>, Refusal> {
    may_remediate(caller)?;
    let comment = comment(&object(&body)?)?;
    let action = app.with(|tx, now| {
        let mut action = find(tx, &id)?;
        if action.over() {
            let text = format!(
                "Machine action {id} has ended with status {} and cannot be cancelled.",
                action.status
            );
            return Err(bad("BadRequest", text));
        }
        action.status = "Cancelled".into();
        action.updated = now.max(action.updated + 1);
        (action.starts_at, action.ends_at) = (None, None);
        action.cancelled = Some(Cancelled {
            by: caller.0.mail(),
            comment,
            at: now,
        });
        action.save(tx)?;
        if let Some(task) = &action.task {
            fail(tx, task, caller, now, app.pace())?;
        }
        Ok(action)
    })?;
    Ok(Json(entity(&app, &action)))
}

/// A package can be fetched once it was collected.
pub async fn package_uri(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    scopes: Extension<Scopes>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    needs(&scopes, &["Machine.CollectForensics"])?;
    let now = app.clock.now();
    if let Err(wait) = app
        .limits
        .count(caller.0.name, "getPackageUri", PACKAGES, now)
    {
        return Ok(limits::too_many(wait));
    }
    let action = app.with(|tx, _| find(tx, &id))?;
    if action.kind != "CollectInvestigationPackage" || action.status != "Succeeded" {
        let text = format!("The package of machine action {id} was not found");
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "ResourceNotFound",
            text,
        ));
    }
    // The address is quoted twice, as Defender does.
    let address = format!("\"{}/packages/{id}\"", app.origin("experts"));
    Ok(
        Json(json!({ "@odata.context": context(&app, "Edm.String"), "value": address }))
            .into_response(),
    )
}

fn find(db: &Connection, id: &str) -> Result<Action, Refusal> {
    Action::find(db, id)?.ok_or_else(|| {
        let text = format!("Machine action {id} was not found");
        Refusal::new(StatusCode::NOT_FOUND, "ResourceNotFound", text)
    })
}

fn entity(app: &App, action: &Action) -> Value {
    let mut json = action.json(false);
    json["@odata.context"] = context(app, "MachineActions/$entity");
    json
}

/// The task whose execution was cancelled has failed, and says why.
fn fail(
    db: &Connection,
    task: &str,
    caller: Caller,
    now: Ticks,
    pace: Pace,
) -> Result<(), Refusal> {
    let Some(mut task) = Task::find(db, task)?.filter(|it| it.status == Status::InProgress) else {
        return Ok(());
    };
    task.status = Status::Failed;
    task.action_status = ActionStatus::Failed;
    task.status_detail = Some(format!("The action was cancelled by {}.", caller.0.name));
    task.settle_at = None;
    task.touch(caller.0.name, now);
    task.save(db)?;
    service::consider(db, task.incident, now, pace)?;
    Ok(())
}
