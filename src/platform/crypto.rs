//! Random values, SHA-256 and base64url from the browser. Needs a secure context (https or localhost).

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

fn crypto() -> Option<web_sys::Crypto> {
    web_sys::window()?.crypto().ok()
}

/// Thirty-two random bytes as base64url; `None` where the browser has no source of them.
pub fn random() -> Option<String> {
    let mut bytes = [0_u8; 32];
    crypto()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    base64url(&bytes)
}

/// A random UUID, for idempotency keys and request ids.
pub fn uuid() -> Option<String> {
    let mut bytes = [0_u8; 16];
    crypto()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(
        [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..],
        ]
        .join("-"),
    )
}

/// The SHA-256 of a text as base64url; `None` outside a secure context.
pub async fn sha256(text: &str) -> Option<String> {
    // Outside a secure context the getter returns undefined, whatever its type says.
    let crypto: JsValue = crypto()?.into();
    let subtle = js_sys::Reflect::get(&crypto, &"subtle".into()).ok()?;
    let subtle = subtle.dyn_into::<web_sys::SubtleCrypto>().ok()?;
    let data = js_sys::Uint8Array::from(text.as_bytes());
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", &data)
        .ok()?;
    let digest: JsValue = JsFuture::from(digest).await.ok()?;
    base64url(&js_sys::Uint8Array::new(&digest).to_vec())
}

fn base64url(bytes: &[u8]) -> Option<String> {
    let latin1: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let base64 = web_sys::window()?.btoa(&latin1).ok()?;
    Some(
        base64
            .trim_end_matches('=')
            .replace('+', "-")
            .replace('/', "_"),
    )
}

/// The text a base64url string stands for, if it is one and holds UTF-8.
pub fn from_base64url(text: &str) -> Option<String> {
    let base64 = text.replace('-', "+").replace('_', "/");
    let latin1 = web_sys::window()?.atob(&base64).ok()?;
    let bytes: Vec<u8> = latin1
        .chars()
        .map(|c| u8::try_from(c).unwrap_or(b'?'))
        .collect();
    String::from_utf8(bytes).ok()
}
