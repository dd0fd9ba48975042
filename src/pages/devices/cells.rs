//! What each cell of the list says.

use super::{View, incidents_of, text};
use crate::domain::device_list::{Isolation, Listed, group};
use crate::domain::text::visible;
use crate::parts::device::{health_tone, risk_tone};
use crate::routes::{Route, navigator};
use crate::ui::badge::{self, Tone};
use crate::ui::grid::{Cell, CellLink, CellView};
use crate::ui::icon::Glyph;
use crate::ui::time;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The grid's cell function.
pub(super) fn cell(of: View) -> CellView {
    let navigator = navigator();
    let beside = of.beside;
    Arc::new(move |key| match key {
        "name" => link(of, move |one| {
            let machine = &one.machine;
            let href = navigator.href(&Route::Device(machine.id.clone()));
            Some((href, machine.name.clone(), String::new()))
        }),
        "incidents" => link(of, move |one| {
            let machine = &one.machine;
            let count = beside
                .read()
                .incidents(&machine.id)
                .filter(|count| *count > 0)?;
            let href = navigator.href(&Route::Incidents(incidents_of(&machine.id)));
            let name = text::incidents_of(count, &machine.name);
            Some((href, count.to_string(), name))
        }),
        "risk" => labelled(of, |one| {
            let risk = one.machine.risk.as_ref()?;
            Some((risk_tone(risk), None, risk.label().into_owned()))
        }),
        "health" => labelled(of, |one| {
            let health = one.machine.health.as_ref()?;
            Some((health_tone(health), None, health.label().into_owned()))
        }),
        "isolation" => labelled(of, move |one| {
            let isolation = beside.read().isolation(&one.machine.id)?;
            let (tone, glyph) = isolation_look(isolation);
            Some((tone, Some(glyph), isolation.label().to_owned()))
        }),
        "value" => words(of, |one| {
            let value = one.machine.value.as_ref();
            value.map(|value| value.label().into_owned())
        }),
        "system" => words(of, |one| Some(one.machine.system())),
        "group" => words(of, |one| group(&one.machine).map(str::to_owned)),
        "tags" => words(of, |one| Some(one.machine.tags.join(", "))),
        _ => {
            let (view, paint) = time::drawn();
            let frame = NodeRef::<html::Span>::new();
            let view = view! { <span node_ref=frame>{view}</span> };
            painted(of, view.into_any(), move |one| {
                let seen = one.machine.last_seen;
                if let Some(frame) = frame.try_get_untracked().flatten() {
                    frame.set_hidden(seen.is_none());
                }
                if let Some(seen) = seen {
                    paint(seen);
                }
            })
        }
    })
}

/// How a device's isolation looks.
pub(super) fn isolation_look(isolation: Isolation) -> (Tone, Glyph) {
    match isolation {
        Isolation::Isolated => (Tone::Warning, Glyph::Lock),
        Isolation::Isolating | Isolation::Releasing => (Tone::Info, Glyph::Clock),
    }
}

/// A number for an id; two that share one are drawn anew where they change places.
pub(super) fn mark(id: &str) -> u32 {
    let fold = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(16_777_619);
    id.bytes().fold(2_166_136_261, fold)
}

fn painted(of: View, view: AnyView, paint: impl Fn(&Listed) + 'static) -> Cell {
    Cell::new(view, move |at| {
        if let Some(one) = of.shown.read().get(at) {
            paint(one);
        }
    })
}

type Look = (Tone, Option<Glyph>, String);

/// A badge; nothing where nothing is known.
fn labelled(of: View, read: impl Fn(&Listed) -> Option<Look> + 'static) -> Cell {
    let (view, paint) = badge::drawn();
    let frame = NodeRef::<html::Span>::new();
    let view = view! { <span node_ref=frame>{view}</span> };
    painted(of, view.into_any(), move |one| {
        let look = read(one);
        if let Some(frame) = frame.try_get_untracked().flatten() {
            frame.set_hidden(look.is_none());
        }
        if let Some((tone, glyph, words)) = look {
            paint(tone, glyph, &words);
        }
    })
}

fn words(of: View, read: fn(&Listed) -> Option<String>) -> Cell {
    let node = NodeRef::<html::Span>::new();
    let view = view! { <span class="truncate" node_ref=node></span> };
    painted(of, view.into_any(), move |one| {
        if let Some(node) = node.try_get_untracked().flatten() {
            let words = read(one).unwrap_or_default();
            let words = visible(&words);
            node.set_text_content(Some(&words));
            node.set_title(&words);
        }
    })
}

/// Words that lead somewhere, and what they are called where that is more; nothing where there is
/// nowhere to go.
fn link(of: View, read: impl Fn(&Listed) -> Option<(String, String, String)> + 'static) -> Cell {
    let node = NodeRef::<html::A>::new();
    let view = view! {
        <CellLink node>
            <span></span>
        </CellLink>
    };
    painted(of, view.into_any(), move |one| {
        let Some(link) = node.try_get_untracked().flatten() else {
            return;
        };
        let found = read(one);
        link.set_hidden(found.is_none());
        let (href, words, name) = found.unwrap_or_default();
        link.set_href(&href);
        match name.is_empty() {
            true => drop(link.remove_attribute("aria-label")),
            false => drop(link.set_attribute("aria-label", &name)),
        }
        if let Some(span) = link.first_element_child() {
            let words = visible(&words);
            span.set_text_content(Some(&words));
            drop(span.set_attribute("title", &words));
        }
    })
}
