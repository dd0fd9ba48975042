//! What this person has decided about tasks and no server has confirmed, on this device: written
//! before it is sent, forgotten when its outcome is known. A reload or a crash in between leaves an
//! intent whose outcome is not known; it is read back, never sent again by itself.

use super::session::Session;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::json::{self, Reader};
use crate::domain::outbox::{Intent, Seen};
use crate::domain::task::{Act, TaskStatus};
use crate::domain::time::Timestamp;
use crate::platform::database::{self, Shelf};
use crate::reactive::{RwSignal, Signal};
use std::collections::HashMap;

/// The outbox of the signed-in person.
#[derive(Clone, Copy)]
pub(super) struct Outbox {
    session: Session,
    intents: RwSignal<HashMap<TaskId, Intent>>,
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
        let number = |at: Timestamp| at.0.to_string();
        let modified = intent.seen.modified.map(number).unwrap_or_default();
        let kept = json::object(&[
            ("account", &self.session.owner()),
            ("incident", incident.as_str()),
            ("task", intent.task.as_str()),
            ("act", intent.act.wire()),
            ("key", &intent.key),
            ("at", &number(intent.at)),
            ("seen_status", intent.seen.status.wire()),
            ("seen_modified", &modified),
        ]);
        database::write(Shelf::Outbox, intent.task.as_str(), &kept).await;
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
            .filter_map(|(_, text)| json::read(&text, |kept| restored(kept, &account)).ok()?)
            .collect()
    }
}

/// An intent as it was kept; `None` where it is another person's.
fn restored(kept: Reader<'_>, account: &str) -> Option<(IncidentId, Intent)> {
    if kept.str("account") != Some(account) {
        return None;
    }
    let number = |name| Some(Timestamp(kept.str(name)?.parse().ok()?));
    let wire = kept.needed("act");
    let act = [Act::Run, Act::Confirm, Act::Skip, Act::Reopen]
        .into_iter()
        .find(|act| act.wire() == wire)?;
    let seen = Seen {
        status: TaskStatus::parse(&kept.needed("seen_status")),
        modified: number("seen_modified"),
    };
    let (task, key) = (TaskId(kept.needed("task")), kept.needed("key"));
    let intent = Intent::restored(task, act, key, number("at")?, seen);
    Some((IncidentId(kept.needed("incident")), intent))
}
