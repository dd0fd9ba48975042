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
pub fn SeverityBadge(severity: Severity) -> impl IntoView {
    let tone = match severity {
        Severity::High => Tone::High,
        Severity::Medium => Tone::Medium,
        Severity::Low => Tone::Low,
        Severity::Informational => Tone::Informational,
        Severity::NotSet | Severity::Unknown(_) => Tone::Neutral,
    };
    view! { <Badge tone text=severity.label().into_owned() /> }
}

/// Where an incident stands.
#[component]
pub fn StatusBadge(status: Status) -> impl IntoView {
    let (tone, icon) = match status {
        Status::AwaitingAction => (Tone::Warning, Some(Glyph::User)),
        Status::Active => (Tone::Neutral, None),
        Status::InProgress => (Tone::Info, Some(Glyph::Clock)),
        Status::Resolved => (Tone::Success, Some(Glyph::Check)),
        Status::Redirected | Status::Unknown(_) => (Tone::Neutral, None),
    };
    let text = status.label().into_owned();
    match icon {
        Some(icon) => view! { <Badge tone icon text /> }.into_any(),
        None => view! { <Badge tone text /> }.into_any(),
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
    view! { <Badge tone icon text /> }
}
