//! A service that keeps tasks and honours keys: what really happened, against which every page is held.

use mdr_portal::domain::error::ApiError;
use mdr_portal::domain::id::{IncidentId, TaskId};
use mdr_portal::domain::machine;
use mdr_portal::domain::task::{Act, ActionStatus, ActionType, Asked, Source, Task, TaskStatus};
use mdr_portal::domain::time::Timestamp;

/// Something that really happened to a task.
pub(crate) struct Effect {
    pub(crate) task: TaskId,
    pub(crate) act: Act,
    /// The file, or the way, where there is one.
    pub(crate) choice: String,
    pub(crate) key: String,
    pub(crate) at: i64,
}

pub(crate) struct Server {
    tasks: Vec<Task>,
    /// When a running action ends, and how.
    ends: Vec<(i64, TaskId, TaskStatus)>,
    /// Keys that had their effect.
    keys: Vec<String>,
    /// Does whatever it is asked, whatever the task's state: only the key stands against doubling.
    permissive: bool,
    pub(crate) effects: Vec<Effect>,
    /// Every status a task has had, and since when.
    history: Vec<(i64, TaskId, TaskStatus)>,
}

fn task(id: &str, action: ActionType) -> Task {
    Task {
        id: TaskId(id.into()),
        incident: IncidentId("29".into()),
        title: format!("Task {id}"),
        description: String::new(),
        status: TaskStatus::Open,
        action_status: ActionStatus::NotStarted,
        source: Source::Guided,
        action,
        target: None,
        target_name: None,
        device: Some("m1".into()),
        isolation: None,
        created: None,
        created_by: None,
        modified: Some(Timestamp(0)),
        modified_by: None,
        started: None,
        allowed: None,
        denied: None,
        detail: None,
        asked: Vec::new(),
    }
}

/// Whether a task is a device's own action of a kind where one is not like another.
pub(crate) fn takes_choice(id: &TaskId) -> bool {
    machine::of_task(id).is_some_and(|(_, kind)| kind.parameter.is_some())
}

fn conflict() -> ApiError {
    ApiError::Conflict {
        code: "invalidTransition".into(),
        message: String::new(),
        request_id: None,
    }
}

impl Server {
    /// Keeps a task of each of these kinds, and a device that can be asked for one action of its own.
    pub(crate) fn new(permissive: bool, kinds: &[ActionType], of_device: usize) -> Server {
        let of_kind = kinds.iter().map(|kind| task(kind.wire(), kind.clone()));
        let mut tasks: Vec<Task> = of_kind.collect();
        let own = machine::tasks("m1", &[]).into_iter().nth(of_device);
        tasks.extend(own.map(|own| Task {
            modified: Some(Timestamp(0)),
            ..own
        }));
        Server {
            tasks,
            ends: Vec::new(),
            keys: Vec::new(),
            permissive,
            effects: Vec::new(),
            history: Vec::new(),
        }
    }

    pub(crate) fn tasks(&mut self, now: i64) -> Vec<Task> {
        self.advance(now);
        self.tasks.clone()
    }

    /// Carries a write out. A key that had its effect has no second one.
    pub(crate) fn write(
        &mut self,
        now: i64,
        (id, act): (&TaskId, Act),
        (key, choice): (&str, &str),
        lasts: i64,
    ) -> Result<(), ApiError> {
        self.advance(now);
        if self.keys.iter().any(|known| known == key) {
            return Ok(());
        }
        let status = self.find(id).status.clone();
        let again = machine::is_of_device(id) && status == TaskStatus::Completed;
        let open = again || matches!(status, TaskStatus::Open | TaskStatus::Failed);
        let allowed = match act {
            Act::Run | Act::Confirm | Act::Skip => open,
            Act::Reopen => status == TaskStatus::NotRelevant,
        };
        if !allowed && !self.permissive {
            return Err(conflict());
        }
        self.keys.push(key.into());
        self.effects.push(Effect {
            task: id.clone(),
            act,
            choice: choice.into(),
            key: key.into(),
            at: now,
        });
        self.ends.retain(|(_, running, _)| running != id);
        match act.status() {
            Some(status) => self.set(now, id, status),
            None => {
                self.set(now, id, TaskStatus::InProgress);
                if takes_choice(id) {
                    let task = self.tasks.iter_mut().find(|task| task.id == *id).unwrap();
                    task.asked.push(Asked {
                        // As the service writes it.
                        choice: choice.to_ascii_lowercase(),
                        live: true,
                        at: task.modified,
                    });
                }
                let failing = lasts % 3 == 0;
                let end = [TaskStatus::Completed, TaskStatus::Failed][usize::from(failing)].clone();
                self.ends.push((now + lasts, id.clone(), end));
            }
        }
        Ok(())
    }

    /// What experts and colleagues do to a task.
    pub(crate) fn change(&mut self, now: i64, id: &TaskId, status: Option<TaskStatus>) {
        self.advance(now);
        let status = status.unwrap_or_else(|| self.find(id).status.clone());
        if status != TaskStatus::InProgress {
            self.ends.retain(|(_, running, _)| running != id);
        }
        self.set(now, id, status);
    }

    /// How often a key had its effect.
    pub(crate) fn effects_of(&self, keys: &[String]) -> usize {
        let of_it = |effect: &&Effect| keys.contains(&effect.key);
        self.effects.iter().filter(of_it).count()
    }

    /// Whether a task has had one of these statuses, after an instant.
    pub(crate) fn has_been(
        &mut self,
        now: i64,
        id: &TaskId,
        any: &[TaskStatus],
        after: i64,
    ) -> bool {
        self.advance(now);
        let mut history = self.history.iter();
        history.any(|(at, task, past)| task == id && any.contains(past) && *at > after)
    }

    fn advance(&mut self, now: i64) {
        self.ends.sort_by_key(|(at, ..)| *at);
        while let Some((at, id, end)) = self.ends.first().filter(|(at, ..)| *at <= now).cloned() {
            self.ends.remove(0);
            self.set(at, &id, end);
        }
    }

    fn set(&mut self, at: i64, id: &TaskId, status: TaskStatus) {
        let by_hand = !self.find(id).action.executable();
        let task = self.tasks.iter_mut().find(|task| task.id == *id).unwrap();
        let before = task.modified.map_or(0, |at| at.0);
        let at = at.max(before + 1);
        self.history.push((at, id.clone(), status.clone()));
        task.modified = Some(Timestamp(at));
        for asked in &mut task.asked {
            asked.live &= status == TaskStatus::InProgress;
        }
        task.action_status = match status {
            _ if by_hand => ActionStatus::NotStarted,
            TaskStatus::InProgress => ActionStatus::InProgress,
            TaskStatus::Completed => ActionStatus::Completed,
            TaskStatus::Failed => ActionStatus::Failed,
            _ => ActionStatus::NotStarted,
        };
        task.status = status;
    }

    fn find(&self, id: &TaskId) -> &Task {
        self.tasks.iter().find(|task| task.id == *id).unwrap()
    }
}
