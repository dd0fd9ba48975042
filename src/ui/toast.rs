//! Toasts: answers to background work, above everything, gone by themselves, though not while somebody
//! points at them or has the focus there. The queue is the caller's; errors stay until they are closed.

use super::badge::Tone;
use super::button::{Button, ButtonKind, IconButton};
use super::env::env;
use super::icon::{Glyph, Icon};
use super::keyed::keyed;
use super::message_bar::tone_glyph;
use crate::platform::popover;
use crate::reactive::{Effect, Signal, StoredValue};
use leptos::{html, prelude::*};
use lexicon::t;
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

/// The stack of toasts at the lower left.
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
    Effect::new(move |before: Option<usize>| {
        let count = toasts.read().len();
        let Some(stack) = stack.get() else {
            return count;
        };
        // Shown anew with each new one: the top layer is ordered by opening, and a dialog may
        // have come since.
        if count == 0 || before.is_none_or(|before| count > before) {
            popover::hide(&stack);
        }
        if count > 0 {
            popover::show(&stack);
        }
        count
    });
    let env = env();
    let one = move |toast: Toast| {
        let id = toast.id;
        // Through the live regions, because an open dialog silences everything outside it.
        env.announce(toast.text.clone());
        let time = Duration::from_secs(if toast.action.is_some() { 12 } else { 6 });
        let stays = toast.tone == Tone::Danger;
        // Which of the waits is the one that counts; none while somebody is there.
        let turn = StoredValue::new(0_usize);
        let hold = move || {
            turn.try_update_value(|turn| {
                *turn += 1;
                *turn
            })
        };
        let count = move || {
            let mine = hold();
            let over = move || {
                if mine.is_some() && turn.try_get_value() == mine {
                    let _ = on_dismiss.try_run(id);
                }
            };
            if !stays {
                set_timeout(over, time);
            }
        };
        count();
        view! {
            <li
                class=format!("toast {}", toast.tone.class())
                on:pointerenter=move |_| {
                    let _ = hold();
                }
                on:pointerleave=move |_| count()
                on:focusin=move |_| {
                    let _ = hold();
                }
                on:focusout=move |_| count()
            >
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
                    label=t!("Dismiss")
                    small=true
                    on_click=move |()| on_dismiss.run(id)
                />
            </li>
        }
        .into_any()
    };
    view! {
        <div class="toasts" popover="manual" node_ref=stack role="region" aria-label=t!("Notifications")>
            <ul>
                {keyed(move || toasts.get(), |toast| toast.id.to_string(), one)}
            </ul>
        </div>
    }
    .into_any()
}
