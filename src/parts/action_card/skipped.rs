//! Why an action was skipped: the task itself has no place for it, so it goes into **Comments and
//! history**, once the service says that the action is skipped. Until the service has it, it stays a
//! draft, and the card says so.

use super::text;
use super::typed::Typed;
use crate::domain::task::{Task, TaskStatus};
use crate::domain::text::visible;
use crate::reactive::{Effect, Memo, Signal};
use crate::state::comments::{Comments, comments};
use crate::state::incidents::CommentOutcome;
use crate::state::responses::Responses;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

/// The longest reason that is taken.
pub(super) const MOST: usize = 2_000;

/// Adds the reason to the comments once the decision to skip is settled, whatever page is open then.
/// Where it comes to rest instead the reason stays a draft, and so it does where an earlier sending of it
/// may have arrived: the person decides.
pub(super) fn add_once_skipped(
    responses: Responses,
    comments: Comments,
    field: String,
    task: Arc<Task>,
) {
    let follow = move |over: Option<bool>| {
        if over == Some(true) {
            return true;
        }
        let under_way = responses.outbox().with(|all| {
            let decision = all.get(&task.id);
            decision.map(|decision| decision.phase.in_flight())
        });
        let doubtful = || {
            let before = comments.open_field(&field).outcome.get_untracked();
            matches!(before, Some(CommentOutcome::Unknown { .. }))
        };
        if under_way.is_none() && responses.shows(&task, &TaskStatus::NotRelevant) && !doubtful() {
            add(comments, &field, &task);
        }
        under_way != Some(true)
    };
    comments.outlive(move || {
        Effect::new(follow);
    });
}

fn add(comments: Comments, field: &str, task: &Task) {
    let reads = |reason: &str| text::skip_comment(&visible(&task.title), reason);
    comments.send_field(field, &task.incident, reads, || ());
}

/// A reason that was typed and is not among the comments, on the card of the task it was typed for.
#[component]
pub(super) fn ReasonNotSent(task: Memo<Option<Arc<Task>>>, typed: Typed) -> impl IntoView {
    let comments = comments();
    let skipped = Memo::new(move |_| {
        task.with(|task| {
            task.as_ref()
                .is_some_and(|it| it.status == TaskStatus::NotRelevant)
        })
    });
    let again = move |()| {
        if let Some(task) = task.get_untracked() {
            add(comments, &typed.field(), &task);
        }
    };
    let bar = move || {
        let reason = skipped.get().then(|| typed.words())?;
        let sending = typed.reason();
        let words = Signal::derive(move || {
            let words = match sending.outcome.get() {
                _ if sending.busy.get() => text::REASON_UNDER_WAY,
                Some(CommentOutcome::Unknown { .. }) => text::REASON_UNKNOWN,
                Some(CommentOutcome::Refused(_)) => text::REASON_REFUSED,
                Some(CommentOutcome::Added) | None => text::REASON_WAITS,
            };
            words.to_owned()
        });
        (!reason.is_empty()).then(|| {
            view! {
                <MessageBar tone=Tone::Warning text=words>
                    <Button kind=ButtonKind::Subtle small=true busy=sending.busy on_click=again>
                        {text::ADD_REASON}
                    </Button>
                    <Button
                        kind=ButtonKind::Subtle
                        small=true
                        on_click=move |()| {
                            typed.draft().set(String::new());
                            sending.outcome.set(None);
                        }
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
