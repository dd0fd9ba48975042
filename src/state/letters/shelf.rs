//! The letters on this device's disk, with the files that go with them.

use super::Letters;
use crate::domain::letter::{Letter, Phase};
use crate::platform::database::{self, Shelf};

/// Notes that the words of a withdrawn letter are wanted back.
const BACK: &str = "back";

impl Letters {
    /// A letter as the disk has it now; as it is shown where the disk has none.
    pub(super) async fn now(self, shown: &Letter) -> Option<Letter> {
        match database::read(Shelf::Outbox, &place(&shown.key)).await {
            Ok(Some(record)) => {
                let known = Some(shown).filter(|shown| shown.phase == Phase::Lost);
                let letter = Letter::restored(&record)?;
                Some(known.cloned().unwrap_or(letter))
            }
            Ok(None) if shown.kept => None,
            _ => Some(shown.clone()),
        }
    }

    /// Puts a letter on the disk as it stands; true once it is there.
    pub(super) async fn keep(self, letter: &Letter) -> bool {
        let place = place(&letter.key);
        let kept = database::write(Shelf::Outbox, &place, &letter.record()).await;
        let _ = self.refused.try_set(!kept);
        self.tell();
        kept
    }

    pub(super) async fn forget(self, letter: &Letter) {
        database::remove(Shelf::Outbox, &place(&letter.key)).await;
        self.forget_withdrawal(letter).await;
        for before in &letter.before {
            self.contents
                .update_value(|all| all.retain(|(key, _)| *key != before.key));
            database::remove(Shelf::Outbox, &file(&before.key)).await;
        }
        self.tell();
    }

    /// Notes that a person has withdrawn a letter, in case that this page is killed before its lane is
    /// free, and whether they want its words back.
    pub(super) async fn keep_withdrawal(self, letter: &Letter, back: bool) {
        let note = if back { BACK } else { "" };
        database::write(Shelf::Outbox, &withdrawal(&letter.key), note).await;
    }

    pub(super) async fn forget_withdrawal(self, letter: &Letter) {
        database::remove(Shelf::Outbox, &withdrawal(&letter.key)).await;
    }

    /// Where a person has withdrawn it, and it can still be: whether they want its words back.
    pub(super) async fn withdrawn(self, letter: &Letter) -> Option<bool> {
        let place = withdrawal(&letter.key);
        let note = database::read(Shelf::Outbox, &place).await.ok()??;
        letter.withdrawable().then_some(note == BACK)
    }

    pub(super) async fn content(self, key: &str) -> Option<Vec<u8>> {
        let chosen = self.contents.try_with_value(|all| {
            let found = all.iter().find(|(known, _)| known == key);
            found.map(|(_, content)| content.clone())
        })?;
        if chosen.is_some() {
            return chosen;
        }
        let kept = database::read(Shelf::Outbox, &file(key)).await;
        Some(bytes_of(&kept.ok()??))
    }

    /// All letters on the disk; `None` where it cannot be read.
    pub(super) async fn kept(self) -> Option<Vec<Letter>> {
        let all = database::read_all(Shelf::Outbox, &place("")).await;
        let _ = self.refused.try_set(all.is_err());
        let records = all.ok()?.into_iter();
        Some(
            records
                .filter_map(|(_, record)| Letter::restored(&record))
                .collect(),
        )
    }

    fn tell(self) {
        leptos::prelude::WithValue::try_with_value(&self.channel, |channel| {
            channel.as_ref().map(|channel| channel.tell(""))
        });
    }

    /// Held by the tab in which something is being decided about a letter.
    pub(super) fn deciding(self, key: &str) -> String {
        format!("mdr-letters-deciding/{key}")
    }

    pub(super) fn lock(self, lane: &str) -> String {
        format!("mdr-letters/{lane}")
    }
}

fn place(key: &str) -> String {
    format!("letter/{key}")
}

pub(super) fn file(key: &str) -> String {
    format!("letter-file/{key}")
}

fn withdrawal(key: &str) -> String {
    format!("letter-withdrawn/{key}")
}

/// The disk keeps texts: a character for each byte.
pub(super) fn text_of(content: &[u8]) -> String {
    content.iter().copied().map(char::from).collect()
}

fn bytes_of(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or_default())
        .collect()
}
