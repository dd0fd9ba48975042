//! Being told when an element's size, whether it can be seen, the colour scheme or the pixel density
//! changes, and of what happens to the window.

use leptos::prelude::{
    StoredValue, UpdateValue, on_cleanup, window, window_event_listener_untyped,
};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, MediaQueryList,
    ResizeObserver, ResizeObserverEntry,
};

/// So many px outside of what is shown are near it: whoever scrolls finds there what belongs there.
const NEAR: f64 = 240.0;

/// Calls `changed` with the content's width and height in px, once at the start and at each
/// change, until the current reactive owner is cleaned up.
pub fn resize(element: &Element, changed: impl Fn(f64, f64) + 'static) {
    let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into() {
            let entry: ResizeObserverEntry = entry;
            let rect = entry.content_rect();
            changed(rect.width(), rect.height());
        }
    });
    if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        let held = StoredValue::new_local((observer, callback));
        on_cleanup(move || {
            let _ = held.try_update_value(|(observer, _)| observer.disconnect());
        });
    }
}

/// Calls `changed` with whether the element is on the screen or near it, soon and at each change, until the
/// current reactive owner is cleaned up.
pub fn nearness(element: &Element, changed: impl Fn(bool) + 'static) {
    let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        if let Ok(entry) = entries.get(entries.length().saturating_sub(1)).dyn_into() {
            let entry: IntersectionObserverEntry = entry;
            changed(entry.is_intersecting());
        }
    });
    let options = js_sys::Object::new();
    // One is for the window, the other for what scrolls in it.
    for margin in ["rootMargin", "scrollMargin"] {
        let value = format!("{NEAR}px").into();
        drop(js_sys::Reflect::set(&options, &margin.into(), &value));
    }
    let callee = callback.as_ref().unchecked_ref();
    let observer = IntersectionObserver::new_with_options(callee, options.unchecked_ref());
    if let Ok(observer) = observer {
        observer.observe(element);
        let held = StoredValue::new_local((observer, callback));
        on_cleanup(move || {
            let _ = held.try_update_value(|(observer, _)| observer.disconnect());
        });
    }
}

/// The same, right now. It makes the browser settle where everything is, unless it just has.
pub fn is_near(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|it| it.as_f64());
    place.bottom() > -NEAR && place.top() < height.unwrap_or(f64::MAX) + NEAR
}

/// Calls `changed` whenever the media query starts or ceases to match, until the current
/// reactive owner is cleaned up.
pub fn media(query: &str, changed: impl Fn() + 'static) {
    let Some(list) = match_media(query) else {
        return;
    };
    let callback = Closure::<dyn FnMut()>::new(changed);
    if list
        .add_event_listener_with_callback("change", callback.as_ref().unchecked_ref())
        .is_ok()
    {
        let held = StoredValue::new_local((list, callback));
        on_cleanup(move || {
            let _ = held.try_update_value(|(list, callback)| {
                let listener = callback.as_ref().unchecked_ref();
                drop(list.remove_event_listener_with_callback("change", listener));
            });
        });
    }
}

/// Calls `happened` at each event of the window, until the current reactive owner is cleaned up.
pub fn window_event(name: &str, happened: impl Fn() + 'static) {
    let listening = window_event_listener_untyped(name, move |_| happened());
    on_cleanup(move || listening.remove());
}

/// Calls `told` with whether the page is being printed, until the current reactive owner is cleaned up.
pub fn printing(told: impl Fn(bool) + Copy + 'static) {
    window_event("beforeprint", move || told(true));
    window_event("afterprint", move || told(false));
}

/// Whether the media query matches now.
pub fn media_matches(query: &str) -> bool {
    match_media(query).is_some_and(|list| list.matches())
}

/// Device pixels per CSS pixel.
pub fn pixel_ratio() -> f64 {
    window().device_pixel_ratio()
}

/// The media query that holds at the density of now.
pub fn pixel_ratio_query() -> String {
    let ratio = js_sys::Number::from(pixel_ratio());
    let words = ratio
        .to_string_with_radix(10)
        .map_or_else(|_| "1".to_owned(), String::from);
    format!("(resolution: {words}dppx)")
}

fn match_media(query: &str) -> Option<MediaQueryList> {
    window().match_media(query).ok().flatten()
}

/// The colour a custom property stands for on `element`, as `rgb(…)`: what it holds may be a
/// function of the theme, which only a real colour property resolves.
pub fn colour(element: &HtmlElement, name: &str) -> String {
    let style = element.style();
    drop(style.set_property("color", &format!("var({name})")));
    let colour = token(element, "color");
    drop(style.remove_property("color"));
    colour
}

/// A CSS length in px; `None` where it is not one, such as a `calc()` of a custom property.
pub fn px(element: &Element, name: &str) -> Option<f64> {
    // The browser's reading: Rust's would bring 12 kB of tables with it.
    let value = js_sys::parse_float(&token(element, name));
    value.is_finite().then_some(value)
}

/// The value of a CSS property or custom property as it holds for `element`, trimmed.
pub fn token(element: &Element, name: &str) -> String {
    let style: Result<Option<web_sys::CssStyleDeclaration>, JsValue> =
        window().get_computed_style(element);
    let value = style
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value(name).ok());
    value.unwrap_or_default().trim().to_owned()
}
