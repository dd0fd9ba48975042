//! Everything this person sends to the Experts API that must arrive once: kept on this device before
//! it is sent, sent in order by one tab at a time, taken up again after a reload. What follows from
//! what is said by `domain::letter`; the disk, the lane's lock, the network and the pauses are here.

mod lanes;
mod shelf;

use super::drafts::{Drafts, drafts};
use super::session::{Session, session};
use crate::domain::inquiry;
use crate::domain::letter::{self, Before, Event, Letter, Phase, What};
use crate::domain::time::Timestamp;
use crate::platform::channel::Channel;
use crate::platform::database::{self, Shelf};
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto, locks};
use crate::reactive::{Effect, RwSignal, Signal, StoredValue};
use lanes::Lane;
use leptos::prelude::{Owner, SetValue};
use shelf::{file, text_of};
use std::cell::RefCell;

/// A letter that has arrived is shown as sent for so long, unless its conversation shows it sooner.
const SHOWN_MS: i32 = 15_000;

/// The letters of the signed-in person.
#[derive(Clone, Copy)]
pub struct Letters {
    session: Session,
    drafts: Drafts,
    all: RwSignal<Vec<Letter>>,
    /// Those that are on their way to the disk for the first time.
    writing: StoredValue<Vec<String>>,
    /// The fields that those were written in.
    handing_over: RwSignal<Vec<String>>,
    /// The contents of files that were chosen here, by key.
    contents: StoredValue<Vec<(String, Vec<u8>)>>,
    /// What is to go with the next letter of a field, by the field.
    chosen: StoredValue<Vec<(String, Chosen)>>,
    lanes: StoredValue<Vec<Lane>>,
    /// Letters that something has been decided about whose lane is not free yet.
    decided: RwSignal<Vec<String>>,
    /// True while this browser refuses to keep anything.
    refused: RwSignal<bool>,
    channel: leptos::prelude::StoredValue<Option<Channel>, leptos::prelude::LocalStorage>,
}

/// Files that have been chosen and not sent.
type Chosen = RwSignal<Vec<Enclosure>>;

/// What a person decides about a letter that does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is sent after all.
    Again,
    /// It is forgotten.
    Withdraw,
    /// It is not sent, and what it says stands again where it was written.
    TakeBack,
}

/// A file to go with a letter, as it was chosen.
#[derive(Clone)]
pub struct Enclosure {
    pub name: String,
    pub media: String,
    pub content: Vec<u8>,
}

thread_local! {
    /// They outlive every page, and are made when the first page needs them.
    static LETTERS: RefCell<Option<(Owner, Letters)>> = const { RefCell::new(None) };
}

/// The letters of this page's person. Call while a component is built. The first call takes up what an
/// earlier page left.
pub fn letters() -> Letters {
    let known = LETTERS.with_borrow(|held| held.as_ref().map(|(_, letters)| *letters));
    if let Some(known) = known.filter(|known| !known.session.closed()) {
        return known;
    }
    let (session, drafts) = (session(), drafts());
    let owner = root();
    let letters = owner.with(|| Letters::new(session, drafts));
    LETTERS.set(Some((owner, letters)));
    letters
}

/// An owner of signals that outlive the component being built.
pub(super) fn root() -> Owner {
    let around = Owner::current();
    let owner = Owner::new_root(None);
    // A new root makes itself the current owner; what is built next belongs to the one before.
    if let Some(around) = around {
        around.set();
    }
    owner
}

impl Letters {
    fn new(session: Session, drafts: Drafts) -> Letters {
        let letters = Letters {
            session,
            drafts,
            all: RwSignal::default(),
            writing: StoredValue::default(),
            handing_over: RwSignal::default(),
            contents: StoredValue::default(),
            chosen: StoredValue::default(),
            lanes: StoredValue::default(),
            decided: RwSignal::default(),
            refused: RwSignal::new(false),
            channel: leptos::prelude::StoredValue::new_local(None),
        };
        let channel = Channel::open("mdr-letters", move |_| letters.compare());
        letters.channel.set_value(Some(channel));
        letters.compare();
        let (up, ended) = (session.connection().up(), session.ended());
        Effect::new(move |before: Option<bool>| {
            let works = up.get() && !ended.get();
            if works && before == Some(false) {
                letters.compare();
            }
            works
        });
        letters
    }

    /// All that has been written and not yet heard of, the oldest first; those that have just arrived
    /// are among them for a moment.
    pub fn all(self) -> Signal<Vec<Letter>> {
        self.all.into()
    }

    /// Whether this browser refuses to keep them: they would not survive a reload.
    pub fn unkept(self) -> Signal<bool> {
        self.refused.into()
    }

    /// The files that are to go with the next letter of a field. They stay while the portal does.
    pub fn files(self, field: &str) -> Chosen {
        let find = |all: &Vec<(String, Chosen)>| {
            let found = all.iter().find(|(known, _)| known == field);
            found.map(|(_, chosen)| *chosen)
        };
        let known = self.chosen.try_with_value(find).flatten();
        known.unwrap_or_else(|| {
            let owner = LETTERS.with_borrow(|held| held.as_ref().map(|(owner, _)| owner.clone()));
            let chosen = owner.map_or_else(Chosen::default, |owner| owner.with(Chosen::default));
            self.chosen
                .update_value(|all| all.push((field.to_owned(), chosen)));
            chosen
        })
    }

    /// Whether what was written in a field is on its way to the disk: until it is there nothing more is
    /// sent out of that field, or the same would be sent twice.
    pub fn hands_over(self, field: &str) -> bool {
        self.handing_over.read().iter().any(|known| known == field)
    }

    /// Writes a letter and sends it as soon as it can be. The field that it was typed in is
    /// emptied once the letter is kept, and `kept` called. Gives the letter's key, and nothing where
    /// the browser has no randomness to make one of.
    pub fn post(
        self,
        mut letter: Letter,
        files: Vec<Enclosure>,
        kept: impl FnOnce() + 'static,
    ) -> Option<String> {
        let key = crypto::uuid()?;
        letter.key.clone_from(&key);
        let last = self.all.try_with_untracked(|all| {
            let lane = all.iter().filter(|other| other.lane == letter.lane);
            lane.map(|other| other.written.0).max().unwrap_or_default()
        })?;
        letter.written = Timestamp(clock::now().max(last + 1));
        let mut contents = Vec::new();
        for file in files {
            let key = crypto::uuid()?;
            contents.push((key.clone(), text_of(&file.content)));
            self.contents
                .update_value(|all| all.push((key.clone(), file.content)));
            let (name, media) = (file.name, file.media);
            letter.before.push(Before {
                what: What::File { name, media },
                key,
                id: None,
            });
        }
        for before in &mut letter.before {
            if before.key.is_empty() {
                before.key = crypto::uuid()?;
            }
        }
        self.writing.update_value(|all| all.push(key.clone()));
        self.handing_over
            .update(|all| all.push(letter.field.clone()));
        self.show(letter.clone());
        spawn_local(async move {
            let mut on_disk = true;
            for (key, content) in contents {
                on_disk &= database::write(Shelf::Outbox, &file(&key), &content).await;
            }
            on_disk &= self.keep(&letter).await;
            self.change(&letter.key, |letter| letter.kept = on_disk);
            self.drafts.cut(&letter.field, &letter.words);
            // From the disk, too, before it goes: what shows the answer may open the field anew.
            self.empty_fields(&letter).await;
            kept();
            let _ = self
                .handing_over
                .try_update(|all| all.retain(|field| *field != letter.field));
            self.writing
                .update_value(|all| all.retain(|key| *key != letter.key));
            self.drain(letter.lane);
        });
        Some(key)
    }

    /// Forgets what a letter says where it was typed.
    async fn empty_fields(self, letter: &Letter) {
        self.drafts.sent(&letter.field, &letter.words).await;
        if let Some(asked) = inquiry::asked(&letter.body) {
            // Its subject may be another than the one it was begun with.
            let [topic, contacts] = inquiry::beside(&letter.field);
            let told = asked.contacts.join("\n");
            self.drafts.sent(&topic, asked.topic.trim()).await;
            self.drafts.sent(&contacts, &told).await;
        }
    }

    /// The letters that something has been decided about, and not done yet.
    pub fn decided(self) -> Signal<Vec<String>> {
        self.decided.into()
    }

    /// Does what a person decides about a letter: false where it came too late, and the letter moves, or
    /// is gone. The lane's next letter waits for it.
    pub async fn decide(self, key: &str, decision: Decision) -> bool {
        let _ = self
            .decided
            .try_update(|decided| decided.push(key.to_owned()));
        let done = self.carry_out(key, decision).await;
        let _ = self
            .decided
            .try_update(|decided| decided.retain(|one| one != key));
        done
    }

    /// In the lane's turn, and on the letter as the disk has it.
    async fn carry_out(self, key: &str, decision: Decision) -> bool {
        let Some(shown) = self.of(key) else {
            return false;
        };
        let _deciding = locks::take(&self.deciding(key), true).await;
        if decision != Decision::Again {
            // The lane may be long in coming, and the page may be gone by then.
            self.keep_withdrawal(&shown, decision == Decision::TakeBack)
                .await;
        }
        let lock = locks::take(&self.lock(&shown.lane), true).await;
        let letter = self.now(&shown).await.filter(Letter::withdrawable);
        let Some(mut letter) = letter else {
            self.forget_withdrawal(&shown).await;
            drop(lock);
            self.compare();
            return false;
        };
        if decision == Decision::Again {
            letter.on(Event::Again);
            letter.kept = self.keep(&letter).await;
            self.show(letter);
        } else {
            self.take_out(&letter, decision == Decision::TakeBack).await;
        }
        drop(lock);
        self.drain(shown.lane);
        true
    }

    /// Forgets a letter; its words stand again where they were written, if they are wanted `back`.
    async fn take_out(self, letter: &Letter, back: bool) {
        // Before it is forgotten: whatever happens in between, the words are somewhere.
        if back {
            self.put_back(letter).await;
        }
        self.forget(letter).await;
        self.drop_shown(&letter.key);
    }

    /// Puts what a letter says where it was written; a question where its subject is asked about.
    async fn put_back(self, letter: &Letter) {
        let mut field = letter.field.clone();
        if let Some(asked) = inquiry::asked(&letter.body) {
            let [words, topic, contacts] = inquiry::fields(&asked.about);
            self.drafts.put_back(&topic, &asked.topic, " / ").await;
            let told = asked.contacts.join("\n");
            self.drafts.put_back(&contacts, &told, "\n").await;
            field = words;
        }
        self.drafts.put_back(&field, &letter.words, "\n\n").await;
        let files = self.files(&field);
        for before in &letter.before {
            if let What::File { name, media } = &before.what
                && let Some(content) = self.content(&before.key).await
            {
                let (name, media) = (name.clone(), media.clone());
                files.update(|all| {
                    all.push(Enclosure {
                        name,
                        media,
                        content,
                    });
                });
            }
        }
    }

    /// The conversation shows what the letter said: it has arrived, whatever was known of it until now.
    pub fn seen(self, key: &str) {
        match self.of(key).map(|letter| letter.phase) {
            Some(Phase::Arrived(_)) => self.drop_shown(key),
            Some(Phase::Lost | Phase::Refused(_)) => {
                let key = key.to_owned();
                spawn_local(async move {
                    self.decide(&key, Decision::Withdraw).await;
                });
            }
            // Whoever sends it hears so in a moment.
            _ => {}
        }
    }

    /// Makes this tab show what the disk has, and goes on with it.
    fn compare(self) {
        spawn_local(async move {
            if let Some(kept) = self.kept().await {
                for letter in kept.iter().filter(|letter| self.of(&letter.key).is_none()) {
                    // A page that was killed between keeping the letter and emptying its fields.
                    self.empty_fields(letter).await;
                }
                let _ = self
                    .all
                    .try_update(|all| *all = letter::compare(all, &kept));
            }
            let lanes = self.all.try_with_untracked(|all| {
                let waiting = all.iter().filter(|letter| !letter.at_rest());
                let mut lanes: Vec<String> = waiting.map(|letter| letter.lane.clone()).collect();
                lanes.dedup();
                lanes
            });
            for lane in lanes.unwrap_or_default() {
                self.drain(lane);
            }
        });
    }

    /// A letter as this tab shows it.
    fn of(self, key: &str) -> Option<Letter> {
        let find = |all: &Vec<Letter>| all.iter().find(|letter| letter.key == key).cloned();
        self.all.try_with_untracked(find).flatten()
    }

    fn show(self, letter: Letter) {
        let _ =
            self.all.try_update(
                |all| match all.iter_mut().find(|known| known.key == letter.key) {
                    Some(known) => *known = letter,
                    None => all.push(letter),
                },
            );
    }

    fn change(self, key: &str, change: impl FnOnce(&mut Letter)) {
        let _ = self.all.try_update(|all| {
            if let Some(letter) = all.iter_mut().find(|letter| letter.key == key) {
                change(letter);
            }
        });
    }

    fn drop_shown(self, key: &str) {
        let _ = self
            .all
            .try_update(|all| all.retain(|letter| letter.key != key));
    }
}
