//! Which rows the queue shows. A changed query takes effect at once; a live change waits while
//! somebody points at the list, has the focus in it, or has ticked some of it.

use super::selection::Ticked;
use crate::domain::id::IncidentId;
use crate::domain::queue_index::{Row, View};
use crate::domain::queue_query::{QueueQuery, Sort};
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use crate::state::incidents::incidents;
use crate::ui::env::env;
use leptos::prelude::*;
use std::sync::Arc;

/// The rows in sight.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    live: Memo<Arc<View>>,
    shown: RwSignal<Arc<View>>,
    version: RwSignal<u64>,
    /// The newest update among the rows when they were last laid out.
    laid_out: StoredValue<i64>,
    pointer: StoredValue<bool>,
    focus: StoredValue<bool>,
}

impl Rows {
    /// The rows of a query, as a part of the page's life.
    pub(super) fn new(query: Memo<QueueQuery>, ticked: Ticked) -> Rows {
        let incidents = incidents();
        let env = env();
        let live = Memo::new(move |_| {
            let (now, zone) = (env.now.get(), env.zone.get());
            Arc::new(
                incidents
                    .index()
                    .with(|index| index.view(&query.read(), now, &zone)),
            )
        });
        let rows = Rows {
            live,
            shown: RwSignal::new(live.get_untracked()),
            version: RwSignal::new(0),
            laid_out: StoredValue::new(0),
            pointer: StoredValue::new(false),
            focus: StoredValue::new(false),
        };
        rows.apply();
        Effect::new(move |before: Option<QueueQuery>| {
            let now = query.get();
            // Not the memo: a changed cell leaves the rows equal and has to be drawn all the same.
            incidents.index().track();
            live.track();
            let asked = before.is_none_or(|before| before != now);
            let held = rows.pointer.get_value() || rows.focus.get_value() || ticked.any();
            // Pages arrive latest first: in that order they come below what is in sight.
            let below =
                now.sort == Sort::DEFAULT && incidents.sync().with_untracked(|sync| sync.loading);
            if asked || !held || below || rows.only_grown() {
                rows.apply();
            } else {
                // Cells read anew where they stand; only places are held.
                rows.version.update(|version| *version += 1);
            }
            now
        });
        rows
    }

    /// Lays the rows out as they are now.
    pub(super) fn apply(self) {
        let live = self.live.get_untracked();
        if *self.shown.read_untracked() != live {
            self.shown.set(live);
        }
        self.laid_out.set_value(self.newest());
        self.version.update(|version| *version += 1);
    }

    /// The rows in the order they stand.
    pub(super) fn shown(self) -> Signal<Arc<View>> {
        self.shown.into()
    }

    /// Changes whenever a cell may read differently.
    pub(super) fn version(self) -> Signal<u64> {
        self.version.into()
    }

    /// How many incidents have changed since the rows were laid out, where that would move rows.
    pub(super) fn waiting(self) -> usize {
        self.version.track();
        let live = self.live.get();
        if *self.shown.read() == live {
            return 0;
        }
        let since = self.laid_out.get_value();
        let changed = incidents().index().with(|index| {
            live.rows
                .iter()
                .filter(|row| index.row(**row as usize).updated.0 > since)
                .count()
        });
        // A row that left the view counts too.
        changed.max(1)
    }

    /// The incident at a place.
    pub(super) fn id(self, at: usize) -> Option<IncidentId> {
        let row = self.shown.read_untracked().rows.get(at).copied()?;
        incidents()
            .index()
            .with_untracked(|index| index.id(row as usize).cloned())
    }

    /// The row at a place; `None` where it has just gone.
    pub(super) fn row(self, at: usize) -> Option<Row> {
        let row = self.shown.read().rows.get(at).copied()?;
        incidents()
            .index()
            .with_untracked(|index| (row as usize) < index.len())
            .then_some(())?;
        Some(
            incidents()
                .index()
                .with_untracked(|index| index.row(row as usize)),
        )
    }

    /// The pointer is over the list.
    pub(super) fn hold_pointer(self, held: bool) {
        self.pointer.set_value(held);
    }

    /// The focus is in the list.
    pub(super) fn hold_focus(self, held: bool) {
        self.focus.set_value(held);
    }

    /// True where no row that is shown would change its place: rows below it may have come.
    fn only_grown(self) -> bool {
        let shown = self.shown.read_untracked();
        self.live.read_untracked().rows.starts_with(&shown.rows)
    }

    fn newest(self) -> i64 {
        let live = self.live.get_untracked();
        incidents().index().with_untracked(|index| {
            live.rows
                .iter()
                .map(|row| index.row(*row as usize).updated.0)
                .max()
                .unwrap_or(0)
        })
    }
}
