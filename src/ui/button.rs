//! Buttons, and links that look like buttons. A disabled button stays reachable and says why.

use super::dynamic::dynamic;
use super::env::unique_id;
use super::icon::{Glyph, Icon};
use super::spinner::Spinner;
use super::tooltip::tooltip;
use crate::reactive::Signal;
use leptos::{ev, html, prelude::*};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of its surroundings.
    Primary,
    /// Any other action.
    #[default]
    Secondary,
    /// An action in a dense or quiet place: no border until hovered.
    Subtle,
    /// The main action where it takes something away or contains a machine.
    Danger,
}

impl ButtonKind {
    pub(super) fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "btn primary",
            ButtonKind::Secondary => "btn",
            ButtonKind::Subtle => "btn subtle",
            ButtonKind::Danger => "btn danger",
        }
    }
}

/// A button. With a `disabled_reason` it looks disabled, stays focusable, does nothing, and shows
/// the reason on hover and focus; while `busy` it spins and takes no clicks.
#[component]
pub fn Button(
    /// Looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// 24 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// A picture before the label.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Why it cannot be used now; `None` means it can.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// True while its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// For a toggle: `aria-pressed`.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// For a button that shows or hides something: `aria-expanded`.
    #[prop(optional, into)]
    expanded: Signal<Option<bool>>,
    /// Submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// The element, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// What it does. Not called while disabled or busy.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// The label.
    children: Children,
) -> impl IntoView {
    let tip = unique_id();
    let described = {
        let tip = tip.clone();
        move || disabled_reason.read().is_some().then(|| tip.clone())
    };
    let click = move |event: ev::MouseEvent| {
        let blocked = disabled_reason
            .try_with_untracked(Option::is_some)
            .unwrap_or(true)
            || busy.try_get_untracked().unwrap_or(true);
        if blocked {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let off = move || disabled_reason.read().is_some() || busy.get();
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            class:small=small
            aria-disabled=move || off().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=described
            aria-pressed=move || pressed.get().map(|on| on.to_string())
            aria-expanded=move || expanded.get().map(|on| on.to_string())
            node_ref=node_ref
            on:click=click
        >
            {move || {
                if busy.get() {
                    view! { <Spinner /> }.into_any()
                } else {
                    icon.map(|glyph| view! { <Icon glyph /> }).into_any()
                }
            }}
            <span class="btn-label">{children()}</span>
        </button>
        {tooltip(tip, node_ref, disabled_reason)}
    }
    .into_any()
}

/// A square button with a picture; its label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// The picture.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// The name, shown as a tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// 24 px instead of 32.
    #[prop(optional)]
    small: bool,
    /// Why it cannot be used now; takes the tooltip's place.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// For a toggle: `aria-pressed`.
    #[prop(optional, into)]
    pressed: Signal<Option<bool>>,
    /// The element, for callers that move the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// What it does. Not called while disabled.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    let tip = unique_id();
    let described = {
        let tip = tip.clone();
        move || disabled_reason.read().is_some().then(|| tip.clone())
    };
    let text = Signal::derive(move || {
        Some(match disabled_reason.get() {
            Some(reason) => format!("{}: {reason}", label.get()),
            None => label.get(),
        })
    });
    let click = move |_| {
        if disabled_reason
            .try_with_untracked(Option::is_none)
            .unwrap_or(false)
        {
            on_click.run(());
        }
    };
    view! {
        <button
            type="button"
            class="btn subtle icon-only"
            class:small=small
            aria-label=move || label.get()
            aria-disabled=move || disabled_reason.read().is_some().then_some("true")
            aria-describedby=described
            aria-pressed=move || pressed.get().map(|on| on.to_string())
            node_ref=node_ref
            on:click=click
        >
            {dynamic(move || view! { <Icon glyph=glyph.get() /> })}
        </button>
        {tooltip(tip, node_ref, text)}
    }
    .into_any()
}

/// An anchor that looks like a button: for going somewhere, never for doing something.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// Looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// 24 px high instead of 32.
    #[prop(optional)]
    small: bool,
    /// A picture before the label.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    /// Opens outside the portal, in a new tab.
    #[prop(optional)]
    external: bool,
    /// The label.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=kind.class()
            class:small=small
            href=move || href.get()
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
        >
            {icon.map(|glyph| view! { <Icon glyph /> })}
            <span class="btn-label">{children()}</span>
            {external.then(|| view! { <Icon glyph=Glyph::External /> })}
        </a>
    }
    .into_any()
}
