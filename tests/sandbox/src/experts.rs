//! The Experts API: the service's state and managed responses, and beside them the Graph-shaped
//! tasks with the service's own additions.

pub mod managed_response;
pub mod service_state;

use axum::{Router, middleware, routing::get};

use crate::{
    app::App,
    auth::{self, Resource},
    endpoint,
    graph::{dress, unknown},
    tasks,
    web::{cors, envelope::Dialect},
};

pub fn router(app: &App) -> Router {
    let v1 = Router::new()
        .route("/v1/service", get(service_state::get))
        .route(
            "/v1/incidents/{id}/managed-response",
            get(managed_response::get),
        )
        .fallback(unknown)
        .layer(middleware::from_fn(auth::readers_only));
    let beta = Router::new()
        .nest(
            "/beta/security/incidentTasks",
            tasks::router(tasks::Origin::Experts),
        )
        .route("/beta/{*rest}", axum::routing::any(unknown));
    let beta = dress(beta, app, Resource::Tasks, Dialect::Graph);
    dress(v1, app, Resource::Experts, Dialect::Problem)
        .merge(beta)
        .merge(endpoint::router(app))
        .layer(cors::experts(&app.page_origins()))
}
