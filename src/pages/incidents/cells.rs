//! What each cell of the queue says. A cell is built once for a place in sight and then painted for
//! whichever incident stands there: only the words that differ are written.

use super::rows::Rows;
use crate::domain::id::IncidentId;
use crate::domain::queue_index::Row;
use crate::domain::queue_query::Column;
use crate::domain::text::visible;
use crate::parts::badges::{severity_tone, status_look};
use crate::routes::{IncidentView, Navigator, Route, navigator};
use crate::ui::badge;
use crate::ui::grid::{Cell, CellLink, CellView};
use crate::ui::time;
use leptos::html;
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;

/// The grid's cell function.
pub(super) fn cell(rows: Rows) -> CellView {
    let navigator = navigator();
    Arc::new(move |key| match Column::from_slug(key) {
        Some(Column::Name) => name(rows, navigator),
        Some(Column::Id) => words(rows, |row| visible(row.id()).into_owned()),
        Some(Column::Tags) => tags(rows),
        Some(Column::Severity) => {
            let (view, paint) = badge::drawn();
            painted(rows, view, move |row| {
                let severity = row.severity();
                paint(severity_tone(severity), None, &severity.label());
            })
        }
        Some(Column::Status) => {
            let (view, paint) = badge::drawn();
            painted(rows, view, move |row| {
                let (tone, icon) = status_look(row.status());
                paint(tone, icon, &row.status().label());
            })
        }
        Some(Column::Assigned) => words(rows, |row| visible(row.assigned()).into_owned()),
        Some(Column::Classification) => {
            words(rows, |row| row.classification().label().into_owned())
        }
        Some(Column::Determination) => words(rows, |row| row.determination().label().into_owned()),
        Some(Column::Updated) => {
            let (view, paint) = time::drawn();
            painted(rows, view, move |row| paint(row.updated()))
        }
        None => Cell::new(().into_any(), |_| ()),
    })
}

fn painted(rows: Rows, view: AnyView, paint: impl Fn(Row<'_>) + 'static) -> Cell {
    Cell::new(view, move |at| {
        rows.with(at, &paint);
    })
}

/// Words that may be longer than their column: the rest is in the tooltip.
fn words(rows: Rows, read: fn(Row<'_>) -> String) -> Cell {
    let node = NodeRef::<html::Span>::new();
    let view = view! { <span class="truncate" node_ref=node></span> };
    let last = RefCell::default();
    painted(rows, view.into_any(), move |row| {
        let words = read(row);
        if let (Some(node), true) = (node.try_get_untracked().flatten(), differs(&last, &words)) {
            node.set_text_content(Some(&words));
            node.set_title(&words);
        }
    })
}

/// The name, as the link to the incident.
fn name(rows: Rows, navigator: Navigator) -> Cell {
    let node = NodeRef::<html::A>::new();
    let view = view! {
        <CellLink node>
            <span></span>
        </CellLink>
    };
    let last = RefCell::default();
    painted(rows, view.into_any(), move |row| {
        let Some(link) = node.try_get_untracked().flatten() else {
            return;
        };
        let id = IncidentId(row.id().to_owned());
        link.set_href(&navigator.href(&Route::Incident(IncidentView::new(id))));
        let words = visible(row.name());
        if let (Some(span), true) = (link.first_element_child(), differs(&last, &words)) {
            span.set_text_content(Some(&words));
            drop(span.set_attribute("title", &words));
        }
    })
}

/// The first tag in full and how many more there are: a row is one line.
fn tags(rows: Rows) -> Cell {
    let node = NodeRef::<html::Span>::new();
    let view = view! {
        <span class="tags" node_ref=node>
            <span class="tag"></span>
            <span class="muted"></span>
        </span>
    };
    let last = RefCell::default();
    painted(rows, view.into_any(), move |row| {
        let all: Vec<_> = row.tags().map(visible).collect();
        let words = all.join(", ");
        let Some(tags) = node.try_get_untracked().flatten() else {
            return;
        };
        let parts = (tags.first_element_child(), tags.last_element_child());
        if let ((Some(first), Some(more)), true) = (parts, differs(&last, &words)) {
            tags.set_hidden(all.is_empty());
            tags.set_title(&words);
            first.set_text_content(all.first().map(AsRef::as_ref));
            let count = all.len().saturating_sub(1);
            more.set_text_content((count > 0).then(|| format!("+{count}")).as_deref());
        }
    })
}

/// Whether this is not what was written last; it is from now on.
fn differs(last: &RefCell<Option<String>>, words: &str) -> bool {
    let mut last = last.borrow_mut();
    let differs = last.as_deref() != Some(words);
    if differs {
        *last = Some(words.to_owned());
    }
    differs
}
