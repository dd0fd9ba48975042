//! What this person has decided about tasks and no server has confirmed: in memory for the page, and
//! on this device for what comes after it. How a decision is carried out is `responses::decisions`'
//! work.

use super::session::Session;
use crate::domain::id::TaskId;
use crate::domain::outbox::{self, Event, Intent, Next};
use crate::platform::channel::Channel;
use crate::platform::database::{self, Refused, Shelf};
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use std::collections::HashMap;

/// The outbox of the signed-in person.
#[derive(Clone, Copy)]
pub(super) struct Outbox {
    /// Whose it is.
    owner: StoredValue<String>,
    intents: RwSignal<HashMap<TaskId, Intent>>,
    /// True while this browser refuses to keep anything.
    refused: RwSignal<bool>,
    /// Tells the other tabs that something on the disk has changed.
    channel: leptos::prelude::StoredValue<Option<Channel>, LocalStorage>,
}

impl Outbox {
    pub(super) fn new(session: Session) -> Outbox {
        Outbox {
            owner: StoredValue::new(session.owner()),
            intents: RwSignal::default(),
            refused: RwSignal::new(false),
            channel: leptos::prelude::StoredValue::new_local(None),
        }
    }

    /// Calls `changed` whenever another tab has changed what is kept.
    pub(super) fn listen(self, changed: impl Fn() + 'static) {
        let _ = self
            .channel
            .try_set_value(Some(Channel::open("mdr-outbox", changed)));
    }

    /// The intents by task.
    pub(super) fn intents(self) -> Signal<HashMap<TaskId, Intent>> {
        self.intents.into()
    }

    /// Whether this browser refuses to keep them.
    pub(super) fn refused(self) -> Signal<bool> {
        self.refused.into()
    }

    /// The intent on a task, if there is one.
    pub(super) fn of(self, task: &TaskId) -> Option<Intent> {
        self.intents
            .try_with_untracked(|all| all.get(task).cloned())
            .flatten()
    }

    /// The intents that wait for the person.
    pub(super) fn resting(self) -> Vec<Intent> {
        let resting = |all: &HashMap<TaskId, Intent>| {
            let resting = all.values().filter(|intent| !intent.phase.in_flight());
            resting.cloned().collect()
        };
        self.intents.try_with_untracked(resting).unwrap_or_default()
    }

    /// What another tab has seen to, and what this one does not know, given what is kept.
    pub(super) fn compare(self, kept: &[Intent]) -> (Vec<Intent>, Vec<Intent>) {
        let compare = |all: &HashMap<TaskId, Intent>| outbox::compare(all.values(), kept);
        self.intents.try_with_untracked(compare).unwrap_or_default()
    }

    /// Shows an intent as it stands now.
    pub(super) fn show(self, intent: Intent) {
        let _ = self
            .intents
            .try_update(|all| all.insert(intent.task.clone(), intent));
    }

    /// Shows an intent no longer.
    pub(super) fn hide(self, task: &TaskId) {
        let _ = self.intents.try_update(|all| all.remove(task));
    }

    /// Takes an event into the intent on a task; `None` where there is none any more.
    pub(super) fn step(self, task: &TaskId, event: Event) -> Option<Next> {
        let step = |all: &mut HashMap<TaskId, Intent>| Some(all.get_mut(task)?.on(event));
        self.intents.try_update(step).flatten()
    }

    /// Puts an intent on the disk, unless one on the same task is there that it does not end.
    pub(super) async fn keep(self, intent: &Intent) -> Event {
        if let Some(earlier) = &intent.ends {
            self.forget(&intent.task, earlier).await;
        }
        let key = self.key(intent.task.as_str());
        let kept = database::add(Shelf::Outbox, &key, &intent.record()).await;
        if kept {
            self.tell();
        } else if let Ok(Some(other)) = self.read(&intent.task).await
            // A disk that does not let go of what is ended is no reason to go round in circles.
            && Some(&other.key) != intent.ends.as_ref()
        {
            return Event::Turn(Some(Box::new(other)));
        }
        let _ = self.refused.try_set(!kept);
        Event::Kept(kept)
    }

    /// What is kept on the task of an intent. A disk that cannot be read has not forgotten it.
    pub(super) async fn held(self, intent: &Intent) -> Option<Box<Intent>> {
        let held = self.read(&intent.task).await;
        let unread = |_: Refused| intent.kept.then(|| intent.clone());
        held.unwrap_or_else(unread).map(Box::new)
    }

    /// Forgets an intent on the disk. One that has taken its place stays.
    pub(super) async fn forget(self, task: &TaskId, key: &str) {
        if let Ok(Some(held)) = self.read(task).await
            && held.key == key
        {
            database::remove(Shelf::Outbox, &self.key(task.as_str())).await;
            self.tell();
        }
    }

    /// Everything of this person's that is kept on this device, each with its outcome unknown.
    pub(super) async fn kept(self) -> Result<Vec<Intent>, Refused> {
        let all = database::read_all(Shelf::Outbox, &self.key("")).await;
        let _ = self.refused.try_set(all.is_err());
        let records = all?.into_iter();
        Ok(records
            .filter_map(|(_, record)| Intent::restored(&record))
            .collect())
    }

    async fn read(self, task: &TaskId) -> Result<Option<Intent>, Refused> {
        let record = database::read(Shelf::Outbox, &self.key(task.as_str())).await?;
        Ok(record.and_then(|record| Intent::restored(&record)))
    }

    /// A person's own: another person at this device neither sees nor sends it.
    fn key(self, task: &str) -> String {
        let owner = self.owner.try_get_value().unwrap_or_default();
        format!("{owner}/{task}")
    }

    fn tell(self) {
        let _ = self
            .channel
            .try_with_value(|channel| channel.as_ref().map(Channel::tell));
    }
}
