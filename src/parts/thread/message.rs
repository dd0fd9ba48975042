//! One message: who speaks, when, what, and how far it got.

use super::text;
use crate::domain::conversation::{Attachment, Author, Message};
use crate::domain::enclosure;
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal};
use crate::state::talks::Thread;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::markdown::Markdown;
use crate::ui::time::Time;
use leptos::prelude::*;

/// The message. Told apart by word and picture: expert, virtual assistant, colleague, oneself.
#[component]
pub(super) fn MessageView(
    thread: Thread,
    message: Memo<Option<Message>>,
    own: Memo<bool>,
    news: Memo<bool>,
    language: RwSignal<String>,
) -> impl IntoView {
    let Some(first) = message.get_untracked() else {
        return ().into_any();
    };
    let glyph = match first.author {
        Author::Expert => Glyph::Expert,
        Author::Assistant => Glyph::Robot,
        Author::Customer => Glyph::User,
        _ => Glyph::Info,
    };
    let role = {
        let first = first.clone();
        move || text::role(&first, own.get())
    };
    let name = visible(&first.name).into_owned();
    let words = content(&first.content, first.markdown);
    let at = first.at;
    let progress = first.progress.as_ref().map(|progress| {
        view! { <Badge text=progress.label().into_owned() tone=Tone::Info /> }
    });
    let files = attachments(thread, &first.attachments);
    let customer = first.author == Author::Customer;
    let delivery = move || {
        let delivery = message.read().as_ref().map(|one| one.delivery.clone());
        delivery
            .filter(|_| customer)
            .map(|delivery| view! { <span class="muted small">{delivery.label()}</span> })
    };
    let translation = (!own.get_untracked()).then(|| translation(thread, first.id, language));
    view! {
        <li class="comment">
            <p class="comment-head">
                <Icon glyph />
                <strong>{name}</strong>
                <Badge text=crate::reactive::Signal::derive(role) />
                <span class="muted"><Time ts=at /></span>
                {dynamic(move || {
                    news.get().then(|| view! { <Badge text=text::NEW tone=Tone::Warning /> })
                })}
                {first.teams.then(|| view! { <span class="muted small">{text::TEAMS}</span> })}
                {progress}
                {dynamic(delivery)}
            </p>
            {words}
            {files}
            {translation}
        </li>
    }
    .into_any()
}

fn content(words: &str, markdown: bool) -> AnyView {
    match markdown {
        true => view! { <Markdown text=words.to_owned() first_level=4 /> }.into_any(),
        false => view! { <p class="written">{visible(words).into_owned()}</p> }.into_any(),
    }
}

/// The message in the language that was chosen, under the original.
fn translation(thread: Thread, id: String, language: RwSignal<String>) -> AnyView {
    let found = RwSignal::new(None::<Option<String>>);
    Effect::new(move |_| {
        let (to, id) = (language.get(), id.clone());
        found.set(None);
        if to.is_empty() {
            return;
        }
        spawn_local(async move {
            let words = thread.translate(&id, &to).await.ok();
            if language.try_get_untracked() == Some(to) {
                let _ = found.try_set(Some(words));
            }
        });
    });
    dynamic(move || {
        (!language.read().is_empty()).then(|| match found.get() {
            None => view! { <p class="muted small">{text::TRANSLATING}</p> }.into_any(),
            Some(None) => view! { <p class="muted small">{text::NOT_TRANSLATED}</p> }.into_any(),
            Some(Some(words)) => view! {
                <div class="card" lang=language.get()>
                    <p class="muted small">
                        <Icon glyph=Glyph::Globe />
                        {text::TRANSLATED}
                    </p>
                    {content(&words, true)}
                </div>
            }
            .into_any(),
        })
    })
}

fn attachments(thread: Thread, all: &[Attachment]) -> AnyView {
    let one = |file: &Attachment| {
        let name = visible(&file.name).into_owned();
        let size = enclosure::size(file.size);
        let action = if file.infected {
            view! { <Badge text=text::INFECTED tone=Tone::Danger /> }.into_any()
        } else {
            download(thread, file)
        };
        view! {
            <li class="cluster">
                <Icon glyph=Glyph::File />
                <span class="breakable">{name}</span>
                <span class="muted small">{size}</span>
                {action}
            </li>
        }
    };
    (!all.is_empty())
        .then(|| {
            let files = all.iter().map(one).collect_any();
            view! { <ul class="plain-list" aria-label=text::ATTACHED>{files}</ul> }
        })
        .into_any()
}

fn download(thread: Thread, file: &Attachment) -> AnyView {
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let (id, name) = (file.id.clone(), file.name.clone());
    let label = text::download(&name);
    let fetch = move |()| {
        busy.set(true);
        failed.set(false);
        let (id, name) = (id.clone(), name.clone());
        spawn_local(async move {
            let done = thread.download(&id, &name).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(!done);
        });
    };
    view! {
        <Button
            kind=ButtonKind::Subtle
            small=true
            icon=Glyph::Download
            busy=crate::reactive::Signal::from(busy)
            on_click=fetch
        >
            {text::DOWNLOAD}
            <span hidden>{label}</span>
        </Button>
        {dynamic(move || {
            failed.get().then(|| view! { <span class="muted small" role="alert">{text::NOT_DOWNLOADED}</span> })
        })}
    }
    .into_any()
}
