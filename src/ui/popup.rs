//! The ground of what opens under a button: a native popover, its place, the focus into it and back.

use super::anchor;
use super::env::unique_id;
use crate::platform::{clock, dom, popover};
use crate::reactive::RwSignal;
use leptos::{html, prelude::*};
use web_sys::Event;

/// A button and the popover that it opens.
#[derive(Clone, Copy)]
pub(super) struct Popup {
    /// The button.
    pub(super) button: NodeRef<html::Button>,
    /// The popover.
    pub(super) panel: NodeRef<html::Div>,
    /// Whether it is open.
    pub(super) open: RwSignal<bool>,
    /// Whether what is in it exists: it is made at each opening, and goes once the page shows what a choice
    /// has changed, which must not wait for that.
    pub(super) filled: RwSignal<bool>,
    /// What takes the focus on opening.
    first: &'static str,
}

impl Popup {
    /// A popup, and the id of its panel. The first element that matches `first` takes the focus on opening.
    pub(super) fn new(first: &'static str) -> (Popup, String) {
        let popup = Popup {
            button: NodeRef::new(),
            panel: NodeRef::new(),
            open: RwSignal::new(false),
            filled: RwSignal::new(false),
            first,
        };
        (popup, unique_id())
    }

    /// The panel, while it is on the page.
    pub(super) fn panel(self) -> Option<web_sys::HtmlDivElement> {
        self.panel.try_get_untracked().flatten()
    }

    pub(super) fn show(self) {
        self.panel()
            .into_iter()
            .for_each(|panel| popover::show(&panel));
    }

    pub(super) fn close(self) {
        self.panel()
            .into_iter()
            .for_each(|panel| popover::hide(&panel));
    }

    /// What follows from the panel's `beforetoggle`.
    pub(super) fn on_toggle(self, event: &Event) {
        if popover::is_opening(event) {
            self.open.set(true);
            self.filled.set(true);
            request_animation_frame(move || self.settle());
        } else {
            self.give_back();
            let _ = self.open.try_set(false);
            clock::later(move || self.empty());
        }
    }

    fn empty(self) {
        if self.open.try_get_untracked() == Some(false) {
            let _ = self.filled.try_set(false);
        }
    }

    fn settle(self) {
        let button = self.button.try_get_untracked().flatten();
        if let (Some(panel), Some(button)) = (self.panel(), button) {
            anchor::below(&panel, &button);
            if let Some(first) = dom::within(&panel, self.first).first() {
                drop(first.focus());
            }
        }
    }

    /// The content goes with the closing, so the browser would find no focus to give back.
    fn give_back(self) {
        let had_focus = self
            .panel()
            .is_some_and(|panel| dom::focused_in(&panel).is_some());
        if let (true, Some(button)) = (had_focus, self.button.try_get_untracked().flatten()) {
            drop(button.focus());
        }
    }
}
