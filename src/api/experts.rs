//! The Experts API: what no public API offers.

use super::client::{Call, Client};
use super::wire::experts::managed_response;
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::managed_response::ManagedResponse;
use crate::domain::url_query::encode;

impl Client {
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
}
