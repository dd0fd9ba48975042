//! Faults a test asks for: delays, errors, and answers lost after (or before) the work was done.

use std::sync::atomic::{AtomicU64, Ordering};
use std::{sync::Mutex, time::Duration};

use axum::{
    Json,
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{envelope::put, hosts::label, server::Hangup};
use crate::{app::App, refusal::Refusal};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    host: String,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    path_contains: String,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    code: Option<String>,
    /// A number or the header's text; fractions are allowed, as Graph sends them.
    #[serde(default)]
    retry_after: Option<Value>,
    #[serde(default)]
    body: Option<Value>,
    /// The body is a text, sent as it is under this type: a proxy's page, a document cut off.
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    delay_ms: u64,
    /// The request is carried out, its answer is lost with the connection.
    #[serde(default)]
    drop_after_commit: bool,
    /// The request is carried out, then `status` is answered all the same.
    #[serde(default)]
    after_commit: bool,
    /// The connection is lost at once and the request carried out this much later.
    #[serde(default)]
    commit_after_ms: Option<u64>,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

/// Among a response's extensions: it is what a fault was asked to answer, not what the API would.
#[derive(Clone, Copy, Debug)]
pub struct Injected;

/// The faults to come, and how often the tenant has begun anew.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Fault>>, AtomicU64);

impl Faults {
    pub fn add(&self, fault: Fault) {
        if let Ok(mut faults) = self.0.lock() {
            faults.push(fault);
        }
    }

    pub fn clear(&self) {
        if let Ok(mut faults) = self.0.lock() {
            faults.clear();
        }
    }

    /// The tenant begins anew: what would still be committed late was for the one before.
    pub fn begin_anew(&self) {
        self.clear();
        self.1.fetch_add(1, Ordering::SeqCst);
    }

    pub fn pending(&self) -> Vec<Fault> {
        self.0
            .lock()
            .map(|faults| faults.clone())
            .unwrap_or_default()
    }

    /// The first fault that fits, used up by one.
    fn take(&self, host: &str, method: &Method, path: &str) -> Option<Fault> {
        let mut faults = self.0.lock().ok()?;
        let index = faults
            .iter()
            .position(|fault| fault.fits(host, method, path))?;
        faults[index].times = faults[index].times.saturating_sub(1);
        let fault = faults[index].clone();
        faults.retain(|fault| fault.times > 0);
        Some(fault)
    }
}

impl Fault {
    fn fits(&self, host: &str, method: &Method, path: &str) -> bool {
        let wanted = self.method.as_deref();
        let method_fits = wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()));
        self.host == host && method_fits && path.contains(&self.path_contains)
    }

    fn answer(&self) -> Response {
        let status = self
            .status
            .and_then(|status| StatusCode::from_u16(status).ok());
        let status = status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let mut response = match &self.body {
            Some(Value::String(text)) if self.content_type.is_some() => {
                (status, text.clone()).into_response()
            }
            Some(body) => (status, Json(body.clone())).into_response(),
            None => Refusal::new(status, self.code(status), "Injected fault.").into_response(),
        };
        if let Some(kind) = &self.content_type {
            put(response.headers_mut(), "content-type", kind);
        }
        response.extensions_mut().insert(Injected);
        match &self.retry_after {
            Some(Value::String(text)) => put(response.headers_mut(), "retry-after", text),
            Some(value) => put(response.headers_mut(), "retry-after", &value.to_string()),
            None => {}
        }
        response
    }

    fn code(&self, status: StatusCode) -> String {
        let usual = match status.as_u16() {
            400 => "BadRequest",
            401 => "InvalidAuthenticationToken",
            403 => "Forbidden",
            404 => "NotFound",
            409 => "Conflict",
            429 => "TooManyRequests",
            503 => "ServiceUnavailable",
            _ => "UnknownError",
        };
        self.code.clone().unwrap_or_else(|| usual.to_owned())
    }
}

pub async fn inject(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request
        .extensions()
        .get::<super::hosts::FullPath>()
        .cloned();
    let path = path.map_or_else(|| request.uri().path().to_owned(), |full| full.0);
    let Some(fault) = app.faults.take(&label(&request), request.method(), &path) else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if let Some(wait) = fault.commit_after_ms {
        let tenant = app.faults.1.load(Ordering::SeqCst);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            if app.faults.1.load(Ordering::SeqCst) == tenant {
                next.run(request).await;
            }
        });
        return hang_up();
    }
    if fault.drop_after_commit {
        next.run(request).await;
        return hang_up();
    }
    if fault.status.is_none() && fault.body.is_none() {
        return next.run(request).await;
    }
    if fault.after_commit {
        next.run(request).await;
    }
    fault.answer()
}

fn hang_up() -> Response {
    let mut response = StatusCode::BAD_GATEWAY.into_response();
    response.extensions_mut().insert(Hangup);
    response.extensions_mut().insert(Injected);
    response
}
