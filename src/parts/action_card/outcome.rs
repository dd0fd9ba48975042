//! What became of this person's own attempt, while it is not settled.

use super::text;
use crate::domain::outbox::Phase;
use crate::domain::task::Task;
use crate::reactive::Memo;
use crate::state::responses::{Responses, responses};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

/// The bars.
#[component]
pub fn Outcome(task: Memo<Option<Arc<Task>>>) -> impl IntoView {
    let responses = responses();
    let phase = Memo::new(move |_| {
        let task = task.get()?;
        let outbox = responses.outbox().get();
        match outbox.get(&task.id)?.phase.clone() {
            // Read once more is no news.
            Phase::Checking { why, .. } => Some(Phase::Checking { why, reads: 0 }),
            phase => Some(phase),
        }
    });
    let safe = move |task: Option<Arc<Task>>| {
        task.is_some_and(|task| responses.repeats_are_safe(&task.id))
    };
    let on_task = move |act: fn(Responses, &Task)| {
        move |()| {
            if let Some(task) = task.get_untracked() {
                act(responses, &task);
            }
        }
    };
    let unkept = move || {
        let unkept = phase.read().is_some() && responses.unkept().get();
        unkept.then(|| view! { <MessageBar tone=Tone::Warning text=text::UNKEPT /> })
    };
    let outcome = move || {
        let (tone, words, button, act): (_, _, _, fn(Responses, &Task)) = match phase.get()? {
            Phase::Sending | Phase::Looking => return None,
            Phase::Elsewhere | Phase::Checking { .. } => {
                let words = match phase.read().as_ref() {
                    Some(Phase::Elsewhere) => text::ELSEWHERE,
                    _ => text::CHECKING,
                };
                let bar = view! { <MessageBar tone=Tone::Info text=words /> };
                return Some(bar.into_any());
            }
            Phase::Lost { .. } => (
                Tone::Warning,
                text::LOST.to_owned(),
                text::CHECK,
                |all, task| all.check(&task.id),
            ),
            Phase::Unsent { why } => {
                let words = text::unsent(&why, safe(task.get()));
                (Tone::Danger, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
            phase @ (Phase::Overtaken | Phase::Forestalled) => {
                let words = match phase {
                    Phase::Overtaken => text::OVERTAKEN.to_owned(),
                    _ => text::FORESTALLED.to_owned(),
                };
                (Tone::Warning, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
            Phase::Refused(why) => {
                let words = text::refused(&why);
                (Tone::Danger, words, text::DISMISS, |all, task| {
                    all.dismiss(&task.id);
                })
            }
        };
        let bar = view! {
            <MessageBar tone text=words>
                <Button kind=ButtonKind::Subtle small=true on_click=on_task(act)>
                    {button}
                </Button>
            </MessageBar>
        };
        Some(bar.into_any())
    };
    view! {
        {dynamic(outcome)}
        {dynamic(unkept)}
    }
}
