//! When the browser may interrupt with what the service tells.

use super::text;
use crate::domain::notification::{KINDS, Scope};
use crate::domain::settings::body::{clock, minutes};
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use crate::state::notifications::{Choices, allow};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::{Select, Switch, TextField};
use leptos::prelude::*;

/// The card.
pub(super) fn interruptions() -> AnyView {
    let choices = RwSignal::new(Choices::load());
    let refused = RwSignal::new(false);
    let change = move |change: &dyn Fn(&mut Choices)| {
        let _ = choices.try_update(|choices| {
            change(choices);
            choices.keep();
        });
    };
    let switch = move |on: bool| {
        spawn_local(async move {
            let on = on && {
                let allowed = allow().await;
                let _ = refused.try_set(!allowed);
                allowed
            };
            change(&|choices| choices.browser = on);
        });
    };
    let browser = move || choices.with(|choices| choices.browser);
    let hint = move || {
        Some(
            if refused.get() {
                text::REFUSED
            } else {
                text::BROWSER_HINT
            }
            .to_owned(),
        )
    };
    let kind = move |(kind, personal): (&'static str, bool)| {
        let offered = Scope::ALL
            .into_iter()
            .filter(|scope| personal || *scope != Scope::Mine);
        let options: Vec<_> = offered
            .map(|scope| (scope.slug().to_owned(), text::scope(scope).to_owned()))
            .collect();
        let chosen = move || choices.with(|choices| choices.scopes.of(kind).slug().to_owned());
        view! {
            <Select
                label=text::kind(kind)
                options
                value=Signal::derive(chosen)
                on_change=move |slug: String| {
                    change(&|choices| choices.scopes.set(kind, Scope::parse(&slug)));
                }
            />
        }
    };
    let time = move |label: &'static str, of: fn(&mut Choices) -> &mut u16| {
        let value = move || choices.with(|choices| clock(*of(&mut choices.clone())));
        view! {
            <TextField
                label
                kind="time"
                value=Signal::derive(value)
                on_input=move |typed: String| {
                    if let Some(minutes) = minutes(&typed) {
                        change(&|choices| *of(choices) = minutes);
                    }
                }
            />
        }
        .into_any()
    };
    let more = move || {
        browser().then(|| {
            view! {
                <fieldset class="radio-group">
                    <legend>{text::EVENTS}</legend>
                    <p class="hint">{text::EVENTS_HINT}</p>
                    <div class="columns">{KINDS.into_iter().map(kind).collect_any()}</div>
                </fieldset>
                <fieldset class="radio-group">
                    <legend>{text::QUIET}</legend>
                    <p class="hint">{text::QUIET_HINT}</p>
                    <div class="cluster">
                        {time(text::QUIET_FROM, |choices| &mut choices.quiet.from)}
                        {time(text::QUIET_TO, |choices| &mut choices.quiet.to)}
                    </div>
                </fieldset>
            }
        })
    };
    view! {
        <section class="card stack">
            <h2>{text::NOTIFICATIONS}</h2>
            <Switch
                label=text::BROWSER
                hint=Signal::derive(hint)
                checked=Signal::derive(browser)
                on_change=switch
            />
            {dynamic(more)}
        </section>
    }
    .into_any()
}
