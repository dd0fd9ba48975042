//! The Experts API: what is published, what is not, and reading it again cheaply.

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Answer, Client, OPERATOR, READER};

async fn read(client: &Client, id: &str, etag: &str) -> Answer {
    let token = client.token(READER, "experts").await;
    client
        .ask(
            "GET",
            "experts",
            format!("/v1/incidents/{id}/managed-response"),
        )
        .bearer(&token)
        .header("if-none-match", etag)
        .send()
        .await
}

#[tokio::test]
async fn a_published_response_has_every_part() {
    let client = Client::new(20);
    let (id, _) = client.showcase("ransomware", "").await;
    let answer = read(&client, &id, "").await;
    let body = answer.json();
    let summary = &body["investigationSummary"];
    assert!(
        summary["markdown"]
            .as_str()
            .unwrap()
            .starts_with("## What happened")
    );
    assert_eq!(summary["devices"][0]["displayName"], "prod-sql-02");
    assert_eq!(summary["indicators"][0]["kind"], "sha256");
    assert!(summary["timeline"].as_array().unwrap().len() >= 4);
    assert_eq!(
        body["taskCounts"],
        json!({ "pending": 5, "completed": 2, "failed": 0, "skipped": 0 })
    );
    assert!(body["awaitingSince"].is_string() && body["chatThreadId"].is_null());
    assert!(!answer.header("x-request-id").is_empty());
}

#[tokio::test]
async fn an_unchanged_response_costs_nothing_and_a_changed_one_is_sent() {
    let client = Client::new(20);
    let (id, task) = client.showcase("ransomware", "Review").await;
    let etag = read(&client, &id, "").await.header("etag").to_owned();
    let same = read(&client, &id, &etag).await;
    assert_eq!(
        (same.status, same.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    let token = client.token(OPERATOR, "tasks").await;
    client
        .ask(
            "PATCH",
            "experts",
            format!("/beta/security/incidentTasks/{task}"),
        )
        .bearer(&token)
        .json(&json!({ "status": "notRelevant" }))
        .send()
        .await;
    let changed = read(&client, &id, &etag).await;
    assert_eq!(changed.json()["taskCounts"]["skipped"], 1);
}

#[tokio::test]
async fn nothing_published_is_a_problem_of_its_own() {
    let client = Client::new(20);
    let (id, _) = client.showcase("investigating", "").await;
    let answer = read(&client, &id, "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["code"], "notPublished");
    assert_eq!(answer.json()["requestId"], answer.header("x-request-id"));
    assert_eq!(read(&client, "7", "").await.json()["code"], "notFound");

    let publish = json!({ "publish": { "tasks": [
        { "displayName": "Isolate device x", "actionType": "isolateDevice", "deviceId": "d1" }
    ]}});
    client.steer(&format!("incidents/{id}"), publish).await;
    let body = read(&client, &id, "").await.json();
    assert_eq!(body["taskCounts"]["pending"], 1);
    let token = client.token(READER, "graph").await;
    let incident = client
        .ask("GET", "graph", format!("/v1.0/security/incidents/{id}"))
        .bearer(&token)
        .header("prefer", "include-unknown-enum-members")
        .send()
        .await
        .json();
    assert_eq!(incident["status"], "awaitingAction");
    assert_eq!(incident["assignedTo"], "Customer");
    assert_eq!(incident["classification"], "truePositive");
}
