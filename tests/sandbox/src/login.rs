//! The identity provider of the tenant: discovery, sign-in page, tokens, sign-out.

pub mod authorize;
pub mod keys;
pub mod page;
pub mod registration;
pub mod scope;
pub mod secrets;
pub mod token;

use axum::{Json, Router, extract::State, middleware, routing::get, routing::post};
use serde_json::{Value, json};

use crate::{
    app::App,
    refusal::Refusal,
    web::{
        cors,
        envelope::{self, Dialect},
        faults,
    },
};

pub fn router(app: &App) -> Router {
    let public = Router::new()
        .route(
            "/contoso/v2.0/.well-known/openid-configuration",
            get(discovery),
        )
        .route("/contoso/discovery/v2.0/keys", get(keys::jwks));
    let token = Router::new().route("/contoso/oauth2/v2.0/token", post(token::grant));
    let pages = Router::new()
        .route(
            "/contoso/oauth2/v2.0/authorize",
            get(authorize::ask).post(authorize::choose),
        )
        .route("/contoso/oauth2/v2.0/logout", get(authorize::sign_out))
        .fallback(async || Refusal::not_found("There is no such page."));
    dress(public, app)
        .layer(cors::open())
        .merge(dress(token, app).layer(cors::login(&app.page_origins())))
        .merge(dress(pages, app))
}

/// Within CORS, so that a page can read refusals and injected faults too.
fn dress(router: Router<App>, app: &App) -> Router {
    router
        .layer(middleware::from_fn_with_state(app.clone(), faults::inject))
        .layer(middleware::from_fn_with_state(
            (app.clone(), Dialect::Entra),
            envelope::wrap,
        ))
        .with_state(app.clone())
}

async fn discovery(State(app): State<App>) -> Json<Value> {
    let base = app.origin("login") + "/contoso";
    Json(json!({
        "issuer": app.authority(),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["fragment", "query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "oid", "tid",
            "wids",
        ],
    }))
}
