//! Tabs after the ARIA pattern: one tab stop, arrows move, Enter or Space opens.

use super::badge::Count;
use super::dynamic::dynamic;
use super::env::unique_id;
use super::keyed::keyed;
use crate::platform::dom;
use crate::reactive::{Memo, Signal};
use leptos::{ev, html, prelude::*};

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// What `selected` holds while it is open.
    pub key: &'static str,
    /// Its name.
    pub label: String,
    /// Where it leads: with an address it is a link and the URL selects it.
    pub href: Option<String>,
    /// A number beside the name.
    pub count: Option<usize>,
}

impl Tab {
    /// A tab that is a link.
    pub fn link(key: &'static str, label: impl Into<String>, href: impl Into<String>) -> Tab {
        Tab {
            key,
            label: label.into(),
            href: Some(href.into()),
            count: None,
        }
    }

    /// A tab that is a button.
    pub fn button(key: &'static str, label: impl Into<String>) -> Tab {
        Tab {
            key,
            label: label.into(),
            href: None,
            count: None,
        }
    }

    /// The same tab with a number beside its name.
    pub fn with_count(self, count: usize) -> Tab {
        Tab {
            count: Some(count),
            ..self
        }
    }
}

/// A tab list and the one panel under it. The caller draws the panel for `selected`.
#[component]
pub fn Tabs(
    /// The list's name, such as "Incident".
    #[prop(into)]
    label: String,
    /// The tabs in order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The open tab's key.
    #[prop(into)]
    selected: Signal<&'static str>,
    /// Called for tabs that are buttons.
    #[prop(optional, into)]
    on_select: Option<Callback<&'static str>>,
    /// The panel's content.
    children: Children,
) -> impl IntoView {
    let base = unique_id();
    let panel = format!("{base}-panel");
    let list = NodeRef::<html::Div>::new();
    let tab_id = {
        let base = base.clone();
        move |key: &str| format!("{base}-{key}")
    };
    let keys = move |event: ev::KeyboardEvent| {
        let Some(list) = list.try_get_untracked().flatten() else {
            return;
        };
        if event.key() == " " {
            // A link is opened by Enter only; a tab is opened by both.
            if let Some(tab) = dom::focused_in(&list) {
                event.prevent_default();
                tab.click();
            }
            return;
        }
        dom::rove(&event, &list, "[role=tab]", dom::Axis::Horizontal);
    };
    let one = {
        let (tab_id, panel) = (tab_id.clone(), panel.clone());
        move |tab: Tab| {
            let key = tab.key;
            let chosen = move || selected.get() == key;
            // Names and counts change; the tab and the focus on it stay.
            let now = Memo::new(move |_| tabs.read().iter().find(|tab| tab.key == key).cloned());
            let count = move || now.read().as_ref().and_then(|tab| tab.count);
            let inner = view! {
                <span class="tab-label">
                    {move || now.read().as_ref().map(|tab| tab.label.clone())}
                </span>
                {dynamic(move || count().map(|value| view! { <Count value=value /> }))}
            };
            let (id, panel) = (tab_id(key), panel.clone());
            let state = move || chosen().to_string();
            let stop = move || if chosen() { "0" } else { "-1" };
            match tab.href {
                Some(_) => view! {
                    <a
                        role="tab"
                        class="tab"
                        id=id
                        href=move || now.read().as_ref().and_then(|tab| tab.href.clone())
                        aria-selected=state
                        aria-controls=panel
                        tabindex=stop
                    >
                        {inner}
                    </a>
                }
                .into_any(),
                None => view! {
                    <button
                        type="button"
                        role="tab"
                        class="tab"
                        id=id
                        aria-selected=state
                        aria-controls=panel
                        tabindex=stop
                        on:click=move |_| {
                            if let Some(on_select) = on_select {
                                on_select.run(key);
                            }
                        }
                    >
                        {inner}
                    </button>
                }
                .into_any(),
            }
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label node_ref=list on:keydown=keys>
            {keyed(move || tabs.get(), |tab| format!("{} {}", tab.key, tab.href.is_some()), one)}
        </div>
        <div
            class="tab-panel"
            role="tabpanel"
            id=panel
            tabindex="0"
            aria-labelledby=move || tab_id(selected.get())
        >
            {children()}
        </div>
    }
    .into_any()
}
