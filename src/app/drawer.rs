//! The navigation as a drawer over the page of a phone: what opens and closes it is in the first download;
//! where the focus goes, and what else closes it, comes with the rest of the frame.

use crate::platform::{document, dom};
use crate::reactive::{Effect, RwSignal};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html};
use web_sys::Element;

/// The drawer.
#[derive(Clone, Copy)]
pub(super) struct Drawer {
    /// Whether it is open.
    pub(super) open: RwSignal<bool>,
    /// What is in it.
    pub(super) nav: NodeRef<html::Nav>,
    /// The button that opens it.
    pub(super) menu: NodeRef<html::Button>,
}

impl Drawer {
    pub(super) fn new() -> Drawer {
        Drawer {
            open: RwSignal::new(false),
            nav: NodeRef::new(),
            menu: NodeRef::new(),
        }
    }

    /// Takes the focus in and gives it back, and closes once somebody is done with it, for as long as the
    /// current component is in view.
    pub(super) fn follow(self) {
        let Drawer { open, nav, .. } = self;
        Effect::new(move |before: Option<bool>| {
            let now = open.get();
            // It may have been opened before anybody followed it.
            if now != before.unwrap_or(false) {
                // Once it is in sight, or the page that it led to has the focus.
                request_animation_frame(move || self.settle(now));
            }
            now
        });
        let Some(nav) = nav.get_untracked() else {
            return;
        };
        dom::listen(&nav, ev::keydown, move |event| {
            if event.key() == "Escape" {
                open.set(false);
            }
        });
        // A link to the page one is on leads nowhere, and is followed none the less.
        dom::listen(&nav, ev::click, move |event| {
            let on = event.target().and_then(|on| on.dyn_into::<Element>().ok());
            if on.is_some_and(|on| on.closest("a").ok().flatten().is_some()) {
                open.set(false);
            }
        });
        // What has the focus must not lie behind the drawer.
        let around = nav.clone();
        dom::listen(&nav, ev::focusout, move |event| {
            let to = event.related_target().and_then(|to| to.dyn_into().ok());
            if to.is_some() && !around.contains(to.as_ref()) {
                open.set(false);
            }
        });
    }

    fn settle(self, open: bool) {
        let (nav, menu) = (self.nav.try_get_untracked(), self.menu.try_get_untracked());
        let (Some(nav), Some(menu)) = (nav.flatten(), menu.flatten()) else {
            return;
        };
        let first = dom::within(&nav, "a").into_iter().next();
        match first.filter(|_| open) {
            Some(first) => drop(first.focus()),
            None if dom::focused_in(&nav).is_some() => drop(menu.focus()),
            None => document::keep_focus(&menu),
        }
    }
}
