//! Defender for Endpoint behind the relay: machines, the eight actions, and every refusal.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR, READER, escape};

const MACHINES: &str = "/api/machines";
const ACTIONS: &str = "/api/machineactions";
const SHA1: &str = "87662bc3d60e4200ceaf7aae249d1c343f4b83c9";

async fn machines(client: &Client, token: &str, filter: &str) -> Vec<Value> {
    let path = format!("{MACHINES}?$filter={}", escape(filter));
    let answer = client.read(token, "experts", &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{filter}: {}", answer.text);
    answer.rows()
}

async fn named(client: &Client, token: &str, name: &str) -> String {
    let filter = format!("startswith(computerDnsName,'{name}')");
    let rows = machines(client, token, &filter).await;
    rows[0]["id"].as_str().unwrap().to_owned()
}

async fn act(client: &Client, token: &str, machine: &str, action: &str, body: Value) -> Answer {
    let path = format!("{MACHINES}/{machine}/{action}");
    client.write(token, ("POST", "experts"), &path, body).await
}

async fn look(client: &Client, token: &str, id: &Value) -> Value {
    let path = format!("{ACTIONS}/{}", id.as_str().unwrap());
    client.read(token, "experts", &path).await.json()
}

/// Path, body and what becomes of it: type and scope.
fn eight() -> [(&'static str, Value, &'static str, Option<&'static str>); 8] {
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
async fn machines_agree_with_the_evidence_of_incidents() {
    let client = Client::new(60);
    let token = client.token(READER, "endpoint").await;
    let graph = client.token(READER, "graph").await;
    let page = client
        .read(&graph, "graph", "/v1.0/security/incidents?$expand=alerts")
        .await
        .rows();
    let mut seen = 0;
    for incident in &page {
        let alerts = incident["alerts"].as_array().unwrap();
        for evidence in alerts
            .iter()
            .flat_map(|it| it["evidence"].as_array().unwrap())
        {
            if evidence.get("deviceDnsName").is_none() {
                continue;
            }
            seen += 1;
            let id = evidence["mdeDeviceId"].as_str().unwrap();
            let path = format!("{MACHINES}/{id}");
            let machine = client.read(&token, "experts", &path).await.json();
            for (ours, theirs) in [
                ("computerDnsName", "deviceDnsName"),
                ("aadDeviceId", "azureAdDeviceId"),
                ("osPlatform", "osPlatform"),
                ("osBuild", "osBuild"),
                ("version", "version"),
                ("rbacGroupId", "rbacGroupId"),
                ("rbacGroupName", "rbacGroupName"),
                ("lastIpAddress", "lastIpAddress"),
                ("onboardingStatus", "onboardingStatus"),
            ] {
                assert_eq!(machine[ours], evidence[theirs], "{id} {ours}");
            }
            assert_eq!(machine["healthStatus"], "Active");
            if incident["status"] != "resolved" && incident["severity"] == "high" {
                assert_eq!(machine["riskScore"], "High");
            }
        }
    }
    assert!(seen > 20);
    let all = client.read(&token, "experts", MACHINES).await.rows();
    assert!(all.len() > 200);
    assert!(all.iter().any(|it| it["riskScore"] == "None"));
}

#[tokio::test]
async fn machines_are_filtered_and_paged_as_documented() {
    let client = Client::new(20);
    let token = client.token(READER, "endpoint").await;
    let all = client.read(&token, "experts", MACHINES).await.rows();
    let some = |field: &str| all.iter().find(|it| !it[field].is_null()).unwrap()[field].clone();
    for field in [
        "computerDnsName",
        "id",
        "version",
        "deviceValue",
        "aadDeviceId",
        "exposureLevel",
        "onboardingStatus",
        "lastIpAddress",
        "healthStatus",
        "osPlatform",
        "riskScore",
        "rbacGroupId",
    ] {
        let value = some(field);
        let literal = match &value {
            Value::String(text) => format!("'{text}'"),
            other => other.to_string(),
        };
        let found = machines(&client, &token, &format!("{field} eq {literal}")).await;
        let wanted = all.iter().filter(|it| it[field] == value).count();
        assert_eq!(found.len(), wanted, "{field}");
        assert!(found.iter().all(|it| it[field] == value));
    }
    let away = machines(
        &client,
        &token,
        "healthStatus ne 'Active' and lastSeen lt 2100-01-01T00:00:00Z",
    );
    assert!(!away.await.is_empty());
    let tagged = machines(
        &client,
        &token,
        "machineTags/any(tag: tag eq 'Crown jewel')",
    )
    .await;
    assert!(!tagged.is_empty() && tagged.iter().all(|it| it["deviceValue"] == "High"));
    let page = format!("{MACHINES}?$top=7&$skip=3");
    let page = client.read(&token, "experts", &page).await.rows();
    let id = |row: &Value| row["id"].clone();
    assert_eq!(
        page.iter().map(id).collect::<Vec<_>>(),
        all[3..10].iter().map(id).collect::<Vec<_>>()
    );
    for (query, text) in [
        (
            format!("$filter={}", escape("firstSeen ge 2026-01-01")),
            "Filtering by 'firstSeen' is not supported.",
        ),
        (
            format!("$filter={}", escape("version gt '1'")),
            "'gt' is not supported on 'version'.",
        ),
        (
            "$top=10001".into(),
            "The limit of '10000' for Top query has been exceeded. The value from the incoming \
             request is '10001'.",
        ),
        (
            "$orderby=lastSeen".into(),
            "The query option '$orderby' is not supported.",
        ),
    ] {
        let answer = client
            .read(&token, "experts", &format!("{MACHINES}?{query}"))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.error(), ("ODataError".into(), text.into()));
        assert_eq!(
            answer.json()["error"]["target"],
            answer.header("request-id")
        );
    }
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
