//! Defender for Endpoint behind the relay: the eight actions, and every refusal.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR, READER, escape};

pub(crate) const MACHINES: &str = "/api/machines";
pub(crate) const ACTIONS: &str = "/api/machineactions";
const SHA1: &str = "87662bc3d60e4200ceaf7aae249d1c343f4b83c9";

pub(crate) async fn machines(client: &Client, token: &str, filter: &str) -> Vec<Value> {
    let path = format!("{MACHINES}?$filter={}", escape(filter));
    let answer = client.read(token, "experts", &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{filter}: {}", answer.text);
    answer.rows()
}

pub(crate) async fn named(client: &Client, token: &str, name: &str) -> String {
    let filter = format!("startswith(computerDnsName,'{name}')");
    let rows = machines(client, token, &filter).await;
    rows[0]["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn act(
    client: &Client,
    token: &str,
    machine: &str,
    action: &str,
    body: Value,
) -> Answer {
    let path = format!("{MACHINES}/{machine}/{action}");
    client.write(token, ("POST", "experts"), &path, body).await
}

pub(crate) async fn look(client: &Client, token: &str, id: &Value) -> Value {
    let path = format!("{ACTIONS}/{}", id.as_str().unwrap());
    client.read(token, "experts", &path).await.json()
}

/// Path, body and what becomes of it: type and scope.
pub(crate) fn eight() -> [(&'static str, Value, &'static str, Option<&'static str>); 8] {
    let said = || json!({ "Comment": "Seen in an incident" });
    let with = |name: &str, value: &str| {
        let mut body = said();
        body[name] = value.into();
        body
    };
    [
        (
            "isolate",
            with("IsolationType", "Selective"),
            "Isolate",
            Some("Selective"),
        ),
        ("unisolate", said(), "Unisolate", None),
        (
            "restrictCodeExecution",
            said(),
            "RestrictCodeExecution",
            None,
        ),
        (
            "unrestrictCodeExecution",
            said(),
            "UnrestrictCodeExecution",
            None,
        ),
        (
            "StopAndQuarantineFile",
            with("Sha1", SHA1),
            "StopAndQuarantineFile",
            None,
        ),
        (
            "runAntiVirusScan",
            with("ScanType", "Quick"),
            "RunAntiVirusScan",
            Some("Quick"),
        ),
        (
            "collectInvestigationPackage",
            said(),
            "CollectInvestigationPackage",
            None,
        ),
        ("offboard", said(), "Offboard", None),
    ]
}

#[tokio::test]
async fn all_eight_actions_run_from_pending_to_succeeded() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let before = client.read(&token, "experts", ACTIONS).await.rows().len();
    for (path, body, kind, scope) in eight() {
        let started = act(&client, &token, &machine, path, body).await;
        assert_eq!(
            started.status,
            StatusCode::CREATED,
            "{path}: {}",
            started.text
        );
        let action = started.json();
        assert!(
            action["@odata.context"]
                .as_str()
                .unwrap()
                .ends_with("#MachineActions/$entity")
        );
        assert_eq!(
            (&action["type"], &action["status"]),
            (&json!(kind), &json!("Pending"))
        );
        assert_eq!(action["scope"], json!(scope));
        assert_eq!(action["requestor"], "omar.haddad@contoso.com");
        assert_eq!(action["requestorComment"], "Seen in an incident");
        assert_eq!(action["machineId"], machine);
        let file = &action["relatedFileInfo"]["fileIdentifier"];
        assert_eq!(file == SHA1, path == "StopAndQuarantineFile");
        client.pass(2.0).await;
        assert_eq!(
            look(&client, &token, &action["id"]).await["status"],
            "InProgress"
        );
        client.pass(3.0).await;
        let done = look(&client, &token, &action["id"]).await;
        assert_eq!(done["status"], "Succeeded");
        assert!(done["lastUpdateDateTimeUtc"].as_str() > done["creationDateTimeUtc"].as_str());
    }
    let filter =
        format!("machineId eq '{machine}' and type eq 'Isolate' and status eq 'Succeeded'");
    let path = format!("{ACTIONS}?$filter={}&$top=5", escape(&filter));
    let found = client.read(&token, "experts", &path).await.rows();
    assert_eq!(found.len(), 1);
    assert!(
        found[0]["lastUpdateTimeUtc"].is_string(),
        "lists spell it differently"
    );
    let all = client.read(&token, "experts", ACTIONS).await.rows();
    assert_eq!(all.len(), before + 8);
    let path = format!("{MACHINES}/{machine}");
    let gone = client.read(&token, "experts", &path).await.json();
    assert_eq!(gone["onboardingStatus"], "CanBeOnboarded", "offboarded");
}

#[tokio::test]
async fn each_action_needs_its_scope_the_role_and_the_comment() {
    let client = Client::new(20);
    let reader = client.token(READER, "endpoint").await;
    let token = client.token(OPERATOR, "endpoint").await;
    let few = client.scoped(OPERATOR, "endpoint", "Machine.Read").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    for (path, body, _, _) in eight() {
        let denied = act(&client, &reader, &machine, path, body.clone()).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN, "{path}");
        let missing = act(&client, &few, &machine, path, body.clone()).await;
        assert_eq!(missing.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(missing.error().0, "Forbidden");
        let text = "The application does not have any of the required delegated permissions \
                    (Machine.";
        assert!(missing.error().1.starts_with(text));
        let mut silent = body;
        let comment = silent.as_object_mut().unwrap().remove("Comment").unwrap();
        silent["comment"] = comment;
        let answer = act(&client, &token, &machine, path, silent).await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "names are case-sensitive"
        );
        let text = "Required parameter 'Comment' is missing.";
        assert_eq!(
            answer.error(),
            ("MissingRequiredParameter".into(), text.into())
        );
    }
    let graph = client.token(OPERATOR, "graph").await;
    let foreign = client.read(&graph, "experts", MACHINES).await;
    assert_eq!(foreign.status, StatusCode::UNAUTHORIZED);
    assert_eq!(foreign.error().0, "Unauthorized");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_defenders_codes() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let server = named(&client, &token, "prod-sql-01").await;
    let mac = machines(
        &client,
        &token,
        "osPlatform eq 'macOS' and onboardingStatus eq 'onboarded'",
    );
    let mac = mac.await[0]["id"].as_str().unwrap().to_owned();
    let old = named(&client, &token, "print-01").await;
    let stray = machines(&client, &token, "onboardingStatus eq 'CanBeOnboarded'").await;
    let stray = stray[0]["id"].as_str().unwrap();
    let said = json!({ "Comment": "x" });
    let with = |name: &str, value: Value| {
        let mut body = said.clone();
        body[name] = value;
        body
    };
    let cases = [
        (
            server.as_str(),
            "isolate",
            said.clone(),
            400,
            "MissingRequiredParameter",
        ),
        (
            &server,
            "isolate",
            with("IsolationType", "full".into()),
            400,
            "InvalidInput",
        ),
        (
            &server,
            "isolate",
            with("IsolationType", json!(1)),
            400,
            "InvalidInput",
        ),
        (
            &server,
            "runAntiVirusScan",
            with("ScanType", "Deep".into()),
            400,
            "InvalidInput",
        ),
        (
            &server,
            "StopAndQuarantineFile",
            with("Sha1", "abc".into()),
            400,
            "InvalidHashValue",
        ),
        (
            &mac,
            "restrictCodeExecution",
            said.clone(),
            400,
            "OsPlatformNotSupported",
        ),
        (
            &mac,
            "StopAndQuarantineFile",
            with("Sha1", SHA1.into()),
            400,
            "OsPlatformNotSupported",
        ),
        (
            &old,
            "restrictCodeExecution",
            said.clone(),
            400,
            "ClientVersionNotSupported",
        ),
        (
            stray,
            "collectInvestigationPackage",
            said.clone(),
            403,
            "DisallowedOperation",
        ),
        (
            &server,
            "isolate",
            with("IsolationType", "UnManagedDevice".into()),
            403,
            "DisallowedOperation",
        ),
        (
            "123123123",
            "unisolate",
            said.clone(),
            404,
            "ResourceNotFound",
        ),
        (&server, "reboot", said.clone(), 404, "NotFound"),
    ];
    for (machine, action, body, status, code) in cases {
        let answer = act(&client, &token, machine, action, body.clone()).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{action} {body}: {}",
            answer.text
        );
        assert_eq!(answer.error().0, code, "{action} {body}");
        assert!(answer.json()["error"]["target"].is_string());
    }
    let path = format!("{MACHINES}/{server}/unisolate");
    let garbled = client
        .ask("POST", "experts", path)
        .bearer(&token)
        .send()
        .await;
    assert_eq!(garbled.error().0, "InvalidRequestBody");
    let unknown = act(&client, &token, "123123123", "unisolate", said).await;
    assert_eq!(unknown.error().1, "Machine 123123123 was not found");
}

#[tokio::test]
async fn the_relay_loses_answers_and_stays_truthful() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "endpoint").await;
    let machine = named(&client, &token, "prod-sql-01").await;
    let said = json!({ "Comment": "x" });
    let path = format!(
        "{ACTIONS}?$filter={}",
        escape(&format!("machineId eq '{machine}'"))
    );
    let before = client.read(&token, "experts", &path).await.rows().len();
    let fault = json!({ "host": "experts", "pathContains": "/unisolate", "dropAfterCommit": true });
    client.steer("faults", fault).await;
    assert!(
        act(&client, &token, &machine, "unisolate", said.clone())
            .await
            .hung_up
    );
    assert_eq!(
        client.read(&token, "experts", &path).await.rows().len(),
        before + 1
    );
    for (fault, status, code) in [
        (
            json!({ "status": 429, "retryAfter": 1.5 }),
            429,
            "TooManyRequests",
        ),
        (json!({ "status": 503 }), 503, "ServiceUnavailable"),
        (
            json!({ "status": 409, "afterCommit": true }),
            409,
            "Conflict",
        ),
    ] {
        let mut fault = fault;
        fault["host"] = "experts".into();
        fault["pathContains"] = "/offboard".into();
        client.steer("faults", fault).await;
        let answer = act(&client, &token, &machine, "offboard", said.clone()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.error().0.as_str()),
            (status, code)
        );
    }
    let all = client.read(&token, "experts", &path).await.rows();
    assert_eq!(
        all.len(),
        before + 2,
        "the 409 was answered though it was done"
    );
    client.steer("tokens/expire", json!({})).await;
    let expired = client.read(&token, "experts", MACHINES).await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
}
