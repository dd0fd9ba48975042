//! `/sandbox/…`: how tests and demonstrations steer the sandbox. Open to all, on every origin.

pub mod arrival;
pub mod expert;
pub mod experts;
pub mod hostile;
pub mod look;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    auth::{Resource, scopes::Scopes},
    clock::SECOND,
    login::{authorize, secrets},
    people,
    refusal::Refusal,
    web::{
        envelope::{self, Dialect},
        faults::Fault,
    },
};

pub fn router(app: &App) -> Router {
    Router::new()
        .route("/sandbox/reset", post(reset))
        .route("/sandbox/clock", post(clock))
        .route(
            "/sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/sandbox/framing", post(framing))
        .route("/sandbox/sessions", post(session))
        .route("/sandbox/tokens", post(token))
        .route("/sandbox/tokens/expire", post(expire))
        .route("/sandbox/tasks/{id}", get(look::task).post(expert::task))
        .route("/sandbox/incidents", post(arrival::arrive))
        .route("/sandbox/incidents/{id}", post(expert::incident))
        .route("/sandbox/machines", post(arrival::machines))
        .route("/sandbox/settings", post(arrival::settings))
        .route("/sandbox/hostile", post(hostile::hostile))
        .route("/sandbox/effects", get(look::effects))
        .route(
            "/sandbox/requests",
            get(look::requests).delete(look::forget_requests),
        )
        .route("/sandbox/showcase", get(look::showcase))
        .merge(experts::router())
        .layer(axum::middleware::from_fn_with_state(
            (app.clone(), Dialect::Problem),
            envelope::wrap,
        ))
        .with_state(app.clone())
}

/// The tenant as it was generated; whoever is signed in stays so.
async fn reset(State(app): State<App>) -> Result<StatusCode, Refusal> {
    app.faults.begin_anew();
    app.requests.clear();
    app.limits.clear();
    app.disagreements.clear();
    frame(&app, None);
    app.reset()?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: f64,
}

async fn clock(State(app): State<App>, Json(advance): Json<Advance>) -> Json<Value> {
    app.clock
        .advance((advance.advance_seconds * SECOND as f64) as i64);
    Json(json!({ "now": crate::clock::iso(app.clock.now()) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Framing {
    origin: String,
}

/// Lets a page of that origin show the portal in a frame.
async fn framing(State(app): State<App>, Json(framing): Json<Framing>) -> StatusCode {
    frame(&app, Some(framing.origin));
    StatusCode::NO_CONTENT
}

fn frame(app: &App, origin: Option<String>) {
    if let Ok(mut framing) = app.framing.lock() {
        *framing = origin;
    }
}

async fn faults(State(app): State<App>) -> Json<Vec<Fault>> {
    Json(app.faults.pending())
}

async fn add_fault(State(app): State<App>, Json(fault): Json<Fault>) -> StatusCode {
    app.faults.add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionFor {
    person: String,
}

/// A cookie of the provider's: a browser that has it is signed in there already, and the portal asks nothing.
async fn session(
    State(app): State<App>,
    Json(wanted): Json<SessionFor>,
) -> Result<Json<Value>, Refusal> {
    let person = people::named(&wanted.person)
        .ok_or_else(|| Refusal::not_found("There is no such person in this tenant."))?;
    let value = authorize::begin(&app, person)?;
    Ok(Json(json!({ "name": authorize::COOKIE, "value": value })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenFor {
    person: String,
    resource: Resource,
    /// What was consented to; all, where it is not said.
    scope: Option<String>,
}

/// A token without the sign-in, for scripts that test the APIs and not the way to them.
async fn token(
    State(app): State<App>,
    Json(wanted): Json<TokenFor>,
) -> Result<Json<Value>, Refusal> {
    let person = people::named(&wanted.person)
        .ok_or_else(|| Refusal::not_found("There is no such person in this tenant."))?;
    let token = app.with(|tx, now| {
        secrets::issue_access(tx, person, wanted.resource, &Scopes(wanted.scope), now)
    })?;
    Ok(Json(
        json!({ "access_token": token, "expires_in": secrets::ACCESS_SECONDS }),
    ))
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Expire {
    refresh: bool,
    sessions: bool,
}

/// Ends all access tokens; refresh tokens and sign-in sessions where asked.
async fn expire(
    State(app): State<App>,
    body: Option<Json<Expire>>,
) -> Result<Json<Value>, Refusal> {
    let Json(also) = body.unwrap_or_default();
    app.with(|tx, _| {
        let access = secrets::expire(tx, "access")?;
        let refresh = if also.refresh {
            secrets::expire(tx, "refresh")?
        } else {
            0
        };
        let sessions = if also.sessions {
            secrets::expire(tx, "session")?
        } else {
            0
        };
        Ok(Json(
            json!({ "access": access, "refresh": refresh, "sessions": sessions }),
        ))
    })
}
