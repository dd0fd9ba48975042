//! The service itself: its stage and what it lets the person do; and the notifications that it sent to
//! others.

use super::client::Client;
use super::wire::service::{delivery, service};
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use crate::domain::service::{Delivery, Service};
use crate::domain::time::Timestamp;
use gloo_net::http::Method;

impl Client {
    /// Where the customer stands.
    pub async fn service(&self) -> Result<Service, ApiError> {
        Ok(self.experts_document("/service", service).await?.0)
    }

    /// When the next service review is held, where one is planned.
    pub async fn next_review(&self) -> Result<Option<Timestamp>, ApiError> {
        let planned = |wire: Reader<'_>| {
            let at = wire.str("at").and_then(Timestamp::parse);
            at.filter(|_| wire.str("state") == Some("scheduled"))
        };
        let read = |page: Reader<'_>| page.needed_list("items").filter_map(planned).min();
        Ok(self.experts_document("/reviews?limit=10", read).await?.0)
    }

    /// The samples that were sent, the newest first.
    pub async fn samples(&self) -> Result<Vec<Delivery>, ApiError> {
        let read = |page: Reader<'_>| page.needed_list("items").map(delivery).collect();
        let path = "/deliveries?sample=true&limit=20";
        Ok(self.experts_document(path, read).await?.0)
    }

    /// Sends a sample of a notification, to a contact or to the person, once for a key.
    pub async fn send_sample(
        &self,
        channel: &str,
        purpose: &str,
        contact: &str,
        key: String,
    ) -> Result<Delivery, ApiError> {
        let mut members = vec![("channel", channel), ("purpose", purpose)];
        if !contact.is_empty() {
            members.push(("contactId", contact));
        }
        let body = Some(json::object(&members));
        let answer = self
            .experts_write(Method::POST, "/deliveries/samples", body, Some(key), None)
            .await?;
        answer.read(delivery)
    }
}
