//! Menu buttons after the ARIA pattern: arrows, Home, End, first letters, Escape.

use super::anchor;
use super::env::unique_id;
use super::icon::{Glyph, Icon};
use crate::platform::{dom, popover};
use crate::reactive::{RwSignal, Signal};
use leptos::{ev, html, prelude::*};

/// One entry of a menu.
#[derive(Clone)]
pub enum MenuItem {
    /// Does something.
    Action {
        /// Its words.
        label: String,
        /// A picture before them.
        icon: Option<Glyph>,
        /// What it does.
        run: Callback<()>,
    },
    /// Goes somewhere.
    Link {
        /// Its words.
        label: String,
        /// A picture before them.
        icon: Option<Glyph>,
        /// Where to.
        href: String,
    },
    /// One of several settings, with a mark on the current one.
    Radio {
        /// Its words.
        label: String,
        /// A picture before them.
        icon: Option<Glyph>,
        /// Whether it is the current one.
        checked: Signal<bool>,
        /// Makes it the current one.
        run: Callback<()>,
    },
    /// A small heading over the entries that follow.
    Heading(String),
    /// A line.
    Separator,
}

/// A button that opens a menu under itself.
#[component]
pub fn Menu(
    /// The button's name.
    #[prop(into)]
    label: Signal<String>,
    /// The entries, asked for each time the menu opens.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// A picture on the button.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Shows the picture only; the name becomes the accessible name.
    #[prop(optional)]
    icon_only: bool,
    /// More of the button's classes, such as `small`.
    #[prop(optional)]
    class: &'static str,
    /// Shown on the button instead of the name, such as a person's initials.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = unique_id();
    let button = NodeRef::<html::Button>::new();
    let menu = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    // The content goes with the closing, so the browser would find no focus to give back.
    let give_back = move || {
        let panel = menu.try_get_untracked().flatten();
        let had_focus = panel.is_some_and(|panel| dom::focused_in(&panel).is_some());
        if let (true, Some(button)) = (had_focus, button.try_get_untracked().flatten()) {
            drop(button.focus());
        }
    };
    let settle = move || {
        let (Some(menu), Some(button)) = (
            menu.try_get_untracked().flatten(),
            button.try_get_untracked().flatten(),
        ) else {
            return;
        };
        anchor::below(&menu, &button);
        if let Some(first) = dom::within(&menu, ITEMS).first() {
            drop(first.focus());
        }
    };
    let close = Callback::new(move |()| {
        if let Some(menu) = menu.try_get_untracked().flatten() {
            popover::hide(&menu);
        }
    });
    let keys = move |event: ev::KeyboardEvent| {
        let Some(menu) = menu.try_get_untracked().flatten() else {
            return;
        };
        match event.key().as_str() {
            "Tab" => close.run(()),
            " " => {
                event.prevent_default();
                if let Some(item) = dom::focused_in(&menu) {
                    item.click();
                }
            }
            _ => {
                if !dom::rove(&event, &menu, ITEMS, dom::Axis::Vertical) {
                    dom::rove_by_letter(&event, &menu, ITEMS);
                }
            }
        }
    };
    let plain = children.is_none();
    let name = move || (icon_only || !plain).then(|| label.get());
    view! {
        <button
            type="button"
            class=format!("btn subtle {class}")
            class:icon-only=icon_only
            aria-label=name
            title=name
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            popovertarget=id.clone()
            node_ref=button
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
                    event.prevent_default();
                    if let Some(menu) = menu.try_get_untracked().flatten() {
                        popover::show(&menu);
                    }
                }
            }
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {children.map(|children| children())}
            {(plain && !icon_only)
                .then(|| {
                    view! {
                        <span class="btn-label">{move || label.get()}</span>
                        <Icon glyph=Glyph::ChevronDown />
                    }
                })}
        </button>
        <div
            class="menu"
            role="menu"
            popover="auto"
            id=id
            aria-label=move || label.get()
            node_ref=menu
            on:keydown=keys
            on:beforetoggle=move |event| {
                if popover::is_opening(&event) {
                    open.set(true);
                    request_animation_frame(settle);
                } else {
                    give_back();
                    let _ = open.try_set(false);
                }
            }
        >
            {move || {
                open.get()
                    .then(|| items.get_untracked().into_iter().map(|item| entry(item, close)).collect_view())
            }}
        </div>
    }
    .into_any()
}

const ITEMS: &str = "[role^=menuitem]";

fn entry(item: MenuItem, close: Callback<()>) -> AnyView {
    let inside = |icon: Option<Glyph>, label: String| {
        view! {
            <span class="menu-icon">{icon.map(|glyph| view! { <Icon glyph /> })}</span>
            <span class="menu-label">{label}</span>
        }
    };
    match item {
        MenuItem::Action { label, icon, run } => view! {
            <button
                type="button"
                role="menuitem"
                class="menu-item"
                tabindex="-1"
                on:click=move |_| {
                    close.run(());
                    run.run(());
                }
            >
                {inside(icon, label)}
            </button>
        }
        .into_any(),
        MenuItem::Link { label, icon, href } => view! {
            <a
                role="menuitem"
                class="menu-item"
                tabindex="-1"
                href=href
                on:click=move |_| close.run(())
            >
                {inside(icon, label)}
            </a>
        }
        .into_any(),
        MenuItem::Radio {
            label,
            icon,
            checked,
            run,
        } => view! {
            <button
                type="button"
                role="menuitemradio"
                class="menu-item"
                tabindex="-1"
                aria-checked=move || checked.get().to_string()
                on:click=move |_| {
                    close.run(());
                    run.run(());
                }
            >
                {inside(icon, label)}
                <span class="menu-check"><Icon glyph=Glyph::Check /></span>
            </button>
        }
        .into_any(),
        MenuItem::Heading(text) => {
            view! { <div class="menu-heading" role="presentation">{text}</div> }.into_any()
        }
        MenuItem::Separator => view! { <hr class="menu-line" /> }.into_any(),
    }
}
