//! Managed-response tasks, in the shape of Graph's `incidentTasks`.

use super::client::{Call, Client};
use super::wire::task::{new_status, task};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::outbox::Intent;
use crate::domain::task::Task;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

impl Client {
    /// Every task of an incident.
    pub async fn tasks_of(&self, incident: &IncidentId) -> Result<Vec<Task>, ApiError> {
        let quoted = incident.as_str().replace('\'', "''");
        let filter = encode(&format!("incidentId eq '{quoted}'"));
        let url = format!("{}/security/incidentTasks?$filter={filter}", self.tasks()?);
        let mut tasks = Vec::new();
        self.all(Resource::Tasks, url, &mut |wire| tasks.push(task(wire)))
            .await?;
        Ok(tasks)
    }

    /// One task as it is now.
    pub async fn task(&self, id: &TaskId) -> Result<Task, ApiError> {
        let call = Call::get(Resource::Tasks, self.task_url(id)?);
        self.answer(call).await?.read(task)
    }

    /// Carries out a person's decision. The answer to an execution is empty, so the outcome is
    /// always read back by the caller.
    pub async fn act(&self, intent: &Intent) -> Result<(), ApiError> {
        let url = self.task_url(&intent.task)?;
        let mut call = match intent.act.status() {
            Some(status) => {
                let body = new_status(status.wire());
                Call::write(Method::PATCH, Resource::Tasks, url, Some(body))
            }
            None => {
                let url = format!("{url}/executeResponseAction");
                Call::write(Method::POST, Resource::Tasks, url, None)
            }
        };
        call.key = self.tasks_take_keys().then(|| intent.key.clone());
        call.latest = Some(intent.latest());
        self.answer(call).await.map(drop)
    }

    fn task_url(&self, id: &TaskId) -> Result<String, ApiError> {
        Ok(format!(
            "{}/security/incidentTasks/{}",
            self.tasks()?,
            encode(id.as_str())
        ))
    }
}
