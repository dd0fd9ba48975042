//! Severity and status as badges: tone and picture follow from the value, and never colour alone.

use crate::domain::incident::Status;
use crate::domain::severity::Severity;
use crate::domain::task::State;
use crate::reactive::Signal;
use crate::ui::badge::{Badge, Tone};
use crate::ui::icon::Glyph;
use leptos::prelude::*;

/// A severity.
#[component]
pub fn SeverityBadge(#[prop(into)] severity: Signal<Severity>) -> impl IntoView {
    let tone = Signal::derive(move || severity_tone(&severity.read()));
    let text = Signal::derive(move || severity.read().label().into_owned());
    view! { <Badge tone text /> }
}

/// The tone of a severity.
pub fn severity_tone(severity: &Severity) -> Tone {
    match severity {
        Severity::High => Tone::High,
        Severity::Medium => Tone::Medium,
        Severity::Low => Tone::Low,
        Severity::Informational => Tone::Informational,
        Severity::NotSet | Severity::Unknown(_) => Tone::Neutral,
    }
}

/// Where an incident stands.
#[component]
pub fn StatusBadge(#[prop(into)] status: Signal<Status>) -> impl IntoView {
    let tone = Signal::derive(move || status_look(&status.read()).0);
    let icon = Signal::derive(move || status_look(&status.read()).1);
    let text = Signal::derive(move || status.read().label().into_owned());
    view! { <Badge tone icon text /> }
}

/// The tone and the picture of a status.
pub fn status_look(status: &Status) -> (Tone, Option<Glyph>) {
    match status {
        Status::AwaitingAction => (Tone::Warning, Some(Glyph::User)),
        Status::Active => (Tone::Neutral, None),
        Status::InProgress => (Tone::Info, Some(Glyph::Clock)),
        Status::Resolved => (Tone::Success, Some(Glyph::Check)),
        Status::Redirected | Status::Unknown(_) => (Tone::Neutral, None),
    }
}

/// How an action stands, in the words of its card.
#[component]
pub fn ActionBadge(state: State, #[prop(into)] text: Signal<String>) -> impl IntoView {
    let (tone, icon) = match state {
        State::Waiting => (Tone::Neutral, Glyph::Clock),
        State::Running => (Tone::Info, Glyph::Play),
        State::Warning => (Tone::Warning, Glyph::Warning),
        State::Failed => (Tone::Danger, Glyph::Error),
        State::Done => (Tone::Success, Glyph::Check),
        State::Skipped => (Tone::Neutral, Glyph::Skip),
        State::Unknown => (Tone::Neutral, Glyph::Info),
    };
    view! { <Badge tone icon=Some(icon) text /> }
}
