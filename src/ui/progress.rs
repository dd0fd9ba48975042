//! The progress bar: how much of some work is done, or that it goes on.

use super::env::unique_id;
use crate::reactive::Signal;
use leptos::prelude::*;

/// The bar, with its label above and what is known in words beside that.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: Signal<String>,
    /// How much is done, in percent; `None` where nobody knows.
    #[prop(into)]
    percent: Signal<Option<usize>>,
    /// The same in words, such as "1,200 of 2,000".
    #[prop(optional, into)]
    text: Signal<String>,
) -> impl IntoView {
    let id = unique_id();
    let done = move || percent.get().map(|percent| percent.min(100));
    view! {
        <div class="progress">
            <div class="progress-words">
                <span id=id.clone()>{move || label.get()}</span>
                <span class="muted tabular">{move || text.get()}</span>
            </div>
            <div
                class="progress-track"
                class:unknown=move || percent.get().is_none()
                role="progressbar"
                aria-labelledby=id
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || done().map(|done| done.to_string())
                aria-valuetext=move || Some(text.get()).filter(|text| !text.is_empty())
            >
                <span style:width=move || done().map(|done| format!("{done}%"))></span>
            </div>
        </div>
    }
    .into_any()
}
