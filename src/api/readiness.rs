//! The readiness assessment, its history, and evaluating again.

use super::client::Client;
use super::wire::readiness::{item, readiness, run};
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use crate::domain::readiness::{Item, Readiness, Run};
use crate::domain::url_query::encode;
use gloo_net::http::Method;

impl Client {
    /// The assessment as of its last evaluation.
    pub async fn readiness(&self) -> Result<Readiness, ApiError> {
        Ok(self.experts_document("/readiness", readiness).await?.0)
    }

    /// The newest evaluations, the newest first.
    pub async fn readiness_runs(&self) -> Result<Vec<Run>, ApiError> {
        let read = |page: Reader<'_>| page.needed_list("items").map(run).collect();
        Ok(self
            .experts_document("/readiness/history?limit=30", read)
            .await?
            .0)
    }

    /// Starts an evaluation, once for a key.
    pub async fn run_readiness(&self, key: String) -> Result<(), ApiError> {
        self.experts_write(Method::POST, "/readiness/run", None, Some(key), None)
            .await
            .map(drop)
    }

    /// Acknowledges, dismisses or reopens an item, once for a key.
    pub async fn act_on_readiness(
        &self,
        id: &str,
        action: &str,
        key: String,
    ) -> Result<Item, ApiError> {
        let path = format!("/readiness/actions/{}", encode(id));
        let body = Some(json::object(&[("action", action)]));
        let answer = self
            .experts_write(Method::POST, &path, body, Some(key), None)
            .await?;
        answer.read(item)
    }
}
