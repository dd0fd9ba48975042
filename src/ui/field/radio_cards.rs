//! One of few, each with words that say what it means.

use crate::reactive::Signal;
use crate::ui::dynamic::CollectAny;
use crate::ui::env::unique_id;
use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct RadioCard {
    /// What it stands for.
    pub value: String,
    /// Its name.
    pub title: String,
    /// What choosing it means.
    pub text: String,
    /// Why it cannot be chosen now.
    pub disabled_reason: Option<String>,
}

/// The choices as cards. The arrows choose, as with all radio buttons.
#[component]
pub fn RadioCards(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    cards: Vec<RadioCard>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let name = unique_id();
    let one = |card: RadioCard| {
        let (title, text) = (unique_id(), unique_id());
        let (mine, sent) = (card.value.clone(), card.value.clone());
        let blocked = card.disabled_reason.is_some();
        view! {
            <label class="check radio-card" class:off=blocked>
                <input
                    type="radio"
                    name=name.clone()
                    value=card.value
                    aria-labelledby=title.clone()
                    aria-describedby=text.clone()
                    aria-disabled=blocked.then_some("true")
                    prop:checked=move || *value.read() == mine
                    on:click=move |event| {
                        // Kept focusable, so that the reason can be read; only the choice is refused.
                        if blocked {
                            event.prevent_default();
                        }
                    }
                    on:change=move |_| on_change.run(sent.clone())
                />
                <span class="check-label">
                    <span class="strong" id=title>{card.title}</span>
                    <span class="hint" id=text>
                        {card.text}
                        {card.disabled_reason.map(|reason| view! { <span>" " {reason}</span> })}
                    </span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="radio-group radio-cards">
            <legend>{move || label.get()}</legend>
            {cards.into_iter().map(one).collect_any()}
        </fieldset>
    }
    .into_any()
}
