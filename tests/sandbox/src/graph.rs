//! Microsoft Graph as far as the portal uses it: people and groups, the organization, security
//! incidents and alerts, the directory's records.

pub mod alerts;
pub mod audit;
pub mod batch;
pub mod change;
pub mod directory;
pub mod fields;
pub mod filter;
pub mod incidents;
pub mod list;
pub mod me;
pub mod predicate;
pub mod search;

use axum::{Router, middleware, routing::get, routing::post};

use crate::{
    app::App,
    auth::{self, Resource, scopes},
    refusal::Refusal,
    tasks,
    web::{
        cors,
        envelope::{self, Dialect},
        faults,
    },
};

pub fn router(app: &App) -> Router {
    let batch = Router::new()
        .route("/v1.0/$batch", post(batch::batch))
        .route("/beta/$batch", post(batch::batch));
    let batch = dress(batch, app, Resource::Graph, Dialect::Graph);
    single(app).merge(batch).layer(cors::graph())
}

/// All that can be asked for alone, and so within a batch too.
fn single(app: &App) -> Router {
    let security = Router::new()
        .route("/incidents", get(incidents::list))
        .route("/incidents/{id}", get(incidents::get).patch(change::patch))
        .route("/incidents/{id}/comments", post(change::comment))
        .route("/alerts_v2", get(alerts::list))
        .route("/alerts_v2/{id}", get(alerts::get).patch(alerts::patch))
        .route("/alerts_v2/{id}/comments", post(alerts::comment))
        .fallback(unknown)
        .layer(middleware::from_fn(auth::readers_only));
    let directory = Router::new()
        .route("/me", get(me::me))
        .route("/me/memberOf", get(me::member_of))
        .route("/me/transitiveMemberOf", get(me::member_of))
        .route("/organization", get(me::organization));
    let directory = directory.merge(directory::router());
    let audit = Router::new()
        .route("/signIns", get(audit::sign_ins))
        .route("/signIns/{id}", get(audit::sign_in))
        .route("/directoryAudits", get(audit::changes))
        .route("/directoryAudits/{id}", get(audit::change))
        .fallback(unknown)
        .layer(middleware::from_fn(auth::readers_only));
    let v1 = directory
        .nest("/security", security)
        .nest("/auditLogs", audit)
        .fallback(unknown);
    let beta = Router::new().nest(
        "/security/incidentTasks",
        tasks::router(tasks::Origin::Graph),
    );
    let all = Router::new()
        .nest("/v1.0", v1)
        .nest("/beta", beta.fallback(unknown))
        .fallback(unknown)
        .layer(middleware::from_fn(scopes::graph));
    dress(all, app, Resource::Graph, Dialect::Graph)
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
