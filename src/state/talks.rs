//! Conversations with the experts as pages follow them: the list, and each thread that was opened with
//! its messages. What this person sends goes through `letters`; what the service says is only read here.

mod live;
mod thread;

use super::letters::{Letters, letters, root};
use super::session::{Session, session};
use super::turn::Turn;
pub use crate::api::conversations::Rights;
use crate::api::conversations::{FIRST_OF_CHAT, INQUIRIES, Window, closing_of};
use crate::domain::conversation::{Conversation, Kind, unread_mark};
use crate::domain::error::ApiError;
use crate::domain::inquiry::Credits;
use crate::domain::letter::{Before, Letter, Phase, What};
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, RwSignal, Signal, StoredValue};
use leptos::prelude::{Owner, on_cleanup};
use std::cell::RefCell;
use std::sync::Arc;
pub use thread::Thread;
use thread::chat_lane;

/// The conversations of this page's person.
#[derive(Clone, Copy)]
pub struct Talks {
    session: Session,
    letters: Letters,
    list: RwSignal<Load<Arc<Vec<Conversation>>>>,
    rights: RwSignal<Load<Rights>>,
    credits: RwSignal<Load<Option<Credits>>>,
    threads: StoredValue<Vec<Thread>>,
    /// Letters that have arrived and whose conversation has been read again.
    arrived: StoredValue<Vec<String>>,
    watchers: StoredValue<usize>,
    following: StoredValue<bool>,
    turn: Turn,
    /// Where events stand, as far as this tab or the one whose turn it is has heard; empty while unknown.
    after: StoredValue<String>,
    /// When it was last heard that somebody follows them, by `clock::uptime`.
    heard: StoredValue<i64>,
    /// Something may have happened that nobody has told.
    missed: StoredValue<bool>,
    /// Counts what was heard of conversations, also of those that nobody here knows yet.
    stirred: RwSignal<u32>,
}

/// New questions go in the order in which they were asked.
pub const INQUIRIES_LANE: &str = "inquiries";

thread_local! {
    /// They outlive the pages that show them, and are made when the first page needs them.
    static TALKS: RefCell<Option<(Owner, Talks)>> = const { RefCell::new(None) };
}

/// The conversations of this page's person. Call while a component is built.
pub fn talks() -> Talks {
    let known = TALKS.with_borrow(|held| held.as_ref().map(|(_, talks)| *talks));
    if let Some(known) = known.filter(|known| !known.session.closed()) {
        return known;
    }
    let (session, letters) = (session(), letters());
    let owner = root();
    let talks = owner.with(|| Talks::new(session, letters));
    TALKS.set(Some((owner, talks)));
    talks
}

impl Talks {
    fn new(session: Session, letters: Letters) -> Talks {
        let talks = Talks {
            session,
            letters,
            list: RwSignal::new(Load::Loading),
            rights: RwSignal::new(Load::Loading),
            credits: RwSignal::new(Load::Loading),
            threads: StoredValue::default(),
            arrived: StoredValue::default(),
            watchers: StoredValue::default(),
            following: StoredValue::default(),
            turn: Turn::new("events", &session.owner()),
            after: StoredValue::default(),
            heard: StoredValue::default(),
            missed: StoredValue::default(),
            stirred: RwSignal::default(),
        };
        talks.turn.listen(move |word| talks.told(&word));
        let all = letters.all();
        Effect::new(move |_| {
            for letter in all.get() {
                if matches!(letter.phase, Phase::Arrived(_)) && talks.is_news(&letter.key) {
                    talks.look_at_lane(&letter.lane);
                }
            }
        });
        talks.ask_rights();
        talks
    }

    /// The letters, to write one.
    pub fn letters(self) -> Letters {
        self.letters
    }

    /// Whether this deployment has a service to talk to.
    pub fn configured(self) -> bool {
        self.session.client().has_experts()
    }

    /// How many conversations hold something this person has not read; nothing while nobody knows.
    pub fn unread(self) -> Signal<Option<usize>> {
        let count = |all: &Arc<Vec<Conversation>>| all.iter().filter(|one| one.unread > 0).count();
        Signal::derive(move || self.list.with(|list| list.value().map(count)))
    }

    /// All conversations; `refresh` asks for them.
    pub fn list(self) -> Signal<Load<Arc<Vec<Conversation>>>> {
        self.list.into()
    }

    /// What this person may do with the service.
    pub fn rights(self) -> Signal<Load<Rights>> {
        self.rights.into()
    }

    /// How many inquiries are left; `ask_credits` asks for it.
    pub fn credits(self) -> Signal<Load<Option<Credits>>> {
        self.credits.into()
    }

    /// Reads the list again.
    pub fn refresh(self) {
        spawn_local(async move {
            let answer = self.session.client().conversations().await;
            self.settle(self.list, answer.map(Arc::new));
        });
    }

    /// Asks how many inquiries are left.
    pub fn ask_credits(self) {
        spawn_local(async move {
            let answer = self.session.client().credits().await;
            self.settle(self.credits, answer);
        });
    }

    /// Asks what this person may do.
    pub fn ask_rights(self) {
        spawn_local(async move {
            let answer = self.session.client().rights().await;
            self.settle(self.rights, answer);
        });
    }

    /// The thread of a conversation; read anew.
    pub fn open(self, kind: Kind, id: &str) -> Thread {
        let known = self
            .threads
            .with_value(|all| all.iter().find(|one| one.is(id)).copied());
        let thread = known.unwrap_or_else(|| {
            let owner = TALKS.with_borrow(|held| held.as_ref().map(|(owner, _)| owner.clone()));
            let make = || Thread::new(self, kind, id);
            let thread = owner.map_or_else(make, |owner| owner.with(make));
            self.threads.update_value(|all| all.push(thread));
            thread
        });
        thread.refresh();
        thread
    }

    /// Which of the two a conversation is that is only known by its id.
    pub async fn kind_of(self, id: &str) -> Result<Kind, ApiError> {
        let listed = self.list.try_with_untracked(|list| {
            let all = list.value()?;
            all.iter().find(|one| one.id == id).map(|one| one.kind)
        });
        if let Some(kind) = listed.flatten() {
            return Ok(kind);
        }
        let client = self.session.client();
        // The list knows most of them; asking for one by the wrong kind would be a refusal for nothing.
        if let Ok(all) = client.conversations().await
            && let Some(one) = all.iter().find(|one| one.id == id)
        {
            return Ok(one.kind);
        }
        match client.conversation(Kind::Inquiry, id).await {
            Ok(_) => Ok(Kind::Inquiry),
            Err(ApiError::NotFound { .. }) => client
                .conversation(Kind::Chat, id)
                .await
                .map(|_| Kind::Chat),
            Err(error) => Err(error),
        }
    }

    /// The chat about an incident, where one is open. One that was open before can be read and written
    /// in while the service cannot be asked.
    pub async fn chat_of(self, incident: &str) -> Result<Option<Thread>, ApiError> {
        let found = self.session.client().chat_of(incident).await;
        let known = || {
            let lane = Some(chat_lane(incident));
            let of_incident =
                |all: &Vec<Thread>| all.iter().find(|one| one.lane() == lane).copied();
            self.threads.try_with_value(of_incident).flatten()
        };
        match found {
            Ok(found) => Ok(found.map(|chat| self.open(Kind::Chat, &chat.id))),
            Err(error) if error.worth_retrying() => known().map(Some).ok_or(error),
            Err(error) => Err(error),
        }
    }

    /// A letter that asks a new question.
    pub fn question(self, body: String) -> Letter {
        Letter::new(String::new(), INQUIRIES_LANE, INQUIRIES, body, Timestamp(0))
    }

    /// A letter that opens the chat about an incident, where it is not open, and says the first thing.
    pub fn first_of_chat(self, incident: &str, body: String) -> Letter {
        let lane = chat_lane(incident);
        let mut letter = Letter::new(String::new(), &lane, FIRST_OF_CHAT, body, Timestamp(0));
        letter.before.push(Before {
            what: What::Thread {
                incident: incident.to_owned(),
            },
            key: String::new(),
            id: None,
        });
        letter
    }

    /// Closes an inquiry for good, once, whatever happens to the answer.
    pub fn close(self, thread: Thread) {
        let (Some(lane), Some(about)) = (thread.lane(), thread.about().try_get_untracked()) else {
            return;
        };
        let path = closing_of(&thread.id());
        let body = String::new();
        let mut letter = Letter::new(String::new(), &lane, &path, body, Timestamp(0));
        let title = about.value().map(|about| about.title.clone());
        letter.title = title.unwrap_or_default();
        self.letters.post(letter, Vec::new(), || ());
    }

    /// Marks all of a conversation as read, or the last word of others as unread.
    pub async fn mark(self, about: &Conversation, read: bool) -> Result<(), ApiError> {
        let client = self.session.client();
        let up_to = if read {
            about.count
        } else {
            let newest = client
                .messages(about.kind, &about.id, Window::Newest)
                .await?;
            unread_mark(&newest.items)
        };
        client.mark_read(about.kind, &about.id, up_to).await
    }

    /// People of the directory, by the beginning of a name or an address: name and mail.
    pub async fn people(self, search: &str) -> Result<Vec<(String, String)>, ApiError> {
        self.session.client().addressees(search).await
    }

    /// Changes whenever something was heard, or missed, of any conversation.
    pub fn stirred(self) -> Signal<u32> {
        self.stirred.into()
    }

    /// Keeps what is shown current for as long as the current component is in view.
    pub fn watch(self) {
        self.watchers.update_value(|count| *count += 1);
        on_cleanup(move || self.watchers.update_value(|count| *count -= 1));
        self.follow();
    }

    fn is_news(self, key: &str) -> bool {
        let note = |seen: &mut Vec<String>| {
            let news = !seen.iter().any(|known| known == key);
            if news {
                seen.push(key.to_owned());
            }
            news
        };
        self.arrived.try_update_value(note).unwrap_or(false)
    }

    /// Reads again what a letter has changed.
    fn look_at_lane(self, lane: &str) {
        let threads = self.threads.try_get_value().unwrap_or_default();
        for thread in threads {
            if thread.lane().as_deref() == Some(lane) {
                thread.refresh();
            }
        }
        if self.listed() {
            self.refresh();
        }
    }

    fn listed(self) -> bool {
        let asked = |list: &Load<_>| !matches!(list, Load::Loading);
        self.list.try_with_untracked(asked).unwrap_or(false)
    }

    fn settle<T: Clone + Send + Sync + 'static>(
        self,
        signal: RwSignal<Load<T>>,
        answer: Result<T, ApiError>,
    ) {
        self.session.answered(answer.as_ref().err());
        if let Some(before) = signal.try_get_untracked() {
            let _ = signal.try_set(before.settle(answer, Timestamp(clock::now())));
        }
    }
}
