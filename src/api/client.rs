//! Every request of the portal leaves here: tokens, headers, timeouts, patience with busy servers,
//! the size limit, and one error for all that can go wrong. Endpoints are in the sibling modules.

use super::failure::{self, Failure};
use super::wire::Collection;
use crate::auth::TokenSource;
use crate::domain::config::{Config, Resource};
use crate::domain::error::ApiError;
use crate::domain::time::Timestamp;
use crate::platform::{clock, crypto, location};
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Larger answers are refused while they arrive, before they can exhaust the tab.
const LIMIT_MB: u32 = 20;
const TIMEOUT_MS: u32 = 30_000;
/// A safe request is sent at most so often when the server is busy.
const ATTEMPTS: u32 = 4;
/// Pages of a list that is short by nature; more is a server that walks in circles.
const MOST_PAGES: u32 = 50;
/// A longer wait is the person's decision, not ours.
const LONGEST_WAIT_MS: u64 = 60_000;

/// The way to the configured services, with the signed-in person's tokens.
pub struct Client {
    pub(super) graph: String,
    pub(super) page_size: u32,
    tasks: Option<String>,
    experts: Option<String>,
    tokens: Rc<TokenSource>,
    /// Until when a host has asked to be left alone, by origin.
    quiet: RefCell<HashMap<String, i64>>,
}

/// One request, before tokens and headers.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) resource: Resource,
    pub(super) url: String,
    pub(super) body: Option<String>,
    /// Sent to servers of ours only: Graph's CORS does not allow the header.
    pub(super) key: Option<String>,
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
            key: None,
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
            key: None,
            latest: None,
        }
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
            tokens,
            quiet: RefCell::default(),
        }
    }

    pub(super) fn tasks(&self) -> Result<&str, ApiError> {
        let missing = ApiError::NotConfigured {
            what: "address for managed-response tasks (tasksBaseUrl)",
        };
        self.tasks.as_deref().ok_or(missing)
    }

    pub(super) fn experts(&self) -> Result<&str, ApiError> {
        let missing = ApiError::NotConfigured {
            what: "Experts API (expertsBaseUrl)",
        };
        self.experts.as_deref().ok_or(missing)
    }

    /// Whether the tasks API may be sent an idempotency key: never a Graph origin.
    pub fn tasks_take_keys(&self) -> bool {
        let origin = |url: &str| location::origin(url);
        self.tasks
            .as_deref()
            .is_some_and(|tasks| origin(tasks) != origin(&self.graph))
    }

    /// Sends a request and reads its answer as JSON.
    pub(super) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, ApiError> {
        let path = path(&call.url);
        let body = self.send(call).await?;
        serde_json::from_str(&body).map_err(|error| ApiError::BadReply {
            at: format!("{error} in the answer to {path}"),
        })
    }

    /// One page of a collection. Its next page has to be on the same host, as following it elsewhere
    /// would hand the token over.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        resource: Resource,
        url: String,
    ) -> Result<Collection<T>, ApiError> {
        let asked = url.clone();
        let page: Collection<T> = self.json(Call::get(resource, url)).await?;
        let refused = |why: &str| Err(ApiError::BadReply { at: why.to_owned() });
        match &page.next_link {
            Some(next) if location::origin(next) != location::origin(&asked) => {
                refused("the next page is on another host and was refused")
            }
            Some(next) if *next == asked => refused("the next page is the page itself"),
            _ => Ok(page),
        }
    }

    /// A short collection whole.
    pub(super) async fn all<T: DeserializeOwned>(
        &self,
        resource: Resource,
        url: String,
    ) -> Result<Vec<T>, ApiError> {
        let mut page = self.page(resource, url).await?;
        let mut all = page.value;
        for _ in 1..MOST_PAGES {
            let Some(next) = page.next_link else {
                return Ok(all);
            };
            page = self.page(resource, next).await?;
            all.append(&mut page.value);
        }
        Err(ApiError::BadReply {
            at: "a list does not end".to_owned(),
        })
    }

    /// Sends a request and returns the body of a success. Renews the token once after a 401, and
    /// repeats safe requests that meet a busy server.
    pub(super) async fn send(&self, call: Call) -> Result<String, ApiError> {
        let safe = call.method == Method::GET;
        let host = location::origin(&call.url).unwrap_or_default();
        let (mut attempt, mut renewals, mut renew) = (1, 0, false);
        loop {
            self.wait_for(&host).await?;
            match self.attempt(&call, std::mem::take(&mut renew)).await {
                Err(ApiError::SignedOut { .. }) if renewals == 0 => (renewals, renew) = (1, true),
                Err(ApiError::Busy {
                    retry_after_ms,
                    request_id,
                }) => {
                    let backoff = 500_u64 << attempt;
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
                answer => return answer,
            }
        }
    }

    async fn attempt(&self, call: &Call, renew: bool) -> Result<String, ApiError> {
        let token = self.tokens.token(call.resource, renew).await?;
        if call.latest.is_some_and(|latest| clock::now() > latest.0) {
            return Err(ApiError::Aborted);
        }
        let signal = web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS);
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
        if let (Resource::Graph, Some(id)) = (call.resource, crypto::uuid()) {
            builder = builder.header("client-request-id", &id);
        }
        if let Some(key) = &call.key {
            builder = builder.header("Idempotency-Key", &format!("\"{key}\""));
        }
        let unsendable = |_| ApiError::BadReply {
            at: "the request could not be built".into(),
        };
        let request = match &call.body {
            Some(body) => builder
                .header("Content-Type", "application/json")
                .body(body.clone()),
            None => builder.build(),
        }
        .map_err(unsendable)?;
        let answer = async {
            let response = request.send().await.map_err(|_| ApiError::Offline)?;
            let body = read_body(&response).await?;
            if response.ok() {
                Ok(body)
            } else {
                Err(failed(&response, &body, call.method == Method::GET))
            }
        };
        match answer.await {
            Err(ApiError::Offline) if signal.aborted() => Err(ApiError::TimedOut),
            answer => answer,
        }
    }

    /// Waits until a host may be asked again; a longer wait is said at once.
    async fn wait_for(&self, host: &str) -> Result<(), ApiError> {
        let until = self.quiet.borrow().get(host).copied().unwrap_or(0);
        let left = u64::try_from(until - clock::now()).unwrap_or(0);
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
    fn keep_quiet(&self, host: &str, wait_ms: u64) {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second")]
        let jitter = (clock::jitter() * 250.0) as i64;
        let wait = i64::try_from(wait_ms).unwrap_or(0);
        self.quiet
            .borrow_mut()
            .insert(host.to_owned(), clock::now() + wait + jitter);
    }
}

/// A write that meets 503 may have been carried out, whatever delay comes with it: only of a safe
/// request, and of 429, it is certain that nothing happened.
fn failed(response: &Response, body: &str, safe: bool) -> ApiError {
    let header = |name: &str| response.headers().get(name);
    let certain = safe || response.status() == 429;
    failure::read(&Failure {
        status: response.status(),
        retry_after: header("Retry-After").filter(|_| certain).as_deref(),
        request_id: header("request-id").or_else(|| header("X-Request-Id")),
        body,
    })
}

/// The body as text, read chunk by chunk so that an endless one is cut off.
async fn read_body(response: &Response) -> Result<String, ApiError> {
    let Some(stream) = response.body() else {
        return Ok(String::new());
    };
    let reader = stream.get_reader();
    let Ok(reader) = reader.dyn_into::<web_sys::ReadableStreamDefaultReader>() else {
        return Err(ApiError::Offline);
    };
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read())
            .await
            .map_err(|_| ApiError::Offline)?;
        let member = |name: &str| js_sys::Reflect::get(&chunk, &name.into());
        let value = member("value")
            .ok()
            .and_then(|v| v.dyn_into::<js_sys::Uint8Array>().ok());
        match value {
            Some(value) => bytes.extend(value.to_vec()),
            None => break,
        }
        if bytes.len() > (LIMIT_MB as usize) << 20 {
            drop(reader.cancel());
            return Err(ApiError::TooLarge { limit_mb: LIMIT_MB });
        }
    }
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned()))
}

/// What a report may quote of an address: no host, no query.
fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split('?').next().unwrap_or_default().to_owned()
}
