//! The portal's own origin: the built bundle with the headers a deployment gives it, and the
//! generated configuration, which every origin answers so that a development server finds it too.

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use tower_http::services::{ServeDir, ServeFile};

use crate::{app::App, web::envelope::put};

pub fn config(app: &App) -> Router {
    Router::new()
        .route("/config.json", get(configuration))
        .with_state(app.clone())
}

pub fn router(app: &App) -> Router {
    let dist = app
        .options
        .dist
        .clone()
        .filter(|dist| dist.join("index.html").is_file());
    let Some(dist) = dist else {
        return Router::new().fallback(async || NOT_BUILT);
    };
    let index = ServeFile::new(dist.join("index.html")).precompressed_br();
    let files = ServeDir::new(dist).precompressed_br();
    // A path with an extension is a file or nothing; all others are the portal's own routes.
    let routes = Router::new().fallback_service(index);
    Router::new()
        .fallback_service(files.fallback(routes.layer(middleware::from_fn(no_lost_files))))
        .layer(middleware::from_fn_with_state(app.clone(), headers))
}

const NOT_BUILT: (StatusCode, &str) = (
    StatusCode::SERVICE_UNAVAILABLE,
    "The portal is not built, or --dist does not name its folder. Build it with `cargo xtask dist` \
     or `trunk build --release` and start the sandbox with --dist dist; or run `trunk serve` and \
     open http://portal.localhost:8080/.\n",
);

async fn configuration(State(app): State<App>) -> Response {
    let mut response = Json(configured(&app)).into_response();
    put(response.headers_mut(), "cache-control", "no-cache");
    response
}

fn configured(app: &App) -> Value {
    json!({
        "graphBaseUrl": format!("{}/v1.0", app.origin("graph")),
        "graphPageSize": app.options.max_page,
        "graphRequestsPerMinute": null,
        "tasksBaseUrl": format!("{}/beta", app.origin("experts")),
        "expertsBaseUrl": format!("{}/v1", app.origin("experts")),
        "endpointBaseUrl": format!("{}/api", app.origin("experts")),
        "auth": {
            "kind": "oidc",
            "authority": app.authority(),
            "clientId": "mdr-portal",
            "scopes": {
                "graph": [
                    "User.Read",
                    "SecurityIncident.ReadWrite.All",
                    "SecurityAlert.ReadWrite.All",
                    "User.ReadBasic.All",
                    "Group.ReadBasic.All",
                    "AuditLog.Read.All",
                ],
                "tasks": ["api://mdr-tasks/access"],
                "experts": ["api://mdr-experts/access"],
                "endpoint": ["https://api.securitycenter.microsoft.com/.default"],
            },
        },
        "host": { "origins": [] },
    })
}

async fn no_lost_files(request: Request, next: Next) -> Response {
    let last = request.uri().path().rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    }
    next.run(request).await
}

async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let cache = match hashed(&path) && response.status().is_success() {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers = response.headers_mut();
    put(headers, "cache-control", cache);
    put(headers, "x-content-type-options", "nosniff");
    put(headers, "vary", "Accept-Encoding");
    if html {
        put(headers, "content-security-policy", &policy(&app));
        put(headers, "referrer-policy", "no-referrer");
        put(headers, "cross-origin-opener-policy", "same-origin");
    }
    response
}

fn policy(app: &App) -> String {
    let (graph, experts, login) = (
        app.origin("graph"),
        app.origin("experts"),
        app.origin("login"),
    );
    let framing = app.framing.lock().ok().and_then(|framing| framing.clone());
    let framing = framing.unwrap_or_else(|| "'none'".to_owned());
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; connect-src 'self' {graph} {experts} {login}; \
         base-uri 'self'; form-action 'none'; frame-ancestors {framing}"
    )
}

/// A build puts the hash of the content into a file's name or its folder's:
/// `portal-3f9c0b1de2a4c817_bg.wasm`, `app-3f9c0b1de2a4c817/portal_bg.wasm`.
fn hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.contains('.')
        && path
            .split(['/', '-', '_', '.'])
            .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
