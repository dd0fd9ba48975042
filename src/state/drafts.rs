//! What somebody has typed and not sent: kept on this device for each person and field, so that a
//! reload, a crash or a new sign-in loses nothing. Gone when it was sent, or when they sign out.

use super::session::Session;
use crate::platform::clock;
use crate::platform::database::{self, Shelf};
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal, StoredValue};
use leptos::prelude::*;

/// Typing is kept when it pauses for so long.
const PAUSE_MS: i32 = 300;

/// The drafts of the signed-in person.
#[derive(Clone, Copy)]
pub struct Drafts {
    session: Session,
}

/// The text of one field.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<String>,
    /// Its key in the database.
    key: StoredValue<String>,
    /// Counts changes, so that only the last of a burst is written.
    changes: StoredValue<u32>,
}

impl Drafts {
    /// The drafts of a session.
    pub fn new(session: Session) -> Drafts {
        Drafts { session }
    }

    /// The text of a field, such as `incident/29/comment`. What was kept arrives a moment later and
    /// never replaces what has been typed since.
    pub fn open(self, field: &str) -> Draft {
        let key = self.key(field);
        let draft = Draft {
            text: RwSignal::default(),
            key: StoredValue::new(key.clone()),
            changes: StoredValue::default(),
        };
        spawn_local(async move {
            let kept = database::read(Shelf::Drafts, &key)
                .await
                .unwrap_or_default();
            let untouched = draft.text.try_with_untracked(String::is_empty) == Some(true);
            if untouched && !kept.is_empty() {
                let _ = draft.text.try_set(kept);
            }
        });
        draft
    }

    /// What a field's text is kept under: a person's own.
    pub(super) fn key(self, field: &str) -> String {
        format!("{}/{field}", self.session.owner())
    }

    /// Forgets every draft on this device, as on signing out.
    pub async fn wipe(self) {
        database::clear(Shelf::Drafts).await;
    }
}

impl Draft {
    /// The text, to read.
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes what was typed.
    pub fn set(self, typed: String) {
        let _ = self.text.try_set(typed);
        self.keep();
    }

    /// Forgets what was sent. What has been typed meanwhile is not what was sent: it stays.
    pub fn sent(self, words: &str) {
        let same = self.text.try_with_untracked(|text| text.trim() == words) == Some(true);
        if same {
            self.set(String::new());
        }
    }

    fn keep(self) {
        let Some(change) = self.changes.try_update_value(|count| {
            *count = count.wrapping_add(1);
            *count
        }) else {
            return;
        };
        let (text, key) = (self.text.get_untracked(), self.key.get_value());
        spawn_local(async move {
            clock::sleep(PAUSE_MS).await;
            // A page that has gone meanwhile cannot have changed the text any more.
            if self
                .changes
                .try_get_value()
                .is_none_or(|last| last == change)
            {
                store(&key, &text).await;
            }
        });
    }
}

async fn store(key: &str, text: &str) {
    if text.is_empty() {
        database::remove(Shelf::Drafts, key).await;
    } else {
        database::write(Shelf::Drafts, key, text).await;
    }
}

/// The drafts in context.
pub fn drafts() -> Drafts {
    expect_context::<Drafts>()
}
