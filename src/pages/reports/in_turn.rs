//! Sections that follow the report in turn: what is on the screen at once, the rest a moment later.
//! What nobody looks at does not keep waiting what somebody does.

use crate::domain::report::Report;
use crate::platform::{clock, observe};
use crate::reactive::{Effect, RwSignal, Signal};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// A section in its place on the page. It is made with the report of now, wherever it is.
pub(super) fn in_turn(
    report: Signal<Arc<Report>>,
    class: &'static str,
    section: impl FnOnce(Signal<Arc<Report>>) -> AnyView,
) -> AnyView {
    let place = NodeRef::<html::Div>::new();
    let seen = RwSignal::new(true);
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            observe::nearness(&place, move |now| {
                let _ = seen.try_set(now);
            });
        }
    });
    let held = RwSignal::new(report.get_untracked());
    let follow = move || {
        if let Some(now) = report.try_get_untracked() {
            let _ = held.try_maybe_update(|held| {
                let other = !Arc::ptr_eq(held, &now);
                *held = now;
                other
            });
        }
    };
    Effect::new(move |_| {
        report.track();
        if seen.get_untracked() {
            follow();
        } else {
            clock::later(follow);
        }
    });
    view! {
        <div class=class node_ref=place>
            {section(held.into())}
        </div>
    }
    .into_any()
}
