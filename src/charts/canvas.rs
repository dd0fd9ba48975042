//! The canvas a chart is drawn on: drawn again when its size, its data, the theme or the pixel
//! density changes, at most once per frame.

use super::hidpi::HiDpi;
use crate::platform::observe;
use crate::reactive::{Effect, RwSignal, Signal};
use crate::ui::env::env;
use leptos::{html, prelude::*};
use std::sync::Arc;

/// Draws onto a fresh canvas; it is also given the canvas's element to read tokens from.
pub(super) type Draw = Arc<dyn Fn(HiDpi, &web_sys::HtmlCanvasElement) + Send + Sync>;

/// The canvas, named by one sentence that says what it shows. `draw` is run inside a reactive
/// effect: what it reads, it follows.
pub(super) fn canvas(label: Signal<String>, draw: Draw) -> AnyView {
    let node_ref = NodeRef::<html::Canvas>::new();
    let theme = env().theme;
    let changed = RwSignal::new(0_u32);
    let again = move || {
        let _ = changed.try_update(|count| *count = count.wrapping_add(1));
    };
    Effect::new(move |_| {
        let Some(canvas) = node_ref.get() else { return };
        observe::resize(&canvas, move |_, _| again());
        observe::media("(prefers-color-scheme: dark)", again);
        observe::media("(forced-colors: active)", again);
    });
    Effect::new(move |_| {
        changed.track();
        // Asks for the density of now; a change of it ends this query and starts the next.
        observe::media(&observe::pixel_ratio_query(), again);
    });
    Effect::new(move |_| {
        changed.track();
        theme.track();
        let Some(canvas) = node_ref.get() else { return };
        if let Some(backend) = HiDpi::new(&canvas, observe::pixel_ratio()) {
            draw(backend, &canvas);
        }
    });
    view! {
        <canvas class="chart-canvas" role="img" aria-label=move || label.get() node_ref=node_ref></canvas>
    }
    .into_any()
}
