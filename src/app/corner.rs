//! The end of the top bar: what is not settled, the time zone, and the person with the theme and the
//! way out.

use super::outbox::{SignOut, Unsettled};
use super::text;
use crate::platform::intl;
use crate::reactive::Signal;
use crate::state::preferences::{Theme, ZoneChoice, preferences};
use crate::state::session::session;
use crate::ui::field::Select;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;

/// All of it.
#[component]
pub(super) fn Corner() -> impl IntoView {
    view! {
        <Unsettled />
        <ZoneSelect />
        <PersonMenu />
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
