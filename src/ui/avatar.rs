//! A person's initials in a circle.

use crate::domain::text::{initials, visible};
use crate::reactive::Signal;
use leptos::prelude::*;
use lexicon::t;

/// The circle. Beside the name it is decoration; alone it is named by it.
#[component]
pub fn Avatar(
    /// The person's name.
    #[prop(into)]
    name: Signal<String>,
    /// True where the name does not stand beside it.
    #[prop(optional)]
    alone: bool,
    /// 24 px instead of 32.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <span
            class="avatar"
            class:small=small
            role=alone.then_some("img")
            aria-label=move || alone.then(|| named(name.get()))
            aria-hidden=(!alone).then_some("true")
        >
            {move || initials(&name.read())}
        </span>
    }
    .into_any()
}

fn named(name: String) -> String {
    if name.trim().is_empty() {
        t!("Unknown person").to_owned()
    } else {
        visible(&name).into_owned()
    }
}
