//! Whether anybody can see the page.

/// False while the tab is in the background.
pub fn visible() -> bool {
    web_sys::window()
        .and_then(|w| w.document())
        .is_none_or(|document| document.visibility_state() != web_sys::VisibilityState::Hidden)
}

/// True where the browser knows of a network.
pub fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
