//! The clipboard, for writing only: the portal never reads what a person copied elsewhere.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard; false where the browser refuses, as it does without a secure
/// context.
pub async fn write(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent outside secure contexts, where calling it would throw.
    let present = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if !present.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
