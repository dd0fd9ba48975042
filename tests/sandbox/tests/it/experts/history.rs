//! The history of incidents: complete, stable, and adding up to the time that passed.

use serde_json::{Value, json};

use super::api::{Api, all};
use crate::client::{Client, OPERATOR, READER};

async fn history(api: &Api<'_>, incident: &str) -> Vec<Value> {
    all(api, &format!("/incidents/{incident}/history")).await
}

fn kinds(history: &[Value]) -> Vec<&str> {
    history
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_waiting_incident_tells_its_whole_way() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let (incident, _) = client.showcase("ransomware", "").await;
    let told = history(&api, &incident).await;
    assert_eq!(told[0]["kind"], "created");
    assert_eq!(told[0]["waitingOn"], "experts");
    let last = told.last().unwrap();
    assert_eq!(
        (&last["after"]["status"], &last["waitingOn"]),
        (&json!("awaitingAction"), &json!("customer"))
    );
    assert_eq!(
        kinds(&told)
            .iter()
            .filter(|kind| **kind == "taskAdded")
            .count(),
        7
    );
    assert!(kinds(&told).contains(&"responsePublished"));
    let seconds: Vec<&str> = told
        .iter()
        .map(|event| &event["at"].as_str().unwrap()[..19])
        .collect();
    assert!(seconds.is_sorted(), "{seconds:?}");
}

#[tokio::test]
async fn what_happens_is_added_at_the_end_and_changes_nothing_before() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let (incident, task) = client.showcase("ransomware", "Rotate").await;
    let before = history(&api, &incident).await;
    let token = client.token(OPERATOR, "tasks").await;
    let path = format!("/beta/security/incidentTasks/{task}");
    client
        .ask("PATCH", "experts", path)
        .bearer(&token)
        .json(&json!({ "status": "completed" }))
        .send()
        .await;
    let pause = |paused: bool| json!({ "paused": paused, "reason": "Maintenance" });
    client
        .steer(&format!("incidents/{incident}/pause"), pause(true))
        .await;
    client
        .steer(&format!("incidents/{incident}/pause"), pause(false))
        .await;
    client
        .steer(
            &format!("incidents/{incident}"),
            json!({ "status": "resolved", "assignedTo": null }),
        )
        .await;

    let after = history(&api, &incident).await;
    assert_eq!(after[..before.len()], before[..]);
    let added = &after[before.len()..];
    assert_eq!(kinds(&added[..3]), ["taskChanged", "paused", "resumed"]);
    assert_eq!(
        (&added[0]["taskId"], &added[0]["by"]["kind"]),
        (&json!(task), &json!("customer"))
    );
    assert_eq!(
        (&added[1]["paused"], &added[1]["reason"]),
        (&json!(true), &json!("Maintenance"))
    );
    assert_eq!(added[2]["paused"], false);
    let last = after.last().unwrap();
    assert_eq!(
        (&last["kind"], &last["waitingOn"]),
        (&json!("statusChanged"), &json!("nobody"))
    );
    let assignee = added
        .iter()
        .find(|event| event["kind"] == "assigneeChanged")
        .unwrap();
    assert_eq!(
        (&assignee["before"], &assignee["after"]),
        (
            &json!({ "assignedTo": "Customer" }),
            &json!({ "assignedTo": null })
        )
    );
}

#[tokio::test]
async fn a_response_published_now_is_told_and_announced() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let (incident, _) = client.showcase("investigating", "").await;
    let before = history(&api, &incident).await;
    let publish = json!({ "publish": { "tasks": [{ "displayName": "Look" }] } });
    client
        .steer(&format!("incidents/{incident}"), publish)
        .await;
    let after = history(&api, &incident).await;
    assert_eq!(after[..before.len()], before[..]);
    let added = kinds(&after[before.len()..]);
    for kind in [
        "responsePublished",
        "taskAdded",
        "statusChanged",
        "assigneeChanged",
    ] {
        assert!(added.contains(&kind), "{kind} in {added:?}");
    }
    client.pass(3.0).await;
    let told = api.get("/notifications").await;
    assert_eq!(told["items"][0]["reference"]["id"], incident.as_str());
    let mail = client.look("mail").await;
    assert_eq!(
        (&mail[0]["purpose"], &mail[0]["state"]),
        (&json!("managedResponse"), &json!("delivered"))
    );
    assert_eq!(
        api.get("/managed-responses?awaiting=true").await["items"][0]["incidentId"],
        incident.as_str()
    );
}

#[tokio::test]
async fn the_last_state_told_is_the_incidents() {
    let client = Client::new(150);
    let api = Api::of(&client, READER).await;
    let token = client.token(READER, "graph").await;
    let list = client
        .ask("GET", "graph", "/v1.0/security/incidents?$top=50")
        .bearer(&token);
    let list = list
        .header("prefer", "include-unknown-enum-members")
        .send()
        .await
        .json();
    for incident in list["value"].as_array().unwrap() {
        let told = history(&api, incident["id"].as_str().unwrap()).await;
        let mut state = json!({});
        for event in told.iter().filter(|event| event["taskId"].is_null()) {
            for (name, value) in event["after"].as_object().into_iter().flatten() {
                state[name] = value.clone();
            }
        }
        assert_eq!(state["status"], incident["status"], "{told:?}");
        if incident["status"] != "redirected" {
            let closed_by_customer =
                incident["status"] == "resolved" && !incident["assignedTo"].is_null();
            assert!(
                closed_by_customer || state["assignedTo"] == incident["assignedTo"],
                "{told:?}"
            );
        }
    }
}

#[tokio::test]
async fn awaiting_responses_are_the_incidents_that_wait() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let waiting = api.get("/managed-responses?awaiting=true").await;
    let token = client.token(READER, "graph").await;
    let path = "/v1.0/security/incidents?$filter=status%20eq%20'awaitingAction'&$top=50";
    let list = client.ask("GET", "graph", path).bearer(&token);
    let list = list
        .header("prefer", "include-unknown-enum-members")
        .send()
        .await
        .json();
    assert_eq!(waiting["total"], list["value"].as_array().unwrap().len());
    assert!(
        waiting["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["awaitingSince"].is_string())
    );
}
