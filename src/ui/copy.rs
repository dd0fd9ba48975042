//! The copy button: copies, shows a tick for two seconds, and says so.

use super::button::IconButton;
use super::env::env;
use super::icon::Glyph;
use crate::platform::clipboard;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use std::time::Duration;

/// Copies a text to the clipboard.
#[component]
pub fn CopyButton(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// The button's name, such as "Copy request id".
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let env = env();
    let outcome = RwSignal::new(None::<bool>);
    let shown = {
        let label = label.clone();
        Signal::derive(move || match outcome.get() {
            None => label.clone(),
            Some(true) => "Copied".to_owned(),
            Some(false) => "Copying was refused by the browser".to_owned(),
        })
    };
    let copy = move |()| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = clipboard::write(&text).await;
            env.announce(if copied {
                "Copied"
            } else {
                "Copying was refused by the browser"
            });
            let _ = outcome.try_set(Some(copied));
            set_timeout(
                move || {
                    let _ = outcome.try_set(None);
                },
                Duration::from_secs(2),
            );
        });
    };
    let glyph = Signal::derive(move || match outcome.get() {
        Some(true) => Glyph::Check,
        _ => Glyph::Copy,
    });
    view! { <IconButton glyph label=shown small=true on_click=copy /> }.into_any()
}
