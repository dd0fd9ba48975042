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

/// Alerts a page. Graph gives up to 2,000; evidence makes them large, and the first are to be seen soon.
const PAGE: u32 = 200;

impl Client {
    /// A page of the alerts of which an instant, `createdDateTime` or `lastUpdateDateTime`, is not before
    /// `since`: the first page, or the one at `next`. Gives where the one after it is, too.
    pub async fn alerts(
        &self,
        instant: &str,
        since: Timestamp,
        next: Option<String>,
    ) -> Result<(Vec<Arc<Alert>>, Option<String>), ApiError> {
        let first = || {
            let filter = encode(&format!("{instant} ge {}", since.rfc3339()));
            format!(
                "{}/security/alerts_v2?$top={PAGE}&$filter={filter}",
                self.graph
            )
        };
        let mut all = Vec::new();
        let take = &mut |wire: Reader<'_>| all.push(Arc::new(alert(wire)));
        let url = next.unwrap_or_else(first);
        let more = self.page(Resource::Graph, url, take).await?;
        Ok((all, more.next))
    }

    /// One alert with its evidence.
    pub async fn alert(&self, id: &str) -> Result<Alert, ApiError> {
        let url = format!("{}/security/alerts_v2/{}", self.graph, encode(id));
        self.answer(Call::get(Resource::Graph, url))
            .await?
            .read(alert)
    }
}
