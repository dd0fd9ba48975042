//! The document and the sandbox: every operation is there, for the roles the document names.

use axum::http::StatusCode;
use sandbox::{
    experts::{contract::contract, handlers},
    people::{Level, PEOPLE},
};
use serde_json::json;

use super::api::{Api, key};
use crate::client::Client;

#[test]
fn the_document_is_read_and_every_operation_has_somebody_who_answers() {
    let operations = &contract().operations;
    assert_eq!(operations.len(), 68);
    let mut missing: Vec<&str> = operations
        .iter()
        .map(|operation| operation.id.as_str())
        .filter(|id| handlers::of(id).is_none())
        .collect();
    // The stream is no reply and is answered by itself.
    missing.retain(|id| *id != "streamEvents");
    assert_eq!(missing, Vec::<&str>::new());
}

/// Path, method, body, and who may.
const WRITES: [(&str, &str, Level); 13] = [
    ("POST", "/chat/threads", Level::Operator),
    ("POST", "/chat/threads/x/messages", Level::Operator),
    ("POST", "/chat/threads/x/typing", Level::Operator),
    ("POST", "/chat/threads/x/read", Level::Reader),
    ("PUT", "/chat/threads/x/feedback", Level::Asker),
    ("POST", "/inquiries", Level::Asker),
    ("POST", "/inquiries/x/messages", Level::Asker),
    ("POST", "/attachments", Level::Asker),
    ("PUT", "/settings/permissions", Level::Administrator),
    ("PUT", "/settings/draft", Level::Administrator),
    ("POST", "/settings/complete", Level::Administrator),
    ("POST", "/readiness/run", Level::Administrator),
    ("POST", "/deliveries/samples", Level::Administrator),
];

#[tokio::test]
async fn each_role_may_what_the_document_says() {
    let client = Client::new(20);
    for person in &PEOPLE {
        let api = Api::of(&client, person.name).await;
        let service = api.ask("GET", "/service").send().await;
        assert_eq!(
            service.status.is_success(),
            person.reads(),
            "{}",
            person.name
        );
        for (method, path, level) in WRITES {
            // Nothing is right about the request but who asks.
            let answer = api
                .ask(method, path)
                .header("idempotency-key", key())
                .send()
                .await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused,
                !person.reaches(level),
                "{} {path}: {}",
                person.name,
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn the_service_tells_each_role_what_it_may() {
    let client = Client::new(20);
    let service = Api::of(&client, "Rhea Novak").await.get("/service").await;
    assert_eq!(service["caller"]["mayAsk"], true);
    assert_eq!(service["caller"]["mayAct"], false);
    assert_eq!(
        service["caller"]["deniedReason"],
        "Your role Security Reader cannot run actions and chat or change settings."
    );
    let service = Api::of(&client, "Ada Lindqvist")
        .await
        .get("/service")
        .await;
    assert_eq!(service["caller"]["deniedReason"], json!(null));
}

#[tokio::test]
async fn an_answer_that_leaves_the_document_is_noticed() {
    let client = Client::new(20);
    let (id, _) = client.showcase("ransomware", "").await;
    let publish = json!({ "publish": { "indicators": [{ "kind": "ip" }] } });
    client.steer(&format!("incidents/{id}"), publish).await;
    let token = client.token("Rhea Novak", "experts").await;
    let answer = client
        .ask(
            "GET",
            "experts",
            format!("/v1/incidents/{id}/managed-response"),
        )
        .bearer(&token)
        .unwatched()
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let found = client.look("contract").await;
    assert!(
        found[0]
            .as_str()
            .unwrap()
            .contains("\"value\" is a required property"),
        "{found}"
    );
    let forget = client
        .ask("DELETE", "portal", "/sandbox/contract")
        .unwatched()
        .send()
        .await;
    assert_eq!(forget.status, StatusCode::NO_CONTENT);
    assert_eq!(client.look("contract").await, json!([]));
}

#[tokio::test]
async fn what_a_fault_answers_is_not_held_against_the_document() {
    let client = Client::new(20);
    let api = Api::of(&client, "Rhea Novak").await;
    let fault =
        json!({ "host": "experts", "pathContains": "/service", "status": 418, "body": [1] });
    client.steer("faults", fault).await;
    assert_eq!(api.ask("GET", "/service").send().await.status, 418);
    let fault =
        json!({ "host": "experts", "pathContains": "/service", "status": 503, "retryAfter": 2.5 });
    client.steer("faults", fault).await;
    let unavailable = api.ask("GET", "/service").send().await;
    assert_eq!(
        (
            unavailable.code().as_str(),
            unavailable.header("retry-after")
        ),
        ("serviceUnavailable", "2.5")
    );
}
