//! The grid: any number of rows in about forty recycled elements, after the ARIA grid pattern.
//! It knows row numbers and column keys only; what a cell says is the caller's function.
//! Window, recycling and key arithmetic are pure and live in `domain::viewport`.

pub mod arrange;
mod focus;
mod header;
mod row;

use super::dynamic::dynamic;
use super::env::unique_id;
use crate::domain::selection::Tick;
use crate::domain::viewport::{Viewport, pool_size};
use crate::platform::{dom, observe};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use arrange::Arranging;
use focus::Focus;
use leptos::{html, prelude::*};
use row::RowContext;
use std::sync::Arc;

/// How a column's cells and title are aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the start: words.
    #[default]
    Start,
    /// At the end: numbers, in tabular figures.
    End,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What `cell` and `on_sort` are given.
    pub key: &'static str,
    /// The heading.
    pub title: String,
    /// Least width in px.
    pub width: u16,
    /// Share of the width left over; 0 keeps the least width.
    pub grow: u16,
    /// Alignment.
    pub align: Align,
    /// Whether the heading is a sort button.
    pub sortable: bool,
}

impl Column {
    /// A column of words that does not grow and cannot be sorted.
    pub fn new(key: &'static str, title: impl Into<String>, width: u16) -> Column {
        let title = title.into();
        Column {
            key,
            title,
            width,
            grow: 0,
            align: Align::Start,
            sortable: false,
        }
    }

    /// The same column with a share of the width left over.
    pub fn grow(self, grow: u16) -> Column {
        Column { grow, ..self }
    }

    /// The same column with a sort button.
    pub fn sortable(self) -> Column {
        Column {
            sortable: true,
            ..self
        }
    }

    /// The same column, aligned at the end.
    pub fn numeric(self) -> Column {
        Column {
            align: Align::End,
            ..self
        }
    }
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub key: &'static str,
    /// Largest first.
    pub descending: bool,
}

/// Rows that can be ticked. Adds a first column of boxes; Space ticks the row in focus, Shift draws a
/// range, Ctrl+A ticks all, Escape none.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Whether a row is ticked. Asked again when it or the row's stamp changes.
    pub is: Callback<usize, bool>,
    /// The name of a row's box, such as "Select incident 7". Asked again when the row's stamp changes.
    pub label: Callback<usize, String>,
    /// Does what a person asks for.
    pub tick: Callback<Tick>,
    /// All rows ticked, none, or (`None`) some.
    pub all: Signal<Option<bool>>,
}

/// What a row element shows: a row, and which thing in which state stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    at: usize,
    stamp: (u32, u32),
}

/// One cell of a row element: drawn once, empty, and then painted for whichever row the element shows.
/// All cells of an element are painted in one effect: signals of their own would cost a scrolled frame
/// several times what the browser needs for it.
pub struct Cell {
    view: AnyView,
    paint: Box<dyn Fn(usize)>,
}

impl Cell {
    /// A cell. `paint` may follow signals, such as the time zone; the row may have just gone.
    pub fn new(view: AnyView, paint: impl Fn(usize) + 'static) -> Cell {
        Cell {
            view,
            paint: Box::new(paint),
        }
    }
}

/// Makes a cell of a column. Links inside it are `CellLink`s.
pub type CellView = Arc<dyn Fn(&'static str) -> Cell + Send + Sync>;

/// A virtualised grid. It takes the height its content needs, up to `--grid-height`.
#[component]
pub fn Grid(
    /// The grid's name, such as "Incidents".
    #[prop(into)]
    label: Signal<String>,
    /// The columns in order.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// How many rows there are.
    #[prop(into)]
    rows: Signal<usize>,
    /// Draws a cell.
    cell: CellView,
    /// Which thing stands in a row, and a number that changes with it; followed.
    stamp: Callback<usize, Option<(u32, u32)>>,
    /// The order shown in the headings.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// Called with a column's key by its heading.
    #[prop(optional, into)]
    on_sort: Option<Callback<&'static str>>,
    /// Opens a row, by a click on it or Enter in a cell without a link.
    #[prop(optional, into)]
    on_open: Option<Callback<usize>>,
    /// The row whose details are shown elsewhere; marked.
    #[prop(optional, into)]
    current: Signal<Option<usize>>,
    /// Boxes to tick.
    #[prop(optional, into)]
    selection: Option<Selection>,
    /// Columns that a person arranges.
    #[prop(optional, into)]
    arranging: Option<Arranging>,
    /// The row that has, or would get, the focus. Writing it moves the focus while the focus is
    /// in the grid, and scrolls the row into sight.
    #[prop(optional, into)]
    active: Option<RwSignal<usize>>,
    /// What stands under the header where there are no rows.
    #[prop(optional, into)]
    empty: Option<ViewFn>,
    /// The element, for callers that `enter` it.
    #[prop(optional)]
    node_ref: NodeRef<html::Div>,
) -> impl IntoView {
    let id = unique_id();
    let frame = node_ref;
    let top = RwSignal::new(0.0_f64);
    // Until measured: a laptop's window, so that the first rows are painted at once.
    let height = RwSignal::new(720.0_f64);
    let row_height = RwSignal::new(36_u32);
    let pool = Memo::new(move |last: Option<&usize>| {
        // Never shrinks: building row elements is the expensive part.
        pool_size(height.get(), row_height.get()).max(last.copied().unwrap_or(0))
    });
    let view = Memo::new(move |_| Viewport {
        rows: rows.get(),
        row_height: row_height.get(),
        top: top.get(),
        height: height.get(),
    });
    let active = active.unwrap_or_else(|| RwSignal::new(0));
    let leading = usize::from(selection.is_some());
    let window = Memo::new(move |_| view.read().window(pool.get()));
    // A width is a style: it draws no heading and no cell anew.
    let drawn: Signal<Vec<Column>> = Memo::new_where(
        move |_| columns.get(),
        |one, other| but_for_widths(one, other),
    )
    .into();
    let focus = Focus::new(frame, view, pool, active, columns, leading);

    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        // A row's own size tells of a change of density.
        let row = dom::within(&frame, ".grid-body > .grid-row")
            .into_iter()
            .next();
        for watched in row.iter().chain([&*frame]) {
            let frame = frame.clone();
            observe::resize(watched, move |_, _| {
                let measured = header::measure(&frame);
                let _ = row_height.try_set(measured.row_height);
                let _ = height.try_set(measured.body_height);
            });
        }
    });
    Effect::new(move |_| {
        let Some(frame) = frame.get() else { return };
        let columns = columns.read();
        let style = web_sys::HtmlElement::style(&frame);
        drop(style.set_property("--grid-columns", &header::template(&columns, leading)));
        drop(style.set_property("--grid-width", &header::least_width(&columns, leading)));
    });

    let context = RowContext {
        columns: drawn,
        cell,
        stamp,
        current,
        selection,
        on_open,
        focus,
        row_height,
        window,
        pool,
    };
    let rows_in_sight = slots(0, context);
    view! {
        <div class="grid-frame">
            <div
                class="grid"
                role="grid"
                id=id
                aria-label=move || label.get()
                aria-rowcount=move || (rows.get() + 1).to_string()
                aria-colcount=move || (columns.read().len() + leading).to_string()
                aria-multiselectable=selection.is_some().then_some("true")
                node_ref=frame
                on:scroll=move |_| {
                    if let Some(frame) = frame.try_get_untracked().flatten() {
                        let _ = top.try_set(f64::from(frame.scroll_top()));
                    }
                }
                on:keydown=move |event| focus.on_key(&event, on_open, selection)
                on:focusin=move |event| focus.on_focus_in(&event)
                on:focusout=move |event| focus.on_focus_out(&event)
            >
                {header::header(drawn, sort, on_sort, selection, arranging, focus)}
                <div
                    class="grid-body"
                    role="rowgroup"
                    style:height=move || format!("{}px", view.read().content_height())
                >
                    {rows_in_sight}
                </div>
            </div>
            {dynamic(move || {
                empty
                    .as_ref()
                    .filter(|_| rows.get() == 0)
                    .map(|empty| view! { <div class="grid-empty">{empty.run()}</div> })
            })}
        </div>
    }
    .into_any()
}

fn but_for_widths(one: &[Column], other: &[Column]) -> bool {
    let narrow = |column: &Column| Column {
        width: 0,
        grow: 0,
        ..column.clone()
    };
    one.iter().map(narrow).eq(other.iter().map(narrow))
}

/// The row elements from one on: as many as are needed now, and after them more once more are needed.
/// A keyed list would do the same, and bring 5 kB into the first download.
fn slots(from: usize, context: RowContext) -> AnyView {
    let pool = context.pool;
    let end = pool.get_untracked() + 1;
    let rows: Vec<AnyView> = (from..end).map(|slot| row::row(slot, &context)).collect();
    let more = Memo::new(move |_| pool.get() >= end);
    view! {
        {rows}
        {dynamic(move || more.get().then(|| slots(end, context.clone())))}
    }
    .into_any()
}

/// Does in a grid what a key does there, for keys that people use elsewhere on the page. A grid without
/// the focus only gets it.
pub fn press(grid: &web_sys::Element, key: &str) {
    match dom::focused_in(grid) {
        Some(cell) => dom::press(&cell, key),
        None => enter(grid),
    }
}

/// Moves the focus into a grid, to the cell that had it last.
pub fn enter(grid: &web_sys::Element) {
    if let Some(stop) = dom::within(grid, "[tabindex='0']").first() {
        drop(stop.focus());
    }
}

/// A link in a cell: reached by the arrows and Enter, or the pointer, but no tab stop of its own.
#[component]
pub fn CellLink(
    /// The element, whose address is painted.
    node: NodeRef<html::A>,
    /// Where the words are painted.
    children: Children,
) -> impl IntoView {
    view! { <a class="cell-link" tabindex="-1" node_ref=node>{children()}</a> }.into_any()
}
