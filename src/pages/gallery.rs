//! The gallery: every component in every state, in light and dark side by side. It is in no bundle, only in
//! the build for its own specs (cargo feature `gallery`), so its words and its few looks stand in place.

mod actions;
mod charts;
mod choosing;
mod data;
mod feedback;
mod hostile;
mod overlays;
mod typing;

use crate::reactive::{Memo, RwSignal};
use crate::routes::{Route, navigator};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::unique_id;
use crate::ui::field::Select;
use leptos::prelude::*;

/// What no bundle may contain; the specs look for it.
const MARKER: &str = "Every component in every state, in both themes.";

/// A part of the gallery: its address, its heading, and what it shows in one theme.
type Section = (&'static str, &'static str, fn() -> AnyView);

const SECTIONS: &[Section] = &[
    ("buttons", "Buttons and links", actions::buttons),
    ("menus", "Menus and commands", actions::menus),
    ("typing", "Text fields", typing::text),
    ("combobox", "Combobox", typing::comboboxes),
    ("tags", "Chips and tags", typing::tags),
    ("choices", "Choices", choosing::choices),
    ("dates", "Date range", choosing::dates),
    ("steps", "Steps and tabs", choosing::steps),
    ("badges", "Badges, people, time", data::badges),
    ("grid", "Grid", data::grid),
    ("charts", "Charts", charts::charts),
    ("overlays", "Dialogs and panels", overlays::overlays),
    ("messages", "Messages", feedback::messages),
    ("waiting", "Waiting, empty, failed", feedback::waiting),
    ("hostile", "Hostile content", hostile::hostile),
];

/// The page: one section, or all.
pub fn page(route: Memo<Route>) -> AnyView {
    let wanted = Memo::new(move |_| match &*route.read() {
        Route::Gallery(section) => section.clone(),
        _ => String::new(),
    });
    let density = RwSignal::new("comfortable".to_owned());
    let densities = [("comfortable", "Comfortable"), ("compact", "Compact")];
    let densities = densities.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let link = |(section, title, _): &Section| {
        let href = navigator().href(&Route::Gallery((*section).to_owned()));
        view! { <a href=href>{*title}</a> }
    };
    let sections = move || {
        let shown =
            |section: &&Section| wanted.with(|wanted| wanted.is_empty() || *wanted == section.0);
        SECTIONS
            .iter()
            .filter(shown)
            .map(|section| themes(section, density))
            .collect_any()
    };
    view! {
        <div class="page-header">
            <h1 tabindex="-1">"Components"</h1>
            <p class="subtitle">{MARKER}</p>
        </div>
        <div class="stack">
            <nav class="cluster" aria-label="Sections">{SECTIONS.iter().map(link).collect_any()}</nav>
            <div style:width="200px">
            <Select
                label="Density"
                options=densities.to_vec()
                value=density
                on_change=move |value| density.set(value)
            />
            </div>
            {dynamic(sections)}
        </div>
    }
    .into_any()
}

fn themes(section: &Section, density: RwSignal<String>) -> AnyView {
    let (_, title, draw) = *section;
    let heading = unique_id();
    let one = move |theme: &'static str, name: &'static str| {
        view! {
            <div
                class="card stack"
                role="region"
                aria-label=name
                data-theme=theme
                data-density=move || density.get()
                style:background="var(--page)"
                style:color="var(--text)"
            >
                {draw()}
            </div>
        }
    };
    view! {
        <section class="stack" aria-labelledby=heading>
            <h2 id=heading.clone()>{title}</h2>
            <div class="columns">{one("light", "Light")} {one("dark", "Dark")}</div>
        </section>
    }
    .into_any()
}

/// A component and what it is shown as.
fn state(name: &'static str, view: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="stack" style:--gap="4px">
            <p class="small muted">{name}</p>
            {view.into_any()}
        </div>
    }
    .into_any()
}
