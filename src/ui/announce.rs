//! The live region that reads announcements out. The app holds one; each dialog holds its own,
//! because what is outside an open modal dialog is not read.

use super::env::env;
use leptos::prelude::*;

/// Reads out what `Env::announce` is given.
#[component]
pub fn LiveRegion() -> impl IntoView {
    let said = env().said;
    let born = said.with_untracked(|(serial, _)| *serial);
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {move || {
                said.with(|(serial, text)| {
                    // A changed space makes an equal text a new one.
                    let pad = if serial % 2 == 0 { "" } else { "\u{a0}" };
                    if *serial == born { String::new() } else { format!("{text}{pad}") }
                })
            }}
        </div>
    }
    .into_any()
}
