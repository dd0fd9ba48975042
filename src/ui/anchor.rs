//! Puts a shown popover beside the element it belongs to.

use crate::domain::viewport::{Rect, place};
use crate::platform::popover;
use web_sys::{Element, HtmlElement};

/// Under the anchor, aligned at its start; over it where there is no room.
pub(super) fn below(shown: &HtmlElement, anchor: &Element) {
    put(shown, anchor, true);
}

/// Over the anchor, centred; under it where there is no room.
pub(super) fn above(shown: &HtmlElement, anchor: &Element) {
    put(shown, anchor, false);
}

fn put(shown: &HtmlElement, anchor: &Element, below: bool) {
    let (x, y, width, height) = popover::bounds(anchor);
    let (_, _, own_width, own_height) = popover::bounds(shown);
    let anchor = Rect {
        x,
        y,
        width,
        height,
    };
    let (left, top) = place(anchor, (own_width, own_height), popover::screen(), below);
    popover::move_to(shown, left, top);
}
