//! Toasts: answers to background work, above everything, gone by themselves. The queue is the
//! caller's; errors stay until they are closed.

use super::badge::Tone;
use super::button::{Button, ButtonKind, IconButton};
use super::icon::{Glyph, Icon};
use super::message_bar::tone_glyph;
use crate::platform::popover;
use leptos::{html, prelude::*};
use std::time::Duration;

/// One toast.
#[derive(Clone, Debug)]
pub struct Toast {
    /// Tells it apart from every other.
    pub id: u64,
    /// Info, Success, Warning or Danger.
    pub tone: Tone,
    /// What happened.
    pub text: String,
    /// A button: its label and what it does.
    pub action: Option<(String, Callback<()>)>,
}

/// The stack of toasts at the lower right.
#[component]
pub fn Toasts(
    /// The queue, oldest first.
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// Called when one is closed or its time is over.
    #[prop(into)]
    on_dismiss: Callback<u64>,
) -> impl IntoView {
    let stack = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = !toasts.read().is_empty();
        let Some(stack) = stack.get() else { return };
        // Shown anew each time: the top layer is ordered by opening, and a dialog may have come
        // since.
        popover::hide(&stack);
        if any {
            popover::show(&stack);
        }
    });
    let one = move |toast: Toast| {
        let id = toast.id;
        if toast.tone != Tone::Danger {
            let timer = set_timeout_with_handle(
                move || {
                    let _ = on_dismiss.try_run(id);
                },
                Duration::from_secs(if toast.action.is_some() { 12 } else { 6 }),
            );
            if let Ok(timer) = timer {
                on_cleanup(move || timer.clear());
            }
        }
        view! {
            <li class=format!("toast {}", toast.tone.class())>
                <Icon glyph=tone_glyph(toast.tone) />
                <p>{toast.text}</p>
                {toast
                    .action
                    .map(|(label, run)| {
                        view! {
                            <Button kind=ButtonKind::Subtle small=true on_click=run>
                                {label}
                            </Button>
                        }
                    })}
                <IconButton
                    glyph=Glyph::Close
                    label="Dismiss"
                    small=true
                    on_click=move |()| on_dismiss.run(id)
                />
            </li>
        }
    };
    view! {
        <div class="toasts" popover="manual" node_ref=stack role="region" aria-label="Notifications">
            <ul aria-live="polite">
                <For each=move || toasts.get() key=|toast| toast.id children=one />
            </ul>
        </div>
    }
    .into_any()
}
