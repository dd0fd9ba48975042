//! What this person has decided about tasks and no server has confirmed, on this device: written
//! before it is sent, forgotten when its outcome is known. A reload or a crash in between leaves an
//! intent whose outcome is not known; it is read back, never sent again by itself.

use super::session::Session;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::outbox::{Intent, Seen};
use crate::domain::task::{Act, TaskStatus};
use crate::domain::time::Timestamp;
use crate::platform::database::{self, Shelf};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The outbox of the signed-in person.
#[derive(Clone, Copy)]
pub(super) struct Outbox {
    session: Session,
    intents: RwSignal<HashMap<TaskId, Intent>>,
}

/// An intent as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    account: String,
    incident: String,
    task: String,
    act: String,
    key: String,
    at: i64,
    seen_status: String,
    seen_modified: Option<i64>,
}

impl Outbox {
    pub(super) fn new(session: Session) -> Outbox {
        Outbox {
            session,
            intents: RwSignal::default(),
        }
    }

    /// The intents by task.
    pub(super) fn intents(self) -> Signal<HashMap<TaskId, Intent>> {
        self.intents.into()
    }

    /// The intent on a task, if there is one.
    pub(super) fn of(self, task: &TaskId) -> Option<Intent> {
        self.intents
            .try_with_untracked(|all| all.get(task).cloned())
            .flatten()
    }

    /// Shows an intent as it stands now.
    pub(super) fn show(self, intent: &Intent) {
        let _ = self
            .intents
            .try_update(|all| all.insert(intent.task.clone(), intent.clone()));
    }

    /// Keeps an intent on the disk, before it is sent. Where storage is refused it is sent all the
    /// same: containment matters more than surviving a reload.
    pub(super) async fn keep(self, incident: &IncidentId, intent: &Intent) {
        let kept = Kept {
            account: self.session.owner(),
            incident: incident.0.clone(),
            task: intent.task.0.clone(),
            act: intent.act.wire().to_owned(),
            key: intent.key.clone(),
            at: intent.at.0,
            seen_status: intent.seen.status.wire().to_owned(),
            seen_modified: intent.seen.modified.map(|at| at.0),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            database::write(Shelf::Outbox, &kept.task, &text).await;
        }
    }

    /// Forgets on the disk an intent whose outcome is known.
    pub(super) async fn settle(self, task: &TaskId) {
        database::remove(Shelf::Outbox, task.as_str()).await;
    }

    /// Shows an intent no longer.
    pub(super) fn hide(self, task: &TaskId) {
        let _ = self.intents.try_update(|all| all.remove(task));
    }

    /// What a person left behind in a page that is gone, each with its outcome unknown.
    pub(super) async fn left_behind(self) -> Vec<(IncidentId, Intent)> {
        let account = self.session.owner();
        let kept = database::read_all(Shelf::Outbox).await;
        kept.into_iter()
            .filter_map(|(_, text)| serde_json::from_str::<Kept>(&text).ok())
            .filter(|kept| kept.account == account)
            .filter_map(restored)
            .collect()
    }
}

fn restored(kept: Kept) -> Option<(IncidentId, Intent)> {
    let act = [Act::Run, Act::Confirm, Act::Skip, Act::Reopen]
        .into_iter()
        .find(|act| act.wire() == kept.act)?;
    let seen = Seen {
        status: TaskStatus::parse(&kept.seen_status),
        modified: kept.seen_modified.map(Timestamp),
    };
    let intent = Intent::restored(TaskId(kept.task), act, kept.key, Timestamp(kept.at), seen);
    Some((IncidentId(kept.incident), intent))
}
