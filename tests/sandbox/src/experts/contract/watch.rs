//! Every answer of the Experts API is held against the document; what does not agree is kept for
//! `/sandbox/contract`. An answer a fault was asked to give is nobody's promise.

use std::sync::Mutex;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header, response::Parts},
    middleware::Next,
    response::Response,
};
use serde_json::Value;

use super::{Match, Operation, contract};
use crate::{app::App, web::faults::Injected};

const KEPT: usize = 50;

#[derive(Default)]
pub struct Disagreements(Mutex<Vec<String>>);

impl Disagreements {
    fn add(&self, text: String) {
        if let Ok(mut all) = self.0.lock()
            && all.len() < KEPT
        {
            all.push(text);
        }
    }

    pub fn all(&self) -> Vec<String> {
        self.0.lock().map(|all| all.clone()).unwrap_or_default()
    }

    pub fn clear(&self) {
        if let Ok(mut all) = self.0.lock() {
            all.clear();
        }
    }
}

pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let below = path.strip_prefix("/v1").unwrap_or(&path);
    let Match::Found(operation, _) = contract().find(&method, below) else {
        return response;
    };
    if response.extensions().get::<Injected>().is_some() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let kind = media(&parts);
    // A stream has no end to wait for.
    if kind == "text/event-stream" {
        return Response::from_parts(parts, body);
    }
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    for wrong in disagreements(operation, &parts, &kind, &bytes) {
        app.disagreements
            .add(format!("{method} {path} {}: {wrong}", parts.status));
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn media(parts: &Parts) -> String {
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().to_owned()
}

fn disagreements(operation: &Operation, parts: &Parts, kind: &str, body: &Bytes) -> Vec<String> {
    let Some(bodies) = operation.answers.get(&parts.status.as_u16()) else {
        return vec!["the document has no such status".into()];
    };
    if bodies.is_empty() {
        let silent = body.is_empty() || parts.status == StatusCode::NOT_MODIFIED;
        return if silent {
            Vec::new()
        } else {
            vec!["a body where there is none".into()]
        };
    }
    let Some(expected) = bodies.iter().find(|expected| expected.media == kind) else {
        return vec![format!("the document has no '{kind}'")];
    };
    if !kind.ends_with("json") {
        return Vec::new();
    }
    let Ok(value) = serde_json::from_slice::<Value>(body) else {
        return vec!["the body is not JSON".into()];
    };
    let mistakes = expected.schema.mistakes(&value);
    let tell = |mistake: super::schema::Mistake| format!("{} {}", mistake.pointer, mistake.detail);
    mistakes.into_iter().map(tell).collect()
}
