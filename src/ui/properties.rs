//! Facts in two columns: label and value.

use crate::reactive::Signal;
use leptos::prelude::*;

/// The list of facts.
#[component]
pub fn Properties(
    /// `Property` elements.
    children: Children,
) -> impl IntoView {
    view! { <dl class="properties">{children()}</dl> }.into_any()
}

/// One fact.
#[component]
pub fn Property(
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="property">
            <dt>{move || label.get()}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}
