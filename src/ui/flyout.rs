//! The right-hand panel: modal, with a scrim, full width on narrow screens. The URL opens it.

use super::announce::LiveRegion;
use super::button::IconButton;
use super::dynamic::dynamic;
use super::env::unique_id;
use super::icon::Glyph;
use super::modal::Modal;
use crate::reactive::Signal;
use leptos::{html, prelude::*};

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
    let class = if wide { "flyout wide" } else { "flyout" };
    let modal = Modal {
        class,
        labelled_by: heading.clone(),
        open,
        busy,
        on_close,
        focus_first,
    };
    modal.view(Box::new(move || {
        let footer = footer.as_ref().map(|footer| {
            view! { <footer class="flyout-footer">{footer.run()}</footer> }
        });
        view! {
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
                    {actions.as_ref().map(ViewFn::run)}
                    <IconButton glyph=Glyph::Close label="Close" on_click=on_close />
                </div>
            </header>
            <div class="flyout-body">{children()}</div>
            {footer}
            <LiveRegion />
        }
        .into_any()
    }))
}
