//! A person who calls the Experts API: their token, a fresh key for each intent.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::client::{Answer, Ask, Client};

pub(super) struct Api<'a> {
    pub(super) client: &'a Client,
    token: String,
}

/// A key nobody used before.
pub(super) fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("00000000-0000-4000-8000-{number:012x}")
}

impl<'a> Api<'a> {
    pub(super) async fn of(client: &'a Client, person: &str) -> Self {
        let token = client.token(person, "experts").await;
        Self { client, token }
    }

    pub(super) fn ask(&self, method: &'static str, path: &str) -> Ask<'a> {
        self.client
            .ask(method, "experts", format!("/v1{path}"))
            .bearer(&self.token)
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path).send().await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer.json()
    }

    /// An act under a key of its own.
    pub(super) async fn act(&self, path: &str, body: &Value) -> Answer {
        let ask = self.ask("POST", path).header("idempotency-key", key());
        if body.is_null() { ask } else { ask.json(body) }
            .send()
            .await
    }

    pub(super) async fn etag(&self, path: &str) -> String {
        self.ask("GET", path).send().await.header("etag").to_owned()
    }

    /// Writes a document as it was just read.
    pub(super) async fn put(&self, path: &str, body: &Value) -> Answer {
        let etag = self.etag(path).await;
        self.ask("PUT", path)
            .header("if-match", etag)
            .json(body)
            .send()
            .await
    }
}

/// The items of a list, page by page.
pub(super) async fn all(api: &Api<'_>, path: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    let join = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = api.get(&format!("{path}{join}limit=7{cursor}")).await;
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}
