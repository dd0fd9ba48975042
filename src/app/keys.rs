//! Keys that work on every page: the palette, and the keys of whatever is offered on the page in view.

use crate::domain::keys::{Heard, Keys};
use crate::platform::dom;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, StoredValue};
use crate::state::preferences::preferences;
use crate::ui::commands::{Command, commands};
use crate::ui::env::env;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

/// Follows the keyboard for as long as the current component is in view.
pub(super) fn follow(palette: RwSignal<bool>) {
    let (commands, preferences, env) = (commands(), preferences(), env());
    let keys = StoredValue::new(Keys::default());
    let listening = window_event_listener(ev::keydown, move |event| {
        let Some(root) = env.root.try_get_untracked().flatten() else {
            return;
        };
        let target = event.target().and_then(|at| at.dyn_into::<Element>().ok());
        // A host page's own fields are none of ours.
        let ours = target
            .as_ref()
            .is_some_and(|at| at.contains(Some(&root)) || root.contains(Some(at)));
        // Some keyboards write brackets with it.
        let alt = event.alt_key() && !matches!(&*event.key(), "[" | "]");
        if !ours || event.default_prevented() || alt {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            if event.key().eq_ignore_ascii_case("k") && !event.shift_key() {
                event.prevent_default();
                let _ = palette.try_set(true);
            }
            return;
        }
        let typing = target.is_some_and(|at| at.closest(TYPED_INTO).ok().flatten().is_some());
        if typing || !preferences.letters().get_untracked() {
            return;
        }
        // Nothing behind a dialog may happen by a key that was meant for it: a panel that nothing covers has
        // keys of its own.
        let open = |kind| dom::within(&root, kind).len();
        let heard: fn(&&Command) -> bool = match (open("dialog[open]"), open(".flyout[open]")) {
            (0, _) => |_| true,
            (1, 1) => |one| one.of_panel,
            _ => |_| false,
        };
        let all = commands.all();
        let known = all.iter().filter(|one| !one.keys.is_empty()).filter(heard);
        let known: Vec<_> = known.collect();
        let names: Vec<_> = known.iter().map(|one| one.keys).collect();
        let now = event.time_stamp();
        let heard = keys.try_update_value(|keys| keys.press(&event.key(), now, &names));
        match heard {
            Some(Heard::Command(at)) => {
                event.prevent_default();
                let (run, reason) = (known[at].run, known[at].disabled_reason);
                // After this event: what is done may press a key itself.
                spawn_local(async move {
                    match reason.try_get_untracked().flatten() {
                        Some(reason) => env.announce(reason),
                        None => run.try_run(()).unwrap_or_default(),
                    }
                });
            }
            Some(Heard::Begun) => event.prevent_default(),
            Some(Heard::Nothing) | None => {}
        }
    });
    on_cleanup(move || listening.remove());
}

/// Where letters are letters, or meant for what has opened under a button.
const TYPED_INTO: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [popover], [role=listbox]";
