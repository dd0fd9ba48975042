//! What every component may read of its surroundings: time zone, theme, clock, announcements.
//! Provided once by the app; nothing here knows where the values come from.

use crate::domain::time::{Timestamp, Zone};
use crate::platform::{clock, dom};
use crate::reactive::{RwSignal, Signal, StoredValue};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The read-only surroundings of components, in context.
#[derive(Clone, Copy)]
pub struct Env {
    /// The zone every shown time is in.
    pub zone: Signal<Arc<Zone>>,
    /// The root's `data-theme`: `light`, `dark`, or empty where the system decides.
    pub theme: Signal<&'static str>,
    /// The element with class `mdr` that holds the portal.
    pub root: NodeRef<html::Div>,
    /// Now, to the half minute: what relative times count from.
    pub now: Signal<Timestamp>,
    /// False while the services cannot be reached.
    pub connected: Signal<bool>,
    /// What concerns the whole session: it stands above every page, and above what covers the page.
    pub notices: StoredValue<ViewFn>,
    ticking: RwSignal<Timestamp>,
    /// What live regions read out: a serial number, so that equal texts are read twice, and a text.
    pub(super) said: RwSignal<(u32, String)>,
}

impl Env {
    /// Provides the context to everything below the current component and starts its slow clock.
    pub fn provide(
        zone: Signal<Arc<Zone>>,
        theme: Signal<&'static str>,
        root: NodeRef<html::Div>,
        connected: Signal<bool>,
    ) -> Env {
        let now = RwSignal::new(Timestamp(clock::now()));
        let ticking = set_interval_with_handle(
            move || {
                let _ = now.try_set(Timestamp(clock::now()));
            },
            Duration::from_secs(30),
        );
        if let Ok(handle) = ticking {
            on_cleanup(move || handle.clear());
        }
        let env = Env {
            zone,
            theme,
            root,
            now: now.into(),
            connected,
            notices: StoredValue::default(),
            ticking: now,
            said: RwSignal::default(),
        };
        provide_context(env);
        env
    }

    /// Looks at the clock at once, as when it has turned out to be wrong.
    pub fn tick(&self) {
        let _ = self.ticking.try_set(Timestamp(clock::now()));
    }

    /// Gives the focus to what is in front where the element that had it has gone.
    pub fn keep_focus(&self) {
        let root = self.root;
        request_animation_frame(move || {
            if let Some(root) = root.try_get_untracked().flatten() {
                dom::keep_focus_within(&root);
            }
        });
    }

    /// Reads `text` out politely to people who use a screen reader.
    pub fn announce(&self, text: impl Into<String>) {
        let text = text.into();
        let _ = self.said.try_update(|(serial, said)| {
            *serial = serial.wrapping_add(1);
            *said = text;
        });
    }
}

/// The surroundings; UTC and the system's theme where the app provided none.
pub fn env() -> Env {
    use_context::<Env>().unwrap_or_else(|| Env {
        zone: Signal::from(Arc::new(Zone::utc())),
        theme: Signal::from(""),
        root: NodeRef::new(),
        now: Signal::from(Timestamp(clock::now())),
        connected: Signal::from(true),
        notices: StoredValue::default(),
        ticking: RwSignal::default(),
        said: RwSignal::default(),
    })
}

/// An id no other element of this page has, for `aria-labelledby` and its kin.
pub fn unique_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("mdr-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
