//! The end of the top bar: what is not settled, the time zone, and the person with the theme and the
//! way out.

use super::keys;
use super::outbox::{SignOut, Unsettled};
use super::palette::{Palette, PaletteButton};
use super::shortcuts::Shortcuts;
use super::text;
use crate::parts::zone_select::ZoneSelect;
use crate::reactive::{RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::preferences::{Theme, preferences};
use crate::state::session::session;
use crate::ui::commands::{Command, commands};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;

/// All of it.
#[component]
pub(super) fn Corner() -> impl IntoView {
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    offer_everywhere(shortcuts);
    keys::follow(palette);
    view! {
        <PaletteButton open=palette />
        <Palette open=palette />
        <Shortcuts open=shortcuts />
        <Unsettled />
        <ZoneSelect hide_label=true />
        <PersonMenu />
    }
}

/// What can be done on every page.
fn offer_everywhere(shortcuts: RwSignal<bool>) {
    let (commands, navigator, preferences) = (commands(), navigator(), preferences());
    for (route, keys) in [
        (Route::Home, "g h"),
        (Route::Incidents(Default::default()), "g i"),
        (Route::Preferences, "g p"),
    ] {
        let label = text::go_to(&route.title());
        commands.offer(Command::new(label, keys, move || navigator.go(&route)));
    }
    for (theme, words) in Theme::ALL.into_iter().zip(text::THEMES) {
        let label = format!("{}: {words}", text::THEME);
        commands.offer(Command::new(label, "", move || {
            preferences.set_theme(theme);
        }));
    }
    commands.offer(Command::new(text::SHORTCUTS, "?", move || {
        shortcuts.set(true);
    }));
}

#[component]
fn PersonMenu() -> impl IntoView {
    let session = session();
    let preferences = preferences();
    let sign_out = SignOut::new();
    let navigator = navigator();
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
        items.push(MenuItem::Link {
            label: Route::Preferences.title(),
            icon: Some(Glyph::Settings),
            href: navigator.href(&Route::Preferences),
        });
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
