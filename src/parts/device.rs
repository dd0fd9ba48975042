//! What is known of one device.

mod text;

use crate::domain::machine::{Health, Level, Machine, Value};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::ui::badge::Tone;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;

/// Identity, health, risk, value and groups.
pub fn about(machine: Machine) -> AnyView {
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|value| {
            let value = visible(&value).into_owned();
            view! { <Property label>{value}</Property> }
        })
    };
    let time = |label: &'static str, at: Option<Timestamp>| {
        at.map(|at| {
            view! {
                <Property label>
                    <Time ts=at />
                </Property>
            }
        })
    };
    let valuable = machine.value == Some(Value::High);
    let tags = (!machine.tags.is_empty()).then(|| machine.tags.join(", "));
    let system = machine.system();
    view! {
        <section class="card" aria-label=text::ABOUT>
            <h2>{text::ABOUT}</h2>
            <Properties>
                {fact(text::HEALTH, machine.health.as_ref().map(|it| it.label().into_owned()))}
                {fact(text::ONBOARDING, machine.onboarding.as_ref().map(|it| it.label().into_owned()))}
                {fact(text::RISK, machine.risk.as_ref().map(|it| it.label().into_owned()))}
                {fact(text::EXPOSURE, machine.exposure.as_ref().map(|it| it.label().into_owned()))}
                {fact(text::VALUE, machine.value.as_ref().map(|it| it.label().into_owned()))}
                {fact(text::GROUP, machine.group.or(machine.group_id))}
                {fact(text::SYSTEM, Some(system).filter(|system| !system.is_empty()))}
                {fact(text::ADDRESS, machine.address)}
                {fact(text::EXTERNAL_ADDRESS, machine.external_address)}
                {time(text::FIRST_SEEN, machine.first_seen)}
                {time(text::LAST_SEEN, machine.last_seen)}
                {fact(text::TAGS, tags)}
                {fact(text::ID, Some(machine.id))}
                {fact(text::DIRECTORY_ID, machine.directory_id)}
            </Properties>
            {valuable.then(|| view! { <p class="muted">{text::HIGH_VALUE}</p> })}
        </section>
    }
    .into_any()
}

/// The tone of a risk.
pub fn risk_tone(risk: &Level) -> Tone {
    match risk {
        Level::High => Tone::High,
        Level::Medium => Tone::Medium,
        Level::Low => Tone::Low,
        Level::Informational => Tone::Informational,
        Level::None | Level::Unknown(_) => Tone::Neutral,
    }
}

/// The tone of a sensor's health.
pub fn health_tone(health: &Health) -> Tone {
    match health {
        Health::Active => Tone::Success,
        Health::Impaired | Health::NoSensorData | Health::NoData => Tone::Warning,
        Health::Inactive | Health::NotKnown | Health::Unknown(_) => Tone::Neutral,
    }
}
