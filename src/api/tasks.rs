//! Managed-response tasks, in the shape of Graph's `incidentTasks`.

use super::client::{Call, Client};
use super::wire::task::{new_status, task};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::machine::{self, cancel};
use crate::domain::outbox::Intent;
use crate::domain::task::{Task, TaskStatus};
use crate::domain::url_query::encode;
use gloo_net::http::Method;

impl Client {
    /// Every task of an incident, or every action of the device that it stands for and what takes each back.
    pub async fn tasks_of(&self, incident: &IncidentId) -> Result<Vec<Task>, ApiError> {
        if let Some(device) = machine::of_stand_in(incident) {
            let actions = self.machine_actions(device).await?;
            return Ok(machine::tasks(device, &actions));
        }
        let quoted = incident.as_str().replace('\'', "''");
        let filter = encode(&format!("incidentId eq '{quoted}'"));
        self.tasks_where(&filter).await
    }

    /// The tasks of all incidents that somebody is still to see through, or is at.
    pub async fn open_tasks(&self) -> Result<Vec<Task>, ApiError> {
        let mut tasks = Vec::new();
        for status in [TaskStatus::Open, TaskStatus::InProgress] {
            let filter = encode(&format!("status eq '{}'", status.wire()));
            tasks.extend(self.tasks_where(&filter).await?);
        }
        Ok(tasks)
    }

    /// The tasks of all incidents that have failed, wholly or in part: the service cannot be asked for
    /// how the execution of an action stands, only for the task's own status.
    pub async fn failed_tasks(&self) -> Result<Vec<Task>, ApiError> {
        let filter = encode(&format!("status eq '{}'", TaskStatus::Failed.wire()));
        let mut tasks = self.tasks_where(&filter).await?;
        tasks.extend(self.open_tasks().await?);
        tasks.retain(Task::failed);
        Ok(tasks)
    }

    async fn tasks_where(&self, filter: &str) -> Result<Vec<Task>, ApiError> {
        let url = format!("{}/security/incidentTasks?$filter={filter}", self.tasks()?);
        let mut tasks = Vec::new();
        self.all(Resource::Tasks, url, &mut |wire| tasks.push(task(wire)))
            .await?;
        Ok(tasks)
    }

    /// One task as it is now.
    pub async fn task(&self, id: &TaskId) -> Result<Task, ApiError> {
        let of_kind = machine::of_task(id).map(|(device, _)| device);
        let cancelled = cancel::of_task(id).map(|(device, _)| device);
        if let Some(device) = of_kind.or(cancelled) {
            let actions = self.machine_actions(device).await?;
            let mut tasks = machine::tasks(device, &actions).into_iter();
            let missing = ApiError::NotFound { request_id: None };
            return tasks.find(|task| task.id == *id).ok_or(missing);
        }
        let call = Call::get(Resource::Tasks, self.task_url(id)?);
        self.answer(call).await?.read(task)
    }

    /// Carries out a person's decision. The answer to an execution is empty, so the outcome is
    /// always read back by the caller.
    pub async fn act(&self, intent: &Intent) -> Result<(), ApiError> {
        let mut call = self.write_of(intent)?;
        call.key = self.takes_keys(&intent.task).then(|| intent.key.clone());
        call.latest = Some(intent.latest());
        self.answer(call).await.map(drop)
    }

    fn write_of(&self, intent: &Intent) -> Result<Call, ApiError> {
        if let Some((device, kind)) = machine::of_task(&intent.task) {
            return self.ask_machine(device, kind, &intent.with);
        }
        if let Some((_, action)) = cancel::of_task(&intent.task) {
            return self.cancel_machine_action(action, &intent.with);
        }
        let url = self.task_url(&intent.task)?;
        Ok(match intent.act.status() {
            Some(status) => {
                let body = new_status(status.wire());
                Call::write(Method::PATCH, Resource::Tasks, url, Some(body))
            }
            None => {
                let url = format!("{url}/executeResponseAction");
                Call::write(Method::POST, Resource::Tasks, url, None)
            }
        })
    }

    fn task_url(&self, id: &TaskId) -> Result<String, ApiError> {
        Ok(format!(
            "{}/security/incidentTasks/{}",
            self.tasks()?,
            encode(id.as_str())
        ))
    }
}
