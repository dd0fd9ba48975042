//! What the browser knows of text. Rust's own tables of letters would be 6 kB of the bundle.

/// The text in lower case, in any script.
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}
