//! One recycled row element: the same DOM for whichever row it shows.

use super::focus::Focus;
use super::{Align, Cell, CellView, Column, Selection, Shown};
use crate::domain::selection::Tick;
use crate::domain::viewport::slot_row;
use crate::platform::dom;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use crate::ui::dynamic::{CollectAny, dynamic};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// What all row elements share.
#[derive(Clone)]
pub(super) struct RowContext {
    pub(super) columns: Signal<Vec<Column>>,
    pub(super) cell: CellView,
    pub(super) stamp: Callback<usize, Option<(u32, u32)>>,
    pub(super) current: Signal<Option<usize>>,
    pub(super) selection: Option<Selection>,
    pub(super) on_open: Option<Callback<usize>>,
    pub(super) focus: Focus,
    pub(super) row_height: RwSignal<u32>,
    pub(super) window: Memo<std::ops::Range<usize>>,
    pub(super) pool: Memo<usize>,
}

/// The element number `slot`.
pub(super) fn row(slot: usize, context: &RowContext) -> AnyView {
    let RowContext {
        columns,
        stamp,
        current,
        selection,
        on_open,
        focus,
        row_height,
        window,
        pool,
        ..
    } = context.clone();
    let cell = StoredValue::new(context.cell.clone());
    let shows = Memo::new(move |_| slot_row(slot, &window.read(), pool.get(), focus.kept.get()));
    let offset = move || {
        let height = row_height.get();
        shows
            .get()
            .map(|row| format!("translateY({}px)", row as u64 * u64::from(height)))
    };
    let stop_at = Memo::new(move |_| {
        let (row, stop) = (shows.get()?, focus.stop.get());
        (stop.row == Some(row)).then_some(stop.column)
    });
    let thing = Memo::new(move |_| {
        let at = shows.get()?;
        Some(Shown {
            at,
            stamp: stamp.run(at)?,
        })
    });
    let ticked = Memo::new(move |_| {
        let (selection, shown) = (selection?, thing.get()?);
        Some(selection.is.run(shown.at))
    });
    let leading = usize::from(selection.is_some());
    let tab = move |at: usize| move || if stop_at.get() == Some(at) { "0" } else { "-1" };
    let boxes = selection.map(|selection| {
        let label = move || thing.get().map(|shown| selection.label.run(shown.at));
        let click = move |event: ev::MouseEvent| {
            let row = shows.get_untracked();
            row.into_iter().for_each(|row| {
                selection.tick.run(match event.shift_key() {
                    true => Tick::To(row),
                    false => Tick::One(row),
                });
            });
            let cell = event.current_target().and_then(|cell| cell.dyn_into().ok());
            let boxes = cell.map(|cell: Element| dom::within(&cell, "input"));
            for input in boxes.into_iter().flatten() {
                drop(input.focus());
                // The caller decides; the box follows `selection.is`.
                if let Ok(input) = input.dyn_into::<HtmlInputElement>() {
                    input.set_checked(ticked.get_untracked() == Some(true));
                }
            }
        };
        // The whole cell takes the click: the box alone is a small target.
        view! {
            <div class="grid-cell grid-box" role="gridcell" aria-colindex="1" on:click=click>
                <input
                    type="checkbox"
                    class="checkbox"
                    tabindex=tab(0)
                    aria-label=label
                    prop:checked=move || ticked.get() == Some(true)
                />
            </div>
        }
    });
    let cells = move || {
        let mut painters = Vec::new();
        let all = columns.get().into_iter().enumerate();
        let views = all.map(|(at, column)| {
            let at = at + leading;
            let Cell { view, paint } = cell.with_value(|cell| cell(column.key));
            painters.push(paint);
            view! {
                <div
                    class="grid-cell"
                    class:end=column.align == Align::End
                    role="gridcell"
                    aria-colindex=(at + 1).to_string()
                    tabindex=tab(at)
                >
                    {view}
                </div>
            }
        });
        let views = views.collect_any();
        Effect::new(move |_| {
            if let Some(shown) = thing.get() {
                painters.iter().for_each(|paint| paint(shown.at));
            }
        });
        views
    };
    view! {
        <div
            class="grid-row"
            class:openable=on_open.is_some()
            class:current=move || shows.get().is_some() && shows.get() == current.get()
            role="row"
            hidden=move || shows.get().is_none()
            aria-rowindex=move || shows.get().map(|row| (row + 2).to_string())
            aria-selected=move || ticked.get().map(|on| on.to_string())
            style:transform=offset
            on:click=move |event| {
                let row = shows.get_untracked().filter(|_| means_the_row(&event));
                if let (Some(row), Some(on_open)) = (row, on_open) {
                    on_open.run(row);
                }
            }
        >
            {boxes}
            {dynamic(cells)}
        </div>
    }
    .into_any()
}

/// A plain click on neither a control nor the end of a text selection.
fn means_the_row(event: &ev::MouseEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let on_control = target.is_none_or(|target| {
        target
            .closest("a, button, input, label, .grid-box")
            .ok()
            .flatten()
            .is_some()
    });
    !modified && !on_control && !dom::has_selected_text()
}
