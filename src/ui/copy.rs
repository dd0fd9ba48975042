//! The copy button: copies, shows a tick for two seconds, and says so. And the button that copies the
//! address of the list in view.

use super::button::{Button, ButtonKind, IconButton};
use super::commands::{Command, commands};
use super::env::env;
use super::icon::Glyph;
use crate::platform::task::spawn_local;
use crate::platform::{clipboard, location};
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use lexicon::t;
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
            Some(true) => t!("Copied").to_owned(),
            Some(false) => t!("Copying was refused by the browser").to_owned(),
        })
    };
    let copy = move |()| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = clipboard::write(&text).await;
            env.announce(if copied {
                t!("Copied")
            } else {
                t!("Copying was refused by the browser")
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

const COPY_LINK: &str = t!("Copy list link");

/// Copies the address of the list as it is shown. The palette has it, too.
#[component]
pub fn CopyLink() -> impl IntoView {
    let env = env();
    let copy = move |()| {
        spawn_local(async move {
            let done = clipboard::write(&location::href()).await;
            env.announce(if done {
                t!("Link copied")
            } else {
                t!("The browser refused to copy. Copy the address instead.")
            });
        });
    };
    commands().offer(Command::new(COPY_LINK, "", move || copy(())));
    view! {
        <Button kind=ButtonKind::Subtle icon=Glyph::Link on_click=copy>
            {COPY_LINK}
        </Button>
    }
}
