//! Fields one types into.

use super::wiring::Wiring;
use crate::reactive::Signal;
use crate::ui::button::IconButton;
use crate::ui::dynamic::dynamic;
use crate::ui::icon::{Glyph, Icon};
use leptos::{ev, html, prelude::*};
use lexicon::t;

/// One line of text.
#[component]
pub fn TextField(
    /// The label, always visible.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the text.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Most characters; shows a counter and marks more as wrong, but never cuts what is typed.
    #[prop(optional, into)]
    max: Option<usize>,
    /// Marks the field as required.
    #[prop(optional)]
    required: bool,
    /// The input's type: `text`, `email`, `tel`, `date`, `datetime-local`, `time`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The browser's autofill token.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The element, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    view! {
        <div class="field" class:invalid=move || error.read().is_some()>
            {wiring.label(label, required)}
            <input
                class="input"
                id=wiring.id.clone()
                type=kind
                autocomplete=autocomplete
                required=required
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=wiring.described_by(max.is_some())
                node_ref=node_ref
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
            />
            {wiring.below(max.map(|max| (max, value)), None)}
        </div>
    }
    .into_any()
}

/// Several lines of text. Grows with its content up to twelve lines.
#[component]
pub fn TextArea(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at each change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the text.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Most characters; shows a counter.
    #[prop(optional, into)]
    max: Option<usize>,
    /// Marks the field as required.
    #[prop(optional)]
    required: bool,
    /// Lines shown while it is empty.
    #[prop(default = 3)]
    rows: u32,
    /// Hides the label from sight, where the surroundings already show it.
    #[prop(optional)]
    hide_label: bool,
    /// What has become of the draft, such as "Draft kept"; shown beside the counter.
    #[prop(optional, into)]
    draft: Option<Signal<Option<String>>>,
    /// Called by Ctrl+Enter (Command+Enter).
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
    /// The element, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let wiring = Wiring::new(hint, error);
    let keys = move |event: ev::KeyboardEvent| {
        let wanted = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if let (true, Some(on_submit)) = (wanted, on_submit) {
            event.prevent_default();
            on_submit.run(());
        }
    };
    view! {
        <div
            class="field"
            class:invalid=move || error.read().is_some()
            class:label-hidden=hide_label
        >
            {wiring.label(label, required)}
            <textarea
                class="input"
                id=wiring.id.clone()
                style:--rows=rows.to_string()
                required=required
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=wiring.described_by(max.is_some())
                node_ref=node_ref
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
                on:keydown=keys
            ></textarea>
            {wiring.below(max.map(|max| (max, value)), draft)}
        </div>
    }
    .into_any()
}

/// A search box: reports each keystroke, clears by its button or Escape.
#[component]
pub fn SearchBox(
    /// Its name and placeholder, such as "Search incidents".
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text inside each input event.
    #[prop(into)]
    on_input: Callback<String>,
    /// The element, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let clear = move || {
        on_input.run(String::new());
        if let Some(input) = node_ref.try_get_untracked().flatten() {
            drop(input.focus());
        }
    };
    view! {
        <div class="search">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=move || label.get()
                placeholder=move || label.get()
                node_ref=node_ref
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" && !value.read_untracked().is_empty() {
                        // Spent here, so that it does not also close a dialog around the box.
                        event.prevent_default();
                        event.stop_propagation();
                        clear();
                    }
                }
            />
            {dynamic(move || {
                (!value.read().is_empty())
                    .then(|| {
                        view! {
                            <IconButton
                                glyph=Glyph::Close
                                label=t!("Clear search")
                                small=true
                                on_click=move |()| clear()
                            />
                        }
                    })
            })}
        </div>
    }
    .into_any()
}
