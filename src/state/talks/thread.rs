//! One conversation that is open: what is known of it, its messages in order, and what the person does
//! with it besides writing.

use super::Talks;
use crate::api::conversations::{Window, messages_of};
use crate::domain::conversation::{self, Conversation, Kind, Message};
use crate::domain::error::ApiError;
use crate::domain::letter::Letter;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, files, visibility};
use crate::reactive::{RwSignal, Signal, StoredValue};
use std::sync::Arc;

/// Who is typing is asked again after so long, while somebody is.
const TYPING_MS: i32 = 4_000;
/// What could not be read is asked for again after so long.
const AGAIN_MS: i32 = 5_000;
/// That this person is typing is said so often at the most.
const SAY_TYPING_MS: i64 = 3_000;

/// The thread.
#[derive(Clone, Copy)]
pub struct Thread {
    talks: Talks,
    pub kind: Kind,
    id: StoredValue<String>,
    about: RwSignal<Load<Conversation>>,
    messages: RwSignal<Arc<Vec<Message>>>,
    older: RwSignal<bool>,
    typing: RwSignal<Vec<String>>,
    said_typing: StoredValue<i64>,
    /// Up to where it has been read without the service having taken that in.
    unmarked: StoredValue<Option<i64>>,
    /// One reading at a time; another follows where something came in between.
    reading: StoredValue<(bool, bool)>,
    /// Counts readings: of several pauses after one that failed, only the last one ends in another.
    readings: StoredValue<u32>,
}

impl Thread {
    pub(super) fn new(talks: Talks, kind: Kind, id: &str) -> Thread {
        Thread {
            talks,
            kind,
            id: StoredValue::new(id.to_owned()),
            about: RwSignal::new(Load::Loading),
            messages: RwSignal::default(),
            older: RwSignal::new(false),
            typing: RwSignal::default(),
            said_typing: StoredValue::default(),
            unmarked: StoredValue::default(),
            reading: StoredValue::default(),
            readings: StoredValue::default(),
        }
    }

    pub(super) fn is(self, id: &str) -> bool {
        self.id.try_with_value(|own| own == id) == Some(true)
    }

    /// Its id.
    pub fn id(self) -> String {
        self.id.try_get_value().unwrap_or_default()
    }

    /// What is known of it, but for its messages.
    pub fn about(self) -> Signal<Load<Conversation>> {
        self.about.into()
    }

    /// Its messages in order.
    pub fn messages(self) -> Signal<Arc<Vec<Message>>> {
        self.messages.into()
    }

    /// Whether there are older ones.
    pub fn older(self) -> Signal<bool> {
        self.older.into()
    }

    /// Who else is typing.
    pub fn typing(self) -> Signal<Vec<String>> {
        self.typing.into()
    }

    /// What its letters go in; `None` until it is known what it is about.
    pub fn lane(self) -> Option<String> {
        match self.kind {
            Kind::Inquiry => Some(format!("inquiry/{}", self.id())),
            Kind::Chat => self.about.try_with_untracked(|about| {
                let incident = about.value()?.incident()?;
                Some(chat_lane(incident))
            })?,
        }
    }

    /// Reads it again.
    pub fn refresh(self) {
        let begin = self.reading.try_update_value(|(reading, again)| {
            *again = *reading;
            !std::mem::replace(reading, true)
        });
        if begin != Some(true) {
            return;
        }
        spawn_local(async move {
            self.readings.update_value(|count| *count += 1);
            let mut answer = self.read().await;
            while answer.is_ok()
                && self
                    .reading
                    .try_update_value(|(_, again)| std::mem::take(again))
                    == Some(true)
            {
                answer = self.read().await;
            }
            let _ = self.reading.try_set_value((false, false));
            if answer.is_err_and(|why| why.worth_retrying()) {
                // What was heard of is not known yet, and nobody may say it again.
                let mine = self.readings.try_get_value();
                clock::sleep(AGAIN_MS).await;
                let last = mine == self.readings.try_get_value();
                if last && visibility::visible() && self.talks.watched() {
                    self.refresh();
                }
                return;
            }
            if self.typing.try_with_untracked(Vec::is_empty) == Some(false) {
                clock::sleep(TYPING_MS).await;
                if visibility::visible() {
                    self.refresh();
                }
            }
        });
    }

    async fn read(self) -> Result<(), ApiError> {
        let (client, id) = (self.talks.session.client(), self.id());
        let failed = |why: ApiError| {
            self.settle(Err(why.clone()));
            why
        };
        let newest = client.messages(self.kind, &id, Window::Newest).await;
        let newest = newest.map_err(failed)?;
        let first = self.messages.try_with_untracked(|known| known.is_empty());
        if first == Some(true) {
            let _ = self.older.try_set(newest.has_older);
        }
        let _ = self.typing.try_set(newest.typing);
        self.take_in(newest.items);
        // More came than one answer holds.
        while let Some(after) = self
            .messages
            .try_with_untracked(|known| conversation::gap(known))
            .flatten()
        {
            let more = client.messages(self.kind, &id, Window::After(after)).await;
            let more = more.map_err(failed)?.items;
            if more.is_empty() {
                break;
            }
            self.take_in(more);
        }
        let about = client.conversation(self.kind, &id).await;
        let (about, _) = about.map_err(failed)?;
        let unmarked = self.unmarked.try_update_value(Option::take).flatten();
        if let Some(place) = unmarked.filter(|place| *place > about.read_up_to) {
            self.note_read(place);
        }
        self.settle(Ok(about));
        Ok(())
    }

    fn settle(self, about: Result<Conversation, ApiError>) {
        self.talks.settle(self.about, about);
    }

    fn take_in(self, come: Vec<Message>) {
        let letters = self.talks.letters;
        for key in come.iter().filter_map(|message| message.key.as_deref()) {
            letters.seen(key);
        }
        let Some(known) = self.messages.try_get_untracked() else {
            return;
        };
        let mut now = (*known).clone();
        conversation::take_in(&mut now, come);
        if now != *known {
            let _ = self.messages.try_set(Arc::new(now));
        }
    }

    /// Fetches older messages. What went wrong goes to `failed`.
    pub fn read_older(self, failed: impl Fn(ApiError) + 'static) {
        spawn_local(async move {
            let first = self
                .messages
                .try_with_untracked(|known| known.first().map(|first| first.seq));
            let Some(first) = first.flatten() else { return };
            let client = self.talks.session.client();
            let window = Window::Before(first);
            match client.messages(self.kind, &self.id(), window).await {
                Ok(more) => {
                    self.take_in(more.items);
                    let _ = self.older.try_set(more.has_older);
                }
                Err(error) => failed(error),
            }
        });
    }

    /// Notes that everything that stands here has been read.
    pub fn mark(self) {
        let last = self
            .messages
            .try_with_untracked(|known| known.last().map_or(0, |last| last.seq));
        let known = self
            .about
            .try_with_untracked(|about| about.value().map(|about| about.read_up_to));
        if let (Some(last), Some(read)) = (last, known.flatten())
            && read < last
        {
            self.note_read(last);
        }
    }

    /// What the service could not take in is said again when the conversation is read next.
    fn note_read(self, place: i64) {
        spawn_local(async move {
            let client = self.talks.session.client();
            let done = client.mark_read(self.kind, &self.id(), place).await;
            let again = done.as_ref().is_err_and(ApiError::worth_retrying);
            let _ = self.unmarked.try_set_value(again.then_some(place));
            if done.is_ok() {
                let about = client.conversation(self.kind, &self.id()).await;
                self.settle(about.map(|(about, _)| about));
                if self.talks.listed() {
                    self.talks.refresh();
                }
            }
        });
    }

    /// Notes that a key was pressed in its box.
    pub fn says_typing(self) {
        let now = clock::uptime();
        let due = self
            .said_typing
            .try_with_value(|at| now - *at >= SAY_TYPING_MS);
        if due == Some(true) {
            self.said_typing.set_value(now);
            spawn_local(async move {
                let client = self.talks.session.client();
                drop(client.typing(self.kind, &self.id()).await);
            });
        }
    }

    /// This person's verdict: `up`, `down` or `none`. What went wrong goes to `failed`.
    pub fn rate(self, rating: &'static str, failed: impl Fn(ApiError) + 'static) {
        spawn_local(async move {
            let client = self.talks.session.client();
            match client.feedback(self.kind, &self.id(), rating).await {
                Ok(()) => self.refresh(),
                Err(error) => failed(error),
            }
        });
    }

    /// A message in another language.
    pub async fn translate(self, message: &str, language: &str) -> Result<String, ApiError> {
        let client = self.talks.session.client();
        client
            .translation(self.kind, &self.id(), message, language)
            .await
    }

    /// Gives a file to the browser's downloads; false where it did not come.
    pub async fn download(self, attachment: &str, name: &str) -> bool {
        let client = self.talks.session.client();
        match client.attachment(attachment).await {
            Ok(content) => files::save(name, &content),
            Err(_) => false,
        }
    }

    /// A letter that adds a message to it.
    pub fn letter(self, body: String) -> Option<Letter> {
        let path = messages_of(self.kind, &self.id());
        let lane = self.lane()?;
        Some(Letter::new(String::new(), &lane, &path, body, Timestamp(0)))
    }
}

/// What the letters of a chat go in, whether it is open yet or not.
pub fn chat_lane(incident: &str) -> String {
    format!("chat/{incident}")
}
