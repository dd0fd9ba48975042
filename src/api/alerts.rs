//! Microsoft Graph: alerts by themselves. Those of an incident come with it.

use super::client::{Call, Client};
use super::wire::alert::alert;
use crate::domain::alert::Alert;
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::json::Reader;
use crate::domain::time::Timestamp;
use crate::domain::url_query::encode;
use std::sync::Arc;

impl Client {
    /// All alerts that were created since an instant.
    pub async fn alerts(&self, from: Timestamp) -> Result<Vec<Arc<Alert>>, ApiError> {
        let filter = encode(&format!("createdDateTime ge {}", from.rfc3339()));
        let url = format!(
            "{}/security/alerts_v2?$top={}&$filter={filter}",
            self.graph, self.page_size
        );
        let mut all = Vec::new();
        let take = &mut |wire: Reader<'_>| all.push(Arc::new(alert(wire)));
        self.all(Resource::Graph, url, take).await?;
        Ok(all)
    }

    /// One alert with its evidence.
    pub async fn alert(&self, id: &str) -> Result<Alert, ApiError> {
        let url = format!("{}/security/alerts_v2/{}", self.graph, encode(id));
        self.answer(Call::get(Resource::Graph, url))
            .await?
            .read(alert)
    }
}
