//! Fields one chooses with.

use crate::reactive::Signal;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::unique_id;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::keyed::keyed;
use leptos::prelude::*;

/// One of several, as a native list.
#[component]
pub fn Select(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Hides the label from sight, where the surroundings already show it.
    #[prop(optional)]
    hide_label: bool,
    /// Why it cannot be changed now.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id();
    let hint_id = format!("{id}-hint");
    let described = {
        let hint_id = hint_id.clone();
        move || (hint.read().is_some() || disabled_reason.read().is_some()).then(|| hint_id.clone())
    };
    // Kept focusable, so that the reason can be read; only the change is refused.
    let off = move || disabled_reason.read().is_some().then_some("true");
    let blocked = move || disabled_reason.read_untracked().is_some();
    view! {
        <div class="field" class:label-hidden=hide_label>
            <label for=id.clone()>{move || label.get()}</label>
            {dynamic(move || {
                disabled_reason
                    .get()
                    .or_else(|| hint.get())
                    .map(|text| view! { <p class="hint" id=hint_id.clone()>{text}</p> })
            })}
            <span class="select-frame">
            <select
                class="input select"
                id=id
                aria-disabled=off
                aria-describedby=described
                prop:value=move || {
                    options.track();
                    value.get()
                }
                on:mousedown=move |event| {
                    if blocked() {
                        event.prevent_default();
                    }
                }
                on:keydown=move |event| {
                    if blocked() && event.key() != "Tab" {
                        event.prevent_default();
                    }
                }
                on:change:target=move |event| match blocked() {
                    true => event.target().set_value(&value.get_untracked()),
                    false => on_change.run(event.target().value()),
                }
            >
                {dynamic(move || {
                    let chosen = value.get_untracked();
                    options
                        .get()
                        .into_iter()
                        .map(|(option, words)| {
                            let selected = option == chosen;
                            view! { <option value=option selected=selected>{words}</option> }
                        }).collect_any()
                })}
            </select>
            <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}

/// Yes or no, as a box with a tick.
#[component]
pub fn Checkbox(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the state asked for.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Why it cannot be changed now.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    toggle(
        "checkbox",
        None,
        label,
        checked,
        on_change,
        hint,
        disabled_reason,
    )
}

/// On or off, taking effect at once.
#[component]
pub fn Switch(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the state asked for.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Why it cannot be changed now.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> impl IntoView {
    toggle(
        "switch",
        Some("switch"),
        label,
        checked,
        on_change,
        hint,
        disabled_reason,
    )
}

/// One of few, all in sight.
#[component]
pub fn RadioGroup(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let name = unique_id();
    let one = move |(option, words): (String, String)| {
        let (mine, sent) = (option.clone(), option.clone());
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=name.clone()
                    value=option
                    prop:checked=move || *value.read() == mine
                    on:change=move |_| on_change.run(sent.clone())
                />
                <span class="check-label">{words}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="radio-group">
            <legend>{move || label.get()}</legend>
            {keyed(move || options.get(), |(option, words)| format!("{option}\n{words}"), one)}
        </fieldset>
    }
    .into_any()
}

fn toggle(
    class: &'static str,
    role: Option<&'static str>,
    label: Signal<String>,
    checked: Signal<bool>,
    on_change: Callback<bool>,
    hint: Signal<Option<String>>,
    disabled_reason: Signal<Option<String>>,
) -> AnyView {
    let hint_id = unique_id();
    let described = {
        let hint_id = hint_id.clone();
        move || (hint.read().is_some() || disabled_reason.read().is_some()).then(|| hint_id.clone())
    };
    view! {
        <div class="field-toggle">
            <label class="check">
                <input
                    type="checkbox"
                    class=class
                    role=role
                    aria-describedby=described
                    aria-disabled=move || disabled_reason.read().is_some().then_some("true")
                    prop:checked=move || checked.get()
                    on:click=move |event| {
                        // Kept focusable, so that the reason can be read; only the change is refused.
                        if disabled_reason.read_untracked().is_some() {
                            event.prevent_default();
                        }
                    }
                    on:change:target=move |event| {
                        on_change.run(event.target().checked());
                        // The caller decides: the box shows what is, not what was clicked.
                        event.target().set_checked(checked.get_untracked());
                    }
                />
                <span class="check-label">{move || label.get()}</span>
            </label>
            {dynamic(move || {
                disabled_reason
                    .get()
                    .or_else(|| hint.get())
                    .map(|text| view! { <p class="hint" id=hint_id.clone()>{text}</p> })
            })}
        </div>
    }
    .into_any()
}
