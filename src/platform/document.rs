//! The document as a whole: its title, and putting the focus somewhere without scrolling there.

use web_sys::{FocusOptions, HtmlElement};

/// What the browser's tab says.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|w| w.document()) {
        document.set_title(title);
    }
}

/// Focuses an element and leaves the scroll position alone.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    drop(element.focus_with_options(&options));
}
