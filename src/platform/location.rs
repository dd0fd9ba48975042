//! The document's address and its base. Moving within the portal is `routes`' work.

use web_sys::Url;

/// The whole address of the page.
pub fn href() -> String {
    web_sys::window()
        .and_then(|w| w.location().href().ok())
        .unwrap_or_default()
}

/// The fragment, without its `#`.
pub fn fragment() -> String {
    let hash = web_sys::window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// The query, with its `?`.
pub fn query() -> String {
    web_sys::window()
        .and_then(|w| w.location().search().ok())
        .unwrap_or_default()
}

/// The portal's own address, from `<base>`: absolute, ending in a slash.
pub fn base() -> String {
    let document = web_sys::window().and_then(|w| w.document());
    let uri = document
        .and_then(|d| d.base_uri().ok().flatten())
        .unwrap_or_default();
    match uri.rfind('/') {
        Some(end) => uri[..=end].to_owned(),
        None => uri,
    }
}

/// The path of `base`, without its final slash: what every portal path starts with.
pub fn base_path() -> String {
    let path = Url::new(&base())
        .map(|url| url.pathname())
        .unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}

/// An address made absolute against `base`; `None` where it is none.
pub fn absolute(address: &str) -> Option<String> {
    Url::new_with_base(address, &base())
        .ok()
        .map(|url| url.href())
}

/// Scheme, host and port of an absolute address.
pub fn origin(address: &str) -> Option<String> {
    Url::new(address).ok().map(|url| url.origin())
}

/// Shows another address without loading it and without a new entry in the history.
pub fn replace(address: &str) {
    let history = web_sys::window().and_then(|w| w.history().ok());
    if let Some(history) = history {
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address)));
    }
}

/// Leaves the portal for another address, in place of this entry of the history: a way through a
/// sign-in page is no step that Back should return to.
pub fn leave(address: &str) {
    if let Some(window) = web_sys::window() {
        drop(window.location().replace(address));
    }
}

/// Begins the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        drop(window.location().reload());
    }
}

/// True inside a frame.
pub fn framed() -> bool {
    let window = web_sys::window();
    let parent = window.as_ref().and_then(|w| w.parent().ok().flatten());
    window != parent
}
