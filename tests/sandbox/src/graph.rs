//! Microsoft Graph as far as the portal uses it: people, the organization, security incidents.

pub mod change;
pub mod filter;
pub mod incidents;
pub mod list;
pub mod me;

use axum::{Router, middleware, routing::get, routing::post};

use crate::{
    app::App,
    auth::{self, Resource},
    refusal::Refusal,
    tasks,
    web::{
        cors,
        envelope::{self, Dialect},
        faults,
    },
};

pub fn router(app: &App) -> Router {
    let security = Router::new()
        .route("/incidents", get(incidents::list))
        .route("/incidents/{id}", get(incidents::get).patch(change::patch))
        .route("/incidents/{id}/comments", post(change::comment))
        .fallback(unknown)
        .layer(middleware::from_fn(auth::readers_only));
    let directory = Router::new()
        .route("/me", get(me::me))
        .route("/me/memberOf", get(me::member_of))
        .route("/organization", get(me::organization));
    let v1 = directory.nest("/security", security).fallback(unknown);
    let beta = Router::new().nest(
        "/security/incidentTasks",
        tasks::router(tasks::Origin::Graph),
    );
    let all = Router::new()
        .nest("/v1.0", v1)
        .nest("/beta", beta.fallback(unknown))
        .fallback(unknown);
    dress(all, app, Resource::Graph, Dialect::Graph).layer(cors::graph())
}

/// What surrounds every API: tokens for its resource, faults, errors in its dialect.
pub fn dress(router: Router<App>, app: &App, resource: Resource, dialect: Dialect) -> Router {
    router
        .layer(middleware::from_fn_with_state(
            (app.clone(), resource),
            auth::identify,
        ))
        .layer(middleware::from_fn_with_state(app.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(
            (app.clone(), dialect),
            envelope::wrap,
        ))
        .with_state(app.clone())
}

pub async fn unknown(uri: axum::http::Uri) -> Refusal {
    Refusal::bad_request(format!(
        "Resource not found for the segment '{}'.",
        uri.path()
    ))
    .status(axum::http::StatusCode::NOT_FOUND)
}
