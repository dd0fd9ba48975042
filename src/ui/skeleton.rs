//! Grey shapes that stand where content is about to come.

use super::dynamic::CollectAny;
use leptos::prelude::*;
use lexicon::t;

/// Lines of text to come, announced once as "Loading…".
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{t!("Loading…")}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line" aria-hidden="true"></span> }).collect_any()}
        </div>
    }
    .into_any()
}

/// Rows of a grid to come.
#[component]
pub fn SkeletonRows(
    /// How many rows.
    #[prop(default = 12)]
    rows: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton skeleton-rows" role="status">
            <span class="visually-hidden">{t!("Loading…")}</span>
            {(0..rows)
                .map(|_| {
                    view! {
                        <div class="skeleton-row" aria-hidden="true">
                            <span></span>
                            <span></span>
                            <span></span>
                            <span></span>
                        </div>
                    }
                }).collect_any()}
        </div>
    }
    .into_any()
}
