//! The document as a whole: its title, and putting the focus somewhere without scrolling there.

use std::cell::RefCell;
use web_sys::{FocusOptions, HtmlElement};

thread_local! {
    static TITLE: RefCell<(usize, String)> = const { RefCell::new((0, String::new())) };
}

/// What the browser's tab says.
pub fn set_title(title: &str) {
    TITLE.with_borrow_mut(|shown| title.clone_into(&mut shown.1));
    show_title();
}

/// How many things are unread: the number stands before the title.
pub fn set_unread(count: usize) {
    TITLE.with_borrow_mut(|shown| shown.0 = count);
    show_title();
}

fn show_title() {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else {
        return;
    };
    TITLE.with_borrow(|(unread, title)| match unread {
        0 => document.set_title(title),
        unread => document.set_title(&format!("({unread}) {title}")),
    });
}

/// Opens the browser's dialog for printing this page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        drop(window.print());
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
