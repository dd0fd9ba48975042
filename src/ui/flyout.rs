//! The right-hand panel: modal with a scrim, or beside the page; full width on narrow screens. The URL opens it.

use super::announce::LiveRegion;
use super::button::IconButton;
use super::commands::{Command, commands};
use super::dynamic::dynamic;
use super::env::{env, unique_id};
use super::icon::Glyph;
use super::modal::Modal;
use super::separator::{Limits, left_edge};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::{html, prelude::*};
use lexicon::t;

const USUAL: usize = 680;
const WIDE: usize = 960;

/// The way from one thing to the next while the panel stays open.
#[derive(Clone, Copy)]
pub struct Stepping {
    /// The one shown, counted from 0, and of how many.
    pub at: Signal<(usize, usize)>,
    /// Shows another.
    pub go: Callback<usize>,
}

/// A panel at the right edge. Its content exists only while it is open; the focus goes to its
/// heading and comes back to where it was.
#[component]
pub fn Flyout(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The heading, and the panel's name.
    #[prop(into)]
    title: Signal<String>,
    /// Small text under the heading.
    #[prop(optional, into)]
    subtitle: Signal<Option<String>>,
    /// Buttons in the sticky header, left of the close button.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// What stays at the bottom while the content scrolls.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// 960 px instead of 680.
    #[prop(optional)]
    wide: bool,
    /// Beside the page, which stays in use, instead of over it.
    #[prop(optional)]
    beside: bool,
    /// The width in px, where the person may set it; 0 is the usual.
    #[prop(optional)]
    width: Option<RwSignal<usize>>,
    /// Previous and next.
    #[prop(optional, into)]
    stepping: Option<Stepping>,
    /// True while it must not be closed.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called by the close button, Escape and the scrim. The caller then changes the URL.
    #[prop(into)]
    on_close: Callback<()>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let heading = unique_id();
    let focus_first = NodeRef::<html::H2>::new();
    let usual = if wide { WIDE } else { USUAL };
    let class = if wide { "flyout wide" } else { "flyout" };
    if let Some(width) = width
        && width.get_untracked() == 0
    {
        width.set(usual);
    }
    let modal = Modal {
        class,
        labelled_by: heading.clone(),
        described_by: None,
        beside,
        width: width.map(Signal::from),
        open,
        busy,
        on_close,
        focus_first,
    };
    modal.view(Box::new(move || {
        let footer = footer.as_ref().map(|footer| {
            view! { <footer class="flyout-footer">{footer.run()}</footer> }
        });
        let edge = width.map(|width| {
            let limits = Limits {
                least: 360,
                usual,
                most: 1_280,
            };
            left_edge(t!("Width of the panel"), width, limits)
        });
        view! {
            {edge}
            <header class="flyout-header">
                <div class="flyout-titles">
                    <h2 id=heading.clone() tabindex="-1" node_ref=focus_first>
                        {move || title.get()}
                    </h2>
                    {dynamic(move || {
                        subtitle
                            .get()
                            .map(|text| {
                                // It stays in sight, so it takes two lines at most.
                                let title = text.clone();
                                view! { <p class="subtitle" title=title>{text}</p> }
                            })
                    })}
                </div>
                <div class="flyout-tools">
                    {stepping.map(|stepping| steps(stepping, title))}
                    {actions.as_ref().map(ViewFn::run)}
                    <IconButton glyph=Glyph::Close label=t!("Close") on_click=on_close />
                </div>
            </header>
            <div class="flyout-body">{children()}</div>
            {footer}
            // What is read out beside the page is read out by the page.
            {(!beside).then(|| view! { <LiveRegion /> })}
        }
        .into_any()
    }))
}

fn steps(stepping: Stepping, title: Signal<String>) -> AnyView {
    let Stepping { at, go } = stepping;
    let env = env();
    let step = move |to: Option<usize>| {
        let (_, of) = at.get_untracked();
        if let Some(to) = to.filter(|to| *to < of) {
            go.run(to);
            env.announce(title.get_untracked());
        }
    };
    let previous = move || step(at.get_untracked().0.checked_sub(1));
    let next = move || step(Some(at.get_untracked().0 + 1));
    commands().offer(Command::new(t!("Previous"), "[", previous).of_panel());
    commands().offer(Command::new(t!("Next"), "]", next).of_panel());
    let first = Memo::new(move |_| at.get().0 == 0);
    let last = Memo::new(move |_| at.with(|(at, of)| at + 1 >= *of));
    let reason = |end: Memo<bool>, words: &'static str| {
        Signal::derive(move || end.get().then(|| words.to_owned()))
    };
    view! {
        <span class="muted small tabular nowrap">
            {move || at.with(|(at, of)| t!("{} of {of}", at + 1))}
        </span>
        <IconButton
            glyph=Glyph::ChevronUp
            label=t!("Previous")
            disabled_reason=reason(first, t!("this is the first"))
            on_click=move |()| previous()
        />
        <IconButton
            glyph=Glyph::ChevronDown
            label=t!("Next")
            disabled_reason=reason(last, t!("this is the last"))
            on_click=move |()| next()
        />
    }
    .into_any()
}
