//! Why an action was skipped: the task itself has no place for it, so it goes into **Comments and
//! history**. Until the service has it, it stays a draft, and the card says so.

use super::text;
use super::typed::Typed;
use crate::domain::task::{Task, TaskStatus};
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::incidents::{CommentOutcome, Incidents, incidents};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

/// The longest reason that is taken.
pub(super) const MOST: usize = 2_000;

/// Adds the reason to the comments; `said` is told where that did not, or perhaps not, succeed.
pub(super) fn send(incidents: Incidents, task: &Task, typed: Typed, said: RwSignal<String>) {
    let draft = typed.draft();
    let reason = draft.text().get_untracked().trim().to_owned();
    if reason.is_empty() {
        return;
    }
    let comment = text::skip_comment(&visible(&task.title), &reason);
    let incident = task.incident.clone();
    spawn_local(async move {
        let words = match incidents.comment(&incident, &comment).await {
            CommentOutcome::Added => {
                draft.sent(&reason);
                ""
            }
            CommentOutcome::Refused(_) => text::REASON_REFUSED,
            CommentOutcome::Unknown { .. } => text::REASON_UNKNOWN,
        };
        let _ = said.try_set(words.to_owned());
    });
}

/// A reason that was typed and is not among the comments, on the card of the task it was typed for.
#[component]
pub(super) fn ReasonNotSent(
    task: Memo<Option<Arc<Task>>>,
    typed: Typed,
    said: RwSignal<String>,
) -> impl IntoView {
    let incidents = incidents();
    let skipped = Memo::new(move |_| {
        task.with(|task| {
            task.as_ref()
                .is_some_and(|it| it.status == TaskStatus::NotRelevant)
        })
    });
    let words = Signal::derive(move || match said.get() {
        said if said.is_empty() => text::REASON_WAITS.to_owned(),
        said => said,
    });
    let again = move |()| {
        if let Some(task) = task.get_untracked() {
            send(incidents, &task, typed, said);
        }
    };
    let bar = move || {
        let reason = skipped.get().then(|| typed.words())?;
        (!reason.is_empty()).then(|| {
            view! {
                <MessageBar tone=Tone::Warning text=words>
                    <Button kind=ButtonKind::Subtle small=true on_click=again>
                        {text::ADD_REASON}
                    </Button>
                    <Button
                        kind=ButtonKind::Subtle
                        small=true
                        on_click=move |()| typed.draft().set(String::new())
                    >
                        {text::DISCARD}
                    </Button>
                </MessageBar>
                <p class="written">{visible(&reason).into_owned()}</p>
            }
        })
    };
    dynamic(bar)
}
