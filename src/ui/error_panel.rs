//! What stands where content should be when it could not be loaded.

use super::button::Button;
use super::copy::CopyButton;
use super::env::env;
use super::icon::{Glyph, Icon};
use crate::domain::error::ApiError;
use leptos::prelude::*;
use lexicon::t;

/// Title, advice, a retry where one may help, and the request id to quote.
#[component]
pub fn ErrorPanel(
    /// The error.
    error: ApiError,
    /// What was to be loaded, in title case for a sentence start, such as "The incident".
    #[prop(into)]
    what: String,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let (words, env) = (error.wording(&what), env());
    // It goes with its button, which may have the focus.
    on_cleanup(move || env.keep_focus());
    view! {
        <section class="error-panel" role="alert">
            <Icon glyph=Glyph::Error />
            <h2>{words.title}</h2>
            <p>{words.advice}</p>
            {on_retry
                .map(|on_retry| {
                    view! { <Button icon=Glyph::Refresh on_click=on_retry>{t!("Try again")}</Button> }
                })}
            {words.request_id.map(request_id_line)}
        </section>
    }
    .into_any()
}

/// The id that an administrator needs to find the failed request.
pub(super) fn request_id_line(id: String) -> AnyView {
    view! {
        <p class="error-request">
            {t!("Request id")}
            " "
            <code>{id.clone()}</code>
            <CopyButton text=id label=t!("Copy request id") />
        </p>
    }
    .into_any()
}
