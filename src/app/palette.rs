//! The command palette: one box for pages, for what can be done on the page in view, and for incidents
//! by id or name. Whatever asks a question first when pressed, asks it from here too.

use super::text;
use crate::domain::id::IncidentId;
use crate::domain::queue_query::{QueueQuery, Range};
use crate::domain::text::visible;
use crate::platform::dom;
use crate::reactive::{Effect, RwSignal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::commands::commands;
use crate::ui::dialog::Dialog;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::{env, unique_id};
use crate::ui::icon::Glyph;
use leptos::prelude::*;
use leptos::{ev, html};
use lexicon::t;
use std::sync::Arc;

/// How many incidents are offered.
const MOST: usize = 8;

/// Opens the palette.
#[component]
pub(super) fn PaletteButton(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <span class="palette-button">
            <Button kind=ButtonKind::Subtle icon=Glyph::Search on_click=move |()| open.set(true)>
                {text::PALETTE}
                <kbd>{t!("Ctrl K")}</kbd>
            </Button>
        </span>
    }
}

/// Something to choose.
#[derive(Clone)]
struct Item {
    /// 0 for a command, 1 for an incident.
    group: usize,
    label: String,
    keys: &'static str,
    disabled: Option<String>,
    run: Arc<dyn Fn() + Send + Sync>,
}

/// The palette.
#[component]
pub(super) fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    // Found once for a text: whatever changes meanwhile, what is chosen is what was shown.
    let found = RwSignal::new(Vec::<Item>::new());
    let (input, list_node) = (NodeRef::new(), NodeRef::<html::Div>::new());
    let (find, env) = (finder(input), env());
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    Effect::new(move |_| {
        let items = if open.get() {
            find(&typed.read())
        } else {
            Vec::new()
        };
        if open.get_untracked() && items.is_empty() {
            env.announce(text::PALETTE_NONE);
        }
        found.set(items);
        at.set(0);
        if let Some(list) = list_node.get_untracked() {
            list.set_scroll_top(0);
        }
    });
    let choose = move |place: usize| {
        let item = found.with_untracked(|found| found.get(place).cloned());
        if let Some(item) = item {
            if let Some(reason) = item.disabled {
                return env.announce(reason);
            }
            open.set(false);
            // Once the palette is gone: what is done may open a question in its place.
            request_animation_frame(move || (item.run)());
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        let now = at.get_untracked().min(last);
        let next = match event.key().as_str() {
            "ArrowDown" => {
                if now == last {
                    0
                } else {
                    now + 1
                }
            }
            "ArrowUp" => now.checked_sub(1).unwrap_or(last),
            "Enter" => {
                event.prevent_default();
                return choose(now);
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next);
        let list = list_node.try_get_untracked().flatten();
        let options = list.map_or_else(Vec::new, |list| dom::within(&list, "[role=option]"));
        if let Some(option) = options.get(next) {
            dom::scroll_to(option);
        }
    };
    let list = unique_id();
    let option = move |place: usize| format!("mdr-palette-{place}");
    let content = move || {
        let list = list.clone();
        let options = move || {
            let found = found.read();
            let mut before = None;
            let one = |(place, item): (usize, &Item)| {
                let heading = (before.replace(item.group) != Some(item.group)).then(|| {
                    let words = text::PALETTE_GROUPS[item.group];
                    view! { <div class="palette-group" role="presentation">{words}</div> }
                });
                let (label, keys) = (item.label.clone(), item.keys);
                let (off, reason) = (item.disabled.is_some(), item.disabled.clone());
                view! {
                    {heading}
                    <div
                        class="option"
                        role="option"
                        id=option(place)
                        aria-selected=move || (at.get() == place).to_string()
                        aria-disabled=off.then_some("true")
                        on:click=move |_| choose(place)
                        on:pointermove=move |_| at.set(place)
                    >
                        <span class="clip" title=label.clone()>{label.clone()}</span>
                        {reason.map(|reason| view! { <span class="muted small">{reason}</span> })}
                        {(!keys.is_empty()).then(|| view! { <kbd aria-hidden="true">{keys}</kbd> })}
                    </div>
                }
            };
            found.iter().enumerate().map(one).collect_any()
        };
        view! {
            <input
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-label=text::PALETTE
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=list.clone()
                aria-activedescendant=move || (!found.read().is_empty()).then(|| option(at.get()))
                placeholder=text::PALETTE_HINT
                node_ref=input
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    typed.set(event.target().value());
                }
                on:keydown=on_key
            />
            <div
                class="palette-list"
                role="listbox"
                id=list
                aria-label=text::PALETTE
                node_ref=list_node
            >
                {dynamic(options)}
            </div>
            {dynamic(move || {
                let nothing = found.read().is_empty();
                nothing.then(|| view! { <p class="muted">{text::PALETTE_NONE}</p> })
            })}
        }
    };
    view! {
        <Dialog open title=text::PALETTE on_close=move |()| open.set(false)>
            {content()}
        </Dialog>
    }
}

type Find = Arc<dyn Fn(&str) -> Vec<Item> + Send + Sync>;

/// Finds commands that hold every word, and incidents by id or name.
fn finder(input: NodeRef<html::Input>) -> Find {
    let (commands, incidents, navigator, env) = (commands(), incidents(), navigator(), env());
    Arc::new(move |typed| {
        // The palette itself is a dialog, perhaps not open yet.
        let over_dialog = env.root.get_untracked().is_some_and(|root| {
            let own = input.get_untracked();
            let open = dom::within(&root, "dialog[open]");
            open.iter()
                .any(|one| own.as_ref().is_none_or(|own| !one.contains(Some(own))))
        });
        let low = typed.trim().to_lowercase();
        let holds = |label: &str| {
            let label = label.to_lowercase();
            low.split_whitespace().all(|word| label.contains(word))
        };
        let offered = commands.all().into_iter();
        let offered = offered.filter(|one| (one.in_dialogs || !over_dialog) && holds(&one.label));
        let mut items: Vec<Item> = offered
            .map(|one| Item {
                group: 0,
                label: one.label,
                keys: one.keys,
                disabled: one.disabled_reason.try_get_untracked().flatten(),
                run: Arc::new(move || one.run.try_run(()).unwrap_or_default()),
            })
            .collect();
        if low.is_empty() {
            return items;
        }
        let open = |id: IncidentId, label: String| Item {
            group: 1,
            label,
            keys: "",
            disabled: None,
            run: Arc::new(move || {
                navigator.go(&Route::Incident(IncidentView::new(id.clone())));
            }),
        };
        let query = QueueQuery {
            text: low.clone(),
            status: None,
            range: Range::All,
            ..QueueQuery::default()
        };
        let (now, zone) = (env.now.get_untracked(), env.zone.get_untracked());
        let mut exact = false;
        incidents.index().with_untracked(|index| {
            let view = index.view(&query, now, &zone);
            let rows = view.rows.iter().filter_map(|row| index.row(*row));
            let mut rows: Vec<_> = rows.collect();
            // The id itself comes before names that hold the digits.
            rows.sort_by_key(|row| row.id() != low);
            exact = rows.first().is_some_and(|row| row.id() == low);
            items.extend(rows.into_iter().take(MOST).map(|row| {
                let label = format!("{} {}", visible(row.id()), visible(row.name()));
                open(IncidentId(row.id().to_owned()), label)
            }));
        });
        if !exact && low.bytes().all(|byte| byte.is_ascii_digit()) {
            items.push(open(IncidentId(low.clone()), text::open_incident(&low)));
        }
        items
    })
}
