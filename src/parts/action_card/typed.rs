//! What a person types beside an answer, for one card: the comment that goes to a device, or why an
//! action is skipped. Its draft belongs to the card, and is opened when it is first needed.

use crate::domain::id::TaskId;
use crate::domain::machine;
use crate::reactive::StoredValue;
use crate::state::comments::{CommentBox, Comments, comments};
use crate::state::drafts::{Draft, Drafts, drafts};

/// The one text of a card.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    drafts: Drafts,
    comments: Comments,
    /// Whether it goes to a device, and not among the comments.
    of_device: bool,
    field: StoredValue<String>,
    open: StoredValue<Option<Draft>>,
}

impl Typed {
    /// Of a task's card. Call while it is built.
    pub(super) fn of(task: &TaskId) -> Typed {
        let of_device = machine::field_of(task);
        Typed {
            drafts: drafts(),
            comments: comments(),
            of_device: of_device.is_some(),
            field: StoredValue::new(of_device.unwrap_or_else(|| format!("task/{task}/skip"))),
            open: StoredValue::default(),
        }
    }

    /// Why an action is skipped, on its way among the comments.
    pub(super) fn reason(self) -> CommentBox {
        self.comments.open_field(&self.field.get_value())
    }

    /// The name of its field.
    pub(super) fn field(self) -> String {
        self.field.get_value()
    }

    /// Its draft.
    pub(super) fn draft(self) -> Draft {
        if !self.of_device {
            return self.reason().draft;
        }
        if let Some(draft) = self.open.get_value() {
            return draft;
        }
        let field = self.field.get_value();
        let draft = self.drafts.open(&field);
        self.open.set_value(Some(draft));
        draft
    }

    /// What stands there, followed.
    pub(super) fn words(self) -> String {
        self.draft().text().read().trim().to_owned()
    }
}
