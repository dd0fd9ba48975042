//! The way to the pages: at the left, with its words or without; on a phone a drawer over the page.

use super::text;
use crate::domain::queue_query::QueueQuery;
use crate::platform::dom;
use crate::reactive::{Effect, Memo, RwSignal};
use crate::routes::{Route, navigator};
use crate::state::preferences::preferences;
use crate::ui::dynamic::dynamic;
use crate::ui::icon::{Glyph, Icon};
use leptos::html;
use leptos::prelude::*;

/// The entries. `drawer` says whether they are in sight on a phone.
#[component]
pub(super) fn Navigation(route: Memo<Route>, drawer: RwSignal<bool>) -> impl IntoView {
    let (navigator, preferences) = (navigator(), preferences());
    let node = NodeRef::<html::Nav>::new();
    Effect::new(move |before: Option<bool>| {
        let open = drawer.get();
        if let (true, Some(nav)) = (open && before == Some(false), node.get_untracked()) {
            // Once it is in sight.
            request_animation_frame(move || {
                if let Some(first) = dom::within(&nav, "a").first() {
                    drop(first.focus());
                }
            });
        }
        open
    });
    // It has led somewhere.
    Effect::new(move |_| {
        route.track();
        drawer.set(false);
    });
    let entry = move |target: Route, glyph: Glyph, here: fn(&Route) -> bool| {
        let current = move || route.with(here).then_some("page");
        let (title, words) = (target.title(), target.title());
        view! {
            <li>
                <a
                    class="nav-link"
                    href=navigator.href(&target)
                    title=title
                    aria-current=current
                >
                    <Icon glyph />
                    <span>{words}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let narrow = preferences.narrow();
    view! {
        <div class="nav-scrim" hidden=move || !drawer.get() on:click=move |_| drawer.set(false)></div>
        <nav
            class="side-nav"
            class:open=move || drawer.get()
            aria-label=text::NAVIGATION
            node_ref=node
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    drawer.set(false);
                }
            }
        >
            <ul>
                {entry(Route::Home, Glyph::Home, |route| *route == Route::Home)}
                {entry(
                    Route::Incidents(QueueQuery::default()),
                    Glyph::Incidents,
                    |route| matches!(route, Route::Incidents(_) | Route::Incident(_)),
                )}
                {entry(
                    Route::Preferences,
                    Glyph::Settings,
                    |route| *route == Route::Preferences,
                )}
            </ul>
            <button
                type="button"
                class="nav-link nav-collapse"
                on:click=move |_| preferences.set_narrow(!narrow.get_untracked())
            >
                {dynamic(move || {
                    let glyph = if narrow.get() { Glyph::ChevronRight } else { Glyph::ChevronLeft };
                    view! { <Icon glyph /> }
                })}
                <span>{move || if narrow.get() { text::EXPAND } else { text::COLLAPSE }}</span>
            </button>
        </nav>
    }
}
