//! What this person has decided about tasks and no server has confirmed: in memory for the page, and
//! on this device for what comes after it. How a decision is carried out is `responses::decisions`'
//! work.

use super::session::Session;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::outbox::{self, Event, Intent, Next};
use crate::domain::time::Timestamp;
use crate::platform::channel::Channel;
use crate::platform::clock;
use crate::platform::database::{self, Refused, Shelf, Write};
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
            .try_set_value(Some(Channel::open("mdr-outbox", move |_| changed())));
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

    /// Whether something decided about the tasks of an incident is not settled.
    pub(super) fn waits_for(self, incident: &IncidentId) -> bool {
        let waits = |all: &HashMap<TaskId, Intent>| all.values().any(|i| i.incident == *incident);
        self.intents.try_with_untracked(waits) == Some(true)
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

    /// Puts an intent on the disk, if what is there lets it.
    pub(super) async fn keep(self, intent: &Intent) -> Event {
        let mut stopped = None;
        let mut decide = |held: Vec<Option<String>>| {
            // Opening the disk takes its time, in which another tab may settle something.
            let now = Timestamp(clock::now());
            let mut held = held.iter().map(Option::as_deref);
            let own = held.next().flatten();
            match intent.keep(now, own, held.flatten()) {
                Ok(record) => vec![(0, Some(record))],
                Err(event) => {
                    stopped = Some(event);
                    Vec::new()
                }
            }
        };
        let kept = self.exchange(intent, &mut decide).await.is_ok();
        let _ = self.refused.try_set(!kept);
        match stopped {
            Some(event) if kept => event,
            _ => {
                self.tell();
                Event::Kept(kept)
            }
        }
    }

    /// What is kept on the task of an intent. A disk that cannot be read has not forgotten it.
    pub(super) async fn held(self, intent: &Intent) -> Option<Box<Intent>> {
        let held = self.read(&intent.task).await;
        let unread = |_: Refused| intent.kept.then(|| intent.clone());
        held.unwrap_or_else(unread).map(Box::new)
    }

    /// Forgets an intent on the disk. One that has taken its place stays. That it was `settled` is
    /// noted there for some minutes.
    pub(super) async fn forget(self, intent: &Intent, settled: bool) {
        let mark = settled.then(|| outbox::mark(Timestamp(clock::now())));
        let mut forgotten = false;
        let mut decide = |held: Vec<Option<String>>| {
            let own = held
                .first()
                .and_then(|own| Intent::restored(own.as_deref()?));
            forgotten = own.is_some_and(|own| own.key == intent.key);
            let marks = (1..held.len()).filter_map(|place| Some((place, Some(mark.clone()?))));
            let all = std::iter::once((0, None)).chain(marks);
            all.filter(|_| forgotten).collect()
        };
        if self.exchange(intent, &mut decide).await.is_ok() && forgotten {
            self.tell();
        }
    }

    /// Reads the record of an intent's task, and then its marks, and writes what follows from them.
    async fn exchange(
        self,
        intent: &Intent,
        decide: &mut dyn FnMut(Vec<Option<String>>) -> Vec<Write>,
    ) -> Result<(), Refused> {
        let marks = intent.marks().into_iter();
        let marks = marks.map(|task| self.key(&format!("settled/{task}")));
        let keys: Vec<_> = std::iter::once(self.key(intent.task.as_str()))
            .chain(marks)
            .collect();
        database::exchange(Shelf::Outbox, &keys, decide).await
    }

    /// Everything of this person's that is kept on this device, each with its outcome unknown.
    pub(super) async fn kept(self) -> Result<Vec<Intent>, Refused> {
        let all = database::read_all(Shelf::Outbox, &self.key("")).await;
        let _ = self.refused.try_set(all.is_err());
        let (all, now) = (all?, Timestamp(clock::now()));
        for (key, _) in all.iter().filter(|(_, text)| outbox::expired(text, now)) {
            // Another tab may have written a new one there.
            let mut clear = |held: Vec<Option<String>>| {
                let old = held.iter().flatten().any(|text| outbox::expired(text, now));
                Vec::from_iter(old.then_some((0, None)))
            };
            let keys = std::slice::from_ref(key);
            database::exchange(Shelf::Outbox, keys, &mut clear).await?;
        }
        let records = all.iter();
        Ok(records
            .filter_map(|(_, record)| Intent::restored(record))
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
            .try_with_value(|channel| channel.as_ref().map(|channel| channel.tell("")));
    }
}
