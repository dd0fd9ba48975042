//! One conversation with the experts: its messages in order, what this person has written and the
//! service does not have yet, and the box to write in. Chats and inquiries look the same here.

mod composer;
mod files;
mod message;
mod pending;
mod text;

use crate::domain::conversation::{Conversation, Message, first_new};
use crate::domain::error::ApiError;
use crate::domain::letter::Letter;
use crate::domain::text::visible;
use crate::platform::{dom, observe, visibility};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::session::session;
use crate::state::talks::{Thread, talks};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::error_panel::ErrorPanel;
use crate::ui::field::Select;
use crate::ui::keyed::keyed;
use crate::ui::load_view::LoadView;
pub use composer::Composer;
pub use files::Files;
use leptos::html;
use leptos::prelude::*;
use message::MessageView;
pub use pending::Pending;
use std::sync::Arc;

/// A piece of something else that a message can quote: its name in a menu, and its words.
pub type Quote = (String, String);

/// The whole conversation.
#[component]
pub fn ThreadView(
    /// Which.
    thread: Thread,
    /// What can be quoted in a message.
    #[prop(optional, into)]
    quotes: Signal<Vec<Quote>>,
) -> impl IntoView {
    talks().watch();
    let content = move |about: Signal<Conversation>| {
        let lane = Signal::derive(move || {
            about.track();
            thread.lane().unwrap_or_default()
        });
        view! {
            <div class="comments">
                <Content thread about />
                <Composer
                    lane
                    denied=Signal::derive(move || why_not(&about.read()))
                    letter=Callback::new(move |body| letter(thread, body))
                    quotes
                    on_typing=Callback::new(move |()| thread.says_typing())
                />
            </div>
        }
        .into_any()
    };
    let retry = Callback::new(move |()| thread.refresh());
    view! { <LoadView load=thread.about() what=text::WHAT on_retry=retry children=content /> }
}

/// The same without the box, for who has one that outlives it.
#[component]
pub fn Transcript(
    /// Which.
    thread: Thread,
) -> impl IntoView {
    talks().watch();
    let content = move |about: Signal<Conversation>| view! { <Content thread about /> }.into_any();
    let retry = Callback::new(move |()| thread.refresh());
    view! { <LoadView load=thread.about() what=text::WHAT on_retry=retry children=content /> }
}

/// Why nothing can be written in a conversation.
pub fn why_not(about: &Conversation) -> Option<String> {
    let why = about.may("post").err()?;
    let why = why.map(|why| visible(&why).into_owned());
    Some(why.unwrap_or_else(|| text::CLOSED.to_owned()))
}

/// A message as a letter; `None` until the conversation is known.
pub fn letter(thread: Thread, body: String) -> Option<Letter> {
    let mut letter = thread.letter(body)?;
    let about = thread.about();
    letter.title = about.with_untracked(|about| Some(text::title(&about.value()?.title)))?;
    Some(letter)
}

/// What has been said, and what is about to be.
#[component]
fn Content(thread: Thread, about: Signal<Conversation>) -> impl IntoView {
    let messages = thread.messages();
    // Where what was new began when it was opened; it stays there while it is read.
    let mark = about.with_untracked(|about| about.read_up_to);
    let new = Memo::new(move |_| first_new(&messages.read(), mark));
    let language = RwSignal::new(String::new());
    let me = session().person();
    let row = move |seq: i64| {
        let message = Memo::new(move |before: Option<&Option<Message>>| {
            let messages = messages.read();
            let found = messages.binary_search_by_key(&seq, |one| one.seq);
            let found = found.ok().and_then(|at| messages.get(at).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        let news = Memo::new(move |_| new.get() == Some(seq));
        let own = Memo::new(move |_| {
            let message = message.read();
            let name = message.as_ref().map(|message| message.name.as_str());
            name == Some(me.read().name.as_str())
        });
        view! { <MessageView thread message own news language /> }.into_any()
    };
    let seqs = move || {
        messages
            .read()
            .iter()
            .map(|one| one.seq)
            .collect::<Vec<_>>()
    };
    let end = NodeRef::<html::Div>::new();
    follow_end(thread, messages, end);
    let lane = Signal::derive(move || {
        about.track();
        thread.lane().unwrap_or_default()
    });
    let typing = thread.typing();
    let failed = RwSignal::new(None::<ApiError>);
    let read_older = Callback::new(move |()| {
        failed.set(None);
        thread.read_older(move |error| drop(failed.try_set(Some(error))));
    });
    let older = move || {
        if !thread.older().get() {
            return ().into_any();
        }
        match failed.get() {
            Some(error) => {
                view! { <ErrorPanel error what=text::OLDER_WHAT on_retry=read_older /> }.into_any()
            }
            None => view! {
                <Button kind=ButtonKind::Subtle on_click=read_older>
                    {text::OLDER}
                </Button>
            }
            .into_any(),
        }
    };
    view! {
        <Tools thread about language />
        {dynamic(older)}
        {dynamic(move || {
            messages.read().is_empty().then(|| view! { <p class="muted">{text::EMPTY}</p> })
        })}
        <div role="log" tabindex="0" aria-label=text::MESSAGES>
            <ol class="comment-list">{keyed(seqs, |seq| seq.to_string(), row)}</ol>
        </div>
        <Pending lane messages />
        <p class="muted small" role="status">
            {move || {
                let typing = typing.read();
                (!typing.is_empty()).then(|| text::typing(&typing))
            }}
        </p>
        <div node_ref=end></div>
    }
}

/// What is shown is read, and the newest message comes into sight.
fn follow_end(thread: Thread, messages: Signal<Arc<Vec<Message>>>, end: NodeRef<html::Div>) {
    let about = thread.about();
    let last = Memo::new(move |_| messages.read().last().map_or(0, |last| last.seq));
    let unread = Memo::new(move |_| about.read().value().map_or(0, |about| about.unread));
    // What was opened in the background is read once somebody looks at it.
    let visible = RwSignal::new(visibility::visible());
    observe::window_event("visibilitychange", move || {
        visible.set(visibility::visible());
    });
    Effect::new(move |before: Option<i64>| {
        let now = last.get();
        if now > before.unwrap_or(0) {
            request_animation_frame(move || {
                if let Some(end) = end.try_get_untracked().flatten() {
                    dom::scroll_to(&end);
                }
            });
        }
        now
    });
    Effect::new(move |before: Option<i64>| {
        let (now, unread) = (last.get(), unread.get());
        // Somebody may have marked it unread on purpose: only what is new since then is read.
        let news = before.is_none_or(|before| now > before);
        if unread > 0 && news && now > 0 && visible.get() {
            thread.mark();
            return now;
        }
        if unread > 0 { before.unwrap_or(0) } else { now }
    });
}

/// What can be done with the conversation besides writing.
#[component]
fn Tools(thread: Thread, about: Signal<Conversation>, language: RwSignal<String>) -> impl IntoView {
    let languages = move || {
        let all = about.read().languages.clone();
        (!all.is_empty()).then(|| {
            let mut options = vec![(String::new(), text::ORIGINAL.to_owned())];
            options.extend(
                all.into_iter()
                    .map(|one| (one.clone(), text::language(&one))),
            );
            view! {
                <Select
                    label=text::TRANSLATE
                    options=options
                    value=Signal::from(language)
                    on_change=move |to: String| language.set(to)
                />
            }
        })
    };
    let refused = RwSignal::new(None::<String>);
    let thumb = move |rating: &'static str, words: &'static str| {
        let given = move || about.read().feedback.as_deref() == Some(rating);
        let rate = move |()| {
            let to = if about.with_untracked(|about| about.feedback.as_deref() == Some(rating)) {
                "none"
            } else {
                rating
            };
            thread.rate(to, move |error| {
                let why = match error {
                    ApiError::Forbidden { .. } => text::READER_RATES_NOT,
                    _ => text::NOT_RATED,
                };
                let _ = refused.try_set(Some(why.to_owned()));
            });
        };
        view! {
            <Button
                kind=ButtonKind::Subtle
                small=true
                pressed=Signal::derive(move || Some(given()))
                on_click=rate
            >
                {words}
            </Button>
        }
    };
    let some = Memo::new(move |_| !about.read().languages.is_empty());
    view! {
        <div class="cluster end">
            {dynamic(move || some.get().then(languages))}
            <span class="muted small" role="status">{move || refused.get()}</span>
            {thumb("up", text::THUMBS_UP)} {thumb("down", text::THUMBS_DOWN)}
        </div>
    }
}
