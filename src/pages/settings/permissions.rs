//! What the experts may do.

use super::text;
use crate::domain::settings::Section;
use crate::domain::settings::facts::{INVESTIGATE, RESPOND};
use crate::domain::settings::work::Work;
use crate::reactive::Signal;
use crate::routes::{Route, navigator};
use crate::state::settings::form::{Form, Scope};
use crate::ui::badge::{Badge, Tone};
use crate::ui::field::Checkbox;
use crate::ui::properties::{Properties, Property};
use leptos::prelude::*;

/// The form.
pub(super) fn permissions(form: Form, scope: Scope) -> AnyView {
    let page = match scope {
        Scope::Wizard => "get-started/exclusions",
        Scope::One(_) => Section::Exclusions.slug(),
    };
    let exclusions = navigator().href(&Route::Settings(page, String::new()));
    let work = form.work();
    // In the first run their turn has come with that.
    let go = move |_| {
        if scope == Scope::Wizard && form.settings().denied().get_untracked().is_none() {
            form.reach(Section::Exclusions as usize);
        }
    };
    view! {
        <section class="card stack">
            <Checkbox
                label=text::SERVICE_PROVIDER
                checked=true
                on_change=|_| ()
                disabled_reason=Some(text::SERVICE_PROVIDER_FIXED.to_owned())
            />
            <p class="prose">{text::SERVICE_PROVIDER_TEXT}</p>
            <p class="prose">{text::SKIPPING}</p>
        </section>
        {option(
            form,
            INVESTIGATE,
            (text::DEFAULT, Tone::Neutral),
            Signal::derive(move || work.with(|work| work.sections.permissions.investigate)),
            |work, on| work.sections.permissions.investigate = on,
            [text::INVESTIGATE_MEANS, text::INVESTIGATE_LEVEL, text::INVESTIGATE_NOT],
        )}
        {option(
            form,
            RESPOND,
            (text::RECOMMENDED, Tone::Success),
            Signal::derive(move || work.with(|work| work.sections.permissions.respond)),
            |work, on| work.sections.permissions.respond = on,
            [text::RESPOND_MEANS, text::RESPOND_LEVEL, text::RESPOND_NOT],
        )}
        <p>
            <a href=exclusions on:click=go>
                {text::MANAGE_EXCLUSIONS}
            </a>
        </p>
    }
    .into_any()
}

fn option(
    form: Form,
    label: &'static str,
    (badge, tone): (&'static str, Tone),
    checked: Signal<bool>,
    set: fn(&mut Work, bool),
    words: [&'static str; 3],
) -> AnyView {
    let labels = [text::MEANS, text::LEVEL, text::NOT_ALLOWED];
    let [means, level, not] = [0, 1, 2].map(|at: usize| {
        let words = words[at];
        view! { <Property label=labels[at]>{words}</Property> }.into_any()
    });
    view! {
        <section class="card stack">
            <div class="cluster">
                <Checkbox
                    label
                    checked
                    on_change=move |on| form.change(|work| set(work, on))
                    disabled_reason=form.settings().denied()
                />
                <Badge tone text=badge />
            </div>
            <Properties>{means} {level} {not}</Properties>
        </section>
    }
    .into_any()
}
