//! Chips: short texts beside each other, each with a button that takes it away. One tab stop; the arrows
//! move, Delete and Backspace take away. Of very many only some are drawn, and the rest on demand.

use super::dynamic::dynamic;
use super::icon::{Glyph, Icon};
use super::keyed::keyed;
use crate::domain::text::visible;
use crate::platform::dom;
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::{ev, html, prelude::*};
use lexicon::t;

const AT_FIRST: usize = 50;
const MORE: usize = 500;

/// The chips. Texts are unique.
#[component]
pub fn Chips(
    /// What they are, such as "Tags".
    #[prop(into)]
    label: Signal<String>,
    /// The texts.
    #[prop(into)]
    items: Signal<Vec<String>>,
    /// Takes one away; without it they are only shown.
    #[prop(optional, into)]
    on_remove: Option<Callback<String>>,
    /// Where the focus goes when the last one has been taken away.
    #[prop(optional, into)]
    rest: Option<NodeRef<html::Input>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let drawn = RwSignal::new(AT_FIRST);
    let shown = Memo::new(move |_| {
        let items = items.read();
        items.iter().take(drawn.get()).cloned().collect::<Vec<_>>()
    });
    let hidden = Memo::new(move |_| items.read().len().saturating_sub(drawn.get()));
    let wanted = RwSignal::new(String::new());
    // The one that Tab reaches: the last that had the focus, while it is there.
    let stop = Memo::new(move |_| {
        let (shown, wanted) = (shown.read(), wanted.read());
        let kept = shown.iter().find(|text| **text == *wanted);
        kept.or(shown.first()).cloned().unwrap_or_default()
    });
    let remove = move |text: String| {
        let at = shown.read_untracked().iter().position(|one| *one == text);
        on_remove
            .into_iter()
            .for_each(|on_remove| on_remove.run(text.clone()));
        request_animation_frame(move || {
            let buttons = list.try_get_untracked().flatten();
            let buttons = buttons.map_or_else(Vec::new, |list| dom::within(&list, "button"));
            let last = buttons.len().saturating_sub(1);
            match buttons.get(at.unwrap_or(0).min(last)) {
                Some(next) => drop(next.focus()),
                None => {
                    let rest = rest.and_then(|rest| rest.try_get_untracked().flatten());
                    rest.into_iter().for_each(|rest| drop(rest.focus()));
                }
            }
        });
    };
    let chip = move |text: String| {
        let words = visible(&text).into_owned();
        let button = on_remove.map(|_| {
            let (mine, sent, focused) = (text.clone(), text.clone(), text.clone());
            let keyed = text.clone();
            view! {
                <button
                    type="button"
                    aria-label=t!("Remove {words}")
                    tabindex=move || if *stop.read() == mine { "0" } else { "-1" }
                    on:click=move |_| remove(sent.clone())
                    on:focus=move |_| wanted.set(focused.clone())
                    on:keydown=move |event| {
                        if matches!(event.key().as_str(), "Delete" | "Backspace") {
                            event.prevent_default();
                            remove(keyed.clone());
                        }
                    }
                >
                    <Icon glyph=Glyph::Close />
                </button>
            }
        });
        view! {
            <li class="chip">
                <span class="chip-text" title=words.clone()>{words.clone()}</span>
                {button}
            </li>
        }
        .into_any()
    };
    let keys = move |event: ev::KeyboardEvent| {
        if let Some(list) = list.try_get_untracked().flatten() {
            dom::rove(&event, &list, "button", dom::Axis::Horizontal);
        }
    };
    view! {
        <ul class="chips" aria-label=move || label.get() node_ref=list on:keydown=keys>
            {keyed(move || shown.get(), String::clone, chip)}
        </ul>
        {dynamic(move || {
            let more = hidden.get();
            (more > 0)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn subtle small"
                            on:click=move |_| drawn.update(|drawn| *drawn += MORE)
                        >
                            {t!("Show {} of {more} more", more.min(MORE))}
                        </button>
                    }
                })
        })}
    }
    .into_any()
}
