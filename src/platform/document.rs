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

/// Focuses an element where the focus has gone with what had it.
pub fn keep_focus(element: &HtmlElement) {
    let active = element
        .owner_document()
        .and_then(|document| document.active_element());
    let lost = active.is_none_or(|active| matches!(active.tag_name().as_str(), "BODY" | "DIALOG"));
    if lost {
        focus_quietly(element);
    }
}
