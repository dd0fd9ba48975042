//! Writing a comment: the draft, whether it is on its way, and what became of it, for each field that
//! comments are written in and longer than its page lives. Graph cannot tell a repeated comment, so nothing is sent twice
//! without a person, not even after a reload in between.

use super::drafts::{Draft, Drafts};
use super::incidents::{CommentOutcome, Incidents};
use crate::domain::id::IncidentId;
use crate::platform::database::{self, Shelf};
use crate::platform::locks;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, StoredValue};
use leptos::prelude::*;
use std::collections::HashMap;

/// Under a draft's key with this at its end it stands that the draft is being sent.
pub(super) const MARK: &str = ":sending";

/// The comment boxes of this page.
#[derive(Clone, Copy)]
pub struct Comments {
    incidents: Incidents,
    drafts: Drafts,
    boxes: StoredValue<HashMap<String, CommentBox>>,
    /// Boxes belong to the portal, not to the page that opened them.
    owner: StoredValue<Owner>,
}

/// The box of one field.
#[derive(Clone, Copy)]
pub struct CommentBox {
    pub draft: Draft,
    /// True while a comment is on its way.
    pub busy: RwSignal<bool>,
    /// What became of the last one, unless it was added.
    pub outcome: RwSignal<Option<CommentOutcome>>,
}

impl Comments {
    /// No box yet.
    pub fn new(incidents: Incidents, drafts: Drafts) -> Comments {
        Comments {
            incidents,
            drafts,
            boxes: StoredValue::default(),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The box of an incident, as it was left.
    pub fn open(self, incident: &IncidentId) -> CommentBox {
        self.open_field(&field(incident))
    }

    /// The box of a field, as it was left.
    pub fn open_field(self, field: &str) -> CommentBox {
        let known = self.boxes.with_value(|boxes| boxes.get(field).copied());
        if let Some(known) = known {
            return known;
        }
        let opened = self.owner.get_value().with(|| CommentBox {
            draft: self.drafts.open(field),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
        });
        self.boxes.update_value(|boxes| {
            boxes.insert(field.to_owned(), opened);
        });
        let key = field.to_owned();
        spawn_local(async move {
            let mark = format!("{key}{MARK}");
            // Once no tab is sending, a mark says that nobody knows what became of it: whether the
            // comment arrived is for the person to see, as long as they still have its words.
            let _sending = locks::take(&mark, true).await;
            if let Ok(Some(sent)) = database::read(Shelf::Drafts, &mark).await {
                let kept = database::read(Shelf::Drafts, &key).await;
                if kept.is_ok_and(|kept| kept.is_none_or(|kept| !kept.contains(&sent))) {
                    database::remove(Shelf::Drafts, &mark).await;
                    return;
                }
                let unknown = CommentOutcome::Unknown { read: true };
                let _ = opened.outcome.try_set(Some(unknown));
            }
        });
        opened
    }

    /// Sends the draft of an incident's box; `added` is called when it was.
    pub fn send(self, incident: &IncidentId, added: Callback<()>) {
        let added = move || {
            let _ = added.try_run(());
        };
        self.send_field(&field(incident), incident, str::to_owned, added);
    }

    /// Sends the draft of a field as a comment on an incident, as it `reads` there.
    pub fn send_field(
        self,
        field: &str,
        incident: &IncidentId,
        reads: impl FnOnce(&str) -> String,
        added: impl FnOnce() + 'static,
    ) {
        let writing = self.open_field(field);
        let words = writing.draft.text().get_untracked().trim().to_owned();
        if words.is_empty() || writing.busy.get_untracked() {
            return;
        }
        writing.busy.set(true);
        writing.outcome.set(None);
        let (comment, incident, field) = (reads(&words), incident.clone(), field.to_owned());
        spawn_local(async move {
            let mark = format!("{field}{MARK}");
            let _sending = locks::take(&mark, true).await;
            let outcome = if writing.draft.gone().await {
                let read = self.incidents.read_one(&incident).await.is_ok();
                CommentOutcome::Unknown { read }
            } else {
                let sent = words.as_str();
                let sent = if self.drafts.are_kept() { sent } else { "" };
                database::write(Shelf::Drafts, &mark, sent).await;
                let outcome = self.incidents.comment(&incident, &comment).await;
                if !matches!(outcome, CommentOutcome::Unknown { .. }) {
                    database::remove(Shelf::Drafts, &mark).await;
                }
                outcome
            };
            if outcome == CommentOutcome::Added {
                // Before another tab may send the same words out of the same field.
                self.drafts.sent(&field, &words).await;
                added();
            } else {
                let _ = writing.outcome.try_set(Some(outcome));
            }
            let _ = writing.busy.try_set(false);
        });
    }

    /// Makes something that stays when the page that asked for it goes.
    pub fn outlive(self, make: impl FnOnce()) {
        self.owner.get_value().with(make);
    }
}

fn field(incident: &IncidentId) -> String {
    format!("incident/{incident}/comment")
}

/// The comment boxes in context.
pub fn comments() -> Comments {
    expect_context::<Comments>()
}
