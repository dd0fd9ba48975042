//! The canvas a chart is drawn on: drawn once its size is known, and again when its size, its data, the theme
//! or the pixel density changes; what is far from the screen is drawn when it comes near it, or onto paper.
//! Setting a font makes the browser settle the style of the whole page, so charts are painted when all that
//! changes with them has changed: together they cost that once.

use super::hidpi::HiDpi;
use super::look::Look;
use crate::platform::observe;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, RwSignal, Signal};
use crate::ui::env::env;
use leptos::{html, prelude::*};
use std::sync::{Arc, Mutex};

/// Paints a fresh canvas in the look of the page around it.
pub(super) type Paint = Box<dyn FnOnce(HiDpi, &Look)>;
/// Reads what there is to paint.
pub(super) type Draw = Arc<dyn Fn() -> Paint + Send + Sync>;

/// The canvas, named by one sentence that says what it shows. `draw` is run inside a reactive
/// effect: what it reads, it follows; what the painting reads, it does not.
pub(super) fn canvas(label: Signal<String>, draw: Draw) -> AnyView {
    let node_ref = NodeRef::<html::Canvas>::new();
    let theme = env().theme;
    let size = RwSignal::new((0_u32, 0_u32));
    let (changed, restyled) = (RwSignal::new(0_u32), RwSignal::new(0_u32));
    let (near, printed) = (RwSignal::new(false), printed());
    let count = |signal: RwSignal<u32>| {
        move || {
            let _ = signal.try_update(|count| *count = count.wrapping_add(1));
        }
    };
    let (again, restyle) = (count(changed), count(restyled));
    Effect::new(move |_| {
        let Some(canvas) = node_ref.get() else { return };
        let place = canvas.clone();
        observe::resize(&canvas, move |width, height| {
            let now = (width.round() as u32, height.round() as u32);
            match size.try_get_untracked() {
                // Everything has its place at this moment, and the first picture need not wait to be told.
                Some((0, 0)) => near.set(observe::is_near(&place)),
                Some(held) if held != now => {}
                _ => return,
            }
            size.set(now);
        });
        observe::nearness(&canvas, move |now| {
            let _ = near.try_maybe_update(|held| std::mem::replace(held, now) != now);
        });
        observe::media("(prefers-color-scheme: dark)", restyle);
        observe::media("(forced-colors: active)", restyle);
    });
    let known = Arc::new(Mutex::new(Vec::new()));
    let forgotten = known.clone();
    Effect::new(move |_| {
        theme.track();
        restyled.track();
        if let Ok(mut known) = forgotten.lock() {
            known.clear();
        }
        again();
    });
    Effect::new(move |_| {
        changed.track();
        // Asks for the density of now; a change of it ends this query and starts the next.
        observe::media(&observe::pixel_ratio_query(), again);
    });
    Effect::new(move |_| {
        changed.track();
        let size = size.get();
        let wanted = size.0 > 0 && size.1 > 0 && (near.get() || printed.get());
        let Some(canvas) = node_ref.get().filter(|_| wanted) else {
            return;
        };
        let (paint, known) = (draw(), known.clone());
        // Whatever changes with this has been woken before and has its turn first.
        spawn_local(async move {
            if let Some(backend) = HiDpi::new(&canvas, size, observe::pixel_ratio()) {
                paint(backend, &Look::new(canvas, known));
            }
        });
    });
    view! {
        <canvas class="chart-canvas" role="img" aria-label=move || label.get() node_ref=node_ref></canvas>
    }
    .into_any()
}

/// Whether the page is being printed.
pub(super) fn printed() -> RwSignal<bool> {
    let printed = RwSignal::new(false);
    observe::printing(move |now| {
        let _ = printed.try_set(now);
    });
    printed
}
