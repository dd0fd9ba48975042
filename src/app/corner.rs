//! The end of the top bar: what is not settled, the time zone, and the person with the theme and the
//! way out.

use super::banners::Banners;
use super::bell::bell;
use super::drawer::Drawer;
use super::keys;
use super::navigation::entries;
use super::outbox::{SignOut, Unsettled};
use super::palette::{Palette, PaletteButton};
use super::shortcuts::Shortcuts;
use super::text;
use crate::parts::ask::AskHost;
use crate::parts::zone_select::ZoneSelect;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::drafts::drafts;
use crate::state::incidents::incidents;
use crate::state::letters::letters;
use crate::state::preferences::{Theme, preferences};
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::commands::{Command, commands};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;
use lexicon::t;

/// What the file brings.
#[derive(Clone, Copy)]
pub(super) struct Corner {
    /// At the end of the top bar.
    pub(super) bar: fn(Drawer) -> AnyView,
    /// Above every page.
    pub(super) banners: fn() -> AnyView,
}

/// All of it, for the file it comes in.
pub(super) const CORNER: Corner = Corner {
    bar: |drawer| view! { <Bar drawer /> }.into_any(),
    banners: || view! { <Banners /> }.into_any(),
};

/// The end of the top bar. What begins once the first rows are here begins with it.
#[component]
fn Bar(drawer: Drawer) -> impl IntoView {
    let (palette, shortcuts) = (RwSignal::new(false), RwSignal::new(false));
    offer_everywhere(shortcuts);
    let session = session();
    spawn_local(session.read_person());
    incidents().follow();
    // What an earlier page left unsent and undecided is taken up.
    letters();
    responses().start();
    let drafts = drafts();
    spawn_local(drafts.expire());
    keys::follow(palette);
    drawer.follow();
    view! {
        <PaletteButton open=palette />
        <Palette open=palette />
        <Shortcuts open=shortcuts />
        <AskHost />
        <Unsettled />
        {bell()}
        <ZoneSelect hide_label=true />
        <PersonMenu />
    }
}

/// What can be done on every page.
fn offer_everywhere(shortcuts: RwSignal<bool>) {
    let (commands, navigator, preferences) = (commands(), navigator(), preferences());
    for (entry, route, words) in entries() {
        let go = move || navigator.go(&route);
        let go = Command::new(text::go_to(&words), entry.keys, go);
        commands.offer(go.in_dialogs());
    }
    for (theme, words) in Theme::ALL.into_iter().zip(text::THEMES) {
        let label = format!("{}: {words}", text::THEME);
        let set = Command::new(label, "", move || preferences.set_theme(theme));
        commands.offer(set.in_dialogs());
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
        if session.signs_out() {
            items.push(MenuItem::Action {
                label: text::SIGN_OUT.into(),
                icon: Some(Glyph::SignOut),
                run: Callback::new(move |()| sign_out.ask()),
            });
        }
        items
    };
    let name = Signal::derive(move || {
        let name = session.person().get().name;
        if name.is_empty() {
            t!("Account").to_owned()
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
