//! Badges: a short state in words, told apart by shape and colour.

use super::icon::Glyph;
use crate::reactive::{Effect, Signal};
use leptos::{html, prelude::*};
use std::cell::RefCell;

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
    let (view, paint) = drawn();
    Effect::new(move |_| paint(tone.get(), icon.get(), &text.read()));
    view
}

/// An empty badge, and what makes it say something: the same elements whatever that is, because words
/// and classes change many times quicker than a badge is built. Nothing is written that stands there.
pub fn drawn() -> (AnyView, impl Fn(Tone, Option<Glyph>, &str) + 'static) {
    let node = NodeRef::<html::Span>::new();
    let view = view! {
        <span node_ref=node>
            <span class="severity-mark" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
            </span>
            <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path></path>
            </svg>
            <span class="badge-text"></span>
        </span>
    };
    let last = RefCell::new((None, String::new()));
    let paint = move |tone: Tone, icon: Option<Glyph>, text: &str| {
        let Some(badge) = node.try_get_untracked().flatten() else {
            return;
        };
        let (Some(mark), Some(words)) = (badge.first_element_child(), badge.last_element_child())
        else {
            return;
        };
        let (look, said) = &mut *last.borrow_mut();
        if *look != Some((tone, icon)) {
            *look = Some((tone, icon));
            let kind = if tone.is_severity() {
                "severity"
            } else {
                "badge"
            };
            badge.set_class_name(&format!("{kind} {}", tone.class()));
            drop(mark.toggle_attribute_with_force("hidden", !tone.is_severity()));
            if let Some(svg) = mark.next_element_sibling() {
                drop(svg.toggle_attribute_with_force("hidden", icon.is_none()));
                let lines = icon.map(Glyph::lines).unwrap_or_default();
                if let Some(path) = svg.first_element_child() {
                    drop(path.set_attribute("d", lines));
                }
            }
        }
        if said != text {
            text.clone_into(said);
            words.set_text_content(Some(text));
        }
    };
    (view.into_any(), paint)
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
