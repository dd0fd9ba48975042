//! The grid's one tab stop: which cell has it, where keys move it, and keeping it in sight.

use super::{Column, Selection};
use crate::domain::selection::Tick;
use crate::domain::viewport::{Cell, Viewport};
use crate::platform::dom;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html, prelude::*};
use web_sys::{Element, HtmlElement};

/// The tab stop of one grid.
#[derive(Clone, Copy)]
pub(super) struct Focus {
    grid: NodeRef<html::Div>,
    view: Memo<Viewport>,
    columns: Signal<Vec<Column>>,
    leading: usize,
    /// The cell that has, or would get, the focus.
    cell: RwSignal<Cell>,
    /// The caller's view of the row in it.
    active: RwSignal<usize>,
    /// Whether the focus is in the grid.
    inside: RwSignal<bool>,
    /// The row that keeps its element although it may be out of sight.
    pub(super) kept: Memo<Option<usize>>,
    /// The tab stop, clamped to the rows and columns there are.
    pub(super) stop: Memo<Cell>,
}

impl Focus {
    pub(super) fn new(
        grid: NodeRef<html::Div>,
        view: Memo<Viewport>,
        pool: Memo<usize>,
        active: RwSignal<usize>,
        columns: Signal<Vec<Column>>,
        leading: usize,
    ) -> Focus {
        let cell = RwSignal::new(Cell {
            row: Some(active.get_untracked()),
            column: leading,
        });
        let inside = RwSignal::new(false);
        let stop = Memo::new(move |_| {
            cell.get()
                .clamp(view.read().rows, columns.read().len() + leading)
        });
        // Without its element the grid could not be reached by Tab.
        let kept = Memo::new(move |_| stop.read().row);
        let focus = Focus {
            grid,
            view,
            columns,
            leading,
            cell,
            active,
            inside,
            kept,
            stop,
        };
        // The caller moved it.
        Effect::new(move |_| {
            let row = active.get();
            let now = cell.get_untracked();
            if now.row.is_some() && now.row != Some(row) {
                focus.go(
                    Cell {
                        row: Some(row),
                        ..now
                    },
                    inside.get_untracked(),
                );
            }
        });
        // Its row or column went away under it, or rows changed elements because there are more.
        Effect::new(move |last: Option<usize>| {
            let (stop, pool) = (stop.get(), pool.get());
            let moved = cell.get_untracked() != stop || last.is_some_and(|last| last != pool);
            if moved && inside.get_untracked() {
                focus.catch(stop);
            }
            pool
        });
        focus
    }

    /// Keys on any cell.
    pub(super) fn on_key(
        &self,
        event: &ev::KeyboardEvent,
        on_open: Option<Callback<usize>>,
        selection: Option<Selection>,
    ) {
        if event.alt_key() || event.default_prevented() {
            return;
        }
        let from = self.stop.get_untracked();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let on = |selector: &str| {
            let found = target.as_ref().and_then(|at| at.closest(selector).ok());
            found.flatten().is_some()
        };
        let ctrl = event.ctrl_key() || event.meta_key();
        let tick = |tick| selection.into_iter().for_each(|at| at.tick.run(tick));
        match (event.key().as_str(), from.row) {
            ("Enter", Some(row)) => {
                // On a link or button of the cell, Enter is that element's own.
                if on("a, button") {
                    return;
                }
                event.prevent_default();
                match self.control_of(from) {
                    Some(control) => control.click(),
                    None => on_open.into_iter().for_each(|open| open.run(row)),
                }
            }
            (" ", Some(row)) if selection.is_some() && !on("button") => {
                event.prevent_default();
                tick(match event.shift_key() {
                    true => Tick::To(row),
                    false => Tick::One(row),
                });
            }
            ("a" | "A", _) if ctrl && selection.is_some() => {
                event.prevent_default();
                tick(Tick::All(true));
            }
            ("Escape", _) => tick(Tick::None),
            (key, _) => {
                let view = self.view.get_untracked();
                let columns = self.columns.read_untracked().len() + self.leading;
                let Some(to) = from.step(key, ctrl, view.rows, columns, view.page()) else {
                    return;
                };
                event.prevent_default();
                let sideways = matches!(key, "ArrowLeft" | "ArrowRight" | "Home" | "End") && !ctrl;
                let draws = selection.is_some() && event.shift_key() && !sideways;
                match (from.row.filter(|_| draws), to.row) {
                    // A range ends at the first row.
                    (Some(_), None) => {}
                    (Some(from), Some(row)) => {
                        tick(Tick::Along { from, to: row });
                        self.go(to, true);
                    }
                    (None, _) => self.go(to, true),
                }
            }
        }
    }

    /// The focus came to a cell, by pointer or key.
    pub(super) fn on_focus_in(&self, event: &ev::FocusEvent) {
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        self.inside.set(true);
        let number = |selector: &str, attribute: &str| {
            let element = target.closest(selector).ok().flatten()?;
            element.get_attribute(attribute)?.parse::<usize>().ok()
        };
        let row = number("[aria-rowindex]", "aria-rowindex");
        let column = number("[aria-colindex]", "aria-colindex");
        if let (Some(row), Some(column)) = (row, column) {
            self.remember(Cell {
                row: row.checked_sub(2),
                column: column.saturating_sub(1),
            });
        }
    }

    /// The focus left a cell; perhaps only for the next one.
    pub(super) fn on_focus_out(&self, event: &ev::FocusEvent) {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Element>().ok());
        let stays = self
            .grid
            .try_get_untracked()
            .flatten()
            .is_some_and(|grid| grid.contains(to.as_ref().map(AsRef::as_ref)));
        let from = event
            .target()
            .and_then(|from| from.dyn_into::<Element>().ok());
        let vanished = from.is_some_and(|from| from.closest("[hidden]").ok().flatten().is_some());
        match self.stop.try_get_untracked() {
            // The row was hidden with the focus on it; the browser says so before the effects do.
            Some(stop) if vanished => self.catch(stop),
            _ if !stays => {
                let _ = self.inside.try_set(false);
            }
            _ => {}
        }
    }

    /// Makes `to` the tab stop, in sight, and gives it the focus if asked to.
    fn go(&self, to: Cell, take_focus: bool) {
        self.remember(to);
        let Some(grid) = self.grid.try_get_untracked().flatten() else {
            return;
        };
        let view = self.view.get_untracked();
        if let Some(top) = to.row.and_then(|row| view.reveal(row)) {
            grid.set_scroll_top(top as i32);
        }
        if take_focus && !self.take(to) {
            // Its element is made by the scroll that has just been asked for.
            let focus = *self;
            request_animation_frame(move || {
                request_animation_frame(move || {
                    let _ = focus.take(to);
                });
            });
        }
    }

    fn remember(&self, to: Cell) {
        if self.cell.try_get_untracked().is_some_and(|now| now != to) {
            let _ = self.cell.try_set(to);
        }
        let moved = |row: &usize| {
            self.active
                .try_get_untracked()
                .is_some_and(|now| now != *row)
        };
        if let Some(row) = to.row.filter(moved) {
            let _ = self.active.try_set(row);
        }
    }

    fn catch(&self, to: Cell) {
        let focus = *self;
        request_animation_frame(move || {
            let _ = focus.take(to);
        });
    }

    fn take(&self, to: Cell) -> bool {
        let Some(element) = self.element_of(to) else {
            return false;
        };
        // The stop of a header cell is its button, and that of a column of boxes its box.
        let stop = dom::within(&element, "button, input").into_iter().next();
        let stop = if to.row.is_none() || to.column < self.leading {
            stop.unwrap_or(element)
        } else {
            element
        };
        let quiet = web_sys::FocusOptions::new();
        quiet.set_prevent_scroll(true);
        dom::scroll_to(&stop);
        stop.focus_with_options(&quiet).is_ok()
    }

    fn element_of(&self, cell: Cell) -> Option<HtmlElement> {
        let grid = self.grid.try_get_untracked().flatten()?;
        let row = cell.row.map_or(1, |row| row + 2);
        let selector = format!(
            "[aria-rowindex='{row}']:not([hidden]) > [aria-colindex='{}']",
            cell.column + 1
        );
        dom::within(&grid, &selector).into_iter().next()
    }

    fn control_of(&self, cell: Cell) -> Option<HtmlElement> {
        let element = self.element_of(cell)?;
        dom::within(&element, "a[href], button").into_iter().next()
    }
}
