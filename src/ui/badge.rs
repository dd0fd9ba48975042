//! Badges: a short state in words, told apart by shape and colour.

use super::icon::Glyph;
use crate::reactive::Signal;
use leptos::prelude::*;

/// What a badge's colour and shape stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Under way, or worth knowing.
    Info,
    /// Done well.
    Success,
    /// Waits for somebody.
    Warning,
    /// Failed or dangerous.
    Danger,
    /// Severity high: a mark of three filled bars.
    High,
    /// Severity medium: two of three.
    Medium,
    /// Severity low: one of three.
    Low,
    /// Severity informational: none of three.
    Informational,
}

impl Tone {
    /// The class that colours an element in this tone.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "tone-neutral",
            Tone::Info => "tone-info",
            Tone::Success => "tone-success",
            Tone::Warning => "tone-warning",
            Tone::Danger => "tone-danger",
            Tone::High => "tone-high",
            Tone::Medium => "tone-medium",
            Tone::Low => "tone-low",
            Tone::Informational => "tone-informational",
        }
    }

    fn is_severity(self) -> bool {
        matches!(
            self,
            Tone::High | Tone::Medium | Tone::Low | Tone::Informational
        )
    }
}

/// A state in one or two words. Severities are drawn as a bar mark and plain text, the rest as a
/// tinted label.
#[component]
pub fn Badge(
    /// Colour and shape.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// A picture before the words; severities bring their own mark.
    #[prop(optional, into)]
    icon: Signal<Option<Glyph>>,
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    // The same elements whatever it says: a row of a grid that shows another incident changes words and
    // classes, which is many times quicker than building a badge.
    let class = move || {
        let tone = tone.get();
        let kind = if tone.is_severity() {
            "severity"
        } else {
            "badge"
        };
        format!("{kind} {}", tone.class())
    };
    let lines = move || icon.get().map(Glyph::lines).unwrap_or_default();
    view! {
        <span class=class>
            <span class="severity-mark" aria-hidden="true" hidden=move || !tone.get().is_severity()>
                <i></i>
                <i></i>
                <i></i>
            </span>
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false" hidden=move || icon.get().is_none()>
                <path d=lines></path>
            </svg>
            <span class="badge-text">{move || text.get()}</span>
        </span>
    }
    .into_any()
}

/// A small number beside a label, such as the count on a tab.
#[component]
pub fn Count(
    /// The number.
    #[prop(into)]
    value: Signal<usize>,
) -> impl IntoView {
    view! { <span class="count">{move || value.get()}</span> }
}
