//! Events: asked for, waited for, streamed, resumed, lost.

use std::time::Duration;

use axum::{body::Body, http::Request};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::api::Api;
use crate::client::{Client, OPERATOR, READER};

async fn now(api: &Api<'_>) -> String {
    api.get("/events/poll").await["last"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn types(events: &Value) -> Vec<&str> {
    events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn what_changed_is_told_after_the_last_one_seen() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let after = now(&api).await;
    let (incident, task) = client.showcase("ransomware", "Rotate").await;
    client
        .steer(&format!("tasks/{task}"), json!({ "status": "completed" }))
        .await;
    client
        .steer(
            &format!("incidents/{incident}"),
            json!({ "severity": "low" }),
        )
        .await;
    api.act("/chat/threads", &json!({ "incidentId": incident }))
        .await;
    let told = api.get(&format!("/events/poll?after={after}")).await;
    assert_eq!(
        types(&told),
        ["task.updated", "incident.updated", "thread.updated"]
    );
    assert_eq!(
        told["items"][0]["reference"],
        json!({ "kind": "task", "id": task, "displayName": null })
    );
    let chats = api
        .get(&format!("/events/poll?after={after}&topics=chat,nothing"))
        .await;
    assert_eq!(
        (types(&chats), &chats["last"]),
        (vec!["thread.updated"], &told["last"])
    );
    let last = told["last"].as_str().unwrap();
    assert_eq!(
        api.get(&format!("/events/poll?after={last}")).await["items"],
        json!([])
    );
}

#[tokio::test]
async fn whoever_waits_hears_of_an_event_at_once() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let path = format!("/events/poll?after={}&wait=20", now(&api).await);
    let change = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        client
            .steer("readiness/safe-links", json!({ "state": "completed" }))
            .await;
    };
    let (told, ()) = tokio::join!(api.get(&path), change);
    assert_eq!(types(&told), ["readiness.updated"]);
}

#[tokio::test]
async fn events_of_an_hour_ago_are_lost() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let after = now(&api).await;
    client
        .steer("readiness/safe-links", json!({ "state": "completed" }))
        .await;
    client.pass(3601.0).await;
    let api = Api::of(&client, OPERATOR).await;
    let lost = api
        .ask("GET", &format!("/events/poll?after={after}"))
        .send()
        .await;
    assert_eq!(
        (lost.status.as_u16(), lost.code().as_str()),
        (410, "eventsLost")
    );
    let stream = api
        .ask("GET", "/events")
        .header("last-event-id", after)
        .send()
        .await;
    assert_eq!(stream.code(), "eventsLost");
    // Where events stand now is a place to begin.
    let fresh = now(&api).await;
    assert_eq!(
        api.get(&format!("/events/poll?after={fresh}")).await["items"],
        json!([])
    );
}

#[tokio::test]
async fn the_stream_resumes_tells_and_ends_with_the_token() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let after = now(&api).await;
    client
        .steer("readiness/safe-links", json!({ "state": "completed" }))
        .await;
    let token = client.token(READER, "experts").await;
    let request = Request::builder()
        .uri("/v1/events?topics=readiness")
        .header("host", "experts.localhost:8790")
        .header("authorization", format!("Bearer {token}"))
        .header("last-event-id", &after)
        .body(Body::empty())
        .unwrap();
    let response = client.router().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut frames = response.into_body().into_data_stream();
    let next = async |frames: &mut axum::body::BodyDataStream| {
        let frame = tokio::time::timeout(Duration::from_secs(5), frames.next())
            .await
            .unwrap();
        frame.map(|frame| String::from_utf8(frame.unwrap().to_vec()).unwrap())
    };
    assert_eq!(next(&mut frames).await.unwrap(), "retry: 3000\n\n");
    let told = next(&mut frames).await.unwrap();
    let id: i64 = after.parse().unwrap();
    assert!(
        told.starts_with(&format!(
            "id: {}\nevent: readiness.updated\ndata: {{",
            id + 1
        )),
        "{told}"
    );
    client
        .steer("readiness/safe-links", json!({ "state": "recommended" }))
        .await;
    assert!(
        next(&mut frames)
            .await
            .unwrap()
            .starts_with(&format!("id: {}\n", id + 2))
    );
    client.steer("tokens/expire", json!({})).await;
    assert_eq!(next(&mut frames).await, None);
}
