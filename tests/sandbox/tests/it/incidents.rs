//! One incident: the Prefer rule, writes, comments, merged incidents.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR};

fn path(id: &str) -> String {
    format!("/v1.0/security/incidents/{id}")
}

async fn patch(client: &Client, token: &str, id: &str, body: Value) -> Answer {
    client
        .ask("PATCH", "graph", path(id))
        .bearer(token)
        .json(&body)
        .send()
        .await
}

#[tokio::test]
async fn awaiting_shows_only_to_those_who_ask_for_new_members() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("ransomware", "").await;
    let plain = client
        .ask("GET", "graph", path(&id))
        .bearer(&token)
        .send()
        .await;
    assert_eq!(plain.json()["status"], "unknownFutureValue");
    assert_eq!(plain.header("preference-applied"), "");
    let asked = client
        .ask("GET", "graph", path(&id))
        .bearer(&token)
        .header(
            "prefer",
            "odata.maxpagesize=5, include-unknown-enum-members",
        )
        .send()
        .await;
    assert_eq!(asked.json()["status"], "awaitingAction");
    assert_eq!(
        asked.header("preference-applied"),
        "include-unknown-enum-members"
    );
    let filter = "/v1.0/security/incidents?$filter=status%20eq%20%27awaitingAction%27";
    let rows = client
        .ask("GET", "graph", filter)
        .bearer(&token)
        .send()
        .await
        .json();
    assert_eq!(rows["value"].as_array().unwrap().len(), 3);
    assert!(
        rows["value"]
            .as_array()
            .unwrap()
            .iter()
            .all(|r| r["status"] == "unknownFutureValue")
    );
}

#[tokio::test]
async fn a_write_answers_the_whole_incident_and_moves_its_time() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("investigating", "").await;
    let before = client
        .ask("GET", "graph", path(&id))
        .bearer(&token)
        .send()
        .await
        .json();
    let change = json!({
        "classification": "truePositive", "determination": "malware", "customTags": ["VIP"],
        "assignedTo": null, "status": "inProgress",
    });
    let after = patch(&client, &token, &id, change).await;
    assert_eq!(after.status, StatusCode::OK);
    let after = after.json();
    assert!(
        after["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#security/incidents/$entity")
    );
    assert_eq!(after["determination"], "malware");
    assert_eq!(after["assignedTo"], Value::Null);
    assert_eq!(after["displayName"], before["displayName"]);
    assert_eq!(after["lastModifiedBy"], "API-App:omar.haddad@contoso.com");
    assert!(after["lastUpdateDateTime"].as_str() > before["lastUpdateDateTime"].as_str());
}

#[tokio::test]
async fn what_is_not_the_customers_to_set_is_refused_and_nothing_is_half_done() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("investigating", "").await;
    for change in [
        json!({ "status": "awaitingAction" }),
        json!({ "status": "redirected" }),
        json!({ "systemTags": [] }),
        json!({ "classification": "TruePositive" }),
        json!({ "severity": 3 }),
        json!({ "displayName": "Renamed", "priorityScore": 4 }),
    ] {
        let answer = patch(&client, &token, &id, change.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change}");
    }
    let now = client
        .ask("GET", "graph", path(&id))
        .bearer(&token)
        .send()
        .await
        .json();
    assert_ne!(now["displayName"], "Renamed");
}

#[tokio::test]
async fn a_merged_incident_names_its_target_and_takes_no_writes() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("redirected", "").await;
    let (target, _) = client.showcase("ransomware", "").await;
    let found = client
        .ask("GET", "graph", path(&id))
        .bearer(&token)
        .send()
        .await
        .json();
    assert_eq!(found["status"], "redirected");
    assert_eq!(found["redirectIncidentId"], target);
    let answer = patch(&client, &token, &id, json!({ "severity": "low" })).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let comment = client
        .ask("POST", "graph", format!("{}/comments", path(&id)))
        .bearer(&token)
        .json(&json!({ "comment": "Hello" }))
        .send()
        .await;
    assert_eq!(comment.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_comment_answers_the_whole_list_up_to_the_limit() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (id, _) = client.showcase("falsePositive", "").await;
    let send = async |text: String| {
        client
            .ask("POST", "graph", format!("{}/comments", path(&id)))
            .bearer(&token)
            .json(
                &json!({ "@odata.type": "microsoft.graph.security.alertComment", "comment": text }),
            )
            .send()
            .await
    };
    let answer = send("Agreed.".into()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let all = answer.json();
    assert_eq!(all["value"].as_array().unwrap().len(), 2);
    assert_eq!(all["value"][0]["createdByDisplayName"], "Defender Experts");
    assert_eq!(all["value"][1]["comment"], "Agreed.");
    assert_eq!(send("ä".repeat(30_000)).await.status, StatusCode::OK);
    assert_eq!(
        send("ä".repeat(30_001)).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(send("  ".into()).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn unknown_incidents_and_paths_answer_in_graphs_shape_with_ids() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    for wrong in [
        "/v1.0/security/incidents/1",
        "/v1.0/security/incidents/x",
        "/v1.0/nothing",
    ] {
        let answer = client
            .ask("GET", "graph", wrong)
            .bearer(&token)
            .header("client-request-id", "c-1")
            .send()
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(answer.header("client-request-id"), "c-1");
        let inner = &answer.json()["error"]["innerError"];
        assert_eq!(inner["client-request-id"], "c-1");
        assert_eq!(inner["request-id"], answer.header("request-id"));
    }
}
