//! Managed-response tasks: every transition, execution over time, exactly one effect per key.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR, local};

const TASKS: &str = "/beta/security/incidentTasks";

async fn read(client: &Client, token: &str, id: &str) -> Value {
    client
        .ask("GET", "experts", format!("{TASKS}/{id}"))
        .bearer(token)
        .send()
        .await
        .json()
}

async fn mark(client: &Client, token: &str, id: &str, status: &str) -> Answer {
    client
        .ask("PATCH", "experts", format!("{TASKS}/{id}"))
        .bearer(token)
        .json(&json!({ "status": status }))
        .send()
        .await
}

async fn execute(client: &Client, token: &str, id: &str, key: Option<&str>) -> Answer {
    let path = format!("{TASKS}/{id}/executeResponseAction");
    let mut ask = client.ask("POST", "experts", path).bearer(token);
    if let Some(key) = key {
        ask = ask.header("idempotency-key", format!("\"{key}\""));
    }
    ask.send().await
}

fn states(task: &Value) -> (&str, &str) {
    (
        task["status"].as_str().unwrap(),
        task["actionStatus"].as_str().unwrap(),
    )
}

fn assert_conflict(answer: &Answer, code: &str) {
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
    assert_eq!(answer.error().0, code);
    assert!(answer.json()["error"]["innerError"]["task"]["status"].is_string());
}

#[tokio::test]
async fn an_execution_runs_through_its_states() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, id) = client
        .showcase("ransomware", "Isolate device prod-sql-02")
        .await;
    let task = read(&client, &token, &id).await;
    assert_eq!(states(&task), ("open", "notStarted"));
    assert_eq!(
        task["allowedActions"],
        json!(["execute", "complete", "skip"])
    );
    assert_eq!(task["deniedReason"], Value::Null);
    assert_eq!(task["targetDisplayName"], "prod-sql-02");
    assert_eq!(task["responseAction"]["isolationType"], "full");

    let answer = execute(&client, &token, &id, None).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NO_CONTENT, "")
    );
    let task = read(&client, &token, &id).await;
    assert_eq!(states(&task), ("inProgress", "inProgress"));
    assert!(task["startedDateTime"].is_string());
    assert_eq!(task["lastModifiedByDisplayName"], OPERATOR);
    assert_conflict(
        &execute(&client, &token, &id, None).await,
        "actionInProgress",
    );
    assert_conflict(
        &mark(&client, &token, &id, "notRelevant").await,
        "invalidTransition",
    );

    client.pass(4.6).await;
    let task = read(&client, &token, &id).await;
    assert_eq!(states(&task), ("completed", "completed"));
    let looked = client.look(&format!("tasks/{id}")).await;
    assert_eq!(states(&looked), ("completed", "completed"));
    assert_eq!(looked["modified"], task["lastModifiedDateTime"]);
    assert_eq!(task["allowedActions"], json!([]));
    assert_conflict(
        &execute(&client, &token, &id, None).await,
        "invalidTransition",
    );
    assert_conflict(
        &mark(&client, &token, &id, "open").await,
        "invalidTransition",
    );
}

#[tokio::test]
async fn a_failed_action_says_why_and_can_be_run_again() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, id) = client.showcase("ransomware", "Quarantine file").await;
    execute(&client, &token, &id, None).await;
    client.pass(5.0).await;
    let task = read(&client, &token, &id).await;
    assert_eq!(states(&task), ("failed", "failed"));
    assert!(task["statusDetail"].as_str().unwrap().contains("locked"));
    assert_eq!(
        task["allowedActions"],
        json!(["execute", "complete", "skip"])
    );
    execute(&client, &token, &id, None).await;
    client.pass(5.0).await;
    let task = read(&client, &token, &id).await;
    assert_eq!(
        (states(&task), &task["statusDetail"]),
        (("completed", "completed"), &Value::Null)
    );
}

#[tokio::test]
async fn tasks_by_hand_are_completed_skipped_and_reopened() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, text) = client.showcase("ransomware", "Rotate").await;
    let refused = execute(&client, &token, &text, None).await;
    assert_eq!(refused.error().0, "UnsupportedActionType");
    assert_eq!(
        read(&client, &token, &text).await["allowedActions"],
        json!(["complete", "skip"])
    );
    assert_eq!(
        mark(&client, &token, &text, "notRelevant").await.json()["status"],
        "notRelevant"
    );
    assert_eq!(
        read(&client, &token, &text).await["allowedActions"],
        json!(["reopen"])
    );
    assert_eq!(
        mark(&client, &token, &text, "open").await.json()["status"],
        "open"
    );
    assert_conflict(
        &mark(&client, &token, &text, "open").await,
        "invalidTransition",
    );
    let done = mark(&client, &token, &text, "completed").await.json();
    assert_eq!(states(&done), ("completed", "notStarted"));
    assert_conflict(
        &mark(&client, &token, &text, "notRelevant").await,
        "invalidTransition",
    );

    let (_, disable) = client.showcase("phishing", "Disable the account").await;
    assert_eq!(
        execute(&client, &token, &disable, None).await.error().1,
        "Action type 'disableUser' is not supported for automated execution."
    );
    assert_eq!(
        mark(&client, &token, &disable, "completed").await.status,
        StatusCode::OK
    );
    let (_, managed) = client.showcase("ransomware", "Collect").await;
    assert_conflict(
        &mark(&client, &token, &managed, "notRelevant").await,
        "invalidTransition",
    );
    assert_conflict(
        &mark(&client, &token, &text, "inProgress").await,
        "invalidTransition",
    );
    assert_eq!(
        mark(&client, &token, &text, "done").await.status,
        StatusCode::BAD_REQUEST
    );
    let missing = mark(
        &client,
        &token,
        "00000000-0000-4000-a000-000000000000",
        "open",
    )
    .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_has_one_effect_however_often_it_is_sent() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "tasks").await;
    let (_, id) = client.showcase("ransomware", "Isolate").await;
    let key = "0e2cf6c1-2c0f-4a2e-9f0a-000000000001";
    for _ in 0..3 {
        let answer = execute(&client, &token, &id, Some(key)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.header("idempotency-key"), format!("\"{key}\""));
    }
    client.pass(10.0).await;
    assert_eq!(
        execute(&client, &token, &id, Some(key)).await.status,
        StatusCode::NO_CONTENT
    );
    let effects = client.look("effects").await;
    assert_eq!(effects.as_array().unwrap().len(), 1);
    assert_eq!(effects[0]["taskId"], id);
    assert_eq!(effects[0]["effect"], "execute");
    assert_eq!(effects[0]["key"], key);
    assert_eq!(effects[0]["person"], OPERATOR);

    let (_, other) = client.showcase("ransomware", "Restrict").await;
    let reused = execute(&client, &token, &other, Some(key)).await;
    assert_eq!(reused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reused.error().0, "idempotencyKeyReused");
    assert_eq!(read(&client, &token, &other).await["status"], "open");
}

#[tokio::test]
async fn graphs_origin_shows_graphs_members_and_ignores_keys() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (_, id) = client.showcase("ransomware", "Isolate").await;
    let path = format!("{TASKS}/{id}");
    let task = client
        .ask("GET", "graph", &path)
        .bearer(&token)
        .send()
        .await
        .json();
    assert_eq!(task["actionType"], "isolateDevice");
    for extension in ["allowedActions", "deniedReason", "statusDetail", "deviceId"] {
        assert_eq!(task.get(extension), None);
    }
    let run = async || {
        client
            .ask("POST", "graph", format!("{path}/executeResponseAction"))
            .bearer(&token)
            .header("idempotency-key", "\"k\"")
            .send()
            .await
    };
    assert_eq!(run().await.status, StatusCode::NO_CONTENT);
    assert_conflict(&run().await, "actionInProgress");
    let preflight = client
        .ask("OPTIONS", "graph", &path)
        .header("origin", "http://portal.localhost:8790")
        .header("access-control-request-method", "PATCH")
        .send()
        .await;
    let allowed = preflight
        .header("access-control-allow-headers")
        .to_lowercase();
    assert!(
        allowed.contains("prefer") && !allowed.contains("idempotency"),
        "{allowed}"
    );
}

#[tokio::test]
async fn the_service_resolves_an_incident_whose_tasks_are_done() {
    let client = Client::new(20);
    let tasks = client.token(OPERATOR, "tasks").await;
    let graph = client.token(OPERATOR, "graph").await;
    let (incident, release) = client.showcase("release", "Release device").await;
    let (_, restriction) = client.showcase("release", "Remove app restriction").await;
    let path = format!("/v1.0/security/incidents/{incident}");
    let status = async || {
        client
            .ask("GET", "graph", &path)
            .bearer(&graph)
            .send()
            .await
            .json()
    };

    execute(&client, &tasks, &release, None).await;
    mark(&client, &tasks, &restriction, "notRelevant").await;
    client.pass(4.6).await;
    assert_eq!(status().await["status"], "unknownFutureValue");
    mark(&client, &tasks, &restriction, "open").await;
    client.pass(10.0).await;
    assert_eq!(
        status().await["status"],
        "unknownFutureValue",
        "a skip taken back counts again"
    );
    mark(&client, &tasks, &restriction, "completed").await;
    client.pass(5.1).await;
    let resolved = status().await;
    assert_eq!(resolved["status"], "resolved");
    assert_eq!(resolved["assignedTo"], Value::Null);
    assert_eq!(
        resolved["comments"][0]["createdByDisplayName"],
        "Defender Experts"
    );
    assert_conflict(
        &mark(&client, &tasks, &restriction, "open").await,
        "invalidTransition",
    );
}

#[tokio::test]
async fn resolving_an_incident_drops_its_open_tasks() {
    let client = Client::new(20);
    let tasks = client.token(OPERATOR, "tasks").await;
    let graph = client.token(OPERATOR, "graph").await;
    let (incident, task) = client.showcase("phishing", "Remove the app").await;
    client
        .ask(
            "PATCH",
            "graph",
            format!("/v1.0/security/incidents/{incident}"),
        )
        .bearer(&graph)
        .json(&json!({ "status": "resolved" }))
        .send()
        .await;
    let task = read(&client, &tasks, &task).await;
    assert_eq!(
        (&task["status"], &task["allowedActions"]),
        (&"notRelevant".into(), &json!([]))
    );
    assert!(task["deniedReason"].as_str().unwrap().contains("resolved"));
}

#[tokio::test]
async fn lists_filter_by_incident_and_walk_to_the_end() {
    let client = Client::new(600);
    let token = client.token(OPERATOR, "tasks").await;
    let (incident, _) = client.showcase("ransomware", "").await;
    let path = format!("{TASKS}?$filter=incidentId%20eq%20%27{incident}%27");
    let rows = client
        .ask("GET", "experts", path)
        .bearer(&token)
        .send()
        .await
        .json();
    assert_eq!(rows["value"].as_array().unwrap().len(), 7);
    assert_eq!(rows["value"][0]["incident"]["id"], incident);

    let mut path = format!("{TASKS}?$top=100");
    let mut ids = std::collections::HashSet::new();
    let mut count = 0;
    loop {
        let page = client
            .ask("GET", "experts", &path)
            .bearer(&token)
            .send()
            .await
            .json();
        for row in page["value"].as_array().unwrap() {
            ids.insert(row["id"].to_string());
            count += 1;
        }
        match local(&page["@odata.nextLink"], "experts") {
            Some(link) => path = link,
            None => break,
        }
    }
    assert!(count > 300 && ids.len() == count);
    let refused = client
        .ask("GET", "experts", format!("{TASKS}?$top=501"))
        .bearer(&token)
        .send()
        .await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}
