//! What each cell of the queue says.

use super::rows::Rows;
use crate::domain::queue_index::Row;
use crate::domain::queue_query::Column;
use crate::domain::text::visible;
use crate::parts::badges::{SeverityBadge, StatusBadge};
use crate::routes::{IncidentView, Navigator, Route, navigator};
use crate::ui::grid::{CellLink, CellView};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The grid's cell function.
pub(super) fn cell(rows: Rows) -> CellView {
    let navigator = navigator();
    Arc::new(
        move |at, key| match (rows.row(at), Column::from_slug(key)) {
            (Some(row), Some(column)) => draw(row, column, navigator),
            _ => ().into_any(),
        },
    )
}

fn draw(row: Row, column: Column, navigator: Navigator) -> AnyView {
    match column {
        Column::Name => {
            let href = navigator.href(&Route::Incident(IncidentView::new(row.id)));
            let name = visible(&row.name).into_owned();
            let title = name.clone();
            view! {
                <CellLink href>
                    <span title=title>{name}</span>
                </CellLink>
            }
            .into_any()
        }
        Column::Id => row.id.0.into_any(),
        Column::Tags => tags(&row.tags),
        Column::Severity => view! { <SeverityBadge severity=row.severity /> }.into_any(),
        Column::Status => view! { <StatusBadge status=row.status /> }.into_any(),
        Column::Assigned => clipped(visible(&row.assigned).into_owned()),
        Column::Classification => clipped(row.classification.label().into_owned()),
        Column::Determination => clipped(row.determination.label().into_owned()),
        Column::Updated => view! { <Time ts=row.updated short=true /> }.into_any(),
    }
}

/// Words that may be longer than their column: the rest is in the tooltip.
fn clipped(words: String) -> AnyView {
    let title = words.clone();
    view! { <span class="truncate" title=title>{words}</span> }.into_any()
}

/// The first tag in full and how many more there are: a row is one line.
fn tags(tags: &[String]) -> AnyView {
    let all = tags
        .iter()
        .map(|tag| visible(tag))
        .collect::<Vec<_>>()
        .join(", ");
    let Some(first) = tags.first() else {
        return ().into_any();
    };
    let more = tags.len() - 1;
    view! {
        <span class="tags" title=all>
            <span class="tag">{visible(first).into_owned()}</span>
            {(more > 0).then(|| view! { <span class="muted">{format!("+{more}")}</span> })}
        </span>
    }
    .into_any()
}
