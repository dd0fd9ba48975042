//! The arithmetic of a virtualised grid and of boxes placed beside an anchor: which rows are in
//! sight, which element shows which row, where a key moves the focus. No elements, no pixels read.

use std::ops::Range;

/// Rows kept ready above and below those in sight.
const OVERSCAN: usize = 4;
/// The window moves by this many rows at a time, so that most scroll events change nothing.
const STEP: usize = 2;

/// What is known of a scrolled list of equally high rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// How many rows there are.
    pub rows: usize,
    /// One row's height in px, never 0.
    pub row_height: u32,
    /// How far it is scrolled, in px.
    pub top: f64,
    /// How much of it is in sight, in px.
    pub height: f64,
}

impl Viewport {
    /// The height of all rows in px.
    pub fn content_height(&self) -> u64 {
        self.rows as u64 * u64::from(self.row_height)
    }

    /// How many whole rows a page key moves, at least one.
    pub fn page(&self) -> usize {
        ((self.height / f64::from(self.row_height.max(1))) as usize).max(2) - 1
    }

    /// The rows to keep in elements: at most `pool` of them, around those in sight.
    pub fn window(&self, pool: usize) -> Range<usize> {
        let first = (self.top.max(0.0) / f64::from(self.row_height.max(1))) as usize;
        let start = first.saturating_sub(OVERSCAN) / STEP * STEP;
        let start = start.min(self.rows.saturating_sub(pool));
        start..(start + pool).min(self.rows)
    }

    /// Where to scroll so that `row` is wholly in sight; `None` where it is already.
    pub fn reveal(&self, row: usize) -> Option<f64> {
        let row_top = row as f64 * f64::from(self.row_height);
        let row_bottom = row_top + f64::from(self.row_height);
        if row_top < self.top {
            Some(row_top)
        } else if row_bottom > self.top + self.height {
            Some((row_bottom - self.height).max(0.0))
        } else {
            None
        }
    }
}

/// How many row elements a view of this height needs.
pub fn pool_size(height: f64, row_height: u32) -> usize {
    let in_sight = (height.max(0.0) / f64::from(row_height.max(1))).ceil() as usize + 1;
    (in_sight + 2 * OVERSCAN + STEP)
        .next_multiple_of(4)
        .min(256)
}

/// The row that element number `slot` shows. There are `pool` elements and a spare one (number
/// `pool`). A row keeps its element for as long as it is in the window; `kept`, the row in focus,
/// keeps it outside the window too, and the spare element stands in for the row it displaces.
pub fn slot_row(
    slot: usize,
    window: &Range<usize>,
    pool: usize,
    kept: Option<usize>,
) -> Option<usize> {
    if pool == 0 {
        return None;
    }
    let in_window = |residue: usize| {
        let ahead = (residue + pool - window.start % pool) % pool;
        Some(window.start + ahead).filter(|row| window.contains(row))
    };
    let kept = kept.filter(|row| !window.contains(row));
    match kept {
        Some(row) if slot == pool => in_window(row % pool),
        Some(row) if slot == row % pool => Some(row),
        _ if slot == pool => None,
        _ => in_window(slot),
    }
}

/// A place in the grid: a cell of a row, or of the header (`row` is `None`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The row, counted from 0; `None` is the header.
    pub row: Option<usize>,
    /// The column, counted from 0.
    pub column: usize,
}

impl Cell {
    /// Where `key` leads from here, in a grid of this size; `None` where it is not a grid key.
    pub fn step(
        self,
        key: &str,
        ctrl: bool,
        rows: usize,
        columns: usize,
        page: usize,
    ) -> Option<Cell> {
        let last_row = rows.checked_sub(1);
        let last_column = columns.saturating_sub(1);
        let at = |row, column| Some(Cell { row, column });
        let down =
            |by: usize| last_row.map(|last| self.row.map_or(by - 1, |row| row + by).min(last));
        match (key, ctrl) {
            ("ArrowRight", false) => at(self.row, (self.column + 1).min(last_column)),
            ("ArrowLeft", false) => at(self.row, self.column.saturating_sub(1)),
            ("ArrowDown", false) => at(down(1), self.column),
            ("ArrowUp", false) => at(self.row.and_then(|row| row.checked_sub(1)), self.column),
            ("PageDown", false) => at(down(page.max(1)), self.column),
            ("PageUp", false) => at(self.row.map(|row| row.saturating_sub(page)), self.column),
            ("Home", false) => at(self.row, 0),
            ("End", false) => at(self.row, last_column),
            ("Home", true) => at(last_row.map(|_| 0), 0),
            ("End", true) => at(last_row, last_column),
            _ => None,
        }
    }

    /// The nearest cell that exists in a grid of this size.
    pub fn clamp(self, rows: usize, columns: usize) -> Cell {
        let row = self
            .row
            .and_then(|row| rows.checked_sub(1).map(|last| row.min(last)));
        Cell {
            row,
            column: self.column.min(columns.saturating_sub(1)),
        }
    }
}

/// A box on the screen, in px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where to put a box of this size beside `anchor`: under it, aligned at its start (`below`), or
/// over it, centred. Changes sides where there is no room, and stays inside the screen.
pub fn place(anchor: Rect, size: (f64, f64), screen: (f64, f64), below: bool) -> (f64, f64) {
    const GAP: f64 = 4.0;
    const EDGE: f64 = 8.0;
    let under = anchor.y + anchor.height + GAP;
    let over = anchor.y - GAP - size.1;
    let fits_under = under + size.1 <= screen.1 - EDGE;
    let fits_over = over >= EDGE;
    let y = match (below, fits_under, fits_over) {
        (true, false, true) | (false, _, true) => over,
        _ => under,
    };
    let x = if below {
        anchor.x
    } else {
        anchor.x + (anchor.width - size.0) / 2.0
    };
    let inside = |at: f64, size: f64, screen: f64| at.min(screen - EDGE - size).max(EDGE);
    (inside(x, size.0, screen.0), inside(y, size.1, screen.1))
}

#[cfg(test)]
mod tests;
