//! The thread in the side panel.

use super::text;
use crate::domain::conversation::{Conversation, Kind};
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::text::visible;
use crate::parts::thread::ThreadView;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::talks::{Thread, talks};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::dynamic;
use crate::ui::error_panel::ErrorPanel;
use crate::ui::flyout::Flyout;
use crate::ui::skeleton::Skeleton;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The panel, open while the address names a conversation.
#[component]
pub(super) fn Panel(place: Memo<(String, String)>) -> impl IntoView {
    let (talks, navigator) = (talks(), navigator());
    let id = Memo::new(move |_| place.with(|(id, _)| id.clone()));
    let thread = RwSignal::new(None::<Thread>);
    let failed = RwSignal::new(None::<ApiError>);
    let look = move |id: String| {
        thread.set(None);
        failed.set(None);
        if id.is_empty() {
            return;
        }
        spawn_local(async move {
            let kind = talks.kind_of(&id).await;
            if place.try_with_untracked(|(now, _)| *now == id) != Some(true) {
                return;
            }
            match kind {
                Ok(kind) => drop(thread.try_set(Some(talks.open(kind, &id)))),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    Effect::new(move |_| look(id.get()));
    let about = Memo::new(move |_| {
        let about = thread.get()?.about().get();
        about.value().cloned()
    });
    let title = Signal::derive(move || {
        let about = about.read();
        about.as_ref().map_or_else(
            || text::CONVERSATION.to_owned(),
            |about| visible(&about.title).into_owned(),
        )
    });
    let close = move |()| {
        let query = place.with_untracked(|(_, query)| query.clone());
        navigator.replace(&Route::Messages(String::new(), query));
    };
    let content = move || {
        if let Some(error) = failed.get() {
            let retry = Callback::new(move |()| look(id.get_untracked()));
            let what = text::CONVERSATION.to_owned();
            return view! { <ErrorPanel error what on_retry=retry /> }.into_any();
        }
        match thread.get() {
            Some(thread) => view! {
                <About thread about />
                <ThreadView thread />
            }
            .into_any(),
            None => view! { <Skeleton lines=6 /> }.into_any(),
        }
    };
    view! {
        <Flyout open=Signal::derive(move || !id.read().is_empty()) title on_close=close>
            {dynamic(content)}
        </Flyout>
    }
}

/// What is known of it, above its messages. What follows from news is drawn anew; the button, and the
/// question behind it, stay for whoever is about to press.
#[component]
fn About(thread: Thread, about: Memo<Option<Conversation>>) -> impl IntoView {
    let (talks, asking) = (talks(), RwSignal::new(false));
    let may_close = Memo::new(move |_| {
        let about = about.read();
        let about = about.as_ref();
        thread.kind == Kind::Inquiry && about.is_some_and(|about| about.may("close").is_ok())
    });
    let contacts = move || {
        let contacts = about.read().as_ref()?.contacts.join(", ");
        let contacts = visible(&contacts).into_owned();
        (!contacts.is_empty())
            .then(|| view! { <p class="muted small">{text::CONTACTS} ": " {contacts}</p> })
    };
    let button = move || {
        may_close.get().then(|| {
            view! {
                <Button kind=ButtonKind::Subtle small=true on_click=move |()| asking.set(true)>
                    {text::CLOSE_INQUIRY}
                </Button>
            }
        })
    };
    view! {
        <div class="cluster">{dynamic(move || about.get().map(facts))} {dynamic(button)}</div>
        {dynamic(contacts)}
        <Confirm
            open=Signal::derive(move || asking.get() && may_close.get())
            title=text::CLOSE_QUESTION
            primary=text::CLOSE_INQUIRY
            on_confirm=move |()| {
                asking.set(false);
                talks.close(thread);
            }
            on_cancel=move |()| asking.set(false)
        >
            <p>{text::CLOSE_TEXT}</p>
        </Confirm>
    }
}

/// How it stands, and what it is about.
fn facts(about: Conversation) -> AnyView {
    // What is gone by now says so itself.
    let id = about.about.id;
    let subject = match about.about.kind.as_str() {
        _ if id.is_empty() => None,
        "incident" => {
            let incident = IncidentView::new(IncidentId(id));
            Some((Route::Incident(incident), text::OPEN_INCIDENT))
        }
        "alert" => Some((Route::Alert(id), text::OPEN_ALERT)),
        "device" => Some((Route::Device(id), text::OPEN_DEVICE)),
        _ => None,
    };
    let subject = subject.map(|(place, words)| (navigator().href(&place), words));
    let due = about.due.filter(|_| about.progress.is_none());
    let progress = about.progress.map(|it| it.label().into_owned());
    view! {
        <Badge text=about.state.label().into_owned() tone=Tone::Info />
        {progress.map(|text| view! { <Badge text /> })}
        {due
            .map(|due| {
                view! {
                    <span class="muted small">{text::PROGRESS_DUE} " " <Time ts=due /></span>
                }
            })}
        {subject.map(|(href, words)| view! { <a href=href>{words}</a> })}
    }
    .into_any()
}
