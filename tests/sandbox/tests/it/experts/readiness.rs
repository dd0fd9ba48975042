//! Readiness: items and their moves, evaluations, and how often one may ask.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::api::Api;
use crate::client::{ADMINISTRATOR, Client};

#[tokio::test]
async fn every_number_is_the_length_of_its_part_of_the_list() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let readiness = api.get("/readiness").await;
    let items = readiness["items"].as_array().unwrap();
    for (state, count) in readiness["actions"].as_object().unwrap() {
        let of_state = items.iter().filter(|item| item["state"] == *state).count();
        assert_eq!(*count, of_state, "{state}");
    }
    assert_eq!(
        items[0]["state"], "completeNow",
        "what is urgent comes first"
    );
    assert_eq!(readiness["state"], "notReady");
    assert_eq!(readiness["runningRunId"], Value::Null);
}

#[tokio::test]
async fn items_move_as_they_may() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let act = async |id: &str, action: &str| {
        api.act(
            &format!("/readiness/actions/{id}"),
            &json!({ "action": action }),
        )
        .await
    };
    let required = act("tamper-protection", "dismiss").await;
    assert_eq!(
        (required.status.as_u16(), required.code().as_str()),
        (409, "invalidTransition")
    );
    assert_eq!(
        required.json()["current"]["allowedActions"],
        json!(["acknowledge"])
    );
    assert_eq!(
        act("tamper-protection", "acknowledge").await.json()["state"],
        "inProgress"
    );
    assert_eq!(
        act("tamper-protection", "reopen").await.json()["state"],
        "completeNow"
    );
    assert_eq!(
        act("safe-links", "dismiss").await.json()["state"],
        "dismissed"
    );
    assert_eq!(
        act("safe-links", "reopen").await.json()["state"],
        "recommended"
    );
    assert_eq!(act("admin-mfa", "reopen").await.code(), "invalidTransition");
    assert_eq!(act("none", "reopen").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_evaluation_runs_alone_and_tells_what_it_changed() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    api.act(
        "/readiness/actions/edr-block-mode",
        &json!({ "action": "acknowledge" }),
    )
    .await;
    let before = api.get("/readiness").await;
    let started = api.act("/readiness/run", &Value::Null).await;
    assert_eq!(started.status, StatusCode::ACCEPTED);
    assert_eq!(started.header("retry-after"), "2");
    let place = started
        .header("location")
        .strip_prefix("/v1")
        .unwrap()
        .to_owned();
    let running = api.get(&place).await;
    assert_eq!(
        (&running["state"], &running["actions"]),
        (&json!("running"), &Value::Null)
    );
    assert_eq!(api.get("/readiness").await["runningRunId"], running["id"]);
    let second = api.act("/readiness/run", &Value::Null).await;
    assert_eq!(
        (second.status.as_u16(), second.code().as_str()),
        (409, "alreadyRunning")
    );
    assert_eq!(second.json()["current"]["id"], running["id"]);

    client.pass(9.0).await;
    let finished = api.get(&place).await;
    assert_eq!(
        finished["changes"],
        json!([{ "itemId": "edr-block-mode",
        "title": "Turn on EDR in block mode", "before": "inProgress", "after": "completed" }])
    );
    let after = api.get("/readiness").await;
    assert_eq!(after["actions"], finished["actions"]);
    assert_eq!(after["assets"], finished["assets"]);
    assert_eq!(after["secureScore"], finished["secureScore"]);
    let score = |body: &Value| body["secureScore"]["current"].as_f64().unwrap();
    assert!((score(&after) - score(&before) - 5.0).abs() < 1e-9);
    assert_eq!(api.get("/readiness/history").await["items"][0], finished);
}

#[tokio::test]
async fn what_is_done_and_covered_makes_ready_and_can_regress() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    for item in [
        "tamper-protection",
        "edr-block-mode",
        "identity-sensors",
        "onboard-servers",
    ] {
        client
            .steer(
                &format!("readiness/{item}"),
                json!({ "state": "completed" }),
            )
            .await;
    }
    assert_eq!(
        api.get("/readiness").await["state"],
        "notReady",
        "the targets are not met"
    );
    let mut runs = 0;
    loop {
        // Twelve an hour are allowed, and a token lasts as long.
        let api = Api::of(&client, ADMINISTRATOR).await;
        if api.get("/readiness").await["state"] == "ready" {
            break;
        }
        let started = api.act("/readiness/run", &Value::Null).await;
        assert_eq!(started.status, StatusCode::ACCEPTED);
        client.pass(600.0).await;
        runs += 1;
        assert!(runs < 30);
    }
    assert!(runs > 1, "coverage grows step by step");
    client
        .steer("readiness/admin-mfa", json!({ "state": "completeNow" }))
        .await;
    let api = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(api.get("/readiness").await["state"], "notReady");
}

#[tokio::test]
async fn twelve_evaluations_an_hour_are_enough() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    for _ in 0..12 {
        assert_eq!(
            api.act("/readiness/run", &Value::Null).await.status,
            StatusCode::ACCEPTED
        );
        client.pass(9.0).await;
    }
    let over = api.act("/readiness/run", &Value::Null).await;
    assert_eq!(
        (over.status.as_u16(), over.code().as_str()),
        (429, "tooManyRequests")
    );
    client
        .pass(over.header("retry-after").parse::<f64>().unwrap() + 1.0)
        .await;
    let api = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(
        api.act("/readiness/run", &Value::Null).await.status,
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn samples_are_marked_and_limited() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let body = json!({ "channel": "mail", "purpose": "managedResponse", "contactId": "c-soc" });
    let sent = api.act("/deliveries/samples", &body).await;
    assert_eq!(
        (sent.status, &sent.json()["state"]),
        (StatusCode::CREATED, &json!("queued"))
    );
    client.pass(3.0).await;
    let place = sent.header("location").strip_prefix("/v1").unwrap();
    assert_eq!(api.get(place).await["state"], "delivered");
    let mail = client.look("mail").await;
    assert_eq!(
        (&mail[0]["to"], &mail[0]["sample"]),
        (&json!("soc@contoso.com"), &json!(true))
    );
    let unknown = json!({ "channel": "mail", "purpose": "reminder", "contactId": "c-none" });
    assert_eq!(
        api.act("/deliveries/samples", &unknown).await.code(),
        "unknownContact"
    );
    for _ in 1..20 {
        assert_eq!(
            api.act("/deliveries/samples", &body).await.status,
            StatusCode::CREATED
        );
    }
    let over = api.act("/deliveries/samples", &body).await;
    assert_eq!(
        (over.status.as_u16(), over.code().as_str()),
        (429, "tooManyRequests")
    );
    assert_eq!(api.get("/deliveries?sample=true").await["total"], 20);
}

#[tokio::test]
async fn what_somebody_undid_is_told_by_the_next_evaluation() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    client
        .steer("readiness/admin-mfa", json!({ "state": "completeNow" }))
        .await;
    api.act("/readiness/run", &Value::Null).await;
    client.pass(9.0).await;
    let changes = api.get("/readiness/history").await["items"][0]["changes"].clone();
    assert_eq!(changes[0]["itemId"], "admin-mfa");
    assert_eq!(
        (&changes[0]["before"], &changes[0]["after"]),
        (&json!("completed"), &json!("completeNow"))
    );
    api.act("/readiness/run", &Value::Null).await;
    client.pass(9.0).await;
    let again = api.get("/readiness/history").await["items"][0]["changes"].clone();
    assert_eq!(again, json!([]), "once");
}
