//! The frame of every page: navigation, tenant, person, and what concerns the whole session. Also
//! announces each page to people who cannot see it.

use super::banners::{Banners, ClockNotice};
use super::outbox::{SignOut, Unsettled};
use super::text;
use crate::domain::queue_query::QueueQuery;
use crate::platform::{document, intl};
use crate::reactive::{Effect, Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::preferences::{Theme, ZoneChoice, preferences};
use crate::state::session::session;
use crate::ui::env::env;
use crate::ui::field::Select;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::menu::{Menu, MenuItem};
use leptos::html;
use leptos::prelude::*;

/// The frame, around the page.
#[component]
pub(super) fn Shell(route: Memo<Route>, children: Children) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    announce_pages(route, main);
    let env = env();
    env.notices
        .set_value(ViewFn::from(|| view! { <Banners /> }));
    // Signing in may have shown the clock to be wrong.
    env.tick();
    view! {
        // A link to a fragment would lead to the document's base, not to this page.
        <button
            type="button"
            class="skip-link"
            on:click=move |_| {
                if let Some(main) = main.get_untracked() {
                    document::focus_quietly(&main);
                }
            }
        >
            {text::SKIP}
        </button>
        <TopBar />
        <div class="shell">
            <Navigation route />
            <main class="page" tabindex="-1" node_ref=main>
                <ClockNotice />
                <Banners />
                {children()}
            </main>
        </div>
    }
}

/// A new page gets the focus and its title is read out; the first one leaves the focus alone.
fn announce_pages(route: Memo<Route>, main: NodeRef<html::Main>) {
    let env = env();
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        document::set_title(&format!("{} - {}", now.title(), text::PRODUCT));
        if before.is_some_and(|before| !before.same_page(&now)) {
            env.announce(now.title());
            if let Some(main) = main.get_untracked() {
                document::focus_quietly(&main);
                main.set_scroll_top(0);
            }
        }
        now
    });
}

#[component]
fn TopBar() -> impl IntoView {
    let session = session();
    let home = navigator().href(&Route::Home);
    view! {
        <header class="top-bar">
            <a class="brand" href=home>
                <Icon glyph=Glyph::Shield />
                <span>{text::PRODUCT}</span>
            </a>
            <span class="tenant">{move || session.organization().get()}</span>
            <Unsettled />
            <ZoneSelect />
            <PersonMenu />
        </header>
    }
}

#[component]
fn ZoneSelect() -> impl IntoView {
    let preferences = preferences();
    let options = move || {
        let local = format!("{} ({})", text::ZONE_LOCAL, intl::local_zone());
        let mut options = vec![
            (String::new(), local),
            ("UTC".into(), text::ZONE_UTC.into()),
        ];
        let named = intl::zones().into_iter().filter(|zone| zone != "UTC");
        options.extend(named.map(|zone| (zone.clone(), zone.replace('_', " "))));
        // A zone chosen elsewhere stays chosen where the browser cannot list it.
        if let ZoneChoice::Named(name) = preferences.zone_choice().get()
            && !options.iter().any(|(zone, _)| *zone == name)
        {
            options.push((name.clone(), name));
        }
        options
    };
    view! {
        <div class="zone-select">
            <Select
                label=text::TIME_ZONE
                hide_label=true
                options=Signal::derive(options)
                value=Signal::derive(move || preferences.zone_choice().get().slug().to_owned())
                on_change=move |zone: String| preferences.set_zone(&zone)
            />
        </div>
    }
}

#[component]
fn PersonMenu() -> impl IntoView {
    let session = session();
    let preferences = preferences();
    let sign_out = SignOut::new();
    let items = move || {
        let themes = Theme::ALL
            .into_iter()
            .zip(text::THEMES)
            .map(|(theme, words)| MenuItem::Radio {
                label: words.into(),
                icon: Some(theme_glyph(theme)),
                checked: Signal::derive(move || preferences.theme().get() == theme),
                run: Callback::new(move |()| preferences.set_theme(theme)),
            });
        let person = session.person().get();
        let mut items = vec![
            MenuItem::Heading(person.account),
            MenuItem::Heading(session.roles().get().label()),
            MenuItem::Separator,
            MenuItem::Heading(text::THEME.into()),
        ];
        items.extend(themes);
        items.push(MenuItem::Separator);
        items.push(MenuItem::Action {
            label: text::SIGN_OUT.into(),
            icon: Some(Glyph::SignOut),
            run: Callback::new(move |()| sign_out.ask()),
        });
        items
    };
    let name = Signal::derive(move || {
        let name = session.person().get().name;
        if name.is_empty() {
            "Account".to_owned()
        } else {
            name
        }
    });
    view! {
        <Menu label=name items=Signal::derive(items) icon=Glyph::User class="person" />
        {sign_out.question()}
    }
}

fn theme_glyph(theme: Theme) -> Glyph {
    match theme {
        Theme::System => Glyph::System,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    }
}

#[component]
fn Navigation(route: Memo<Route>) -> impl IntoView {
    let navigator = navigator();
    let entry = move |target: Route, glyph: Glyph, here: fn(&Route) -> bool| {
        let current = move || route.with(here).then_some("page");
        view! {
            <li>
                <a class="nav-link" href=navigator.href(&target) aria-current=current>
                    <Icon glyph />
                    <span>{target.title()}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="side-nav" aria-label=text::NAVIGATION>
            <ul>
                {entry(Route::Home, Glyph::Home, |route| *route == Route::Home)}
                {entry(
                    Route::Incidents(QueueQuery::default()),
                    Glyph::Incidents,
                    |route| matches!(route, Route::Incidents(_) | Route::Incident(_)),
                )}
            </ul>
        </nav>
    }
}
