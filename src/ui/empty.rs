//! What stands where a list has nothing to show.

use super::dynamic::dynamic;
use super::icon::{Glyph, Icon};
use crate::reactive::Signal;
use leptos::prelude::*;

/// A picture, what there is none of, why, and the way on.
#[component]
pub fn Empty(
    /// The picture.
    glyph: Glyph,
    /// What there is none of, such as "No incidents match".
    #[prop(into)]
    title: Signal<String>,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// The way on, such as a button "Clear filters".
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph />
            <p class="empty-title">{move || title.get()}</p>
            {dynamic(move || text.get().map(|text| view! { <p class="muted">{text}</p> }))}
            {children.map(|children| view! { <div class="cluster">{children()}</div> })}
        </div>
    }
    .into_any()
}
