//! One call of the Experts API: the request as the document describes it, the reply, and the way from
//! one to the other. What an operation does is told in the files named after the resources.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Extension,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::{
    check,
    contract::{Match, Operation, contract},
    events, handlers, once,
};
use crate::{
    app::{App, Pace},
    auth::Caller,
    clock::Ticks,
    people::Person,
    refusal::Refusal,
    rng::fingerprint,
    web::envelope::put,
};

pub struct Call {
    pub app: App,
    pub operation: &'static Operation,
    pub person: &'static Person,
    pub path: BTreeMap<String, String>,
    /// Parameters of the query, typed and with their defaults.
    pub query: Map<String, Value>,
    pub headers: HeaderMap,
    pub body: Value,
    /// The body as it came, where it is not JSON.
    pub file: Vec<u8>,
}

pub type Handler = fn(&Call, &Connection, Ticks) -> Result<Reply, Refusal>;

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub content: Content,
    pub headers: Vec<(&'static str, String)>,
    /// Nothing new: a caller who is willing to wait may.
    pub idle: bool,
}

#[derive(Debug)]
pub enum Content {
    Nothing,
    Json(Value),
    Raw(&'static str, Vec<u8>),
}

impl Call {
    pub fn id(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    pub fn word(&self, name: &str) -> Option<&str> {
        self.query.get(name).and_then(Value::as_str)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.query.get(name).and_then(Value::as_i64)
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.query.get(name).and_then(Value::as_bool)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The Idempotency-Key without its quotes.
    pub fn key(&self) -> &str {
        self.header("idempotency-key")
            .unwrap_or_default()
            .trim_matches('"')
    }

    pub fn pace(&self) -> Pace {
        self.app.pace()
    }

    /// Refuses a write on another version of the document than this one.
    pub fn must_match(&self, etag: &str) -> Result<(), Refusal> {
        if self.header("if-match") == Some(etag) {
            return Ok(());
        }
        let text = "The document has changed since it was read.";
        let refusal = Refusal::new(StatusCode::PRECONDITION_FAILED, "preconditionFailed", text);
        Err(refusal.header("etag", etag))
    }

    fn knows(&self, etag: &str) -> bool {
        let known = self.header("if-none-match").unwrap_or_default();
        known == "*" || known.split(',').any(|tag| tag.trim() == etag)
    }
}

impl Reply {
    pub fn new(status: StatusCode, content: Content) -> Self {
        Self {
            status,
            content,
            headers: Vec::new(),
            idle: false,
        }
    }

    pub fn ok(body: Value) -> Self {
        Self::new(StatusCode::OK, Content::Json(body))
    }

    pub fn created(body: Value, place: &str) -> Self {
        Self::new(StatusCode::CREATED, Content::Json(body)).header("location", place)
    }

    pub fn nothing() -> Self {
        Self::new(StatusCode::NO_CONTENT, Content::Nothing)
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A document with its version: what the body says.
    pub fn document(body: Value) -> Self {
        let etag = etag(&body);
        // The page may keep it but must ask each time whether it still holds.
        Self::ok(body)
            .header("etag", etag)
            .header("cache-control", "private, no-cache")
    }
}

pub fn etag(body: &Value) -> String {
    format!("\"{}\"", fingerprint(&body.to_string(), 32))
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let (kind, bytes) = match self.content {
            Content::Nothing => (None, Vec::new()),
            Content::Json(value) => (Some("application/json"), value.to_string().into_bytes()),
            Content::Raw(kind, bytes) => (Some(kind), bytes),
        };
        let mut response = (self.status, bytes).into_response();
        response.headers_mut().remove(header::CONTENT_TYPE);
        let kind = kind.map(|kind| ("content-type", kind.to_owned()));
        for (name, value) in self.headers.into_iter().chain(kind) {
            put(response.headers_mut(), name, &value);
        }
        response
    }
}

pub async fn answer(
    State(app): State<App>,
    Extension(Caller(person)): Extension<Caller>,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().strip_prefix("/v1").unwrap_or_default();
    let (operation, values) = match contract().find(parts.method.as_str(), path) {
        Match::Found(operation, values) => (operation, values),
        Match::Methods(methods) => {
            let text = format!("{} is not among the methods of {path}.", parts.method);
            let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "methodNotAllowed", text);
            return Err(refusal.header("allow", methods.join(", ")));
        }
        Match::Nothing => return Err(Refusal::not_found(format!("There is nothing at {path}."))),
    };
    check::role(operation, person)?;
    check::path(operation, &values)?;
    let query = check::query(operation, parts.uri.query().unwrap_or_default())?;
    check::headers(operation, &parts.headers)?;
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let body = check::body(operation, &parts.headers, &bytes)?;
    let call = Call {
        app: app.clone(),
        operation,
        person,
        path: values,
        query,
        headers: parts.headers,
        file: if body.is_null() {
            bytes.to_vec()
        } else {
            Vec::new()
        },
        body,
    };
    if operation.id == "streamEvents" {
        return events::stream(&call);
    }
    let handler = handlers::of(&operation.id)
        .ok_or_else(|| Refusal::not_found(format!("{} is not implemented.", operation.id)))?;
    let patience = call.number("wait").unwrap_or_default() * 10;
    for turn in 0.. {
        let reply = app.with(|tx, now| once::run(&call, tx, now, handler))?;
        if !reply.idle || turn >= patience {
            return Ok(finish(&call, reply));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(Refusal::not_found("Nothing came."))
}

/// A document the caller has already is not sent again.
fn finish(call: &Call, mut reply: Reply) -> Response {
    let etag = reply
        .headers
        .iter()
        .find(|(name, _)| *name == "etag")
        .map(|(_, tag)| tag.clone());
    let conditional = call.operation.takes("if-none-match");
    if conditional && etag.is_some_and(|etag| call.knows(&etag)) {
        reply.status = StatusCode::NOT_MODIFIED;
        reply.content = Content::Nothing;
    }
    reply.into_response()
}
