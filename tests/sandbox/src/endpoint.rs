//! Defender for Endpoint through a relay: machines, and actions on them. Paths, bodies and errors
//! are Defender's; the relay adds CORS and honours an idempotency key.

pub mod act;
pub mod actions;
pub mod limits;
pub mod machines;

use axum::{
    Extension, Router,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;

use crate::{
    app::App,
    auth::{self, Resource, scopes::Scopes},
    graph::{dress, unknown},
    refusal::Refusal,
    web::envelope::Dialect,
};

pub fn router(app: &App) -> Router {
    let api = Router::new()
        .route("/api/machines", get(machines::list))
        .route("/api/machines/{id}", get(machines::get))
        .route("/api/machines/{id}/{action}", post(act::start))
        .route("/api/machineactions", get(actions::list))
        .route("/api/machineactions/{id}", get(actions::get))
        .route("/api/machineactions/{id}/cancel", post(actions::cancel))
        .route(
            "/api/machineactions/{id}/getPackageUri",
            get(actions::package_uri),
        )
        .route("/api/{*rest}", axum::routing::any(unknown))
        .layer(middleware::from_fn(auth::readers_only));
    dress(api, app, Resource::Endpoint, Dialect::Endpoint).merge(
        Router::new()
            .route("/packages/{id}", get(package))
            .with_state(app.clone()),
    )
}

/// The collected package: an archive with nothing in it.
async fn package() -> Response {
    let mut empty = vec![0; 22];
    empty[..4].copy_from_slice(b"PK\x05\x06");
    ([(header::CONTENT_TYPE, "application/zip")], empty).into_response()
}

fn context(app: &App, what: &str) -> Value {
    format!("{}/api/$metadata#{what}", app.origin("experts")).into()
}

fn needs(Extension(scopes): &Extension<Scopes>, wanted: &[&str]) -> Result<(), Refusal> {
    if scopes.any(wanted) {
        return Ok(());
    }
    Err(Refusal::forbidden(format!(
        "The application does not have any of the required delegated permissions ({}) to access \
         the resource.",
        wanted.join(", ")
    )))
}

fn bad(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, message)
}
