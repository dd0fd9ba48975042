//! The bar above what is older than it should be: why, how old it is, and another try.

use super::badge::Tone;
use super::button::{Button, ButtonKind};
use super::env::env;
use super::error_panel::request_id_line;
use super::message_bar::MessageBar;
use super::time::Time;
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use lexicon::t;

/// The bar. Its age counts on beside the words, not among them, or they would be read out again
/// and again.
#[component]
pub fn StaleBar(
    /// The first words, such as "No connection since 14:05."
    #[prop(default = t!("Not up to date.").to_owned())]
    title: String,
    /// Why, and what to do.
    text: String,
    /// When what is shown was received; `None` where nothing has been yet.
    at: Option<Timestamp>,
    /// The id of the request that failed.
    request_id: Option<String>,
    /// Asks again.
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let env = env();
    // It goes with its button, which may have the focus.
    on_cleanup(move || env.keep_focus());
    let age = at.map(|at| {
        view! { <span class="muted nowrap">{t!("Loaded")} " " <Time ts=at relative=true /></span> }
    });
    let retry = on_retry.map(|on_retry| {
        view! {
            <Button kind=ButtonKind::Subtle small=true on_click=on_retry>
                {t!("Try again")}
            </Button>
        }
    });
    view! {
        <div class="stale">
            <MessageBar tone=Tone::Warning title=Some(title) text>
                {age} {request_id.map(request_id_line)} {retry}
            </MessageBar>
        </div>
    }
    .into_any()
}
