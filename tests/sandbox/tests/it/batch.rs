//! Many requests in one: each answered as if alone, and what a batch may not be.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR};

async fn send(client: &Client, token: &str, requests: Value) -> Answer {
    let body = json!({ "requests": requests });
    client
        .write(token, ("POST", "graph"), "/v1.0/$batch", body)
        .await
}

fn answer(batch: &Answer, id: &str) -> Value {
    let body = batch.json();
    let all = body["responses"].as_array().unwrap();
    all.iter().find(|it| it["id"] == id).cloned().unwrap()
}

#[tokio::test]
async fn each_request_is_answered_as_if_it_had_come_alone() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("ransomware", "").await;
    let incident = format!("/security/incidents/{id}");
    let batch = send(
        &client,
        &token,
        json!([
            { "id": "1", "method": "GET", "url": "/me" },
            { "id": "2", "method": "GET", "url": &incident },
            {
                "id": "3", "method": "GET", "url": &incident,
                "headers": { "Prefer": "include-unknown-enum-members" },
            },
            { "id": "4", "method": "GET", "url": "/users?$search=\"displayName:anna\"&$top=2" },
            {
                "id": "5", "method": "GET", "url": "/users?$search=\"displayName:anna\"&$top=2",
                "headers": { "ConsistencyLevel": "eventual" },
            },
            {
                "id": "6", "method": "PATCH", "url": &incident, "body": { "severity": "low" },
                "headers": { "Content-Type": "application/json" },
            },
            { "id": "7", "method": "GET", "url": "/security/incidents/1" },
            { "id": "8", "method": "GET", "url": "/me", "dependsOn": ["7"] },
            { "id": "9", "method": "GET", "url": "/me", "dependsOn": ["6"] },
        ]),
    )
    .await;
    assert_eq!(batch.status, StatusCode::OK);
    assert_eq!(answer(&batch, "1")["body"]["displayName"], OPERATOR);
    assert_eq!(answer(&batch, "2")["body"]["status"], "unknownFutureValue");
    assert_eq!(answer(&batch, "3")["body"]["status"], "awaitingAction");
    assert_eq!(answer(&batch, "4")["status"], 400);
    assert_eq!(
        answer(&batch, "4")["body"]["error"]["code"],
        "Request_UnsupportedQuery"
    );
    assert_eq!(
        answer(&batch, "5")["body"]["value"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(answer(&batch, "6")["body"]["severity"], "low");
    assert_eq!(answer(&batch, "7")["status"], 404);
    assert_eq!(answer(&batch, "8")["status"], 424);
    assert_eq!(answer(&batch, "9")["status"], 200);
    // The order of the answers is not that of the requests.
    assert_ne!(batch.json()["responses"][0]["id"], "1");
}

#[tokio::test]
async fn throttling_strikes_one_request_of_a_batch() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let fault = json!({
        "host": "graph", "pathContains": "/security/alerts_v2", "status": 429, "retryAfter": 2.5,
    });
    client.steer("faults", fault).await;
    let batch = send(
        &client,
        &token,
        json!([
            { "id": "a", "method": "GET", "url": "/security/alerts_v2?$top=1" },
            { "id": "b", "method": "GET", "url": "/security/incidents?$top=1" },
        ]),
    )
    .await;
    assert_eq!(batch.status, StatusCode::OK);
    assert_eq!(answer(&batch, "a")["status"], 429);
    assert_eq!(answer(&batch, "a")["headers"]["Retry-After"], "2.5");
    assert_eq!(answer(&batch, "b")["status"], 200);
}

#[tokio::test]
async fn a_malformed_batch_is_refused_as_a_whole() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let me = |id: usize| json!({ "id": id.to_string(), "method": "GET", "url": "/me" });
    let many: Vec<Value> = (0..21).map(me).collect();
    let cases = [
        (
            json!(many),
            "Number of batch request steps exceeds the maximum value of 20.",
        ),
        (
            json!([me(1), me(1)]),
            "Request id : 1 is not unique in the batch.",
        ),
        (
            json!([{ "id": "1", "method": "PATCH", "url": "/x", "body": {} }]),
            "Write request id : 1 does not contain Content-Type header or body.",
        ),
        (
            json!([{ "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] }, me(2)]),
            "Write request id : 1 depends on a request that does not come before it.",
        ),
        (
            json!([{ "id": "1", "method": "POST", "url": "/$batch" }]),
            "Request id : 1 has no valid url.",
        ),
        (json!([]), "The batch request contains no requests."),
        (
            json!([{ "method": "GET" }]),
            "Invalid batch payload format.",
        ),
    ];
    for (requests, text) in cases {
        let answer = send(&client, &token, requests).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{text}");
        assert_eq!(answer.error().1, text);
    }
    assert_eq!(
        send(&client, &token, json!(many[..20])).await.status,
        StatusCode::OK
    );
}
