//! Every request of the portal leaves here: tokens, headers, timeouts, patience with busy servers,
//! the size limit, and one error for all that can go wrong. Endpoints are in the sibling modules.

use super::body;
use super::failure::{self, Failure};
use super::kept::Kept;
use crate::auth::{Refused, TokenSource};
use crate::domain::config::{Config, Resource};
use crate::domain::error::ApiError;
use crate::domain::id::TaskId;
use crate::domain::json::{self, Reader};
use crate::domain::machine;
use crate::domain::time::Timestamp;
use crate::platform::{clock, crypto, location, task};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Array;
use lexicon::t;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

const TIMEOUT_MS: u32 = 30_000;
/// A safe request is sent at most so often when the server is busy.
const ATTEMPTS: u32 = 4;
/// A longer wait is the person's decision, not ours.
const LONGEST_WAIT_MS: u64 = 60_000;

/// The way to the configured services, with the signed-in person's tokens.
pub struct Client {
    pub(super) graph: String,
    pub(super) page_size: u32,
    tasks: Option<String>,
    experts: Option<String>,
    endpoint: Option<String>,
    pub(super) tokens: Rc<TokenSource>,
    /// Until when a host has asked to be left alone, by origin and `clock::uptime`.
    quiet: RefCell<HashMap<String, i64>>,
    kept: Kept,
}

/// One request, before tokens and headers.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) resource: Resource,
    pub(super) url: String,
    pub(super) body: Option<String>,
    /// A file, sent as it is in a body's place.
    pub(super) file: Option<Vec<u8>>,
    /// Sent to servers of ours only: Graph's CORS does not allow the header.
    pub(super) key: Option<String>,
    /// The version that a write replaces, as the server named it (`ETag`).
    pub(super) replaces: Option<String>,
    /// Not to be sent after this, whatever it had to wait for.
    pub(super) latest: Option<Timestamp>,
}

impl Call {
    pub(super) fn get(resource: Resource, url: String) -> Call {
        Call {
            method: Method::GET,
            resource,
            url,
            body: None,
            file: None,
            key: None,
            replaces: None,
            latest: None,
        }
    }

    pub(super) fn write(
        method: Method,
        resource: Resource,
        url: String,
        body: Option<String>,
    ) -> Call {
        Call {
            method,
            resource,
            url,
            body,
            file: None,
            key: None,
            replaces: None,
            latest: None,
        }
    }
}

/// The body of a success, what was asked for it, and the id to quote where it makes no sense.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    path: String,
    pub(super) request_id: Option<String>,
    /// The server's name for the version that it sent (`ETag`).
    pub(super) version: Option<String>,
}

impl Answer {
    /// Reads it; an error names what is wrong with it and where.
    pub(super) fn read<T>(&self, read: impl FnOnce(Reader<'_>) -> T) -> Result<T, ApiError> {
        json::read(&String::from_utf8_lossy(&self.body), read).map_err(|what| ApiError::BadReply {
            at: t!("{what} in the answer to {}", self.path),
            request_id: self.request_id.clone(),
        })
    }
}

impl Client {
    /// A client for a deployment. Base addresses become absolute here, so that "same origin" is a
    /// question with one answer later.
    pub fn new(config: &Config, tokens: Rc<TokenSource>) -> Client {
        let absolute = |base: &String| location::absolute(base).unwrap_or_else(|| base.clone());
        let trimmed = |base: &String| absolute(base).trim_end_matches('/').to_owned();
        Client {
            graph: trimmed(&config.graph_base),
            page_size: config.graph_page_size,
            tasks: config.tasks_base.as_ref().map(trimmed),
            experts: config.experts_base.as_ref().map(trimmed),
            endpoint: config.endpoint_base.as_ref().map(trimmed),
            tokens,
            quiet: RefCell::default(),
            kept: Kept::default(),
        }
    }

    pub(super) fn tasks(&self) -> Result<&str, ApiError> {
        let missing = ApiError::NotConfigured {
            what: t!("address for managed-response tasks (tasksBaseUrl)"),
        };
        self.tasks.as_deref().ok_or(missing)
    }

    pub(super) fn experts(&self) -> Result<&str, ApiError> {
        let missing = ApiError::NotConfigured {
            what: t!("Experts API (expertsBaseUrl)"),
        };
        self.experts.as_deref().ok_or(missing)
    }

    pub(super) fn endpoint(&self) -> Result<&str, ApiError> {
        let missing = ApiError::NotConfigured {
            what: t!("address for devices (endpointBaseUrl)"),
        };
        self.endpoint.as_deref().ok_or(missing)
    }

    /// Whether the service behind a task may be sent an idempotency key: never a Graph origin, and
    /// of Defender for Endpoint only a relay, which has an origin of its own.
    pub fn takes_keys(&self, task: &TaskId) -> bool {
        let (origin, of_device) = (location::origin, machine::is_of_device(task));
        let base = if of_device {
            &self.endpoint
        } else {
            &self.tasks
        };
        base.as_deref().is_some_and(|base| {
            let host = origin(base).unwrap_or_default();
            let vendor = host.ends_with(".microsoft.com");
            origin(base) != origin(&self.graph) && !(of_device && vendor)
        })
    }

    /// Sends a request and returns the answer of a success. Renews the token once after a 401, and
    /// repeats safe requests that meet a busy server.
    pub(super) async fn answer(&self, call: Call) -> Result<Answer, ApiError> {
        let safe = call.method == Method::GET;
        let host = location::origin(&call.url).unwrap_or_default();
        let (mut attempt, mut renewals, mut refused) = (1, 0, None);
        // What a service said of the token that it refused.
        let mut challenge = String::new();
        loop {
            self.wait_for(&host).await?;
            let backoff = 500_u64 << attempt;
            match self.attempt(&call, refused.take(), &mut challenge).await {
                Err(ApiError::SignedOut { .. }) if renewals == 0 => {
                    (renewals, refused) = (1, Some(std::mem::take(&mut challenge)));
                }
                Err(ApiError::Busy {
                    retry_after_ms,
                    request_id,
                }) => {
                    let wait = retry_after_ms.unwrap_or(backoff);
                    self.keep_quiet(&host, wait);
                    if !safe || attempt >= ATTEMPTS || wait > LONGEST_WAIT_MS {
                        return Err(ApiError::Busy {
                            retry_after_ms,
                            request_id,
                        });
                    }
                    attempt += 1;
                }
                // It names no delay, so nothing else has to wait for it.
                Err(ApiError::Server {
                    status: 503 | 504, ..
                }) if safe && attempt < ATTEMPTS => {
                    let jitter = clock::jitter() * 250.0;
                    #[expect(clippy::cast_possible_truncation, reason = "some seconds")]
                    clock::sleep((backoff as f64 + jitter) as i32).await;
                    attempt += 1;
                }
                answer => return answer,
            }
        }
    }

    async fn attempt(
        &self,
        call: &Call,
        refused: Refused,
        challenge: &mut String,
    ) -> Result<Answer, ApiError> {
        let safe = call.method == Method::GET;
        // What is written is never broken off.
        let wanted = task::wanted().filter(|_| safe);
        if wanted.as_ref().is_some_and(AbortSignal::aborted) {
            return Err(ApiError::Aborted);
        }
        let token = self.tokens.token(call.resource, refused).await?;
        if call.latest.is_some_and(|latest| clock::now() > latest.0) {
            return Err(ApiError::Aborted);
        }
        let late = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        let signal = match &wanted {
            Some(wanted) => AbortSignal::any(&Array::of2(&late, wanted)),
            None => late.clone(),
        };
        let mut builder = RequestBuilder::new(&call.url)
            .method(call.method.clone())
            .abort_signal(Some(&signal))
            .header("Accept", "application/json");
        // Without a token the deployment adds the credential itself: a cookie on the same origin.
        builder = match &token {
            Some(token) => builder
                .credentials(web_sys::RequestCredentials::Omit)
                .header("Authorization", &format!("Bearer {token}")),
            None => builder.credentials(web_sys::RequestCredentials::SameOrigin),
        };
        builder = builder
            .redirect(web_sys::RequestRedirect::Error)
            .cache(web_sys::RequestCache::NoStore);
        if call.resource == Resource::Graph || call.resource == Resource::Tasks {
            // Without it a status the portal is built around arrives as `unknownFutureValue`.
            builder = builder.header("Prefer", "include-unknown-enum-members");
        }
        if call.url.contains("$search=") || call.url.ends_with("/$count") {
            // The directory searches and counts for those who can do with a state of a moment ago.
            builder = builder.header("ConsistencyLevel", "eventual");
        }
        if let (Resource::Graph, Some(id)) = (call.resource, crypto::uuid()) {
            builder = builder.header("client-request-id", &id);
        }
        if let Some(key) = &call.key {
            builder = builder.header("Idempotency-Key", &format!("\"{key}\""));
        }
        // Of these services pages may see what version an answer is, and may tell which one they have.
        let again = safe && call.resource == Resource::Experts;
        let known = self.kept.of(&call.url).filter(|_| again);
        if let Some(known) = &known {
            builder = builder.header("If-None-Match", &known.version);
        }
        if let Some(version) = &call.replaces {
            builder = builder.header("If-Match", version);
        }
        let unsendable = |_| ApiError::BadReply {
            at: t!("the request could not be built").into(),
            request_id: None,
        };
        let content = match (&call.body, &call.file) {
            (Some(body), _) => Some(("application/json", JsValue::from_str(body))),
            (None, Some(file)) => {
                let bytes = js_sys::Uint8Array::from(file.as_slice());
                Some(("application/octet-stream", bytes.into()))
            }
            (None, None) => None,
        };
        let request = match content {
            Some((kind, content)) => builder.header("Content-Type", kind).body(content),
            None => builder.build(),
        }
        .map_err(unsendable)?;
        let answer = async {
            let response = request.send().await.map_err(|_| ApiError::Offline)?;
            let mut body = body::read(&response).await?;
            let request_id = request_id(&response);
            // A file may be anything; everything else is text.
            let kind = response.headers().get("Content-Type");
            let file = kind.as_deref() == Some("application/octet-stream");
            let version = response.headers().get("ETag");
            let unchanged = known.filter(|_| response.status() == 304);
            if let Some(known) = &unchanged {
                body = known.body.clone();
            } else if let (true, Some(version)) = (again && response.ok() && !file, &version) {
                self.kept.keep(&call.url, version, &body);
            }
            let text = String::from_utf8_lossy(if file { &[] } else { &body });
            match response.ok() || unchanged.is_some() {
                true if failure::is_web_page(&text) => Err(ApiError::WebPage { request_id }),
                true if !failure::is_error(&text) => Ok(Answer {
                    path: path(&call.url),
                    request_id,
                    version: version.or(unchanged.map(|known| known.version.clone())),
                    body,
                }),
                _ => {
                    let said = response.headers().get("WWW-Authenticate");
                    *challenge = said.unwrap_or_default();
                    Err(failed(&response, challenge, &text, safe))
                }
            }
        };
        match answer.await {
            Err(ApiError::Offline) if late.aborted() => Err(ApiError::TimedOut),
            Err(ApiError::Offline) if signal.aborted() => Err(ApiError::Aborted),
            answer => answer,
        }
    }

    /// Waits until a host may be asked again; a longer wait is said at once.
    pub(super) async fn wait_for(&self, host: &str) -> Result<(), ApiError> {
        let until = self.quiet.borrow().get(host).copied().unwrap_or(0);
        let left = u64::try_from(until - clock::uptime()).unwrap_or(0);
        if left > LONGEST_WAIT_MS {
            return Err(ApiError::Busy {
                retry_after_ms: Some(left),
                request_id: None,
            });
        }
        if left > 0 {
            clock::sleep(i32::try_from(left).unwrap_or(i32::MAX)).await;
        }
        Ok(())
    }

    /// Holds requests to a host back, with some jitter, so that tabs do not return as one.
    pub(super) fn keep_quiet(&self, host: &str, wait_ms: u64) {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second")]
        let jitter = (clock::jitter() * 250.0) as i64;
        let wait = i64::try_from(wait_ms).unwrap_or(0);
        // Of two answers the one that asks for more is heeded.
        let mut quiet = self.quiet.borrow_mut();
        let until = quiet.entry(host.to_owned()).or_default();
        *until = (*until).max(clock::uptime() + wait + jitter);
    }
}

/// A write that meets 503 may have been carried out, whatever delay comes with it: only of a safe
/// request, and of 429, it is certain that nothing happened.
fn failed(response: &Response, challenge: &str, body: &str, safe: bool) -> ApiError {
    let certain = safe || response.status() == 429;
    let retry_after = response.headers().get("Retry-After");
    failure::read(&Failure {
        status: response.status(),
        retry_after: retry_after.filter(|_| certain).as_deref(),
        request_id: request_id(response),
        challenge,
        body,
    })
}

fn request_id(response: &Response) -> Option<String> {
    let header = |name: &str| response.headers().get(name);
    header("request-id").or_else(|| header("X-Request-Id"))
}

/// What a report may quote of an address: no host, no query.
fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split('?').next().unwrap_or_default().to_owned()
}
