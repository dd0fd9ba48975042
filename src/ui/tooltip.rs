//! The tooltip of a button or a time: shown on hover and focus, in the top layer, gone with Escape.

use super::anchor as beside;
use super::dynamic::dynamic;
use crate::platform::{dom, popover};
use crate::reactive::{Effect, Memo, Signal, StoredValue};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html};
use std::sync::Arc;
use std::time::Duration;
use web_sys::HtmlElement;

/// A small text over an element, with the id the element refers to. It exists only while it has words.
pub(super) fn tooltip<E>(id: String, anchor: NodeRef<E>, text: Signal<Option<String>>) -> AnyView
where
    E: html::ElementType,
    E::Output: JsCast + Clone + 'static,
{
    let anchor = move |follow: bool| {
        let element = match follow {
            true => anchor.try_get(),
            false => anchor.try_get_untracked(),
        };
        element.flatten().map(JsCast::unchecked_into)
    };
    over(id, Arc::new(anchor), text)
}

/// The element, followed or only looked at.
type Anchor = Arc<dyn Fn(bool) -> Option<HtmlElement> + Send + Sync>;

fn over(id: String, anchor: Anchor, text: Signal<Option<String>>) -> AnyView {
    let shown_over = StoredValue::new(anchor.clone());
    let tip = NodeRef::<html::Span>::new();
    let wanted = StoredValue::new(false);
    let show = move || {
        let (Some(tip), Some(anchor)) = (
            tip.try_get_untracked().flatten(),
            shown_over.try_get_value().and_then(|anchor| anchor(false)),
        ) else {
            return;
        };
        if wanted.try_get_value() == Some(true) {
            popover::show(&tip);
            beside::above(&tip, &anchor);
        }
    };
    let hide = move || {
        let _ = wanted.try_set_value(false);
        if let Some(tip) = tip.try_get_untracked().flatten() {
            popover::hide(&tip);
        }
    };
    Effect::new(move |_| {
        let Some(anchor) = anchor(true) else { return };
        let later = move |_: ev::PointerEvent| {
            let _ = wanted.try_set_value(true);
            set_timeout(show, Duration::from_millis(350));
        };
        let focused = move |event: ev::FocusEvent| {
            // Only where the focus ring shows: a click must not leave a tooltip behind.
            if dom::focus_is_visible(&event) {
                let _ = wanted.try_set_value(true);
                show();
            }
        };
        let escape = move |event: ev::KeyboardEvent| {
            if event.key() == "Escape" {
                hide();
            }
        };
        dom::listen(&anchor, ev::pointerenter, later);
        dom::listen(&anchor, ev::pointerleave, move |_| hide());
        dom::listen(&anchor, ev::focus, focused);
        dom::listen(&anchor, ev::blur, move |_| hide());
        dom::listen(&anchor, ev::keydown, escape);
    });
    let filled = Memo::new(move |_| text.read().is_some());
    let shown = move || {
        filled.get().then(|| {
            view! {
                <span class="tooltip" role="tooltip" popover="manual" id=id.clone() node_ref=tip>
                    {move || text.get()}
                </span>
            }
        })
    };
    dynamic(shown)
}
