//! One port, four origins: the Host header decides who answers. Steering and the portal's
//! configuration are answered on all of them.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;

use super::{cors, log::Seen, server::Hangup};
use crate::{app::App, experts, graph, login, portal, steer};

/// A little more than the largest file the Experts API takes.
const LARGEST_BODY: usize = 12 << 20;

/// Path and query as the client sent them; nested routers see a shortened path.
#[derive(Clone, Debug)]
pub struct FullPath(pub String);

#[derive(Clone)]
struct Hosts {
    app: App,
    everywhere: Router,
    portal: Router,
    login: Router,
    graph: Router,
    experts: Router,
}

pub fn router(app: &App) -> Router {
    let hosts = Hosts {
        app: app.clone(),
        everywhere: steer::router(app)
            .merge(portal::config(app))
            .layer(cors::open()),
        portal: portal::router(app),
        login: login::router(app),
        graph: graph::router(app),
        experts: experts::router(app),
    };
    Router::new().fallback(move |request: Request| hosts.clone().answer(request))
}

impl Hosts {
    async fn answer(self, request: Request) -> Response {
        let host = label(&request);
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let mut seen = Seen {
            at: Seen::stamp(self.app.clock.now()),
            method: request.method().to_string(),
            host: host.clone(),
            path: path.clone(),
            status: 0,
            prefer: request.headers().contains_key("prefer"),
            idempotency_key: request
                .headers()
                .get("idempotency-key")
                .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned()),
        };
        let app = self.app.clone();
        let steering = path.starts_with("/sandbox/");
        let response = match whole(request, FullPath(path)).await {
            Ok(request) => self.route(&host, request).await,
            Err(refused) => refused,
        };
        if !steering {
            let hung_up = response.extensions().get::<Hangup>().is_some();
            seen.status = if hung_up {
                0
            } else {
                response.status().as_u16()
            };
            app.requests.add(seen);
        }
        response
    }

    async fn route(self, host: &str, request: Request) -> Response {
        let path = request.uri().path();
        let router = if path.starts_with("/sandbox/") || path == "/config.json" {
            self.everywhere
        } else {
            match host {
                "portal" => self.portal,
                "login" => self.login,
                "graph" => self.graph,
                "experts" => self.experts,
                _ => return signpost(&self.app),
            }
        };
        let Ok(response) = router.oneshot(request).await;
        response
    }
}

/// Reads the body before anybody answers: a connection closed over an unread body is reset, and
/// the client would lose the answer.
async fn whole(request: Request, path: FullPath) -> Result<Request, Response> {
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(path);
    let bytes = to_bytes(body, LARGEST_BODY)
        .await
        .map_err(|_| (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.").into_response())?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// The first label of the host: portal, login, graph or experts.
pub fn label(request: &Request) -> String {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = host.or_else(|| request.uri().host()).unwrap_or_default();
    host.split(['.', ':'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

fn signpost(app: &App) -> Response {
    format!(
        "This is the sandbox. The portal is at {}/\n",
        app.origin("portal")
    )
    .into_response()
}
