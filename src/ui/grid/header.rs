//! The grid's sticky header row, its widths, and what is measured of it.

use super::arrange::Arranging;
use super::focus::Focus;
use super::{Align, Column, Selection, Sort};
use crate::domain::selection::Tick;
use crate::platform::observe;
use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use leptos::prelude::*;
use lexicon::t;
use web_sys::Element;

/// The width of the column of boxes.
const BOXES: u32 = 36;

/// What the grid needs to know of its element.
pub(super) struct Measured {
    pub(super) row_height: u32,
    /// The height left for rows.
    pub(super) body_height: f64,
}

pub(super) fn measure(grid: &Element) -> Measured {
    let px = |name| observe::px(grid, name).filter(|px| *px >= 1.0);
    let row_height = px("--row-height").unwrap_or(36.0);
    let head = px("--grid-head-height").unwrap_or(row_height);
    // The element grows with its rows; what it may grow to decides how many are kept ready.
    let most = px("--grid-height")
        .unwrap_or(0.0)
        .max(f64::from(grid.client_height()));
    Measured {
        row_height: row_height as u32,
        body_height: (most - head).max(row_height),
    }
}

/// `grid-template-columns`.
pub(super) fn template(columns: &[Column], leading: usize) -> String {
    let mut out = String::new();
    if leading > 0 {
        out.push_str(&format!("{BOXES}px "));
    }
    for column in columns {
        let width = column.width;
        out.push_str(&match column.grow {
            0 => format!("{width}px "),
            share => format!("minmax({width}px, {share}fr) "),
        });
    }
    out
}

/// The width below which the grid scrolls sideways.
pub(super) fn least_width(columns: &[Column], leading: usize) -> String {
    let boxes = if leading > 0 { BOXES } else { 0 };
    let width = boxes
        + columns
            .iter()
            .map(|column| u32::from(column.width))
            .sum::<u32>();
    format!("{width}px")
}

/// The row of headings.
pub(super) fn header(
    columns: Signal<Vec<Column>>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<&'static str>>,
    selection: Option<Selection>,
    arranging: Option<Arranging>,
    focus: Focus,
) -> AnyView {
    let leading = usize::from(selection.is_some());
    let stop_at = Memo::new(move |_| {
        let stop = focus.stop.get();
        stop.row.is_none().then_some(stop.column)
    });
    let tab = move |at: usize| move || if stop_at.get() == Some(at) { "0" } else { "-1" };
    let heading = move |at: usize, column: Column| {
        let (key, sortable) = (column.key, column.sortable && on_sort.is_some());
        let named = column.clone();
        let order = move || {
            sort.get()
                .filter(|sort| sort.key == key)
                .map(|sort| sort.descending)
        };
        let aria_sort = move || {
            sortable.then(|| match order() {
                None => "none",
                Some(false) => "ascending",
                Some(true) => "descending",
            })
        };
        let inner = if sortable {
            view! {
                <button
                    type="button"
                    class="grid-sort"
                    tabindex=tab(at)
                    on:click=move |_| on_sort.into_iter().for_each(|on_sort| on_sort.run(key))
                >
                    <span class="grid-title">{column.title}</span>
                    {dynamic(move || {
                        order()
                            .map(|descending| {
                                let down = Glyph::ArrowDown;
                                let glyph = if descending { down } else { Glyph::ArrowUp };
                                view! { <Icon glyph /> }
                            })
                    })}
                </button>
            }
            .into_any()
        } else {
            view! { <span class="grid-title">{column.title}</span> }.into_any()
        };
        let own_stop = tab(at);
        let tools = arranging.as_ref().map(|tools| tools(&named));
        view! {
            <div
                class="grid-heading"
                class:end=named.align == Align::End
                role="columnheader"
                aria-colindex=(at + 1).to_string()
                aria-sort=aria_sort
                tabindex=move || (!sortable).then(&own_stop)
            >
                {inner}
                {tools}
            </div>
        }
        .into_any()
    };
    let boxes = selection.map(|selection| {
        view! {
            <div class="grid-heading grid-box" role="columnheader" aria-colindex="1">
                <input
                    type="checkbox"
                    class="checkbox"
                    aria-label=t!("Select all rows")
                    tabindex=tab(0)
                    prop:checked=move || selection.all.get() == Some(true)
                    prop:indeterminate=move || selection.all.get().is_none()
                    on:change:target=move |event| {
                        let input = event.target();
                        selection.tick.run(Tick::All(input.checked()));
                        // Of no rows, none can be ticked.
                        input.set_checked(selection.all.get_untracked() == Some(true));
                    }
                />
            </div>
        }
    });
    view! {
        <div class="grid-head" role="rowgroup">
            <div class="grid-row" role="row" aria-rowindex="1">
                {boxes}
                {move || {
                    let headings = columns.get().into_iter().enumerate();
                    headings.map(|(at, column)| heading(at + leading, column)).collect_any()
                }}
            </div>
        </div>
    }
    .into_any()
}
