//! The Experts API, told by its document (`public/openapi/experts-v1.yaml`): `contract` reads it and
//! watches over it, `call` takes requests and `check` holds them against it, `handlers` names who
//! answers which operation. The files named after resources do the work, `simulate` is the service's
//! own doing, `seed` what a new tenant begins with. Beside them the Graph-shaped tasks with the
//! service's own additions.

pub mod attachments;
pub mod call;
pub mod chat;
pub mod check;
pub mod contract;
pub mod conversations;
pub mod credits;
pub mod deliveries;
pub mod device_groups;
pub mod events;
pub mod handlers;
pub mod history;
pub mod hunting;
pub mod inquiries;
pub mod managed_response;
pub mod notifications;
pub mod once;
pub mod page;
pub mod readiness;
pub mod reports;
pub mod reviews;
pub mod seed;
pub mod service_state;
pub mod settings;
pub mod simulate;
pub mod talk;

use axum::{Router, middleware, routing::any};

use crate::{
    app::App,
    auth::Resource,
    endpoint,
    graph::{dress, unknown},
    tasks,
    web::{cors, envelope::Dialect},
};

pub fn router(app: &App) -> Router {
    let v1 = Router::new()
        .route("/v1/{*path}", any(call::answer))
        .fallback(unknown);
    let beta = Router::new()
        .nest(
            "/beta/security/incidentTasks",
            tasks::router(tasks::Origin::Experts),
        )
        .route("/beta/{*rest}", any(unknown));
    let beta = dress(beta, app, Resource::Tasks, Dialect::Graph);
    dress(v1, app, Resource::Experts, Dialect::Problem)
        .layer(middleware::from_fn_with_state(
            app.clone(),
            contract::watch::watch,
        ))
        .merge(beta)
        .merge(endpoint::router(app))
        .layer(cors::experts(&app.page_origins()))
}
