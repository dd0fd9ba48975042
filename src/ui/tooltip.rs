//! The tooltip of a button: shown on hover and focus, in the top layer, gone with Escape.

use super::anchor as beside;
use super::dynamic::dynamic;
use crate::platform::{dom, popover};
use crate::reactive::{Effect, Memo, Signal, StoredValue};
use leptos::prelude::*;
use leptos::{ev, html};
use std::time::Duration;

/// A small text over a button, with the id the button refers to. It exists only while it has words.
pub(super) fn tooltip(
    id: String,
    anchor: NodeRef<html::Button>,
    text: Signal<Option<String>>,
) -> AnyView {
    let tip = NodeRef::<html::Span>::new();
    let wanted = StoredValue::new(false);
    let show = move || {
        let (Some(tip), Some(anchor)) = (
            tip.try_get_untracked().flatten(),
            anchor.try_get_untracked().flatten(),
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
        let Some(anchor) = anchor.get() else { return };
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
