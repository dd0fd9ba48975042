//! A message within the page: what happened and, where there is one, the next step.

use super::badge::Tone;
use super::dynamic::dynamic;
use super::icon::{Glyph, Icon};
use crate::reactive::Signal;
use leptos::prelude::*;

/// A tinted bar. The words of warnings and errors are read out when they appear, what stands beside
/// them is not.
#[component]
pub fn MessageBar(
    /// Info, Success, Warning or Danger.
    tone: Tone,
    /// What happened.
    #[prop(into)]
    text: Signal<String>,
    /// Bold words before the text.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// Buttons, links or small print at the right end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = match tone {
        Tone::Warning | Tone::Danger => "alert",
        _ => "status",
    };
    view! {
        <div class=format!("message-bar {}", tone.class())>
            <Icon glyph=tone_glyph(tone) />
            <p class="message-text" role=role>
                {dynamic(move || title.get().map(|title| view! { <strong>{title}" "</strong> }))}
                {move || text.get()}
            </p>
            {children.map(|children| view! { <div class="message-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

pub(super) fn tone_glyph(tone: Tone) -> Glyph {
    match tone {
        Tone::Success => Glyph::Success,
        Tone::Warning => Glyph::Warning,
        Tone::Danger => Glyph::Error,
        _ => Glyph::Info,
    }
}
