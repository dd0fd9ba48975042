//! Accordion cards: a heading that opens and closes what stands under it.

use super::dynamic::dynamic;
use super::env::unique_id;
use super::icon::{Glyph, Icon};
use crate::reactive::Signal;
use leptos::prelude::*;

/// A card whose header shows and hides its content. The content exists only while it is shown.
#[component]
pub fn Disclosure(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// Badges and small facts at the header's right end.
    #[prop(optional, into)]
    meta: Option<ViewFn>,
    /// The heading's level, 2 to 4.
    #[prop(default = 3)]
    level: u8,
    /// Whether the content is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Called with the state asked for.
    #[prop(into)]
    on_toggle: Callback<bool>,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let panel = unique_id();
    let controls = {
        let panel = panel.clone();
        // Referring to a panel that does not exist is an error for assistive technology.
        move || open.get().then(|| panel.clone())
    };
    let header = view! {
        <button
            type="button"
            aria-expanded=move || open.get().to_string()
            aria-controls=controls
            on:click=move |_| on_toggle.run(!open.get_untracked())
        >
            <Icon glyph=Glyph::ChevronRight />
            <span class="disclosure-title">{move || title.get()}</span>
            {meta.map(|meta| view! { <span class="disclosure-meta">{meta.run()}</span> })}
        </button>
    };
    let header = match level {
        2 => view! { <h2 class="disclosure-header">{header}</h2> }.into_any(),
        3 => view! { <h3 class="disclosure-header">{header}</h3> }.into_any(),
        _ => view! { <h4 class="disclosure-header">{header}</h4> }.into_any(),
    };
    view! {
        <div
            class="disclosure"
            class:open=move || open.get()
            role="group"
            aria-label=move || title.get()
        >
            {header}
            {dynamic(move || {
                open.get()
                    .then(|| {
                        view! { <div class="disclosure-body" id=panel.clone()>{children()}</div> }
                    })
            })}
        </div>
    }
    .into_any()
}
