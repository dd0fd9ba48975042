//! Files made here, handed to the browser to save.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves a text under a name; `kind` is its media type.
pub fn text(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else {
        return;
    };
    if let Ok(url) = Url::create_object_url_with_blob(&blob) {
        address(name, &url);
        drop(Url::revoke_object_url(&url));
    }
}

/// Saves what an address of this page's own (`blob:`, `data:`) holds.
pub fn address(name: &str, url: &str) {
    let link = document().create_element("a").ok();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}
