//! What happens at the service, while it happens: the Experts API's stream of events, read by fetch, as an
//! `EventSource` carries no token.

use super::client::Client;
use super::failure::{self, Failure};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::frames::{Frame, Frames};
use crate::platform::task::spawn_local;
use crate::platform::{clock, location};
use gloo_net::http::RequestBuilder;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader};

/// The service says something every 15 seconds. A stream that is silent for so long is dead.
const SILENCE_MS: i32 = 40_000;

impl Client {
    /// Follows events of some topics after the last one that is known, from now on where none is. `heard`
    /// gets whatever has come, also where that is nothing but a sign of life, and ends it by `false`. Ends
    /// without an error where the service closes the stream, as it does when the token expires.
    pub async fn follow(
        &self,
        topics: &str,
        last: Option<&str>,
        heard: &mut dyn FnMut(Vec<Frame>) -> bool,
    ) -> Result<(), ApiError> {
        let url = format!("{}/events?topics={topics}", self.experts()?);
        let host = location::origin(&url).unwrap_or_default();
        self.wait_for(&host).await?;
        let token = self.tokens.token(Resource::Experts, None).await?;
        let stop = AbortController::new().map_err(|_| ApiError::Offline)?;
        let mut builder = RequestBuilder::new(&url)
            .abort_signal(Some(&stop.signal()))
            .redirect(web_sys::RequestRedirect::Error)
            .cache(web_sys::RequestCache::NoStore)
            .header("Accept", "text/event-stream");
        if let Some(token) = token {
            builder = builder.header("Authorization", &format!("Bearer {token}"));
        }
        if let Some(last) = last {
            builder = builder.header("Last-Event-ID", last);
        }
        let request = builder.build().map_err(|_| ApiError::Offline)?;
        let alive = Rc::new(Cell::new(true));
        spawn_local(watch(stop.clone(), alive.clone()));
        let response = request.send().await.map_err(|_| ApiError::Offline)?;
        if !response.ok() {
            stop.abort();
            let error = failure::read(&Failure {
                status: response.status(),
                retry_after: response.headers().get("Retry-After").as_deref(),
                request_id: None,
                challenge: "",
                body: "",
            });
            // Who wants to be left alone is, by what is asked in the stream's place, too.
            if let ApiError::Busy {
                retry_after_ms: Some(wait),
                ..
            } = error
            {
                self.keep_quiet(&host, wait);
            }
            return Err(error);
        }
        // A page of a proxy's, say: as good as no stream.
        let kind = response.headers().get("Content-Type").unwrap_or_default();
        if !kind.starts_with("text/event-stream") {
            stop.abort();
            return Err(ApiError::Offline);
        }
        let stream = response.body().ok_or(ApiError::Offline)?;
        let reader: ReadableStreamDefaultReader = stream
            .get_reader()
            .dyn_into()
            .map_err(|_| ApiError::Offline)?;
        let mut frames = Frames::default();
        loop {
            let read = JsFuture::from(reader.read()).await;
            let piece = read.map_err(|_| ApiError::Offline)?;
            alive.set(true);
            let value = js_sys::Reflect::get(&piece, &"value".into());
            let Some(bytes) = value
                .ok()
                .and_then(|v| v.dyn_into::<js_sys::Uint8Array>().ok())
            else {
                return Ok(());
            };
            if !heard(frames.push(&bytes.to_vec())) {
                stop.abort();
                return Ok(());
            }
        }
    }
}

/// Ends a stream that has fallen silent. One that has ended is not hurt by it.
async fn watch(stop: AbortController, alive: Rc<Cell<bool>>) {
    while alive.replace(false) {
        clock::sleep(SILENCE_MS).await;
        if Rc::strong_count(&alive) == 1 {
            return;
        }
    }
    stop.abort();
}
