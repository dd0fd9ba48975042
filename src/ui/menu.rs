//! Menu buttons after the ARIA pattern: arrows, Home, End, first letters, Escape.

use super::button::ButtonKind;
use super::dynamic::{CollectAny, dynamic};
use super::icon::{Glyph, Icon};
use super::popup::Popup;
use crate::platform::dom;
use crate::reactive::Signal;
use leptos::{ev, prelude::*};

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
    /// What cannot be done now, and why: it is there, takes the focus, and does nothing.
    Disabled {
        /// Its words.
        label: String,
        /// A picture before them.
        icon: Option<Glyph>,
        /// Why.
        reason: String,
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
    /// The button's looks.
    #[prop(default = ButtonKind::Subtle)]
    kind: ButtonKind,
    /// More of the button's classes, such as `small`.
    #[prop(optional)]
    class: &'static str,
    /// Takes the button out of the order of Tab, where a key on its surroundings opens the menu.
    #[prop(optional)]
    no_tab_stop: bool,
    /// Shown on the button instead of the name, such as a person's initials.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (popup, id) = Popup::new(ITEMS);
    let close = Callback::new(move |()| popup.close());
    let keys = move |event: ev::KeyboardEvent| {
        let Some(menu) = popup.panel() else {
            return;
        };
        if !(event.ctrl_key() || event.meta_key()) {
            // What is pressed in a menu means nothing to what is around it.
            event.stop_propagation();
        }
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
            class=format!("{} {class}", kind.class())
            tabindex=no_tab_stop.then_some("-1")
            class:icon-only=icon_only
            aria-label=name
            title=name
            aria-haspopup="menu"
            aria-expanded=move || popup.open.get().to_string()
            popovertarget=id.clone()
            node_ref=popup.button
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
                    event.prevent_default();
                    popup.show();
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
            node_ref=popup.panel
            on:keydown=keys
            on:beforetoggle=move |event| popup.on_toggle(&event)
        >
            {dynamic(move || {
                popup.filled.get()
                    .then(|| items.get_untracked().into_iter().map(|item| entry(item, close)).collect_any())
            })}
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
        MenuItem::Disabled {
            label,
            icon,
            reason,
        } => view! {
            <div role="menuitem" class="menu-item off" tabindex="-1" aria-disabled="true">
                <span class="menu-icon">{icon.map(|glyph| view! { <Icon glyph /> })}</span>
                <span class="menu-label">{label} <span class="hint">{reason}</span></span>
            </div>
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
