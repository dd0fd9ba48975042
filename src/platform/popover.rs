//! The browser's popovers: showing, hiding and placing them. Where one goes is decided by
//! `domain::viewport::place`.

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use web_sys::{Element, Event, HtmlElement};

/// A box on the screen: left, top, width, height in px.
pub type Bounds = (f64, f64, f64, f64);

/// Shows a popover that is hidden.
pub fn show(popover: &HtmlElement) {
    if popover.is_connected() && !is_open(popover) {
        drop(popover.show_popover());
    }
}

/// Hides a popover that is shown.
pub fn hide(popover: &HtmlElement) {
    if is_open(popover) {
        drop(popover.hide_popover());
    }
}

/// Whether a popover is shown.
pub fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

/// Whether a `beforetoggle` event announces opening.
pub fn is_opening(event: &Event) -> bool {
    let state = js_sys::Reflect::get(event, &JsValue::from_str("newState"));
    state.is_ok_and(|state| state.as_string().as_deref() == Some("open"))
}

/// An element's place on the screen.
pub fn bounds(element: &Element) -> Bounds {
    let rect = element.get_bounding_client_rect();
    (rect.x(), rect.y(), rect.width(), rect.height())
}

/// The screen's size, as far as the page reaches.
pub fn screen() -> (f64, f64) {
    let size = |value: Result<JsValue, JsValue>| value.ok().and_then(|v| v.as_f64());
    let width = size(window().inner_width()).unwrap_or(1024.0);
    (width, size(window().inner_height()).unwrap_or(768.0))
}

/// Moves a shown popover to this point.
pub fn move_to(popover: &HtmlElement, left: f64, top: f64) {
    let style = popover.style();
    // Whole numbers: formatting floats would bring 15 kB of code with it.
    drop(style.set_property("left", &format!("{}px", left.round() as i32)));
    drop(style.set_property("top", &format!("{}px", top.round() as i32)));
}

/// Makes a popover as wide as the element it belongs to, at least.
pub fn match_width(popover: &HtmlElement, anchor: &Element) {
    let (_, _, width, _) = bounds(anchor);
    drop(
        popover
            .style()
            .set_property("min-width", &format!("{}px", width.round() as i32)),
    );
}
