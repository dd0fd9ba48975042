//! The question itself: what it is about, its words, who is told of the answer, what goes along.

use super::dialog::some;
use super::text;
use crate::domain::conversation::{MESSAGE_LIMIT, Subject};
use crate::domain::inquiry::{self, MOST_CONTACTS, TOPIC_LIMIT, coach};
use crate::domain::text::visible;
use crate::parts::people_picker::PeoplePicker;
use crate::parts::thread::Files;
use crate::platform::dom;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::drafts::drafts;
use crate::state::talks::talks;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, IconButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::field::{TextArea, TextField};
use crate::ui::icon::Glyph;
use crate::ui::message_bar::MessageBar;
use leptos::html;
use leptos::prelude::*;

/// The form. Once the question is kept its letter's key goes into `sent`; it is `busy` until then.
#[component]
pub(super) fn Form(
    about: Subject,
    busy: Signal<bool>,
    sent: RwSignal<Option<String>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let talks = talks();
    talks.ask_credits();
    talks.ask_rights();
    let [field, topic_field, contacts_field] = inquiry::fields(&about);
    let question = drafts().open(&field);
    let written_topic = drafts().open(&topic_field);
    let told = drafts().open(&contacts_field);
    let about = RwSignal::new(about);
    // The topic is that of the page until somebody writes another.
    let touched = RwSignal::new(false);
    let topic = Signal::derive(move || {
        let written = written_topic.text().get();
        match written.is_empty() && !touched.get() {
            true => text::context(&about.read()),
            false => written,
        }
    });
    let contacts = Signal::derive(move || inquiry::contacts(&told.text().read()));
    let tell = Callback::new(move |chosen: Vec<String>| told.set(chosen.join("\n")));
    let files = talks.letters().files(&field);
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if area.get().is_some() {
            request_animation_frame(move || {
                let area = area.try_get_untracked().flatten();
                // Whoever is in another field by now stays there.
                let moved_on = |area: &web_sys::HtmlTextAreaElement| {
                    dom::active_element(area).is_some_and(|active| active.tag_name() == "INPUT")
                };
                if let Some(area) = area.filter(|area| !moved_on(area)) {
                    drop(area.focus());
                }
            });
        }
    });
    let denied = Memo::new(move |_| {
        let rights = talks.rights().get();
        let rights = rights.value()?;
        if !rights.has_ask {
            return Some(text::NOT_OFFERED.to_owned());
        }
        let why = rights.denied.as_deref().unwrap_or(text::MAY_NOT);
        (!rights.may_ask).then(|| format!("{} {}", visible(why), text::WHO_MAY))
    });
    let reason = Signal::derive(move || {
        denied.get().or_else(|| {
            let problem = inquiry::problem(&topic.get(), &question.text().get());
            let many = contacts.read().len() > MOST_CONTACTS;
            let problem = problem.or(many.then_some(text::TOO_MANY));
            problem.map(str::to_owned)
        })
    });
    let send = Callback::new(move |()| {
        if reason.get_untracked().is_some() || busy.get_untracked() {
            return;
        }
        let words = question.text().get_untracked().trim().to_owned();
        let topic = topic.get_untracked();
        let about = about.get_untracked();
        // The draft says what is sent, so that it is known for that afterwards.
        tell.run(contacts.get_untracked());
        let body = inquiry::body(&topic, &about, &words, &contacts.get_untracked());
        let mut letter = talks.question(body);
        (letter.title, letter.field, letter.words) = (topic, field.clone(), words);
        let key = RwSignal::new(None::<String>);
        let kept = move || {
            let _ = sent.try_set(key.try_get_untracked().flatten());
        };
        let posted = talks.letters().post(letter, files.get_untracked(), kept);
        if posted.is_some() {
            files.set(Vec::new());
        }
        key.set(posted);
    });
    let context = move || {
        let shown = text::context(&about.read());
        (!shown.is_empty()).then(|| {
            view! {
                <p class="cluster">
                    <span class="tag">{shown}</span>
                    <IconButton
                        glyph=Glyph::Close
                        label=text::REMOVE_CONTEXT
                        small=true
                        on_click=move |()| about.set(super::general())
                    />
                </p>
            }
        })
    };
    let hints = Memo::new(move |_| coach(&topic.get(), &question.text().get()));
    let purposes = text::PURPOSE
        .into_iter()
        .map(|one| view! { <li>{one}</li> });
    view! {
        <div class="stack">
            <div class="markdown">
                <p>{text::PURPOSES}</p>
                <ul>{purposes.collect_any()}</ul>
            </div>
            <MessageBar tone=Tone::Info text=text::URGENCY />
            {dynamic(move || {
                denied.get().map(|words| view! { <MessageBar tone=Tone::Warning text=words /> })
            })}
            {dynamic(context)}
            <TextField
                label=text::TOPIC
                value=topic
                max=TOPIC_LIMIT
                required=true
                on_input=move |typed: String| {
                    touched.set(true);
                    written_topic.set(typed);
                }
            />
            <TextArea
                label=text::QUESTION
                hint=some(text::QUESTION_HINT)
                value=question.text()
                on_input=move |typed: String| question.set(typed)
                max=MESSAGE_LIMIT
                required=true
                rows=4
                on_submit=send
                node_ref=area
            />
            {dynamic(move || {
                let hints = hints.get().into_iter();
                hints
                    .map(|hint| view! { <MessageBar tone=Tone::Info text=hint.words() /> })
                    .collect_any()
            })}
            <PeoplePicker
                label=text::CONTACTS
                hint=text::CONTACTS_HINT
                chosen=contacts
                on_change=tell
            />
            <div>
                <Files chosen=files />
            </div>
            <Credits />
        </div>
        <div class="dialog-actions">
            <Button
                kind=ButtonKind::Primary
                icon=Glyph::Send
                disabled_reason=reason
                busy
                on_click=send
            >
                {text::SEND}
            </Button>
            <Button
                disabled_reason=Signal::derive(move || busy.get().then(|| text::WAIT.to_owned()))
                on_click=on_close
            >
                {text::CANCEL}
            </Button>
        </div>
    }
}

/// How many questions are left, where the service counts them.
#[component]
fn Credits() -> impl IntoView {
    let credits = talks().credits();
    let env = env();
    dynamic(move || {
        let credits = credits.get();
        let credits = credits.value()?.clone()?;
        let at = |when| env.zone.read().format_short(when, env.now.get_untracked());
        let mut words = vec![text::credits(
            credits.left,
            credits.granted,
            credits.rolled_over,
        )];
        words.extend(credits.rolls_over.map(|when| text::rolls_over(&at(when))));
        words.extend(credits.expires.map(|when| text::expires(&at(when))));
        let none = (credits.left <= 0)
            .then(|| view! { <MessageBar tone=Tone::Warning text=text::NO_CREDITS /> });
        Some(view! {
            <p class="muted small">{words.join(" ")}</p>
            {none}
        })
    })
}
