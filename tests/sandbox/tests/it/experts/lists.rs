//! Lists: pages that together are the whole, and notifications of one's own.

use serde_json::json;

use super::api::{Api, all};
use crate::client::{ADMINISTRATOR, Client, READER};

#[tokio::test]
async fn pages_together_are_the_whole_without_repeats() {
    let client = Client::new(120);
    let api = Api::of(&client, ADMINISTRATOR).await;
    for path in [
        "/managed-responses",
        "/chat/threads",
        "/inquiries",
        "/messages",
        "/settings/audit",
        "/readiness/history",
        "/reviews",
        "/deliveries",
        "/hunting/hunts?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z",
        "/notifications",
        "/device-groups",
    ] {
        let join = if path.contains('?') { '&' } else { '?' };
        let whole = api.get(&format!("{path}{join}limit=100")).await;
        let pages = all(&api, path).await;
        assert_eq!(json!(pages), whole["items"], "{path}");
        assert!(whole["nextCursor"].is_null() || pages.len() > 100, "{path}");
    }
}

#[tokio::test]
async fn the_link_leads_to_the_next_page_with_the_same_filters() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let first = api
        .ask("GET", "/deliveries?channel=mail&limit=2")
        .send()
        .await;
    let next = first.json()["nextCursor"].as_str().unwrap().to_owned();
    assert_eq!(
        first.header("link"),
        format!("<?cursor={next}&channel=mail&limit=2>; rel=\"next\"")
    );
    let last = api.ask("GET", "/reviews").send().await;
    assert_eq!(
        (last.header("link"), &last.json()["nextCursor"]),
        ("", &json!(null))
    );
}

#[tokio::test]
async fn each_person_reads_their_own_notifications() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let list = api.get("/notifications").await;
    let unread = list["unread"].as_i64().unwrap();
    assert!(unread > 1);
    let id = list["items"][0]["id"].as_str().unwrap();
    let read = async || {
        api.ask("POST", &format!("/notifications/{id}/read"))
            .send()
            .await
            .json()
    };
    let first = read().await;
    assert_eq!(first["read"], true);
    client.pass(60.0).await;
    assert_eq!(read().await, first, "read stays read, since then");
    assert_eq!(api.get("/notifications").await["unread"], unread - 1);
    assert_eq!(
        api.get("/notifications?unread=false").await["items"],
        json!([first])
    );
    let other = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(other.get("/notifications").await["unread"], unread);
    let none = api.ask("POST", "/notifications/none/read").send().await;
    assert_eq!(none.code(), "notFound");
}
