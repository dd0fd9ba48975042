//! The page for an address that leads nowhere.

use super::text;
use crate::routes::{Route, navigator};
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use leptos::prelude::*;

/// Says so, and leads home.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    let home = navigator().href(&Route::Home);
    view! {
        <h1 class="visually-hidden">{text::NOT_FOUND}</h1>
        <Empty
            glyph=Glyph::Search
            title=text::NOT_FOUND
            text=Some(text::NOT_FOUND_ADVICE.to_owned())
        >
            <a href=home>{text::TO_HOME}</a>
        </Empty>
    }
}
