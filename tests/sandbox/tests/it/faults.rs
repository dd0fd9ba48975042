//! Faults happen where they were asked for, as often as asked, and the log tells what was sent.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Client, OPERATOR};

#[tokio::test]
async fn an_answer_dropped_after_commit_leaves_the_effect() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, id) = client.showcase("ransomware", "Isolate").await;
    let fault = json!({
        "host": "experts", "method": "POST", "pathContains": "executeResponseAction",
        "dropAfterCommit": true, "times": 1,
    });
    client.steer("faults", fault).await;
    let path = format!("/beta/security/incidentTasks/{id}/executeResponseAction");
    let run = || {
        client
            .ask("POST", "experts", &path)
            .bearer(&token)
            .header("idempotency-key", "k")
    };
    assert!(run().send().await.hung_up);
    assert_eq!(run().send().await.status, StatusCode::NO_CONTENT);
    assert_eq!(client.look("effects").await.as_array().unwrap().len(), 1);
    let seen = client.look("requests").await;
    let last = &seen.as_array().unwrap()[seen.as_array().unwrap().len() - 2..];
    assert_eq!(
        (&last[0]["status"], &last[1]["status"]),
        (&0.into(), &204.into())
    );
    assert_eq!(last[0]["idempotencyKey"], "k");
    assert_eq!(last[0]["path"], path);
}

#[tokio::test]
async fn errors_come_in_the_origins_dialect_with_their_headers() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let fault = json!({
        "host": "graph", "pathContains": "/security/incidents", "status": 429,
        "retryAfter": "2.128", "times": 2,
    });
    client.steer("faults", fault).await;
    let list = || {
        client
            .ask("GET", "graph", "/v1.0/security/incidents")
            .bearer(&token)
    };
    for _ in 0..2 {
        let answer = list()
            .header("origin", "http://portal.localhost:8790")
            .send()
            .await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header("retry-after"), "2.128");
        assert_eq!(answer.error().0, "TooManyRequests");
        assert!(
            answer
                .header("access-control-expose-headers")
                .contains("retry-after")
        );
    }
    assert_eq!(list().send().await.status, StatusCode::OK);
    assert_eq!(client.look("faults").await, json!([]));
}

#[tokio::test]
async fn a_proxys_page_can_stand_in_for_an_answer() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let fault = json!({
        "host": "graph", "pathContains": "/security/incidents", "status": 200,
        "contentType": "text/html", "body": "<!doctype html><p>Sign in to the network",
    });
    client.steer("faults", fault).await;
    let answer = client
        .ask("GET", "graph", "/v1.0/security/incidents")
        .bearer(&token)
        .header("origin", "http://portal.localhost:8790")
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "text/html");
    assert!(answer.text.starts_with("<!doctype html>"));
    // The browser lets the page read it, and it can be told apart in the log.
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(!answer.header("request-id").is_empty());
}

#[tokio::test]
async fn a_conflict_can_be_answered_though_the_work_was_done() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, id) = client.showcase("ransomware", "Rotate").await;
    let fault = json!({
        "host": "experts", "method": "PATCH", "pathContains": &id, "status": 409,
        "afterCommit": true,
    });
    client.steer("faults", fault).await;
    let path = format!("/beta/security/incidentTasks/{id}");
    let done = json!({ "status": "completed" });
    let answer = client
        .ask("PATCH", "experts", &path)
        .bearer(&token)
        .json(&done)
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let task = client
        .ask("GET", "experts", &path)
        .bearer(&token)
        .send()
        .await
        .json();
    assert_eq!(task["status"], "completed");
}

#[tokio::test]
async fn a_reset_brings_the_tenant_back_and_keeps_the_sign_in() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("investigating", "").await;
    let path = format!("/v1.0/security/incidents/{id}");
    let change = json!({ "displayName": "Renamed" });
    client
        .ask("PATCH", "graph", &path)
        .bearer(&token)
        .json(&change)
        .send()
        .await;
    client.steer("reset", json!({})).await;
    let (id, _) = client.showcase("investigating", "").await;
    let path = format!("/v1.0/security/incidents/{id}");
    let found = client
        .ask("GET", "graph", &path)
        .bearer(&token)
        .send()
        .await;
    assert_eq!(found.status, StatusCode::OK);
    assert_ne!(found.json()["displayName"], "Renamed");
}

/// Assigns an alert to somebody, by a change whose answer is lost and that comes 60 ms late. Gives a token to
/// read with, the alert's path, and whose it was before.
async fn assigned_late(client: &Client) -> (String, String, Value) {
    let token = client.token(OPERATOR, "graph").await;
    let list = "/v1.0/security/alerts_v2?$top=1";
    let before = client.read(&token, "graph", list).await.rows()[0].clone();
    let path = format!(
        "/v1.0/security/alerts_v2/{}",
        before["id"].as_str().unwrap()
    );
    let fault = json!({
        "host": "graph", "method": "PATCH", "pathContains": "/alerts_v2/", "commitAfterMs": 60,
    });
    client.steer("faults", fault).await;
    let body = json!({ "assignedTo": "omar.haddad@contoso.com" });
    let lost = client.write(&token, ("PATCH", "graph"), &path, body).await;
    assert!(lost.hung_up);
    (token, path, before["assignedTo"].clone())
}

#[tokio::test]
async fn a_change_of_an_alert_can_come_after_it_was_read_back() {
    let client = Client::new(20);
    let (token, path, before) = assigned_late(&client).await;
    let early = client.read(&token, "graph", &path).await.json();
    assert_eq!(early["assignedTo"], before);
    for _ in 0..100 {
        let now = client.read(&token, "graph", &path).await.json();
        if now["assignedTo"] == "omar.haddad@contoso.com" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the change never came");
}

#[tokio::test]
async fn a_change_that_would_come_late_does_not_come_into_the_next_tenant() {
    let client = Client::new(20);
    let (token, path, before) = assigned_late(&client).await;
    client.steer("reset", json!({})).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let after = client.read(&token, "graph", &path).await.json();
    assert_eq!(after["assignedTo"], before);
}
