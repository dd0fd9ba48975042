//! What the service tells the person in the portal.

use super::client::Client;
use super::wire::service::notification;
use crate::domain::error::ApiError;
use crate::domain::json::Reader;
use crate::domain::notification::Notification;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

impl Client {
    /// The newest notifications, and how many are unread in all.
    pub async fn notifications(&self) -> Result<(Vec<Notification>, usize), ApiError> {
        let read = |page: Reader<'_>| {
            let unread = page.int("unread").and_then(|n| usize::try_from(n).ok());
            let all = page.needed_list("items").map(notification).collect();
            (all, unread.unwrap_or_default())
        };
        let path = "/notifications?limit=30";
        Ok(self.experts_document(path, read).await?.0)
    }

    /// Marks one read. Read stays read, so it may be sent twice.
    pub async fn read_notification(&self, id: &str) -> Result<(), ApiError> {
        let path = format!("/notifications/{}/read", encode(id));
        self.experts_write(Method::POST, &path, None, None, None)
            .await
            .map(drop)
    }
}
