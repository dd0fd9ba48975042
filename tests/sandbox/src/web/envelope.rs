//! The three dialects a refusal is written in, and the request ids every answer carries.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::faults::Injected;
use crate::{app::App, clock, refusal::Refusal, rng};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Graph,
    Problem,
    Entra,
    Endpoint,
}

pub async fn wrap(
    State((app, dialect)): State<(App, Dialect)>,
    request: Request,
    next: Next,
) -> Response {
    let id = rng::request_id();
    let client_id = request
        .headers()
        .get("client-request-id")
        .and_then(|value| value.to_str().ok())
        .map_or_else(|| id.clone(), str::to_owned);
    let path = request.uri().path().to_owned();

    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        let headers = std::mem::take(response.headers_mut());
        let injected = response.extensions_mut().remove::<Injected>();
        let now = clock::iso(app.clock.now());
        response = match dialect {
            Dialect::Graph => graph(&refusal, &id, &client_id, now.get(..19).unwrap_or(&now)),
            Dialect::Problem => problem(&refusal, &id, &path),
            Dialect::Endpoint => endpoint(&refusal, &id),
            Dialect::Entra => entra(&refusal.code, &refusal.message, None, &id, &now),
        };
        *response.status_mut() = refusal.status;
        keep(response.headers_mut(), headers);
        if let Some(injected) = injected {
            response.extensions_mut().insert(injected);
        }
        if refusal.status == StatusCode::UNAUTHORIZED && dialect != Dialect::Entra {
            challenge(response.headers_mut(), &app.authority());
        }
    }
    let headers = response.headers_mut();
    put(headers, "request-id", &id);
    put(headers, "x-request-id", &id);
    put(headers, "client-request-id", &client_id);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn graph(refusal: &Refusal, id: &str, client_id: &str, date: &str) -> Response {
    let mut inner = json!({ "date": date, "request-id": id, "client-request-id": client_id });
    merge(&mut inner, &refusal.more);
    Json(json!({
        "error": { "code": refusal.code, "message": refusal.message, "innerError": inner }
    }))
    .into_response()
}

/// Defender for Endpoint calls the id of the request its target.
fn endpoint(refusal: &Refusal, id: &str) -> Response {
    let code = match refusal.code.as_ref() {
        "InvalidAuthenticationToken" => "Unauthorized",
        "UnknownError" => "InternalServerError",
        code => code,
    };
    Json(json!({ "error": { "code": code, "message": refusal.message, "target": id } }))
        .into_response()
}

fn problem(refusal: &Refusal, id: &str, path: &str) -> Response {
    let mut code = refusal.code.to_string();
    if let Some(first) = code.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    let mut body = json!({
        "type": format!("urn:mdr:problem:{code}"),
        "title": refusal.status.canonical_reason(),
        "status": refusal.status.as_u16(),
        "detail": refusal.message,
        "instance": path,
        "code": code,
        "requestId": id,
    });
    merge(&mut body, &refusal.more);
    let mut response = Json(body).into_response();
    put(
        response.headers_mut(),
        "content-type",
        "application/problem+json",
    );
    response
}

/// Entra's error body; `number` is the one in AADSTS….
pub fn entra(error: &str, text: &str, number: Option<u32>, id: &str, now: &str) -> Response {
    let stamp = format!("{}Z", now.get(..19).unwrap_or(now).replace('T', " "));
    let number = number.unwrap_or(90_033);
    Json(json!({
        "error": error,
        "error_description": format!(
            "AADSTS{number}: {text}\r\nTrace ID: {id}\r\nCorrelation ID: {id}\r\nTimestamp: {stamp}"
        ),
        "error_codes": [number],
        "timestamp": stamp,
        "trace_id": id,
        "correlation_id": id,
    }))
    .into_response()
}

fn challenge(headers: &mut HeaderMap, authority: &str) {
    let text =
        format!("Bearer realm=\"\", authorization_uri=\"{authority}\", error=\"invalid_token\"");
    put(headers, "www-authenticate", &text);
}

fn merge(into: &mut Value, more: &Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more.clone());
    }
}

/// Headers set beside the refusal, such as Retry-After, outlive the rewriting of the body.
fn keep(headers: &mut HeaderMap, old: HeaderMap) {
    for (name, value) in old {
        if let Some(name) =
            name.filter(|n| n != header::CONTENT_LENGTH && n != header::CONTENT_TYPE)
        {
            headers.insert(name, value);
        }
    }
}

pub fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
