//! Instants in the zone the person chose.

use super::env::env;
use crate::domain::time::{Timestamp, relative as relative_words};
use crate::reactive::Signal;
use leptos::prelude::*;

/// An instant, absolute or as "3 h ago"; hovering shows ISO 8601 with the zone's offset.
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
    view! {
        <time class="time" datetime=iso title=title>
            {move || words()}
        </time>
    }
    .into_any()
}
