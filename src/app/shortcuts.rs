//! The sheet of keys: those of what is offered on the page in view, and those that lists and dialogs
//! always have.

use super::text;
use crate::reactive::RwSignal;
use crate::state::preferences::preferences;
use crate::ui::commands::commands;
use crate::ui::dialog::Dialog;
use crate::ui::dynamic::CollectAny;
use leptos::prelude::*;
use lexicon::t;

/// Keys that no page has to offer.
const ALWAYS: [(&str, &str); 7] = [
    (t!("Ctrl K"), t!("Search and commands")),
    ("Enter", t!("Open the row in focus")),
    (t!("Space"), t!("Tick the row in focus")),
    (t!("Shift ↓"), t!("Tick a range of rows")),
    (t!("Ctrl A"), t!("Tick all rows of the list")),
    ("[ ]", t!("Previous and next, in an open panel")),
    (t!("Esc"), t!("Close what is open, or untick all rows")),
];

/// The sheet.
#[component]
pub(super) fn Shortcuts(open: RwSignal<bool>) -> impl IntoView {
    let (commands, preferences) = (commands(), preferences());
    let lines = move || {
        let offered = commands.all();
        let offered = offered.into_iter().filter(|one| !one.keys.is_empty());
        let offered = offered.map(|one| (one.keys.to_owned(), one.label));
        let always = ALWAYS.map(|(keys, label)| (keys.to_owned(), label.to_owned()));
        let line = |(keys, label): (String, String)| {
            view! {
                <dt>
                    {keys.split(' ').map(|key| view! { <kbd>{key.to_owned()}</kbd> }).collect_any()}
                </dt>
                <dd>{label}</dd>
            }
        };
        always.into_iter().chain(offered).map(line).collect_any()
    };
    view! {
        <Dialog
            open
            title=text::SHORTCUTS
            focus_title=true
            on_close=move |()| open.set(false)
        >
            {(!preferences.letters().get_untracked())
                .then(|| view! { <p class="muted">{text::SHORTCUTS_OFF}</p> })}
            <dl class="keys">{lines()}</dl>
        </Dialog>
    }
}
