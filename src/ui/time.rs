//! Instants in the zone the person chose.

use super::env::{env, unique_id};
use super::tooltip::tooltip;
use crate::domain::time::{Timestamp, relative as relative_words};
use crate::reactive::Signal;
use leptos::{html, prelude::*};

/// An instant, absolute or as "3 h ago". Hovering shows ISO 8601 with the zone's offset; what is relative
/// takes the focus too, and then says when exactly.
#[component]
pub fn Time(
    /// The instant.
    #[prop(into)]
    ts: Signal<Timestamp>,
    /// "3 h ago" instead of "21 Nov 2026, 14:05"; kept current.
    #[prop(optional)]
    relative: bool,
    /// "21 Nov, 14:05" while the year is this one, for columns.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let env = env();
    let iso = move || env.zone.read().iso(ts.get());
    let words = move || {
        if relative {
            relative_words(ts.get(), env.now.get())
        } else if short {
            env.zone.read().format_short(ts.get(), env.now.get())
        } else {
            env.zone.read().format(ts.get())
        }
    };
    if !relative {
        return view! { <time class="time" datetime=iso title=iso>{move || words()}</time> }
            .into_any();
    }
    let (node, tip) = (NodeRef::<html::Time>::new(), unique_id());
    let exact = Signal::derive(move || {
        let zone = env.zone.read();
        Some(format!(
            "{} ({})",
            zone.format(ts.get()),
            zone.iso(ts.get())
        ))
    });
    view! {
        <time class="time" datetime=iso tabindex="0" aria-describedby=tip.clone() node_ref=node>
            {move || words()}
        </time>
        {tooltip(tip, node, exact)}
    }
    .into_any()
}
