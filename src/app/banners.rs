//! What concerns the whole session and stands above every page: a sign-in that has ended, a lost
//! connection, lists that are not up to date (one at a time, the cause before what follows from it);
//! and a browser that keeps nothing.

use super::text;
use crate::domain::error::ApiError;
use crate::domain::load::{Load, overdue};
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo};
use crate::state::drafts::drafts;
use crate::state::incidents::incidents;
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::message_bar::MessageBar;
use crate::ui::stale_bar::StaleBar;
use leptos::prelude::*;

/// What is to be said.
#[derive(Clone)]
enum Notice {
    /// The sign-in has ended; why signing in again did not work.
    Ended(Option<String>),
    /// No connection since, and when the lists were last read.
    Lost(Timestamp, Option<Timestamp>),
    /// The lists are as old as this, and why.
    Old(Timestamp, Option<ApiError>),
}

impl Notice {
    /// What makes it another one. An error that repeats is the same, whatever its request's id: it
    /// must not be read out once a minute.
    fn words(&self) -> (String, String) {
        match self {
            Notice::Ended(trouble) => (
                text::SESSION_ENDED.into(),
                trouble
                    .clone()
                    .unwrap_or_else(|| text::SESSION_ENDED_ADVICE.into()),
            ),
            Notice::Lost(since, _) => {
                let env = env();
                let since = env.zone.get().format_short(*since, env.now.get_untracked());
                (text::lost(&since), text::LOST_ADVICE.into())
            }
            Notice::Old(_, None) => (text::OLD.into(), text::OVERDUE.into()),
            Notice::Old(_, Some(error)) => {
                let words = error.wording(text::CHANGES);
                (
                    text::OLD.into(),
                    format!("{}. {}", words.title, words.advice),
                )
            }
        }
    }
}

/// The notice of now, where there is one.
#[component]
pub(super) fn Banners() -> impl IntoView {
    let session = session();
    let incidents = incidents();
    let env = env();
    let lost = session.connection().lost();
    let notice = move || {
        let sync = incidents.sync().get();
        if session.ended().get() {
            return Some(Notice::Ended(session.trouble().get()));
        }
        if let Some(since) = lost.get() {
            return Some(Notice::Lost(since, sync.refreshed));
        }
        match sync.age() {
            Load::Stale((), at, error) => Some(Notice::Old(at, Some(error))),
            Load::Ready((), at) if overdue(at, env.now.get()) => Some(Notice::Old(at, None)),
            _ => None,
        }
    };
    // The same words said again would be read out again.
    let notice = Memo::new_where(
        move |_| notice().map(|notice| (notice.words(), notice)),
        |a, b| {
            let words =
                |one: &Option<((String, String), Notice)>| one.clone().map(|(words, _)| words);
            words(a) == words(b)
        },
    );
    Effect::new(move |before: Option<bool>| {
        let now = notice.read().is_some();
        // The button that ended it has gone with it.
        if before == Some(true) && !now {
            env.keep_focus();
        }
        now
    });
    let refused = drafts().refused();
    let notice = dynamic(move || {
        notice.get().map(|((title, text), notice)| {
            let (at, request_id) = match notice {
                Notice::Ended(_) => return ended(title, text),
                Notice::Lost(_, at) => (at, None),
                Notice::Old(at, error) => {
                    let id = error.and_then(|error| error.request_id().map(str::to_owned));
                    (Some(at), id)
                }
            };
            let on_retry = Some(Callback::new(move |()| incidents.retry()));
            view! { <StaleBar title text at request_id on_retry /> }.into_any()
        })
    });
    let unkept = move || {
        refused
            .get()
            .then(|| view! { <MessageBar tone=Tone::Warning text=text::UNKEPT.to_owned() /> })
    };
    view! {
        {clock_notice()}
        {notice}
        {dynamic(unkept)}
    }
}

fn ended(title: String, text: String) -> AnyView {
    let (session, drafts) = (session(), drafts());
    let sign_in = move |()| {
        spawn_local(async move {
            // The page is about to go: the last letters have to be on the disk first.
            drafts.kept().await;
            session.sign_in();
        });
    };
    view! {
        <MessageBar tone=Tone::Warning title=Some(title) text>
            <Button kind=ButtonKind::Primary small=true on_click=sign_in>
                {text::SIGN_IN}
            </Button>
        </MessageBar>
    }
    .into_any()
}

/// Says that this computer's clock is wrong, where the sign-in has shown it to be.
fn clock_notice() -> AnyView {
    let ahead = clock::ahead();
    let notice = || view! { <MessageBar tone=Tone::Info text=text::wrong_clock(ahead) /> };
    (ahead != 0).then(notice).into_any()
}
