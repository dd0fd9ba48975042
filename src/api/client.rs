//! Every request of the portal leaves here: tokens, headers, timeouts, patience with busy servers,
//! the size limit, and one error for all that can go wrong. Endpoints are in the sibling modules.

use super::failure::{self, Failure};
use crate::auth::TokenSource;
use crate::domain::config::{Config, Resource};
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use crate::domain::time::Timestamp;
use crate::platform::{clock, crypto, location};
use gloo_net::http::{Method, RequestBuilder, Response};
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
    /// Until when a host has asked to be left alone, by origin and `clock::uptime`.
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

/// The body of a success, what was asked for it, and the id to quote where it makes no sense.
pub(super) struct Answer {
    body: String,
    path: String,
    request_id: Option<String>,
}

impl Answer {
    /// Reads it; an error names what is wrong with it and where.
    pub(super) fn read<T>(&self, read: impl FnOnce(Reader<'_>) -> T) -> Result<T, ApiError> {
        json::read(&self.body, read).map_err(|what| ApiError::BadReply {
            at: format!("{what} in the answer to {}", self.path),
            request_id: self.request_id.clone(),
        })
    }
}

/// What a page of a collection says beside its items.
pub(super) struct More {
    pub(super) next: Option<String>,
    /// How many there are on all pages; on the first page, where it was asked for.
    pub(super) total: Option<usize>,
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

    /// One page of a collection: gives each item to `take` and returns what there is besides. The
    /// next page has to be on the same host, as following it elsewhere would hand the token over.
    pub(super) async fn page(
        &self,
        resource: Resource,
        url: String,
        take: &mut dyn FnMut(Reader<'_>),
    ) -> Result<More, ApiError> {
        let answer = self.answer(Call::get(resource, url.clone())).await?;
        let more = answer.read(|page| {
            page.needed_list("value").for_each(take);
            More {
                next: page.text("@odata.nextLink"),
                total: page
                    .int("@odata.count")
                    .and_then(|n| usize::try_from(n).ok()),
            }
        })?;
        let refused = |why: &str| {
            Err(ApiError::BadReply {
                at: why.to_owned(),
                request_id: answer.request_id.clone(),
            })
        };
        match &more.next {
            Some(next) if location::origin(next) != location::origin(&url) => {
                refused("the next page is on another host and was refused")
            }
            Some(next) if *next == url => refused("the next page is the page itself"),
            _ => Ok(more),
        }
    }

    /// A short collection whole.
    pub(super) async fn all(
        &self,
        resource: Resource,
        url: String,
        take: &mut dyn FnMut(Reader<'_>),
    ) -> Result<(), ApiError> {
        let mut page = Some(url);
        for _ in 0..MOST_PAGES {
            let Some(url) = page else { return Ok(()) };
            page = self.page(resource, url, take).await?.next;
        }
        Err(ApiError::BadReply {
            at: "a list does not end".to_owned(),
            request_id: None,
        })
    }

    /// Sends a request and returns the answer of a success. Renews the token once after a 401, and
    /// repeats safe requests that meet a busy server.
    pub(super) async fn answer(&self, call: Call) -> Result<Answer, ApiError> {
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

    async fn attempt(&self, call: &Call, renew: bool) -> Result<Answer, ApiError> {
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
            request_id: None,
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
            let request_id = request_id(&response);
            match response.ok() {
                true if failure::is_web_page(&body) => Err(ApiError::WebPage { request_id }),
                true => Ok(Answer {
                    body,
                    path: path(&call.url),
                    request_id,
                }),
                false => Err(failed(&response, &body, call.method == Method::GET)),
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
    fn keep_quiet(&self, host: &str, wait_ms: u64) {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second")]
        let jitter = (clock::jitter() * 250.0) as i64;
        let wait = i64::try_from(wait_ms).unwrap_or(0);
        self.quiet
            .borrow_mut()
            .insert(host.to_owned(), clock::uptime() + wait + jitter);
    }
}

/// A write that meets 503 may have been carried out, whatever delay comes with it: only of a safe
/// request, and of 429, it is certain that nothing happened.
fn failed(response: &Response, body: &str, safe: bool) -> ApiError {
    let certain = safe || response.status() == 429;
    let retry_after = response.headers().get("Retry-After");
    failure::read(&Failure {
        status: response.status(),
        retry_after: retry_after.filter(|_| certain).as_deref(),
        request_id: request_id(response),
        body,
    })
}

fn request_id(response: &Response) -> Option<String> {
    let header = |name: &str| response.headers().get(name);
    header("request-id").or_else(|| header("X-Request-Id"))
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
