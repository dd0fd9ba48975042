//! Elements: focus, listeners, moving the focus among siblings. Always from an element at hand,
//! never by a query on the document.

use leptos::ev::EventDescriptor;
use leptos::prelude::{StoredValue, UpdateValue, on_cleanup};
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::convert::FromWasmAbi;
use web_sys::{Document, Element, FocusEvent, HtmlElement, KeyboardEvent};

/// The element that has the focus in the document of `near`.
pub fn active_element(near: &Element) -> Option<HtmlElement> {
    let active = near
        .owner_document()
        .and_then(|document: Document| document.active_element())?;
    active.dyn_into().ok()
}

/// Whether `element` itself has the focus.
pub fn has_focus(element: &Element) -> bool {
    active_element(element).is_some_and(|active| *active == *element)
}

/// The element inside `container` that has the focus.
pub fn focused_in(container: &Element) -> Option<HtmlElement> {
    active_element(container).filter(|active| container.contains(Some(active)))
}

/// Where nothing has the focus: gives it to the innermost open dialog's heading in `root`, or to its
/// page.
pub fn keep_focus_within(root: &Element) {
    let front = within(root, "dialog[open] h2[tabindex]").pop();
    if let Some(front) = front.or_else(|| within(root, "main").pop()) {
        super::document::keep_focus(&front);
    }
}

/// Lets an element and what is around it take a key as pressed.
pub fn press(element: &Element, key: &str) {
    let options = web_sys::KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options);
    if let Ok(event) = event {
        drop(element.dispatch_event(&event));
    }
}

/// Whether this focus came by keyboard, so that a focus ring shows.
pub fn focus_is_visible(event: &FocusEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(":focus-visible").unwrap_or(false))
}

/// The elements inside `container` that match `selector`, in document order.
pub fn within(container: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = container.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at).and_then(|node| node.dyn_into().ok()))
        .collect()
}

/// Listens on `element` until the current reactive owner is cleaned up.
pub fn listen<E>(element: &Element, event: E, handler: impl FnMut(E::EventType) + 'static)
where
    E: EventDescriptor,
    E::EventType: FromWasmAbi + 'static,
{
    let closure = Closure::<dyn FnMut(E::EventType)>::new(handler);
    let name = event.name();
    let target = element.clone();
    if target
        .add_event_listener_with_callback(&name, closure.as_ref().unchecked_ref())
        .is_ok()
    {
        let held = StoredValue::new_local((target, closure));
        let name = name.into_owned();
        on_cleanup(move || {
            let _ =
                held.try_update_value(|(target, closure)| {
                    drop(target.remove_event_listener_with_callback(
                        &name,
                        closure.as_ref().unchecked_ref(),
                    ));
                });
        });
    }
}

/// Which arrow keys move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Left and right.
    Horizontal,
    /// Up and down.
    Vertical,
}

/// Moves the focus among the elements matching `selector` by arrows (wrapping round), Home and
/// End. Returns whether the key was one of them; it is then spent.
pub fn rove(event: &KeyboardEvent, container: &Element, selector: &str, axis: Axis) -> bool {
    let key = event.key();
    let forward = match (key.as_str(), axis) {
        ("ArrowRight", Axis::Horizontal) | ("ArrowDown", Axis::Vertical) => Some(true),
        ("ArrowLeft", Axis::Horizontal) | ("ArrowUp", Axis::Vertical) => Some(false),
        ("Home" | "End", _) => None,
        _ => return false,
    };
    let all = within(container, selector);
    if all.is_empty() {
        return false;
    }
    let at = all.iter().position(|element| has_focus(element));
    if forward.is_none() && at.is_some_and(|at| is_typed_in(&all[at])) {
        return false;
    }
    let last = all.len() - 1;
    let next = match (forward, at) {
        (None, _) => {
            if key == "Home" {
                0
            } else {
                last
            }
        }
        (Some(true), Some(at)) => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        (Some(false), Some(at)) => {
            if at == 0 {
                last
            } else {
                at - 1
            }
        }
        (Some(true), None) => 0,
        (Some(false), None) => last,
    };
    event.prevent_default();
    drop(all[next].focus());
    true
}

/// Moves the focus to the next element matching `selector` whose words start with the key typed.
pub fn rove_by_letter(event: &KeyboardEvent, container: &Element, selector: &str) {
    let key = lower(&event.key());
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if with_modifier || key.chars().count() != 1 {
        return;
    }
    let all = within(container, selector);
    let from = all
        .iter()
        .position(|element| has_focus(element))
        .map_or(0, |at| at + 1);
    let starts = |element: &&HtmlElement| {
        let words = element.text_content().unwrap_or_default();
        lower(words.trim_start()).starts_with(&key)
    };
    let (before, after) = all.split_at(from.min(all.len()));
    if let Some(found) = after.iter().chain(before).find(starts) {
        drop(found.focus());
    }
}

/// The browser's lower case: Rust's would bring its tables along.
fn lower(text: &str) -> String {
    String::from(js_sys::JsString::from(text).to_lower_case())
}

fn is_typed_in(element: &HtmlElement) -> bool {
    // Home and End belong to the text there.
    element
        .matches("input:not([type=checkbox]):not([type=radio]), textarea")
        .unwrap_or(false)
}

/// Whether some text of the page is selected.
pub fn has_selected_text() -> bool {
    let selection = leptos::prelude::window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Scrolls what is around `element` as far as needed to show it.
pub fn scroll_to(element: &Element) {
    let nearest = web_sys::ScrollIntoViewOptions::new();
    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
    nearest.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// The element around `element`.
pub fn parent(element: &Element) -> Option<HtmlElement> {
    element
        .parent_element()
        .and_then(|parent| parent.dyn_into().ok())
}

/// The element whose listener is being called.
pub fn current_target(event: &web_sys::Event) -> Option<HtmlElement> {
    event.current_target().and_then(|at| at.dyn_into().ok())
}

/// Sends the pointer's further events to the element pressed, until it is released.
pub fn capture(event: &web_sys::PointerEvent) {
    if let Some(element) = current_target(event) {
        drop(element.set_pointer_capture(event.pointer_id()));
    }
}
