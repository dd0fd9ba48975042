//! What a settled decision leaves behind on the disk for some minutes: when it was settled. Whoever
//! decides on what was read before that has not seen its outcome, and would do the same thing twice.

use super::{Event, FRESH_MS, Intent};
use crate::domain::id::TaskId;
use crate::domain::machine;
use crate::domain::task::{Act, Task};
use crate::domain::time::Timestamp;

/// So long it is kept. What is decided on an older reading is looked at before it is sent anyway.
const KEPT_MS: i64 = 5 * FRESH_MS;
const WORD: &str = "settled&";

/// The device's own action that running a task comes to. Other tasks may come to the same one.
pub(super) fn comes_to(task: &Task, act: Act) -> Option<TaskId> {
    let kind = machine::kind_of(&task.action).filter(|_| act == Act::Run)?;
    let device = task.device.as_deref().or(task.target.as_deref());
    let device = device.filter(|id| !id.is_empty() && !machine::is_of_device(&task.id));
    let id = machine::task_of(device?, kind);
    Some(match (kind.parameter, task.target.as_deref()) {
        (Some((_, [])), Some(file)) => with_file(&id, file),
        _ => id,
    })
}

/// What is done to a file of a device is another action for each file.
fn with_file(id: &TaskId, file: &str) -> TaskId {
    TaskId(format!("{id}:{}", file.to_ascii_lowercase()))
}

impl Intent {
    /// What it is noted under once it is settled, and what is looked under before it is kept: its
    /// task, and the device's action that it comes to.
    pub fn marks(&self) -> Vec<TaskId> {
        let kind = machine::of_task(&self.task).and_then(|(_, kind)| kind.parameter);
        let of_file =
            matches!(kind, Some((_, []))).then(|| with_file(&self.task, &self.with.choice));
        let all = [Some(self.task.clone()), self.comes_to.clone(), of_file];
        all.into_iter().flatten().collect()
    }

    /// The record to keep, given the one that stands in its place and the marks. Where it may not be
    /// kept, what follows instead. To be asked in the transaction that writes it.
    pub fn keep<'a>(
        &self,
        now: Timestamp,
        held: Option<&str>,
        mut marks: impl Iterator<Item = &'a str>,
    ) -> Result<String, Event> {
        // A mark from the future says only that somebody has set the clock.
        let unseen = |at: Timestamp| at > self.looked && at <= now;
        if marks.any(|mark| settled_at(mark).is_some_and(unseen)) {
            return Err(Event::Forestalled);
        }
        match held.and_then(Intent::restored) {
            Some(other) if self.ends.as_ref() != Some(&other.key) => {
                Err(Event::Turn(Some(Box::new(other))))
            }
            _ => Ok(self.record()),
        }
    }
}

/// The text of a mark.
pub fn mark(now: Timestamp) -> String {
    format!("{WORD}{}", now.0)
}

/// When what a mark stands for was settled; `None` for a text that is no mark.
fn settled_at(mark: &str) -> Option<Timestamp> {
    mark.strip_prefix(WORD)?.parse().ok().map(Timestamp)
}

/// Whether a text is a mark that says nothing any more.
pub fn expired(text: &str, now: Timestamp) -> bool {
    settled_at(text).is_some_and(|at| (now.0 - at.0).abs() > KEPT_MS)
}
