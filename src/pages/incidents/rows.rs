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
        let changes = once_a_frame();
        let live = Memo::new(move |_| {
            changes.track();
            let (now, zone) = (env.now.get(), env.zone.get());
            let view = |query: &QueueQuery| {
                let index = incidents.index();
                index.with_untracked(|index| index.view(query, now, &zone))
            };
            Arc::new(query.with(view))
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
            changes.track();
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

    /// How many incidents have changed since the rows were laid out, where that would move rows.
    pub(super) fn waiting(self) -> usize {
        self.version.track();
        let live = self.live.get();
        if *self.shown.read() == live {
            return 0;
        }
        let since = self.laid_out.get_value();
        let changed = incidents().index().with_untracked(|index| {
            let rows = live.rows.iter().filter_map(|row| index.row(*row));
            rows.filter(|row| row.updated().0 > since).count()
        });
        // A row that left the view counts too.
        changed.max(1)
    }

    /// The incident at a place.
    pub(super) fn id(self, at: usize) -> Option<IncidentId> {
        self.with(at, |row| IncidentId(row.id().to_owned()))
    }

    /// What stands at a place: the row, and how often it has changed.
    pub(super) fn identity(self, at: usize) -> Option<(u32, u32)> {
        self.version.track();
        let row = self.shown.read().rows.get(at).copied()?;
        Some((row, self.with(at, |row| row.revision())?))
    }

    /// Reads the row at a place, without following it; `None` where it has just gone.
    pub(super) fn with<T>(self, at: usize, read: impl FnOnce(Row<'_>) -> T) -> Option<T> {
        let row = self.shown.read_untracked().rows.get(at).copied()?;
        incidents()
            .index()
            .with_untracked(|index| index.row(row).map(read))
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
            let rows = live.rows.iter().filter_map(|row| index.row(*row));
            rows.map(|row| row.updated().0).max().unwrap_or(0)
        })
    }
}

/// Notified of changes of the index, at most once a frame: pages may come faster than they can be
/// looked at.
fn once_a_frame() -> RwSignal<usize> {
    let incidents = incidents();
    let changes = RwSignal::new(0);
    // What has happened in this frame: 0 nothing, 1 a change that was passed on, 2 another one.
    let frame = StoredValue::new(0);
    Effect::new(move |_| {
        incidents.index().track();
        if frame.try_get_value() == Some(0) {
            pass_on(changes, frame);
        } else {
            let _ = frame.try_set_value(2);
        }
    });
    changes
}

fn pass_on(changes: RwSignal<usize>, frame: StoredValue<usize>) {
    let _ = changes.try_update(|changes| *changes += 1);
    let _ = frame.try_set_value(1);
    request_animation_frame(move || {
        let more = frame.try_get_value() == Some(2);
        let _ = frame.try_set_value(0);
        if more {
            pass_on(changes, frame);
        }
    });
}
