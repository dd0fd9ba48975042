//! The managed response of an incident: the experts' summary and where its tasks stand.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response as Answer},
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    app::App,
    clock::iso,
    refusal::Refusal,
    rng::fingerprint,
    store::{
        incidents::{EXPERTS, Incident},
        responses::Response,
        tasks::{Source, Status, Task},
    },
    web::envelope::put,
};

pub async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Refusal> {
    let body = app.with(|tx, _| body(tx, &id))?;
    let etag = format!("\"{}\"", fingerprint(&body.to_string(), 32));
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value == "*" || value.split(',').any(|tag| tag.trim() == etag));
    let mut answer = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Json(body).into_response(),
    };
    put(answer.headers_mut(), "etag", &etag);
    // The page may keep it but must ask each time whether it still holds.
    put(answer.headers_mut(), "cache-control", "private, no-cache");
    Ok(answer)
}

fn body(db: &Connection, id: &str) -> Result<Value, Refusal> {
    let missing = || Refusal::not_found(format!("Incident {id} was not found."));
    let number = id.parse().map_err(|_| missing())?;
    if Incident::find(db, number)?.is_none() {
        return Err(missing());
    }
    let Some(response) = Response::find(db, number)? else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "notPublished",
            "Defender Experts have not published a managed response for this incident.",
        ));
    };
    Ok(json!({
        "incidentId": id,
        "investigationSummary": response.summary,
        "publishedAt": iso(response.published),
        "publishedBy": EXPERTS,
        "awaitingSince": response.awaiting_since.map(iso),
        "taskCounts": counts(&Task::of(db, number)?),
        "chatThreadId": null,
    }))
}

/// Pending and skipped are the customer's; completed and failed count whoever acted.
fn counts(tasks: &[Task]) -> Value {
    let count = |test: fn(&Task) -> bool| tasks.iter().filter(|task| test(task)).count();
    json!({
        "pending": count(|task| task.source == Source::Guided
            && matches!(task.status, Status::Open | Status::InProgress)),
        "completed": count(|task| task.status == Status::Completed),
        "failed": count(|task| task.status == Status::Failed),
        "skipped": count(|task| task.status == Status::NotRelevant),
    })
}
