//! Whether to talk on Teams, what that means, and how the connection stands.

use super::text;
use crate::domain::settings::TeamsState;
use crate::domain::settings::facts::{HUNTING, TEAMS};
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::platform::visibility;
use crate::reactive::{Effect, Memo, Signal, StoredValue};
use crate::state::settings::form::Form;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::LinkButton;
use crate::ui::dynamic::dynamic;
use crate::ui::field::Checkbox;
use crate::ui::message_bar::MessageBar;
use crate::ui::properties::{Properties, Property};
use leptos::prelude::*;

const PAUSE_MS: i32 = 3_000;

/// The form.
pub(super) fn teams(form: Form) -> AnyView {
    let settings = form.settings();
    let (work, denied) = (form.work(), settings.denied());
    let state = Memo::new(move |_| {
        let load = settings.in_force().get();
        load.value()
            .map(|now| now.teams.clone())
            .unwrap_or_default()
    });
    follow(form, state.into());
    let removed = Memo::new(move |_| {
        state.with(|state| matches!(state.state.as_str(), "disconnecting" | "removed"))
    });
    let why_not = move || {
        let removed = removed.get().then(|| text::TEAMS_REMOVED.to_owned());
        denied.get().or(removed)
    };
    let turns_off = Memo::new(move |_| {
        let now = settings.in_force().get();
        let was = now.value().is_some_and(|now| now.sections.teams.enabled);
        was && !work.with(|work| work.sections.teams.enabled)
    });
    let standing = move || {
        let state = state.get();
        let tone = match state.state.as_str() {
            "on" => Tone::Success,
            "provisioning" | "disconnecting" => Tone::Info,
            "failed" | "removed" => Tone::Danger,
            _ => Tone::Neutral,
        };
        let failure = state.failure.map(|(code, said)| {
            let words = format!("{said} {}", text::teams_failure(&code));
            view! { <MessageBar tone=Tone::Danger text=words /> }
        });
        let link = state
            .url
            .filter(|url| url.starts_with("https://"))
            .map(|url| {
                view! { <LinkButton href=url external=true>{text::TEAMS_OPEN}</LinkButton> }
            });
        let words = text::teams_state(&state.state);
        view! {
            <Properties>
                <Property label=text::TEAMS_STATE>
                    <Badge tone text=words />
                </Property>
            </Properties>
            {failure}
            {link.map(|link| view! { <div>{link}</div> })}
        }
    };
    view! {
        <section class="card stack">
            <Checkbox
                label=TEAMS
                hint=Some(text::TEAMS_NEEDS.to_owned())
                checked=Signal::derive(move || work.with(|work| work.sections.teams.enabled))
                on_change=move |on| form.change(|work| work.sections.teams.enabled = on)
                disabled_reason=Signal::derive(why_not)
            />
            <p class="prose">{text::TEAMS_TEXT}</p>
            {dynamic(move || {
                // Before there is a team, the most that the experts may come to read is said.
                let replies = state.with(|state| state.state == "on" && !state.all_messages);
                let words = if replies { text::TEAMS_REPLIES } else { text::TEAMS_READ };
                view! { <MessageBar tone=Tone::Info text=words /> }
            })}
            <p class="prose">{text::TEAMS_MEMBERS}</p>
            <p class="prose">{text::TEAMS_FINAL}</p>
            {dynamic(move || {
                turns_off
                    .get()
                    .then(|| view! { <MessageBar tone=Tone::Warning text=text::TEAMS_FINAL /> })
            })}
            <Checkbox
                label=HUNTING
                hint=Some(text::TEAMS_HUNTING.to_owned())
                checked=Signal::derive(move || work.with(|work| work.sections.teams.hunting))
                on_change=move |on| form.change(|work| work.sections.teams.hunting = on)
                disabled_reason=denied
            />
            {dynamic(standing)}
        </section>
    }
    .into_any()
}

/// Looks again while the connection is being set up or removed.
fn follow(form: Form, state: Signal<TeamsState>) {
    let looking = StoredValue::new(false);
    let moving =
        move |state: &TeamsState| matches!(state.state.as_str(), "provisioning" | "disconnecting");
    Effect::new(move |_| {
        if !state.with(moving) || looking.try_get_value() != Some(false) {
            return;
        }
        looking.set_value(true);
        spawn_local(async move {
            while state.try_with_untracked(moving) == Some(true) {
                clock::sleep(PAUSE_MS).await;
                if state.try_get_untracked().is_some() && visibility::visible() {
                    form.settings().refresh();
                }
            }
            let _ = looking.try_set_value(false);
        });
    });
}
