//! The tab **Comments and history**: what was written, the closing note, and a box to write. Comments
//! are one-way, and Graph cannot tell a repeated one: an unknown outcome is left to the person.

use super::text;
use crate::domain::incident::{COMMENT_LIMIT, Comment, Incident};
use crate::domain::task::{Source, Task, status};
use crate::domain::text::visible;
use crate::reactive::{Memo, Signal};
use crate::state::comments::{CommentBox, comments};
use crate::state::incidents::CommentOutcome;
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::field::TextArea;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The tab's content.
#[component]
pub(super) fn Comments(incident: Signal<Arc<Incident>>) -> impl IntoView {
    view! {
        <div class="comments">
            <ClosingNote incident />
            <Recommended incident />
            <List incident />
            <Write incident />
        </div>
    }
}

#[component]
fn ClosingNote(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let note = Memo::new(move |_| incident.read().resolving_comment.clone());
    dynamic(move || {
        note.get().map(|note| {
            view! {
                <section class="card closing-note" aria-label=text::CLOSING_NOTE>
                    <h2>
                        <Icon glyph=Glyph::Check />
                        {text::CLOSING_NOTE}
                    </h2>
                    <p class="written">{visible(&note).into_owned()}</p>
                </section>
            }
        })
    })
}

/// What the experts have recommended, and what became of it: read here, acted on in the flyout, whose cards
/// say the same of it. What they see to themselves they recommend to nobody.
#[component]
fn Recommended(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let responses = responses();
    let tasks = responses.tasks_of(&incident.read_untracked().id);
    let one = move |task: &Task| {
        let by = task.created_by.as_deref().unwrap_or(text::EXPERTS);
        let status = status(task, responses.outbox().read().get(&task.id));
        view! {
            <li class="comment">
                <p class="comment-head">
                    <strong>{visible(by).into_owned()}</strong>
                    {task.created.map(|at| view! { <span class="muted"><Time ts=at /></span> })}
                </p>
                <p class="written">{text::recommended(&visible(&task.title), &status)}</p>
                <p class="written muted">{visible(&task.description).into_owned()}</p>
            </li>
        }
    };
    dynamic(move || {
        let tasks = tasks.get();
        let tasks = tasks.value()?.iter();
        let recommended = tasks.filter(|task| task.source != Source::Managed);
        let items = recommended.map(one).collect_any();
        (!items.is_empty()).then(|| {
            view! {
                <h2>{text::RECOMMENDED}</h2>
                <ol class="comment-list" aria-label=text::RECOMMENDED>{items}</ol>
            }
        })
    })
}

#[component]
fn List(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let comments = Memo::new(move |_| incident.read().comments.clone());
    let one = |comment: Comment| {
        view! {
            <li class="comment">
                <p class="comment-head">
                    <strong>{visible(&comment.by).into_owned()}</strong>
                    {comment.at.map(|at| view! { <span class="muted"><Time ts=at /></span> })}
                </p>
                <p class="written">{visible(&comment.text).into_owned()}</p>
            </li>
        }
    };
    dynamic(move || {
        let comments = comments.get();
        if comments.is_empty() {
            return view! { <p class="muted">{text::NO_COMMENTS}</p> }.into_any();
        }
        let items = comments.into_iter().map(one).collect_any();
        view! { <ol class="comment-list" aria-label=text::COMMENTS>{items}</ol> }.into_any()
    })
}

#[component]
fn Write(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let comments = comments();
    let roles = session().roles();
    let env = env();
    let id = incident.read_untracked().id.clone();
    let CommentBox {
        draft,
        busy,
        outcome,
    } = comments.open(&id);
    let reason = Signal::derive(move || {
        let length = draft.text().read().trim().chars().count();
        let refused = roles.get().may_act().err();
        refused.or_else(|| match length {
            0 => Some(text::EMPTY_COMMENT.to_owned()),
            n if n > COMMENT_LIMIT => Some(text::COMMENT_TOO_LONG.to_owned()),
            _ => None,
        })
    });
    let added = Callback::new(move |()| env.announce(text::COMMENT_ADDED));
    let send = Callback::new(move |()| {
        if reason.get_untracked().is_none() {
            comments.send(&id, added);
        }
    });
    let failure = move || match outcome.get()? {
        CommentOutcome::Added => None,
        CommentOutcome::Unknown { read: true } => Some(text::COMMENT_UNKNOWN.to_owned()),
        CommentOutcome::Unknown { read: false } => Some(text::COMMENT_UNREAD.to_owned()),
        CommentOutcome::Refused(error) => {
            Some(text::comment_refused(&error.wording(text::COMMENT_WHAT)))
        }
    };
    view! {
        <section class="card comment-box" aria-label=text::ADD_COMMENT>
            <TextArea
                label=text::ADD_COMMENT
                hint=Some(text::ONE_WAY.to_owned())
                value=draft.text()
                on_input=move |typed: String| draft.set(typed)
                max=COMMENT_LIMIT
                on_submit=send
            />
            {move || failure().map(|words| view! { <MessageBar tone=Tone::Warning text=words /> })}
            <div class="cluster end">
                <Button kind=ButtonKind::Primary disabled_reason=reason busy=Signal::from(busy) on_click=send>
                    {text::ADD}
                </Button>
            </div>
        </section>
    }
}
