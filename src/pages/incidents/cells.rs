//! What each cell of the queue says. A cell is built once for a place in sight and then follows which
//! incident stands there: only the words that differ are written.

use super::rows::Rows;
use crate::domain::id::IncidentId;
use crate::domain::queue_index::Row;
use crate::domain::queue_query::Column;
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::badges::{SeverityBadge, StatusBadge};
use crate::reactive::{Memo, Signal};
use crate::routes::{IncidentView, Navigator, Route, navigator};
use crate::ui::grid::{CellLink, CellView, Shown};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The grid's cell function.
pub(super) fn cell(rows: Rows) -> CellView {
    let navigator = navigator();
    Arc::new(move |slot, key| match Column::from_slug(key) {
        Some(column) => Slot { rows, slot }.draw(column, navigator),
        None => ().into_any(),
    })
}

/// A place in sight, and the incident that stands there.
#[derive(Clone, Copy)]
struct Slot {
    rows: Rows,
    slot: Signal<Option<Shown>>,
}

impl Slot {
    fn draw(self, column: Column, navigator: Navigator) -> AnyView {
        match column {
            Column::Name => {
                let name = self.words(|row| visible(row.name()).into_owned());
                let id = self.words(|row| row.id().to_owned());
                let href = move || {
                    let id = IncidentId(id.get());
                    navigator.href(&Route::Incident(IncidentView::new(id)))
                };
                view! {
                    <CellLink href=Signal::derive(href)>
                        <span title=move || name.get()>{move || name.get()}</span>
                    </CellLink>
                }
                .into_any()
            }
            Column::Id => clipped(self.words(|row| visible(row.id()).into_owned())),
            Column::Tags => self.tags(),
            Column::Severity => {
                let severity = self.value(|row| row.severity().clone(), Severity::NotSet);
                view! { <SeverityBadge severity /> }.into_any()
            }
            Column::Status => {
                let unknown = crate::domain::incident::Status::Active;
                let status = self.value(|row| row.status().clone(), unknown);
                view! { <StatusBadge status /> }.into_any()
            }
            Column::Assigned => clipped(self.words(|row| visible(row.assigned()).into_owned())),
            Column::Classification => {
                clipped(self.words(|row| row.classification().label().into_owned()))
            }
            Column::Determination => {
                clipped(self.words(|row| row.determination().label().into_owned()))
            }
            Column::Updated => {
                let ts = self.value(|row| row.updated(), Timestamp::default());
                view! { <Time ts short=true /> }.into_any()
            }
        }
    }

    /// The first tag in full and how many more there are: a row is one line.
    fn tags(self) -> AnyView {
        let first = self.words(|row| {
            row.tags()
                .next()
                .map(visible)
                .unwrap_or_default()
                .into_owned()
        });
        let more = self.words(|row| match row.tags().len() {
            0 | 1 => String::new(),
            all => format!("+{}", all - 1),
        });
        let all = self.words(|row| row.tags().map(visible).collect::<Vec<_>>().join(", "));
        view! {
            <span class="tags" title=move || all.get() hidden=move || first.read().is_empty()>
                <span class="tag">{move || first.get()}</span>
                <span class="muted">{move || more.get()}</span>
            </span>
        }
        .into_any()
    }

    fn words(self, read: fn(Row<'_>) -> String) -> Memo<String> {
        self.value(read, String::new())
    }

    /// What is read of the incident here; `none` where no incident stands here.
    fn value<T>(self, read: fn(Row<'_>) -> T, none: T) -> Memo<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            let shown = self.slot.get();
            let value = shown.and_then(|shown| self.rows.with(shown.at, read));
            value.unwrap_or_else(|| none.clone())
        })
    }
}

/// Words that may be longer than their column: the rest is in the tooltip.
fn clipped(words: Memo<String>) -> AnyView {
    view! {
        <span class="truncate" title=move || words.get()>
            {move || words.get()}
        </span>
    }
    .into_any()
}
