//! What somebody has typed and not sent: kept on this device for each person and field, so that a
//! reload, a crash or a new sign-in loses nothing. Gone when it was sent, or when they sign out.

use super::comments;
use crate::platform::clock;
use crate::platform::database::{self, Shelf};
use crate::platform::storage::{self, Place};
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal, StoredValue};
use leptos::prelude::*;

/// While somebody types, what they typed is kept so often.
const PAUSE_MS: i32 = 300;
/// So often it is looked whether the disk has taken what it was given.
const WRITING_MS: i32 = 5;
/// What stood under the same field when it was written over without having been seen.
const OTHER: &str = ":other";
/// When a draft was last written: what nobody comes back to is not kept for ever.
const BEGUN: &str = ":begun";
const LASTS_MS: i64 = 30 * 86_400_000;
/// Whether a person wants nothing kept on this device that they have not sent.
const NONE: &str = "mdr-no-drafts";

/// The drafts of the signed-in person.
#[derive(Clone, Copy)]
pub struct Drafts {
    /// Every field that was opened. They belong to the portal, not to the page that opened them: what
    /// was typed last before a page closes is kept, too, and what no disk has is there again.
    open: StoredValue<Vec<Draft>>,
    around: StoredValue<Owner>,
    refused: RwSignal<bool>,
}

/// The text of one field.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<String>,
    /// Its key in the database: the field.
    key: StoredValue<String>,
    /// What this tab last read from the disk or wrote there.
    kept: StoredValue<String>,
    /// True while somebody sees to it that the disk has what is typed.
    keeping: StoredValue<bool>,
    /// True while the disk is being written.
    writing: StoredValue<bool>,
    /// Whether the disk has refused the last text of any field.
    refused: RwSignal<bool>,
    /// True where the disk has refused the text, or is not to have it.
    only_here: StoredValue<bool>,
}

/// Whether drafts are kept on this device.
fn wanted() -> bool {
    storage::read(Place::Device, NONE).is_none()
}

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts {
            open: StoredValue::default(),
            around: StoredValue::new(Owner::current().unwrap_or_default()),
            refused: RwSignal::new(false),
        }
    }
}

impl Drafts {
    /// The text of a field, such as `incident/29/comment`. What was kept arrives a moment later and
    /// never replaces what has been typed since.
    pub fn open(self, field: &str) -> Draft {
        self.open_then(field, || ())
    }

    /// The same, and what to do once what was kept of it is here.
    pub fn open_then(self, field: &str, then: impl FnOnce() + 'static) -> Draft {
        let draft = self.draft(field);
        spawn_local(async move {
            draft.restore().await;
            then();
        });
        draft
    }

    /// The text of a field as it stands on this page.
    fn draft(self, field: &str) -> Draft {
        let mut open = self.open.try_get_value().unwrap_or_default().into_iter();
        let known = open.find(|draft| draft.is_of(field));
        known.unwrap_or_else(|| {
            let around = self.around.try_get_value().unwrap_or_default();
            let draft = around.with(|| Draft {
                text: RwSignal::default(),
                key: StoredValue::new(field.to_owned()),
                kept: StoredValue::default(),
                keeping: StoredValue::default(),
                writing: StoredValue::default(),
                refused: self.refused,
                only_here: StoredValue::default(),
            });
            let _ = self.open.try_update_value(|open| open.push(draft));
            draft
        })
    }

    /// What has been typed and not sent, each with its field.
    pub async fn unsent(self) -> Vec<(String, String)> {
        let kept = database::read_all(Shelf::Drafts, "").await;
        let mut unsent: Vec<(String, String)> = kept.unwrap_or_default();
        for draft in self.open.try_get_value().unwrap_or_default() {
            let shown = (draft.key.try_get_value(), draft.text.try_get_untracked());
            if let (Some(key), Some(text)) = shown {
                unsent.retain(|(kept, _)| *kept != key);
                unsent.push((key, text));
            }
        }
        let own_words = |key: &str| !key.ends_with(comments::MARK) && !key.ends_with(BEGUN);
        unsent.retain(|(key, text)| !text.trim().is_empty() && own_words(key));
        unsent
    }

    /// Forgets what was sent out of a field, wherever it is shown and kept; what is not the same stays.
    /// The disk has forgotten it once this is done, even where it was just being written.
    pub(super) async fn sent(self, field: &str, words: &str) {
        if field.is_empty() {
            return;
        }
        for draft in self.open.try_get_value().unwrap_or_default() {
            if draft.is_of(field) {
                draft.sent(words);
                draft.flush().await;
            }
        }
        if let Ok(Some(kept)) = database::read(Shelf::Drafts, field).await
            && kept.trim() == words
        {
            database::remove(Shelf::Drafts, field).await;
        }
    }

    /// Takes what is being sent from here off what has been typed behind it meanwhile: that stays alone.
    pub(super) fn cut(self, field: &str, words: &str) {
        let mut open = self.open.try_get_value().unwrap_or_default().into_iter();
        if let Some(draft) = open.find(|draft| draft.is_of(field))
            && let Some(text) = draft.text.try_get_untracked()
            && let Some(rest) = text.trim_start().strip_prefix(words)
        {
            draft.set(rest.trim_start().to_owned());
        }
    }

    /// Puts words back into a field that they were sent out of, before what stands there now. They are
    /// there, and on the disk where that takes them, once this is done.
    pub async fn put_back(self, field: &str, words: &str, between: &str) {
        let draft = self.draft(field);
        draft.restore().await;
        let now = draft.text.try_get_untracked().unwrap_or_default();
        if words.is_empty() || now == words {
            return;
        }
        let back = match now.as_str() {
            "" => words.to_owned(),
            now => format!("{words}{between}{now}"),
        };
        draft.set(back);
        draft.flush().await;
    }

    /// Puts words back where nothing stands now: what somebody has written since comes first.
    pub(super) async fn give_back(self, field: &str, words: &str) {
        let kept = database::read(Shelf::Drafts, field).await;
        let open = self.open.try_get_value().unwrap_or_default().into_iter();
        let shown = open.filter(|draft| draft.is_of(field));
        let shown = shown.filter_map(|draft| draft.text.try_get_untracked());
        let mut standing = shown.chain(kept.ok().flatten());
        if !words.is_empty() && standing.all(|text| text.trim().is_empty()) {
            self.put_back(field, words, "").await;
        }
    }

    /// Whether this browser refuses to keep what is typed.
    pub fn refused(self) -> Signal<bool> {
        self.refused.into()
    }

    /// Waits until everything that was typed has been kept, as before leaving the page, though not
    /// for ever.
    pub async fn kept(self) {
        for _ in 0..100 {
            let open = self.open.try_get_value().unwrap_or_default();
            if open.iter().all(|draft| draft.unkept().is_none()) {
                return;
            }
            clock::sleep(20).await;
        }
    }

    /// Whether what is typed is kept on this device.
    pub fn are_kept(self) -> bool {
        wanted()
    }

    /// Keeps what is typed on this device from now on, or nothing, not even what is there.
    pub fn keep_any(self, keep: bool) {
        if keep {
            storage::remove(Place::Device, NONE);
        } else {
            storage::write(Place::Device, NONE, "1");
        }
        spawn_local(async move {
            if !keep {
                database::remove_all(Shelf::Drafts, "").await;
            }
            for draft in self.open.try_get_value().unwrap_or_default() {
                let _ = draft.kept.try_set_value(String::new());
                draft.keep();
            }
        });
    }

    /// Forgets what nobody has come back to for a month.
    pub async fn expire(self) {
        let all = database::read_all(Shelf::Drafts, "").await;
        for (key, begun) in all.unwrap_or_default() {
            let (Some(draft), Ok(begun)) = (key.strip_suffix(BEGUN), begun.parse::<i64>()) else {
                continue;
            };
            if clock::now() - begun > LASTS_MS {
                let other = format!("{draft}{OTHER}");
                for old in [draft, &other, &key] {
                    database::remove(Shelf::Drafts, old).await;
                }
            }
        }
    }

    /// Forgets this person's drafts, on this device and on the page, as on signing out.
    pub async fn wipe(self) {
        for draft in self.open.try_get_value().unwrap_or_default() {
            draft.set(String::new());
        }
        database::remove_all(Shelf::Drafts, "").await;
    }
}

impl Draft {
    fn is_of(self, field: &str) -> bool {
        self.key.try_with_value(|key| key == field) == Some(true)
    }

    /// The text, to read.
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes what was typed.
    pub fn set(self, typed: String) {
        let _ = self.text.try_set(typed);
        self.keep();
    }

    /// Shows what has been kept for it meanwhile, or else these words: what somebody has written since
    /// comes first.
    pub fn fill(self, words: String) {
        spawn_local(async move {
            self.restore().await;
            let empty = self.text.try_with_untracked(|text| text.trim().is_empty());
            if empty == Some(true) && !words.is_empty() {
                self.set(words);
            }
        });
    }

    /// Forgets what was sent. What has been typed meanwhile is not what was sent: it stays.
    pub fn sent(self, words: &str) {
        let same = self.text.try_with_untracked(|text| text.trim() == words) == Some(true);
        if same {
            self.set(String::new());
        }
    }

    /// Whether another tab has sent what stands here, or thrown it away: it was kept, and is no more.
    /// It is kept again, for the person to decide about.
    pub(super) async fn gone(self) -> bool {
        let only_here = self.only_here.try_get_value() != Some(false);
        if only_here || !wanted() || self.unkept().is_some() {
            return false;
        }
        let Some(key) = self.key.try_get_value() else {
            return false;
        };
        let gone = matches!(database::read(Shelf::Drafts, &key).await, Ok(None));
        if gone {
            let _ = self.kept.try_set_value(String::new());
            self.keep();
        }
        gone
    }

    /// Fetches what was kept. Where two tabs had typed different things, both stand in the field.
    async fn restore(self) {
        let stands = || (self.text.try_get_untracked(), self.kept.try_get_value());
        let (Some(key), before) = (self.key.try_get_value(), stands()) else {
            return;
        };
        let other = format!("{key}{OTHER}");
        let kept = database::read(Shelf::Drafts, &key).await;
        let beside = database::read(Shelf::Drafts, &other).await;
        let (Ok(kept), beside) = (kept, beside.ok().flatten()) else {
            return;
        };
        let kept = kept.unwrap_or_default();
        // What was typed since, and what the disk does not have, stays.
        let typed = self.unkept().is_some() || stands() != before;
        if typed || self.only_here.try_get_value() != Some(false) {
            return;
        }
        let _ = self.kept.try_set_value(kept.clone());
        let Some(beside) = beside.filter(|beside| *beside != kept) else {
            let _ = self.text.try_set(kept);
            return;
        };
        let both = [kept, beside].into_iter().filter(|text| !text.is_empty());
        self.set(both.collect::<Vec<_>>().join("\n\n"));
        database::remove(Shelf::Drafts, &other).await;
    }

    /// Writes what is typed until the disk has it, at once and then with pauses.
    fn keep(self) {
        if self.keeping.try_get_value() != Some(false) {
            return;
        }
        let _ = self.keeping.try_set_value(true);
        spawn_local(async move {
            while self.unkept().is_some() {
                self.flush().await;
                clock::sleep(PAUSE_MS).await;
            }
            let _ = self.keeping.try_set_value(false);
        });
    }

    /// Writes what the disk does not have, after what is being written.
    async fn flush(self) {
        while self.writing.try_get_value() == Some(true) {
            clock::sleep(WRITING_MS).await;
        }
        if let Some(text) = self.unkept() {
            let _ = self.writing.try_set_value(true);
            self.write(text).await;
            let _ = self.writing.try_set_value(false);
        }
    }

    /// The text, where the disk does not have it yet.
    fn unkept(self) -> Option<String> {
        let text = self.text.try_get_untracked()?;
        let kept = self.kept.try_get_value()?;
        (text != kept).then_some(text)
    }

    /// Writes a text over what is kept; what this tab does not know of is put aside: another tab's
    /// text, or an old one that somebody typed faster than it could be fetched.
    async fn write(self, text: String) {
        let (Some(key), Some(known)) = (self.key.try_get_value(), self.kept.try_get_value()) else {
            return;
        };
        if !wanted() {
            let _ = self.only_here.try_set_value(!text.is_empty());
            let _ = self.kept.try_set_value(text);
            return;
        }
        let keys = ["", OTHER, BEGUN].map(|part| key.clone() + part);
        // All of it at once: a disk is slow, and the page may go at any time.
        let mut decide = |held: Vec<Option<String>>| {
            let [held, other, _] = held.try_into().unwrap_or_default();
            let aside = held.filter(|held| *held != known && *held != text);
            let now = !text.is_empty() || aside.is_some() || other.is_some();
            let mut writes = vec![
                (0, (!text.is_empty()).then(|| text.clone())),
                (2, now.then(|| clock::now().to_string())),
            ];
            if aside.is_some() {
                writes.push((1, aside));
            }
            writes
        };
        let kept = database::exchange(Shelf::Drafts, &keys, &mut decide).await;
        let kept = kept.is_ok();
        if self.refused.try_get_untracked() == Some(kept) {
            let _ = self.refused.try_set(!kept);
        }
        let _ = self.only_here.try_set_value(!kept);
        // Refused storage is not asked again for the same text.
        let _ = self.kept.try_set_value(text);
    }
}

/// The drafts in context.
pub fn drafts() -> Drafts {
    expect_context::<Drafts>()
}
