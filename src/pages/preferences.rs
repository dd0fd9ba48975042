//! `/preferences`: what a person chooses for this browser. Everything takes effect at once.

mod interruptions;
mod text;

use crate::parts::zone_select::ZoneSelect;
use crate::reactive::{RwSignal, Signal};
use crate::state::drafts::drafts;
use crate::state::preferences::{Theme, preferences};
use crate::ui::field::{RadioGroup, Switch};
use leptos::prelude::*;

/// The page.
#[component]
pub fn PreferencesPage() -> impl IntoView {
    let (preferences, drafts) = (preferences(), drafts());
    let kept = RwSignal::new(drafts.are_kept());
    let themes = Theme::ALL.into_iter().zip(text::THEMES);
    let themes: Vec<_> = themes
        .map(|(theme, words)| (theme.slug().to_owned(), words.to_owned()))
        .collect();
    let set_theme = move |slug: String| {
        let theme = Theme::ALL.into_iter().find(|theme| theme.slug() == slug);
        theme
            .into_iter()
            .for_each(|theme| preferences.set_theme(theme));
    };
    let densities = ["", COMPACT].into_iter().zip(text::DENSITIES);
    let densities: Vec<_> = densities
        .map(|(slug, words)| (slug.to_owned(), words.to_owned()))
        .collect();
    let density = move || {
        if preferences.compact().get() {
            COMPACT
        } else {
            ""
        }
        .to_owned()
    };
    view! {
        <header class="page-header">
            <div>
                <h1 tabindex="-1">{text::TITLE}</h1>
                <p class="subtitle">{text::SUBTITLE}</p>
            </div>
        </header>
        <div class="preferences stack">
            <section class="card stack">
                <h2>{text::LOOK}</h2>
                <RadioGroup
                    label=text::THEME
                    options=themes
                    value=Signal::derive(move || preferences.theme().get().slug().to_owned())
                    on_change=set_theme
                />
                <RadioGroup
                    label=text::DENSITY
                    options=densities
                    value=Signal::derive(density)
                    on_change=move |slug: String| preferences.set_compact(slug == COMPACT)
                />
            </section>
            <section class="card stack">
                <h2>{text::TIME}</h2>
                <ZoneSelect />
            </section>
            <section class="card stack">
                <h2>{text::KEYS}</h2>
                <Switch
                    label=text::LETTERS
                    hint=Some(text::LETTERS_HINT.to_owned())
                    checked=preferences.letters()
                    on_change=move |on: bool| preferences.set_letters(on)
                />
            </section>
            <section class="card stack">
                <h2>{text::DRAFTS}</h2>
                <Switch
                    label=text::KEEP_DRAFTS
                    hint=Some(text::KEEP_DRAFTS_HINT.to_owned())
                    checked=kept
                    on_change=move |keep: bool| {
                        drafts.keep_any(keep);
                        kept.set(keep);
                    }
                />
            </section>
            {interruptions::interruptions()}
        </div>
    }
}

const COMPACT: &str = "compact";
