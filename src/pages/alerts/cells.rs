//! What each cell of the list says.

use super::Shown;
use crate::domain::alert::{Alert, AlertStatus};
use crate::domain::alert_list::AlertQuery;
use crate::domain::id::IncidentId;
use crate::domain::text::visible;
use crate::parts::badges::severity_tone;
use crate::reactive::Memo;
use crate::routes::{IncidentView, Route, navigator};
use crate::ui::badge::{self, Tone};
use crate::ui::grid::{Cell, CellLink, CellView};
use crate::ui::time;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The grid's cell function.
pub(super) fn cell(shown: Shown, query: Memo<AlertQuery>) -> CellView {
    let navigator = navigator();
    Arc::new(move |key| match key {
        "name" => link(shown, move |alert| {
            let mut here = query.get_untracked();
            here.open.clone_from(&alert.id);
            let href = navigator.href(&Route::Alerts(here.print()));
            Some((href, alert.title.clone()))
        }),
        "incident" => link(shown, move |alert| {
            let id: &IncidentId = alert.incident.as_ref()?;
            let view = IncidentView::new(id.clone());
            Some((navigator.href(&Route::Incident(view)), id.to_string()))
        }),
        "severity" => {
            let (view, paint) = badge::drawn();
            painted(shown, view, move |alert| {
                let severity = &alert.severity;
                paint(severity_tone(severity), None, &severity.label());
            })
        }
        "status" => {
            let (view, paint) = badge::drawn();
            painted(shown, view, move |alert| {
                paint(tone(&alert.status), None, &alert.status.label());
            })
        }
        "category" => words(shown, |alert| alert.category.clone().unwrap_or_default()),
        "source" => words(shown, |alert| alert.source.clone().unwrap_or_default()),
        _ => {
            let (view, paint) = time::drawn();
            painted(shown, view, move |alert| {
                if let Some(created) = alert.created {
                    paint(created);
                }
            })
        }
    })
}

/// The tone of where an alert stands.
pub(super) fn tone(status: &AlertStatus) -> Tone {
    match status {
        AlertStatus::New => Tone::Warning,
        AlertStatus::InProgress => Tone::Info,
        AlertStatus::Resolved => Tone::Success,
        _ => Tone::Neutral,
    }
}

fn painted(shown: Shown, view: AnyView, paint: impl Fn(&Alert) + 'static) -> Cell {
    Cell::new(view, move |at| {
        if let Some(alert) = shown.read().get(at) {
            paint(alert);
        }
    })
}

fn words(shown: Shown, read: fn(&Alert) -> String) -> Cell {
    let node = NodeRef::<html::Span>::new();
    let view = view! { <span class="truncate" node_ref=node></span> };
    painted(shown, view.into_any(), move |alert| {
        if let Some(node) = node.try_get_untracked().flatten() {
            let words = read(alert);
            let words = visible(&words);
            node.set_text_content(Some(&words));
            node.set_title(&words);
        }
    })
}

/// Words that lead somewhere; nothing where there is nowhere to go.
fn link(shown: Shown, read: impl Fn(&Alert) -> Option<(String, String)> + 'static) -> Cell {
    let node = NodeRef::<html::A>::new();
    let view = view! {
        <CellLink node>
            <span></span>
        </CellLink>
    };
    painted(shown, view.into_any(), move |alert| {
        let Some(link) = node.try_get_untracked().flatten() else {
            return;
        };
        let found = read(alert);
        link.set_hidden(found.is_none());
        let (href, words) = found.unwrap_or_default();
        link.set_href(&href);
        if let Some(span) = link.first_element_child() {
            let words = visible(&words);
            span.set_text_content(Some(&words));
            drop(span.set_attribute("title", &words));
        }
    })
}
