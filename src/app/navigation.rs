//! The way to the pages: at the left, with its words or without; on a phone a drawer over the page.

use super::drawer::Drawer;
use super::text;
use crate::domain::queue_query::QueueQuery;
use crate::reactive::{Effect, Memo};
use crate::routes::{Route, navigator};
use crate::state::preferences::preferences;
use crate::state::session::session;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A page that can be gone to from everywhere.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    route: fn() -> Route,
    glyph: Glyph,
    /// Whether an address is below it.
    here: fn(&Route) -> bool,
    /// The keys that lead there.
    pub(super) keys: &'static str,
}

/// In the order of the service's own portal.
const ENTRIES: [Entry; 9] = [
    Entry {
        route: || Route::Home,
        glyph: Glyph::Home,
        here: |route| *route == Route::Home,
        keys: "g h",
    },
    Entry {
        route: || Route::Incidents(QueueQuery::default()),
        glyph: Glyph::Incidents,
        here: |route| matches!(route, Route::Incidents(_) | Route::Incident(_)),
        keys: "g i",
    },
    Entry {
        route: || Route::Alerts(String::new()),
        glyph: Glyph::Bell,
        here: |route| matches!(route, Route::Alerts(_) | Route::Alert(_)),
        keys: "g a",
    },
    Entry {
        route: || Route::Devices(String::new()),
        glyph: Glyph::Device,
        here: |route| matches!(route, Route::Devices(_) | Route::Device(_)),
        keys: "g d",
    },
    Entry {
        route: || Route::Overview,
        glyph: Glyph::Expert,
        here: |route| *route == Route::Overview,
        keys: "g o",
    },
    Entry {
        route: || Route::Messages(String::new(), String::new()),
        glyph: Glyph::Mail,
        here: |route| matches!(route, Route::Messages(..)),
        keys: "g m",
    },
    Entry {
        route: || Route::Reports {
            trends: false,
            query: String::new(),
        },
        glyph: Glyph::Chart,
        here: |route| matches!(route, Route::Reports { .. }),
        keys: "g r",
    },
    Entry {
        route: || Route::Settings("service-status", String::new()),
        glyph: Glyph::Shield,
        here: |route| matches!(route, Route::Settings(..)),
        keys: "g s",
    },
    Entry {
        route: || Route::Preferences,
        glyph: Glyph::Settings,
        here: |route| *route == Route::Preferences,
        keys: "g p",
    },
];

/// Those that this deployment has, each with where it leads and its words.
pub(super) fn entries() -> impl Iterator<Item = (Entry, Route, String)> {
    let has_experts = session().has_experts();
    let all = ENTRIES.into_iter().map(|entry| {
        let route = (entry.route)();
        let words = match route {
            Route::Settings(..) => text::SETTINGS.to_owned(),
            _ => route.title(),
        };
        (entry, route, words)
    });
    all.filter(move |(_, route, _)| has_experts || !of_experts(route))
}

/// What a deployment without the Experts API does not have.
fn of_experts(route: &Route) -> bool {
    matches!(
        route,
        Route::Overview | Route::Messages(..) | Route::Settings(..)
    )
}

/// The entries, on a phone in a drawer.
#[component]
pub(super) fn Navigation(route: Memo<Route>, drawer: Drawer) -> impl IntoView {
    let (navigator, preferences) = (navigator(), preferences());
    let Drawer { open, nav, .. } = drawer;
    // It has led somewhere.
    Effect::new(move |_| {
        route.track();
        open.set(false);
    });
    let item = move |(entry, target, words): (Entry, Route, String)| {
        let current = move || route.with(entry.here).then_some("page");
        let title = words.clone();
        view! {
            <li>
                <a
                    class="nav-link"
                    href=navigator.href(&target)
                    title=title
                    aria-current=current
                >
                    <Icon glyph=entry.glyph />
                    <span>{words}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let narrow = preferences.narrow();
    view! {
        <div class="nav-scrim" hidden=move || !open.get() on:click=move |_| open.set(false)></div>
        <nav
            class="side-nav"
            class:open=move || open.get()
            aria-label=text::NAVIGATION
            node_ref=nav
        >
            <ul>
                {entries().map(item).collect_any()}
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
