//! The combobox: a box to type in and a list of what matches, after the ARIA pattern. The focus stays in the
//! box. What matches is asked of the caller, who may need a while, find nothing, or fail.

use super::anchor;
use super::button::{Button, ButtonKind};
use super::dynamic::{CollectAny, dynamic};
use super::env::env;
use super::field::Wiring;
use super::icon::{Glyph, Icon};
use super::spinner::Busy;
use crate::domain::load::Load;
use crate::domain::text::visible;
use crate::platform::{dom, popover};
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html, prelude::*};
use lexicon::t;
use std::time::Duration;

/// What is drawn of what was found.
const MOST: usize = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What it stands for.
    pub value: String,
    /// Its name, which the box then shows.
    pub label: String,
    /// Small words under the name, such as an address.
    pub detail: Option<String>,
}

/// The combobox. While nobody types, it shows what is chosen.
#[component]
pub fn Combobox(
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// The name of what is chosen, or nothing.
    #[prop(into)]
    chosen: Signal<String>,
    /// What was found for the text last asked for.
    #[prop(into)]
    found: Signal<Load<Vec<Suggestion>>>,
    /// Asks for what matches a text, once nothing has been typed for a moment.
    #[prop(into)]
    on_search: Callback<String>,
    /// Called with what is typed, where that is worth keeping although nothing was chosen.
    #[prop(optional, into)]
    on_typed: Option<Callback<String>>,
    /// Called with what is typed and not chosen, when the box is left.
    #[prop(optional, into)]
    on_leave: Option<Callback<String>>,
    /// Called with the one chosen.
    #[prop(into)]
    on_pick: Callback<Suggestion>,
    /// What is searched, in title case for a sentence start, such as "The directory".
    #[prop(into)]
    what: String,
    /// Small text under the label.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Marks the field as required.
    #[prop(optional)]
    required: bool,
    /// The box, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let env = env();
    let wiring = Wiring::new(hint, error);
    let list_id = format!("{}-list", wiring.id);
    let frame = NodeRef::<html::Div>::new();
    let input = node_ref;
    let panel = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let at = RwSignal::new(None::<usize>);
    // What is typed; nothing while the box shows what is chosen.
    let typed = RwSignal::new(None::<String>);
    let asked = StoredValue::new(0_usize);

    let ask = move |text: String, after: Duration| {
        let Some(turn) = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            return;
        };
        let later = move || {
            if asked.try_get_value() == Some(turn) {
                on_search.run(text);
            }
        };
        set_timeout(later, after);
    };
    let place = move || {
        let (panel, input) = (panel.try_get_untracked(), input.try_get_untracked());
        if let (Some(panel), Some(input)) = (panel.flatten(), input.flatten()) {
            popover::show(&panel);
            popover::match_width(&panel, &input);
            anchor::below(&panel, &input);
        }
    };
    let text = move || typed.get_untracked().unwrap_or_default();
    let show = move || {
        if !open.get_untracked() {
            open.set(true);
            ask(text(), Duration::ZERO);
        }
    };
    let close = move || {
        let _ = open.try_set(false);
        let _ = at.try_set(None);
        if let Some(panel) = panel.try_get_untracked().flatten() {
            popover::hide(&panel);
        }
    };
    let options = Memo::new(move |_| {
        let found = found.read();
        let all = found.value().map_or(&[][..], Vec::as_slice);
        all[..all.len().min(MOST)].to_vec()
    });
    let pick = move |number: usize| {
        let one = options.read_untracked().get(number).cloned();
        if let Some(one) = one {
            typed.set(None);
            close();
            on_pick.run(one);
        }
    };
    // Another answer: nothing in it has been looked at yet.
    Effect::new(move |_| {
        let words = found.with(|found| match found {
            Load::Ready(all, _) => Some(matches(all.len())),
            _ => None,
        });
        at.set(None);
        if open.get() {
            request_animation_frame(place);
            words.into_iter().for_each(|words| env.announce(words));
        }
    });
    Effect::new(move |_| {
        let Some(at) = at.get() else { return };
        let panel = panel.get_untracked();
        let all = panel.map_or_else(Vec::new, |panel| dom::within(&panel, "[role=option]"));
        if let Some(option) = all.get(at) {
            dom::scroll_to(option);
        }
    });
    let step = move |forward: bool| {
        let count = options.read_untracked().len();
        if count > 0 {
            let next = match (at.get_untracked(), forward) {
                (Some(at), true) => (at + 1) % count,
                (Some(at), false) => (at + count - 1) % count,
                (None, true) => 0,
                (None, false) => count - 1,
            };
            at.set(Some(next));
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let shown = open.get_untracked();
        let spent = match (event.key().as_str(), event.alt_key()) {
            ("ArrowDown" | "ArrowUp", _) if !shown => {
                show();
                true
            }
            ("ArrowUp", true) => {
                close();
                true
            }
            ("ArrowDown", false) => {
                step(true);
                true
            }
            ("ArrowUp", false) => {
                step(false);
                true
            }
            ("Enter", _) if shown => match at.get_untracked() {
                Some(number) => {
                    pick(number);
                    true
                }
                None => false,
            },
            ("Escape", _) if shown => {
                close();
                true
            }
            // What is chosen shows again.
            ("Escape", _) if typed.read_untracked().is_some() => {
                typed.set(None);
                true
            }
            _ => false,
        };
        if spent {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let leave = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into().ok());
        // Where the whole window is left, the focus waits in the box.
        let stays = frame.try_get_untracked().flatten().is_some_and(|frame| {
            dom::focused_in(&frame).is_some() || to.is_some_and(|to| frame.contains(Some(&to)))
        });
        if !stays {
            let left = typed.try_update(Option::take).flatten();
            // What was typed last is not asked for any more.
            let _ = asked.try_update_value(|asked| *asked += 1);
            close();
            if let (Some(on_leave), Some(left)) = (on_leave, left.filter(|left| !left.is_empty())) {
                on_leave.run(left);
            }
        }
    };
    let active = {
        let list_id = list_id.clone();
        move || at.get().map(|at| format!("{list_id}-{at}"))
    };
    let option = {
        let list_id = list_id.clone();
        move |(number, one): (usize, Suggestion)| {
            let detail = one.detail.map(|detail| {
                view! { <span class="hint">{visible(&detail).into_owned()}</span> }
            });
            view! {
                <li
                    class="menu-item option"
                    role="option"
                    id=format!("{list_id}-{number}")
                    aria-selected=move || (at.get() == Some(number)).to_string()
                    on:click=move |_| pick(number)
                >
                    <span>{visible(&one.label).into_owned()}</span>
                    {detail}
                </li>
            }
        }
    };
    let list = move || {
        options
            .get()
            .into_iter()
            .enumerate()
            .map(&option)
            .collect_any()
    };
    let note = move || {
        let found = found.read();
        match &*found {
            Load::Loading => view! { <Busy label=t!("Searching…") /> }.into_any(),
            Load::Failed(error) | Load::Stale(_, _, error) => {
                let words = error.wording(&what);
                let again = move |()| {
                    ask(text(), Duration::ZERO);
                    if let Some(input) = input.try_get_untracked().flatten() {
                        drop(input.focus());
                    }
                };
                view! {
                    <p role="alert">{words.title} ". " {words.advice}</p>
                    <Button kind=ButtonKind::Subtle small=true on_click=again>{t!("Try again")}</Button>
                }
                .into_any()
            }
            Load::Ready(all, _) if all.is_empty() => view! { <p>{t!("No match")}</p> }.into_any(),
            Load::Ready(all, _) if all.len() > MOST => {
                view! { <p>{t!("The first {MOST} of {}. Type more to narrow.", all.len())}</p> }
                    .into_any()
            }
            Load::Ready(..) => ().into_any(),
        }
    };
    view! {
        <div
            class="field"
            class:invalid=move || error.read().is_some()
            node_ref=frame
            on:focusout=leave
        >
            {wiring.label(label, required)}
            <span class="select-frame">
            <input
                class="input select"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                id=wiring.id.clone()
                required=required
                aria-autocomplete="list"
                aria-expanded=move || open.get().to_string()
                aria-controls=list_id.clone()
                aria-activedescendant=active
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=wiring.described_by(false)
                node_ref=input
                prop:value=move || typed.get().unwrap_or_else(|| chosen.get())
                on:input:target=move |event| {
                    let text = event.target().value();
                    typed.set(Some(text.clone()));
                    if let Some(on_typed) = on_typed {
                        on_typed.run(text.clone());
                    }
                    at.set(None);
                    open.set(true);
                    ask(text, PAUSE);
                }
                on:click=move |_| show()
                on:keydown=keys
            />
            <Icon glyph=Glyph::ChevronDown />
            </span>
            <div
                class="menu options"
                popover="manual"
                node_ref=panel
                // A press on the list leaves the focus in the box.
                on:mousedown=|event| event.prevent_default()
            >
                <ul role="listbox" id=list_id aria-label=move || label.get()>{dynamic(list)}</ul>
                <div class="options-note">{dynamic(note)}</div>
            </div>
            {wiring.below(None, None)}
        </div>
    }
    .into_any()
}

fn matches(count: usize) -> String {
    match count {
        0 => t!("No match").to_owned(),
        count => t!(count, "{count} match", "{count} matches"),
    }
}
