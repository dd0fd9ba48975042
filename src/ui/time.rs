//! Instants in the zone the person chose.

use super::anchor;
use super::dynamic::dynamic;
use super::env::env;
use crate::domain::time::{Timestamp, relative as relative_words};
use crate::platform::{dom, popover};
use crate::reactive::{RwSignal, Signal};
use leptos::{html, prelude::*};

/// An empty instant for a column, and what makes it say one: "21 Nov, 14:05" while the year is this one.
/// What paints it follows the zone.
pub fn drawn() -> (AnyView, impl Fn(Timestamp) + 'static) {
    let env = env();
    let node = NodeRef::<html::Time>::new();
    let view = view! { <time class="time" node_ref=node></time> };
    let paint = move |ts: Timestamp| {
        let zone = env.zone.read();
        if let Some(time) = node.try_get_untracked().flatten() {
            let iso = zone.iso(ts);
            time.set_text_content(Some(&zone.format_short(ts, env.now.get_untracked())));
            time.set_title(&iso);
            time.set_date_time(&iso);
        }
    };
    (view.into_any(), paint)
}

/// An instant, absolute or as "3 h ago". Hovering shows ISO 8601 with the zone's offset; what is relative
/// takes the focus, too, and says then when exactly.
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
    let title = move || {
        if relative {
            format!("{} ({})", env.zone.read().format(ts.get()), iso())
        } else {
            iso()
        }
    };
    if !relative {
        return view! { <time class="time" datetime=iso title=title>{move || words()}</time> }
            .into_any();
    }
    let (node, tip) = (NodeRef::<html::Time>::new(), NodeRef::<html::Span>::new());
    // Drawn for as long as it is shown: what nobody asks for is no part of the text.
    let asked = RwSignal::new(false);
    let place = move || {
        let (node, tip) = (node.try_get_untracked(), tip.try_get_untracked());
        if let (Some(node), Some(tip)) = (node.flatten(), tip.flatten()) {
            popover::show(&tip);
            anchor::above(&tip, &node);
        }
    };
    view! {
        <time
            class="time"
            datetime=iso
            title=title
            tabindex="0"
            node_ref=node
            on:focus=move |event| {
                if dom::focus_is_visible(&event) {
                    asked.set(true);
                    request_animation_frame(place);
                }
            }
            on:blur=move |_| {
                let _ = asked.try_set(false);
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    asked.set(false);
                }
            }
        >
            {move || words()}
        </time>
        {dynamic(move || {
            asked
                .get()
                .then(|| {
                    view! {
                        <span class="tooltip" role="tooltip" popover="manual" node_ref=tip>
                            {title()}
                        </span>
                    }
                })
        })}
    }
    .into_any()
}
