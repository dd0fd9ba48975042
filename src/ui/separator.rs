//! The movable edge of a panel, after the ARIA window splitter: dragged, or moved by the arrows; a double
//! click goes to the usual size and back to the largest.

use crate::platform::dom;
use crate::reactive::{RwSignal, Signal, StoredValue};
use leptos::{ev, prelude::*};
use lexicon::t;

const STEP: usize = 16;

/// A width that a person sets: the least, the usual and the most, in px.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) least: usize,
    pub(super) usual: usize,
    pub(super) most: usize,
}

/// The left edge of a panel at the right: what is to the left of it gets what the panel loses.
pub(super) fn left_edge(label: &'static str, width: RwSignal<usize>, limits: Limits) -> AnyView {
    let Limits { least, usual, most } = limits;
    let now: Signal<usize> = width.into();
    let put = move |px: usize| {
        let _ = width.try_set(px.clamp(least, most));
    };
    // Where the drag began: the pointer's place and the width then.
    let grip = StoredValue::new(None::<(i32, usize)>);
    let keys = move |event: ev::KeyboardEvent| {
        let width = now.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" => put(width + STEP),
            "ArrowRight" => put(width.saturating_sub(STEP)),
            "Home" => put(least),
            "End" => put(most),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div
            class="edge"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin=least.to_string()
            aria-valuemax=most.to_string()
            aria-valuenow=move || now.get().to_string()
            aria-valuetext=move || t!("{} pixels wide", now.get())
            on:keydown=keys
            on:pointerdown=move |event| {
                event.prevent_default();
                dom::capture(&event);
                grip.set_value(Some((event.client_x(), now.get_untracked())));
            }
            on:pointermove=move |event| {
                if let Some((from, width)) = grip.try_get_value().flatten() {
                    let wider = i64::from(from - event.client_x()) + width as i64;
                    put(usize::try_from(wider).unwrap_or(0));
                }
            }
            on:lostpointercapture=move |_| {
                let _ = grip.try_set_value(None);
            }
            on:dblclick=move |_| put(if now.get_untracked() == usual { most } else { usual })
        ></div>
    }
    .into_any()
}
