//! Every error the document knows, produced.

use axum::http::StatusCode;
use serde_json::json;

use super::api::{Api, key};
use crate::client::{ADMINISTRATOR, Client, OPERATOR};

fn inquiry() -> serde_json::Value {
    json!({ "topic": "A question", "subject": { "kind": "general" }, "details": "Is it so?" })
}

#[tokio::test]
async fn a_key_is_needed_is_one_intent_and_is_kept_for_a_day() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let missing = api.ask("POST", "/inquiries").json(&inquiry()).send().await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (StatusCode::BAD_REQUEST, "idempotencyKeyMissing")
    );
    let no_uuid = api
        .ask("POST", "/inquiries")
        .header("idempotency-key", "7")
        .json(&inquiry())
        .send()
        .await;
    assert_eq!(
        (no_uuid.status, no_uuid.code().as_str()),
        (StatusCode::BAD_REQUEST, "invalidParameter")
    );

    let key = key();
    let ask = || {
        api.ask("POST", "/inquiries")
            .header("idempotency-key", format!("\"{key}\""))
    };
    let first = ask().json(&inquiry()).send().await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = ask().json(&inquiry()).send().await;
    assert_eq!(
        (again.status, &again.text),
        (StatusCode::CREATED, &first.text)
    );
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("idempotency-key"), format!("\"{key}\""));
    assert_eq!(
        api.get("/inquiries").await["total"],
        7,
        "two requests made one inquiry"
    );

    let mut other = inquiry();
    other["topic"] = "B question".into();
    let reused = ask().json(&other).send().await;
    assert_eq!(
        (reused.status, reused.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "idempotencyKeyReused")
    );
    let elsewhere = api
        .ask("POST", "/chat/threads")
        .header("idempotency-key", &key);
    let elsewhere = elsewhere.json(&json!({ "incidentId": "1" })).send().await;
    assert_eq!(elsewhere.code(), "idempotencyKeyReused");

    // Another person's key is another key, and after a day it is forgotten.
    let ada = Api::of(&client, ADMINISTRATOR).await;
    let hers = ada
        .ask("POST", "/inquiries")
        .header("idempotency-key", &key)
        .json(&other)
        .send()
        .await;
    assert_eq!(hers.status, StatusCode::CREATED);
    client.pass(86_401.0).await;
    let api = Api::of(&client, OPERATOR).await;
    let later = api
        .ask("POST", "/inquiries")
        .header("idempotency-key", &key)
        .json(&other)
        .send()
        .await;
    assert_eq!(later.status, StatusCode::CREATED);
    assert_eq!(api.get("/inquiries").await["total"], 9);
}

#[tokio::test]
async fn a_refusal_does_not_use_up_its_key() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let (incident, _) = client.showcase("investigating", "").await;
    let key = key();
    let body = json!({ "incidentId": incident });
    let ask = || {
        api.ask("POST", "/chat/threads")
            .header("idempotency-key", &key)
            .json(&body)
    };
    let early = ask().send().await;
    assert_eq!(
        (early.status, early.code().as_str()),
        (StatusCode::CONFLICT, "notPublished")
    );
    client
        .steer(&format!("incidents/{incident}"), json!({ "publish": {} }))
        .await;
    assert_eq!(ask().send().await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_key_in_use_is_told_to_come_back() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let fault = json!({ "host": "experts", "method": "POST", "pathContains": "/inquiries",
        "status": 409, "code": "requestInProgress", "retryAfter": 1.5, "afterCommit": true });
    client.steer("faults", fault).await;
    let key = key();
    let ask = || {
        api.ask("POST", "/inquiries")
            .header("idempotency-key", &key)
            .json(&inquiry())
    };
    let busy = ask().send().await;
    assert_eq!(
        (busy.status, busy.code().as_str()),
        (StatusCode::CONFLICT, "requestInProgress")
    );
    assert_eq!(busy.header("retry-after"), "1.5");
    assert_eq!(ask().send().await.status, StatusCode::CREATED);
    assert_eq!(api.get("/inquiries").await["total"], 7);
}

#[tokio::test]
async fn a_document_is_written_only_as_it_was_read() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let path = "/settings/permissions";
    let body = json!({ "investigateAndGuide": true, "respondDirectly": false });
    let missing = api.ask("PUT", path).json(&body).send().await;
    assert_eq!(
        (missing.status.as_u16(), missing.code().as_str()),
        (428, "preconditionRequired")
    );
    let any = api
        .ask("PUT", path)
        .header("if-match", "*")
        .json(&body)
        .send()
        .await;
    assert_eq!(any.status, StatusCode::BAD_REQUEST);

    let etag = api.etag(path).await;
    let put = || api.ask("PUT", path).header("if-match", &etag).json(&body);
    let written = put().send().await;
    assert_eq!(written.status, StatusCode::OK);
    let stale = put().send().await;
    assert_eq!(
        (stale.status.as_u16(), stale.code().as_str()),
        (412, "preconditionFailed")
    );
    assert_eq!(
        stale.header("etag"),
        written.header("etag"),
        "the refusal tells the current version"
    );
    let same = api
        .ask("GET", path)
        .header("if-none-match", written.header("etag"))
        .send()
        .await;
    assert_eq!((same.status.as_u16(), same.text.as_str()), (304, ""));
}

#[tokio::test]
async fn bodies_are_held_against_the_schema() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let post = |body: &str, kind: &'static str| {
        let ask = api
            .ask("POST", "/inquiries")
            .header("idempotency-key", key());
        let ask = if kind.is_empty() {
            ask
        } else {
            ask.header("content-type", kind)
        };
        ask.text(body)
    };
    let type_missing = post("{}", "").send().await;
    assert_eq!(
        (type_missing.status.as_u16(), type_missing.code().as_str()),
        (415, "unsupportedMediaType")
    );
    let no_json = post("{", "application/json").send().await;
    assert_eq!(
        (no_json.status.as_u16(), no_json.code().as_str()),
        (400, "badRequest")
    );
    let large = format!("{{\"topic\":\"{}\"}}", "x".repeat(257 << 10));
    let large = post(&large, "application/json; charset=utf-8").send().await;
    assert_eq!(
        (large.status.as_u16(), large.code().as_str()),
        (413, "contentTooLarge")
    );
    let mut wrong = inquiry();
    wrong["surprise"] = true.into();
    wrong["details"] = "".into();
    let wrong = api.act("/inquiries", &wrong).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.code().as_str()),
        (422, "invalidBody")
    );
    let errors = wrong.json()["errors"].as_array().unwrap().clone();
    assert!(
        errors
            .iter()
            .any(|error| error["pointer"] == "/details" && error["code"] == "minLength")
    );
    assert!(
        errors
            .iter()
            .any(|error| error["code"] == "additionalProperties")
    );
}

#[tokio::test]
async fn parameters_paths_and_methods_are_held_against_the_document() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    for (path, code) in [
        ("/inquiries?limit=101", "invalidParameter"),
        ("/inquiries?limit=0", "invalidParameter"),
        ("/inquiries?limit=many", "invalidParameter"),
        ("/inquiries?limit=5&limit=6", "invalidParameter"),
        ("/inquiries?state=odd", "invalidParameter"),
        ("/inquiries?cursor=nowhere", "invalidCursor"),
        (
            "/inquiries/inq-1/messages?after=1&before=3",
            "invalidParameter",
        ),
        (
            "/inquiries/inq-1/messages/m-inq-1-1/translation",
            "invalidParameter",
        ),
        (
            "/reports/summary?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "invalidRange",
        ),
        (
            "/reports/summary?from=2020-01-01T00:00:00Z&to=2022-01-01T00:00:00Z",
            "rangeTooLong",
        ),
        ("/reports/summary?zone=Mars/Olympus", "unknownTimeZone"),
    ] {
        let answer = api.ask("GET", path).send().await;
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (400, code),
            "{path}"
        );
    }
    for path in [
        "/nothing",
        "/inquiries/none",
        "/inquiries/a%20b",
        "/incidents/7/history",
        "/readiness/history/none",
        "/reviews/none",
        "/deliveries/none",
        "/hunting/hunts/none",
        "/attachments/none",
        "/chat/threads/none",
        "/inquiries/inq-1/messages/none/translation?language=es",
    ] {
        let answer = api.ask("GET", path).send().await;
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (404, "notFound"),
            "{path}"
        );
    }
    let method = api.ask("DELETE", "/inquiries").send().await;
    assert_eq!(
        (method.status.as_u16(), method.code().as_str()),
        (405, "methodNotAllowed")
    );
    assert_eq!(method.header("allow"), "GET, POST");
    let unwritten = api
        .ask(
            "GET",
            &format!("/reviews/{}/document", next_review(&api).await),
        )
        .send()
        .await;
    assert_eq!(
        (unwritten.status.as_u16(), unwritten.code().as_str()),
        (404, "notWritten")
    );
}

async fn next_review(api: &Api<'_>) -> String {
    let reviews = api.get("/reviews").await;
    let scheduled = reviews["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|review| review["state"] == "scheduled");
    scheduled.unwrap()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn tokens_of_other_resources_are_challenged() {
    let client = Client::new(20);
    let none = client.ask("GET", "experts", "/v1/settings").send().await;
    let tasks = client.token(OPERATOR, "tasks").await;
    let foreign = client
        .ask("GET", "experts", "/v1/settings")
        .bearer(&tasks)
        .send()
        .await;
    for answer in [none, foreign] {
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (401, "invalidAuthenticationToken")
        );
        assert!(
            answer
                .header("www-authenticate")
                .contains("login.localhost")
        );
    }
}

#[tokio::test]
async fn pages_of_foreign_origins_may_read_nothing() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let allowed = |origin: &'static str| api.ask("GET", "/service").header("origin", origin).send();
    let own = allowed("http://portal.localhost:8790").await;
    assert_eq!(
        own.header("access-control-allow-origin"),
        "http://portal.localhost:8790"
    );
    for name in [
        "etag",
        "location",
        "link",
        "retry-after",
        "x-request-id",
        "idempotency-key",
    ] {
        assert!(
            own.header("access-control-expose-headers").contains(name),
            "{name}"
        );
    }
    let foreign = allowed("https://evil.example").await;
    assert_eq!(foreign.header("access-control-allow-origin"), "");
    let preflight = client.ask("OPTIONS", "experts", "/v1/settings/permissions");
    let preflight = preflight
        .header("origin", "http://portal.localhost:8790")
        .header("access-control-request-method", "PUT")
        .header(
            "access-control-request-headers",
            "if-match,idempotency-key,authorization",
        )
        .send()
        .await;
    assert!(
        preflight
            .header("access-control-allow-headers")
            .contains("if-match")
    );
    assert!(
        preflight
            .header("access-control-allow-methods")
            .contains("PUT")
    );
}
