//! The turning ring of work under way, and its form with words.

use crate::reactive::Signal;
use leptos::prelude::*;

/// A ring the size of an icon. Decorative: the words beside it say what is under way.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}

/// A ring with words, for a place that waits.
#[component]
pub fn Busy(
    /// What is under way, such as "Loading comments…".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <p class="busy" role="status">
            <Spinner />
            {move || label.get()}
        </p>
    }
    .into_any()
}
