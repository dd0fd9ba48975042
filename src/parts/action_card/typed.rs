//! What a person types beside an answer, for one card: the comment that goes to a device, or why an
//! action is skipped. Its draft belongs to the card, and is opened when it is first needed.

use crate::domain::id::TaskId;
use crate::domain::machine;
use crate::platform::task::spawn_local;
use crate::reactive::StoredValue;
use crate::state::drafts::{Draft, Drafts, drafts};

/// The one text of a card.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    drafts: Drafts,
    field: StoredValue<String>,
    open: StoredValue<Option<Draft>>,
}

impl Typed {
    /// Of a task's card. Call while it is built.
    pub(super) fn of(task: &TaskId) -> Typed {
        let field = match machine::of_task(task) {
            Some((device, _)) => format!("device/{device}/comment"),
            None => format!("task/{task}/skip"),
        };
        Typed {
            drafts: drafts(),
            field: StoredValue::new(field),
            open: StoredValue::default(),
        }
    }

    /// Its draft.
    pub(super) fn draft(self) -> Draft {
        if let Some(draft) = self.open.get_value() {
            return draft;
        }
        let field = self.field.get_value();
        let draft = self.drafts.open(&field);
        self.open.set_value(Some(draft));
        draft
    }

    /// Puts words there where nothing stands.
    pub(super) fn fill(self, words: String) {
        let (drafts, field) = (self.drafts, self.field.get_value());
        spawn_local(async move { drafts.fill(&field, &words).await });
    }

    /// What stands there, followed.
    pub(super) fn words(self) -> String {
        self.draft().text().read().trim().to_owned()
    }
}
