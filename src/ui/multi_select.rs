//! A filter button that opens a list of boxes to tick: "Status: Active, In progress".

use super::dynamic::dynamic;
use super::field::SearchBox;
use super::icon::{Glyph, Icon};
use super::keyed::keyed;
use super::popup::Popup;
use crate::domain::fold::fold;
use crate::platform::{dom, popover};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::{ev, prelude::*};
use lexicon::t;

/// One choice of a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it stands for.
    pub value: String,
    /// Its words.
    pub label: String,
    /// How many rows have it, where known.
    pub count: Option<usize>,
}

/// So many are listed at once; who looks for another one types.
const MOST: usize = 200;

/// The filter. Changes take effect at each tick.
#[component]
pub fn MultiSelect(
    /// The filter's name, such as "Status".
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The values chosen.
    #[prop(into)]
    selected: Signal<Vec<String>>,
    /// Keeps what is chosen to the list, where it is seen elsewhere.
    #[prop(optional)]
    name_only: bool,
    /// Called with the new values, in the order of the choices.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let (popup, id) = Popup::new("input");
    // Every row asks for them: they are made once for all.
    let choices: Signal<Vec<Choice>> = Memo::new(move |_| choices.get()).into();
    let needle = RwSignal::new(String::new());
    let searchable = Memo::new(move |_| choices.read().len() > 8);
    let toggle = Callback::new(move |value: String| {
        let now = selected.read_untracked();
        let wanted = |v: &String| now.contains(v) != (*v == value);
        let all = choices.read_untracked();
        let known = all.iter().map(|choice| &choice.value);
        // A value from an old address may no longer be a choice; it stays until it is cleared.
        let unknown = now.iter().filter(|v| !all.iter().any(|c| c.value == **v));
        let next = known
            .chain(unknown)
            .filter(|v| wanted(v))
            .cloned()
            .collect();
        drop((now, all));
        on_change.run(next);
    });
    let keys = move |event: ev::KeyboardEvent| {
        if let Some(panel) = popup.panel() {
            dom::rove(&event, &panel, "input", dom::Axis::Vertical);
        }
    };
    let matching = Memo::new(move |_| {
        let needle = fold(&needle.read());
        let mut found = choices.get();
        found.retain(|choice| fold(&choice.label).contains(&needle));
        if found.len() > MOST {
            let selected = selected.read_untracked();
            // What is chosen is always there to be unticked.
            found.sort_by_key(|choice| !selected.contains(&choice.value));
        }
        found
    });
    let values = move || {
        let selected = selected.read();
        let choices = choices.read();
        let words = |value: &String| {
            choices
                .iter()
                .find(|c| c.value == *value)
                .map_or(value.clone(), |c| c.label.clone())
        };
        match selected.len() {
            _ if name_only => None,
            0 => None,
            1 | 2 => Some(selected.iter().map(words).collect::<Vec<_>>().join(", ")),
            more => Some(t!("{more} selected")),
        }
    };
    let list = move || {
        view! {
            {dynamic(move || {
                searchable
                    .get()
                    .then(|| {
                        view! {
                            <SearchBox
                                label=Signal::derive(move || t!("Search {}", fold(&label.read())))
                                value=needle
                                on_input=move |text| needle.set(text)
                            />
                        }
                    })
            })}
            <ul class="choices">
                {keyed(
                    move || matching.read().iter().take(MOST).cloned().collect::<Vec<_>>(),
                    |choice| choice.value.clone(),
                    move |choice| row(choice, choices, selected, toggle),
                )}
            </ul>
            {dynamic(move || {
                let words = match matching.read().len() {
                    0 => t!("No match").to_owned(),
                    all if all > MOST => t!("{} more: type to find them", all - MOST),
                    _ => return None,
                };
                Some(view! { <p class="choices-none">{words}</p> })
            })}
            <div class="choices-foot">
                <button
                    type="button"
                    class="btn subtle small"
                    aria-disabled=move || selected.read().is_empty().then_some("true")
                    on:click=move |_| on_change.run(Vec::new())
                >
                    {t!("Clear")}
                </button>
            </div>
        }
    };
    view! {
        <button
            type="button"
            class="btn filter"
            class:active=move || !name_only && !selected.read().is_empty()
            aria-haspopup="dialog"
            aria-expanded=move || popup.open.get().to_string()
            popovertarget=id.clone()
            node_ref=popup.button
        >
            <span class="filter-name">
                {move || label.get()}
                {move || (!name_only && !selected.read().is_empty()).then_some(":")}
            </span>
            {dynamic(move || values().map(|words| view! { <span class="filter-value">{words}</span> }))}
            <Icon glyph=Glyph::ChevronDown />
        </button>
        <div
            class="multi-select"
            role="dialog"
            popover="auto"
            id=id
            aria-label=move || label.get()
            node_ref=popup.panel
            on:keydown=keys
            on:beforetoggle=move |event| {
                if popover::is_opening(&event) {
                    needle.set(String::new());
                }
                popup.on_toggle(&event);
            }
        >
            {dynamic(move || popup.filled.get().then(list))}
        </div>
    }
    .into_any()
}

fn row(
    choice: Choice,
    choices: Signal<Vec<Choice>>,
    selected: Signal<Vec<String>>,
    toggle: Callback<String>,
) -> AnyView {
    let (mine, sent) = (choice.value.clone(), choice.value.clone());
    // Counts change with every tick; the row and the focus in it stay.
    let count = move || {
        let choices = choices.read();
        choices
            .iter()
            .find(|c| c.value == choice.value)
            .and_then(|c| c.count)
    };
    view! {
        <li>
            <label class="check choice">
                <input
                    type="checkbox"
                    class="checkbox"
                    prop:checked=move || selected.read().contains(&mine)
                    on:change=move |_| toggle.run(sent.clone())
                />
                <span class="check-label">{choice.label}</span>
                {dynamic(move || count().map(|count| view! { <span class="choice-count">{count}</span> }))}
            </label>
        </li>
    }
    .into_any()
}
