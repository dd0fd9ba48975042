//! The body of an answer, as it arrives.

use crate::domain::error::ApiError;
use gloo_net::http::Response;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Larger answers are refused while they arrive, before they can exhaust the tab.
const LIMIT_MB: u32 = 20;

/// The body, read chunk by chunk so that an endless one is cut off.
pub(super) async fn read(response: &Response) -> Result<Vec<u8>, ApiError> {
    let Some(stream) = response.body() else {
        return Ok(Vec::new());
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
    Ok(bytes)
}
