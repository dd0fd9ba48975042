//! Managed-response tasks, in the shape of Graph's `incidentTasks`.

use super::client::{Call, Client};
use super::wire::task::{NewStatus, Task as WireTask};
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
        let tasks: Vec<WireTask> = self.all(Resource::Tasks, url).await?;
        Ok(tasks.into_iter().map(Into::into).collect())
    }

    /// One task as it is now.
    pub async fn task(&self, id: &TaskId) -> Result<Task, ApiError> {
        let task: WireTask = self
            .json(Call::get(Resource::Tasks, self.task_url(id)?))
            .await?;
        Ok(task.into())
    }

    /// Carries out a person's decision. The answer to an execution is empty, so the outcome is
    /// always read back by the caller.
    pub async fn act(&self, intent: &Intent) -> Result<(), ApiError> {
        let url = self.task_url(&intent.task)?;
        let mut call = match intent.act.status() {
            Some(status) => {
                let body = serde_json::to_string(&NewStatus {
                    status: status.wire(),
                });
                Call::write(Method::PATCH, Resource::Tasks, url, body.ok())
            }
            None => {
                let url = format!("{url}/executeResponseAction");
                Call::write(Method::POST, Resource::Tasks, url, None)
            }
        };
        call.key = self.tasks_take_keys().then(|| intent.key.clone());
        call.latest = Some(intent.latest());
        self.send(call).await.map(drop)
    }

    fn task_url(&self, id: &TaskId) -> Result<String, ApiError> {
        Ok(format!(
            "{}/security/incidentTasks/{}",
            self.tasks()?,
            encode(id.as_str())
        ))
    }
}
