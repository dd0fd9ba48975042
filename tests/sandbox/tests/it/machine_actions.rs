//! The life of an action on a machine: duplicates, cancelling, waiting, packages, limits.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    client::{Client, OPERATOR, escape},
    endpoint::{ACTIONS, MACHINES, act, eight, look, machines, named},
};

#[tokio::test]
async fn a_duplicate_is_refused_while_the_first_lasts() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let other = named(&client, &token, "prod-sql-02").await;
    let (path, body, _, _) = eight()[0].clone();
    let isolate = async |machine: &str| act(&client, &token, machine, path, body.clone()).await;
    assert_eq!(isolate(&machine).await.status, StatusCode::CREATED);
    let again = isolate(&machine).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    let said = (
        "ActiveRequestAlreadyExists".into(),
        "Action is already in progress".into(),
    );
    assert_eq!(again.error(), said);
    assert_eq!(isolate(&other).await.status, StatusCode::CREATED);
    client.pass(5.0).await;
    assert_eq!(isolate(&machine).await.status, StatusCode::CREATED);

    // The relay honours a key: the same request under it is not a second one.
    let keyed = || {
        let ask = client.ask("POST", "experts", format!("{MACHINES}/{machine}/unisolate"));
        let ask = ask.bearer(&token).header("idempotency-key", "\"k1\"");
        ask.json(&json!({ "Comment": "x" })).send()
    };
    let (first, second) = (keyed().await, keyed().await);
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first.text, second.text);
}

#[tokio::test]
async fn what_runs_can_be_cancelled_and_what_ended_cannot() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let (path, body, _, _) = eight()[5].clone();
    let started = act(&client, &token, &machine, path, body.clone())
        .await
        .json();
    let cancel = async |id: &Value, body: Value| {
        let path = format!("{ACTIONS}/{}/cancel", id.as_str().unwrap());
        client.write(&token, ("POST", "experts"), &path, body).await
    };
    let bare = cancel(&started["id"], json!({})).await;
    assert_eq!(bare.error().0, "MissingRequiredParameter");
    let cancelled = cancel(&started["id"], json!({ "Comment": "By mistake" })).await;
    assert_eq!(cancelled.status, StatusCode::OK);
    let cancelled = cancelled.json();
    assert_eq!(cancelled["status"], "Cancelled");
    assert_eq!(cancelled["cancellationComment"], "By mistake");
    assert_eq!(
        cancelled["cancellationRequestor"],
        "omar.haddad@contoso.com"
    );
    client.pass(60.0).await;
    assert_eq!(
        look(&client, &token, &started["id"]).await["status"],
        "Cancelled"
    );
    let again = act(&client, &token, &machine, path, body).await.json();
    client.pass(60.0).await;
    let late = cancel(&again["id"], json!({ "Comment": "Too late" })).await;
    assert_eq!(late.status, StatusCode::BAD_REQUEST);
    let text = format!(
        "Machine action {} has ended with status Succeeded and cannot be cancelled.",
        again["id"].as_str().unwrap()
    );
    assert_eq!(late.error(), ("BadRequest".into(), text));
    let unknown = cancel(&json!("none"), json!({ "Comment": "x" })).await;
    assert_eq!(unknown.error().0, "ResourceNotFound");
}

#[tokio::test]
async fn an_executed_task_is_a_machine_action_and_fails_with_it() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let tasks = client.token(OPERATOR, "tasks").await;
    let (_, id) = client.showcase("ransomware", "Isolate").await;
    let task = format!("/beta/security/incidentTasks/{id}");
    let run = format!("{task}/executeResponseAction");
    client
        .write(&tasks, ("POST", "experts"), &run, Value::Null)
        .await;
    let path = format!(
        "{ACTIONS}?$filter={}",
        escape("type eq 'Isolate' and status eq 'Pending'")
    );
    let action = client.read(&token, "experts", &path).await.rows()[0].clone();
    assert_eq!(action["computerDnsName"], "prod-sql-02");
    let machine = action["machineId"].as_str().unwrap();
    let (path, body, _, _) = eight()[0].clone();
    let duplicate = act(&client, &token, machine, path, body).await;
    assert_eq!(duplicate.error().0, "ActiveRequestAlreadyExists");
    let cancel = format!("{ACTIONS}/{}/cancel", action["id"].as_str().unwrap());
    let body = json!({ "Comment": "Wrong device" });
    client
        .write(&token, ("POST", "experts"), &cancel, body)
        .await;
    client.pass(30.0).await;
    let task = client.read(&tasks, "experts", &task).await.json();
    assert_eq!(
        (&task["status"], &task["actionStatus"]),
        (&json!("failed"), &json!("failed"))
    );
    assert_eq!(
        task["statusDetail"],
        "The action was cancelled by Omar Haddad."
    );
}

#[tokio::test]
async fn a_machine_that_is_away_keeps_its_action_waiting() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let away = "healthStatus eq 'Inactive' and onboardingStatus eq 'onboarded'";
    let away = machines(&client, &token, away).await;
    let machine = away[0]["id"].as_str().unwrap();
    let said = json!({ "Comment": "x" });
    let action = act(
        &client,
        &token,
        machine,
        "collectInvestigationPackage",
        said,
    )
    .await
    .json();
    client.pass(2.0 * 86_400.0).await;
    let token = client.token(OPERATOR, "endpoint").await;
    assert_eq!(
        look(&client, &token, &action["id"]).await["status"],
        "Pending"
    );
    client.pass(86_401.0).await;
    let token = client.token(OPERATOR, "endpoint").await;
    let ended = look(&client, &token, &action["id"]).await;
    assert_eq!(ended["status"], "TimeOut");
    assert_ne!(ended["errorHResult"], 0);
    let there = named(&client, &token, "prod-sql-01").await;
    let seen = client
        .read(&token, "experts", &format!("{MACHINES}/{there}"))
        .await
        .json();
    let age = sandbox::clock::parse(seen["lastSeen"].as_str().unwrap()).unwrap();
    assert!(
        age > sandbox::clock::parse(ended["lastUpdateDateTimeUtc"].as_str().unwrap()).unwrap()
            - sandbox::clock::HOUR
    );
}

#[tokio::test]
async fn a_package_can_be_fetched_once_it_is_there_and_not_too_often() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let said = json!({ "Comment": "x" });
    let action = act(
        &client,
        &token,
        &machine,
        "collectInvestigationPackage",
        said,
    )
    .await
    .json();
    let path = format!("{ACTIONS}/{}/getPackageUri", action["id"].as_str().unwrap());
    let early = client.read(&token, "experts", &path).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    client.pass(5.0).await;
    let answer = client.read(&token, "experts", &path).await.json();
    let quoted = answer["value"].as_str().unwrap();
    let address: String = serde_json::from_str(quoted).unwrap();
    let local = address
        .strip_prefix("http://experts.localhost:8790")
        .unwrap();
    let package = client.ask("GET", "experts", local).send().await;
    assert_eq!(package.header("content-type"), "application/zip");
    let third = client.read(&token, "experts", &path).await;
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(third.error().0, "TooManyRequests");
    let wait: f64 = third.header("retry-after").parse().unwrap();
    assert!((50.0..=60.0).contains(&wait), "{wait}");
    client.pass(wait).await;
    assert_eq!(
        client.read(&token, "experts", &path).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_hundred_and_first_call_of_a_minute_has_to_wait() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let (path, body, _, _) = eight()[0].clone();
    for _ in 0..100 {
        let answer = act(&client, &token, &machine, path, body.clone()).await;
        assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    }
    let refused = act(&client, &token, &machine, path, body.clone()).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let wait: f64 = refused.header("retry-after").parse().unwrap();
    assert!((1.0..=60.0).contains(&wait));
    // Another person has a count of their own.
    let ada = client.token("Ada Lindqvist", "endpoint").await;
    let other = act(&client, &ada, &machine, path, body.clone()).await;
    assert_ne!(other.status, StatusCode::TOO_MANY_REQUESTS);
    client.pass(wait).await;
    let after = act(&client, &token, &machine, path, body).await;
    assert_ne!(after.status, StatusCode::TOO_MANY_REQUESTS);
}
