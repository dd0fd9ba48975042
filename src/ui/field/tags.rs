//! A field for several short texts, each of which becomes a chip.

use super::Wiring;
use crate::platform::dom;
use crate::reactive::{RwSignal, Signal};
use crate::ui::chips::Chips;
use crate::ui::env::env;
use leptos::{ev, html, prelude::*};
use lexicon::t;

/// Enter or a comma makes a chip of what is typed, and so does leaving the field; Backspace in an empty
/// field goes back to the last chip.
#[component]
pub fn TagInput(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The texts.
    #[prop(into)]
    tags: Signal<Vec<String>>,
    /// Called with the new texts.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// Says what is wrong with a text, if anything; it then stays in the field.
    #[prop(optional, into)]
    problem: Option<Callback<String, Option<String>>>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
) -> impl IntoView {
    let env = env();
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let input = NodeRef::<html::Input>::new();
    let frame = NodeRef::<html::Div>::new();
    let wiring = Wiring::new(hint, error.into());
    // Whole texts become chips, what follows the last comma stays in the field.
    let take = move |text: String, all: bool| {
        let mut parts: Vec<&str> = text.split([',', '\n']).collect();
        let unfinished = if all { None } else { parts.pop() };
        let mut rest = Vec::new();
        let mut next = tags.get_untracked();
        let before = next.len();
        for part in parts
            .into_iter()
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let wrong = problem.and_then(|problem| problem.run(part.to_owned()));
            if wrong.is_some() {
                error.set(wrong);
                rest.push(part);
            } else if next.iter().any(|tag| tag == part) {
                env.announce(t!("{part} is there already"));
            } else {
                next.push(part.to_owned());
            }
        }
        rest.extend(unfinished);
        typed.set(rest.join(","));
        if next.len() > before {
            env.announce(match next.len() - before {
                1 => t!("{} added", next[before]),
                more => t!("{more} added"),
            });
            on_change.run(next);
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let empty = typed.read_untracked().is_empty();
        match event.key().as_str() {
            "Enter" if !empty => {
                event.prevent_default();
                take(typed.get_untracked(), true);
            }
            "Backspace" | "ArrowLeft" if empty => {
                let frame = frame.try_get_untracked().flatten();
                let chips = frame.map_or_else(Vec::new, |frame| dom::within(&frame, "li > button"));
                if let Some(last) = chips.last() {
                    event.prevent_default();
                    drop(last.focus());
                }
            }
            _ => {}
        }
    };
    let remove = move |text: String| {
        let mut next = tags.get_untracked();
        next.retain(|tag| *tag != text);
        env.announce(t!("{text} removed"));
        on_change.run(next);
    };
    view! {
        <div class="field" class:invalid=move || error.read().is_some()>
            {wiring.label(label, false)}
            <div class="input tag-input" node_ref=frame>
                <Chips label items=tags on_remove=remove rest=input />
                <input
                    type="text"
                    autocomplete="off"
                    id=wiring.id.clone()
                    aria-invalid=move || error.read().is_some().then_some("true")
                    aria-describedby=wiring.described_by(false)
                    node_ref=input
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        error.set(None);
                        take(event.target().value(), false);
                    }
                    on:keydown=keys
                    on:blur=move |_| {
                        let waits = input.try_get_untracked().flatten();
                        if waits.is_some_and(|input| dom::has_focus(&input)) {
                            // The whole window is left.
                            return;
                        }
                        // It may be leaving with the field itself.
                        if let Some(text) = typed.try_get_untracked().filter(|text| !text.is_empty()) {
                            take(text, true);
                        }
                    }
                />
            </div>
            {wiring.below(None, None)}
        </div>
    }
    .into_any()
}
