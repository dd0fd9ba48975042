//! The Experts API: what no public API offers.

use super::client::{Answer, Call, Client};
use super::wire::experts::{exclusions, history, managed_response};
use crate::domain::clocks::Turn;
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::json::{self, Reader};
use crate::domain::managed_response::{Exclusions, ManagedResponse};
use crate::domain::time::Timestamp;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

impl Client {
    /// Reads a document below the Experts API's address, and the version that it is.
    pub(super) async fn experts_document<T>(
        &self,
        path: &str,
        read: impl FnOnce(Reader<'_>) -> T,
    ) -> Result<(T, Option<String>), ApiError> {
        let url = format!("{}{path}", self.experts()?);
        let answer = self.answer(Call::get(Resource::Experts, url)).await?;
        Ok((answer.read(read)?, answer.version))
    }

    /// Writes below the Experts API's address: once for each key, and in place of the version
    /// `replaces` where one is named. The answer is the server's document after it.
    pub(super) async fn experts_write(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        key: Option<String>,
        replaces: Option<String>,
    ) -> Result<Answer, ApiError> {
        let url = format!("{}{path}", self.experts()?);
        let mut call = Call::write(method, Resource::Experts, url, body);
        (call.key, call.replaces) = (key, replaces);
        self.answer(call).await
    }

    /// Sends a letter; the id of what came of it. A success is one, whatever its answer looks like: the
    /// service has the letter.
    pub async fn post(
        &self,
        path: &str,
        body: String,
        key: String,
        latest: Timestamp,
    ) -> Result<String, ApiError> {
        let url = format!("{}{path}", self.experts()?);
        let body = Some(body).filter(|body| !body.is_empty());
        let mut call = Call::write(Method::POST, Resource::Experts, url, body);
        (call.key, call.latest) = (Some(key), Some(latest));
        let answer = self.answer(call).await?;
        let id = answer.read(|wire| wire.text("id").unwrap_or_default());
        Ok(id.unwrap_or_default())
    }

    /// Opens the conversation about an incident, or finds the one that is open: its id.
    pub async fn open_thread(&self, incident: &str, key: String) -> Result<String, ApiError> {
        let body = Some(json::object(&[("incidentId", incident)]));
        let answer = self
            .experts_write(Method::POST, "/chat/threads", body, Some(key), None)
            .await?;
        answer.read(|wire| wire.needed("id"))
    }

    /// Uploads a file for a letter: its id.
    pub async fn upload(
        &self,
        name: &str,
        media: &str,
        content: &[u8],
        key: String,
    ) -> Result<String, ApiError> {
        let (base, name, media) = (self.experts()?, encode(name), encode(media));
        let url = format!("{base}/attachments?name={name}&mediaType={media}");
        let mut call = Call::write(Method::POST, Resource::Experts, url, None);
        (call.file, call.key) = (Some(content.to_vec()), Some(key));
        self.answer(call).await?.read(|wire| wire.needed("id"))
    }

    /// What the experts published about an incident; `None` where they have published nothing.
    pub async fn managed_response(
        &self,
        incident: &IncidentId,
    ) -> Result<Option<ManagedResponse>, ApiError> {
        let url = format!(
            "{}/incidents/{}/managed-response",
            self.experts()?,
            encode(incident.as_str())
        );
        let call = Call::get(Resource::Experts, url);
        match self.answer(call).await {
            Ok(answer) => answer.read(managed_response).map(Some),
            Err(ApiError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What experts may not act on.
    pub async fn exclusions(&self) -> Result<Exclusions, ApiError> {
        let read = self.experts_document("/settings/exclusions", exclusions);
        read.await.map(|(document, _)| document)
    }

    /// Who had the next move in an incident, event by event.
    pub async fn turns(&self, incident: &IncidentId) -> Result<Vec<Turn>, ApiError> {
        let base = format!("/incidents/{}/history?limit=100", encode(incident.as_str()));
        let mut all = Vec::new();
        let mut path = base.clone();
        for _ in 0..MOST_PAGES {
            let ((turns, next), _) = self.experts_document(&path, history).await?;
            all.extend(turns);
            match next {
                Some(cursor) => path = format!("{base}&cursor={}", encode(&cursor)),
                None => return Ok(all),
            }
        }
        Ok(all)
    }
}

/// A history is short by nature; one that does not end is cut off.
const MOST_PAGES: usize = 20;
