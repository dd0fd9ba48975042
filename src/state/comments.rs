//! Writing a comment: the draft, whether it is on its way, and what became of it, for each incident
//! and longer than its page lives. Graph cannot tell a repeated comment, so nothing is sent twice
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
    boxes: StoredValue<HashMap<IncidentId, CommentBox>>,
    /// Boxes belong to the portal, not to the page that opened them.
    owner: StoredValue<Owner>,
}

/// The box of one incident.
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
        let known = self.boxes.with_value(|boxes| boxes.get(incident).copied());
        if let Some(known) = known {
            return known;
        }
        let opened = self.owner.get_value().with(|| CommentBox {
            draft: self.drafts.open(&field(incident)),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(None),
        });
        self.boxes.update_value(|boxes| {
            boxes.insert(incident.clone(), opened);
        });
        let mark = self.mark(incident);
        spawn_local(async move {
            // Once no tab is sending, a mark says that one went away while it was: whether the
            // comment arrived is for the person to see.
            let _sending = locks::take(&mark, true).await;
            if let Ok(Some(_)) = database::read(Shelf::Drafts, &mark).await {
                let _ = opened
                    .outcome
                    .try_set(Some(CommentOutcome::Unknown { read: true }));
            }
        });
        opened
    }

    /// Sends the draft of a box; `added` is called when it was.
    pub fn send(self, incident: &IncidentId, added: Callback<()>) {
        let writing = self.open(incident);
        let words = writing.draft.text().get_untracked().trim().to_owned();
        if words.is_empty() || writing.busy.get_untracked() {
            return;
        }
        writing.busy.set(true);
        writing.outcome.set(None);
        let (incident, mark) = (incident.clone(), self.mark(incident));
        spawn_local(async move {
            let _sending = locks::take(&mark, true).await;
            database::write(Shelf::Drafts, &mark, "sent").await;
            let outcome = self.incidents.comment(&incident, &words).await;
            database::remove(Shelf::Drafts, &mark).await;
            if outcome == CommentOutcome::Added {
                writing.draft.sent(&words);
                let _ = added.try_run(());
            } else {
                let _ = writing.outcome.try_set(Some(outcome));
            }
            let _ = writing.busy.try_set(false);
        });
    }

    fn mark(self, incident: &IncidentId) -> String {
        format!("{}{MARK}", self.drafts.key(&field(incident)))
    }
}

fn field(incident: &IncidentId) -> String {
    format!("incident/{incident}/comment")
}

/// The comment boxes in context.
pub fn comments() -> Comments {
    expect_context::<Comments>()
}
