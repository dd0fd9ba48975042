//! Which rows the list shows. A changed query takes effect at once; what changes by itself waits while somebody
//! points at the list or has the focus in it.

use super::{Shown, text};
use crate::domain::alert::Alert;
use crate::domain::alert_list::{AlertQuery, held, waiting};
use crate::domain::load::Load;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use crate::ui::badge::Tone;
use crate::ui::button::Button;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

/// The rows in sight.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    live: Shown,
    laid: RwSignal<Vec<Arc<Alert>>>,
    pointer: StoredValue<bool>,
    focus: StoredValue<bool>,
}

impl Rows {
    /// The rows of a query, as a part of the page's life.
    pub(super) fn new(
        query: Memo<AlertQuery>,
        list: Signal<Load<Arc<Vec<Arc<Alert>>>>>,
        live: Shown,
    ) -> Rows {
        let rows = Rows {
            live,
            laid: RwSignal::new(live.get_untracked()),
            pointer: StoredValue::new(false),
            focus: StoredValue::new(false),
        };
        Effect::new(move |before: Option<AlertQuery>| {
            let (live, list) = (live.get(), list.read());
            // Which one is open moves no row.
            let asked = AlertQuery {
                open: String::new(),
                ..query.get()
            };
            let free = !rows.pointer.get_value() && !rows.focus.get_value();
            let laid = rows.laid.get_untracked();
            let grown = laid.len() <= live.len() && waiting(&laid, &live[..laid.len()]) == 0;
            let all = list.value().map_or(&[][..], |all| all.as_slice());
            rows.laid
                .set(match free || grown || before.as_ref() != Some(&asked) {
                    true => live,
                    false => held(&laid, all),
                });
            asked
        });
        rows
    }

    /// The rows in the order they stand.
    pub(super) fn shown(self) -> Shown {
        Memo::new(move |_| self.laid.get())
    }

    /// The pointer is over the list.
    pub(super) fn hold_pointer(self, held: bool) {
        self.pointer.set_value(held);
    }

    /// The focus is in the list.
    pub(super) fn hold_focus(self, held: bool) {
        self.focus.set_value(held);
    }

    /// What waits to be laid out, and the way to it.
    pub(super) fn notice(self) -> AnyView {
        let env = env();
        let count = Memo::new(move |_| waiting(&self.laid.read(), &self.live.read()));
        let apply = move |()| {
            self.laid.set(self.live.get_untracked());
            // The button has gone.
            env.keep_focus();
        };
        dynamic(move || {
            let count = count.get();
            (count > 0).then(|| {
                view! {
                    <MessageBar tone=Tone::Info text=text::updates(count)>
                        <Button small=true on_click=apply>{text::APPLY}</Button>
                    </MessageBar>
                }
            })
        })
    }
}
