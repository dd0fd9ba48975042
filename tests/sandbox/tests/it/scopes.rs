//! What was not consented to is refused, each part of Graph in its turn; and which pages may call.

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Client, OPERATOR};

#[tokio::test]
async fn a_missing_scope_is_named_with_those_that_would_do() {
    let client = Client::new(20);
    let (incident, _) = client.showcase("ransomware", "").await;
    let incident = format!("/v1.0/security/incidents/{incident}");
    let read = "SecurityIncident.Read.All, SecurityIncident.ReadWrite.All";
    let change = json!({ "severity": "low" });
    for (scope, method, path, missing) in [
        ("User.Read", "GET", incident.as_str(), read),
        (
            "SecurityIncident.Read.All",
            "PATCH",
            &incident,
            "SecurityIncident.ReadWrite.All",
        ),
        (
            "SecurityIncident.ReadWrite.All",
            "GET",
            "/v1.0/security/alerts_v2",
            "SecurityAlert.Read.All, SecurityAlert.ReadWrite.All",
        ),
        (
            "User.Read",
            "GET",
            "/v1.0/users",
            "User.ReadBasic.All, User.Read.All, Directory.Read.All",
        ),
        (
            "User.Read",
            "GET",
            "/v1.0/auditLogs/signIns",
            "AuditLog.Read.All",
        ),
    ] {
        let token = client.scoped(OPERATOR, "graph", scope).await;
        let answer = client
            .write(&token, (method, "graph"), path, change.clone())
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{scope} {path}");
        let text = format!(
            "Missing scope permissions on the request. API requires one of '{missing}'. Scopes \
             on the request '{scope}'."
        );
        assert_eq!(answer.error(), ("Forbidden".into(), text));
    }
    for (scope, method) in [
        ("openid SecurityIncident.ReadWrite.All", "PATCH"),
        (
            "https://graph.microsoft.com/SecurityIncident.Read.All",
            "GET",
        ),
        ("https://graph.microsoft.com/.default", "PATCH"),
    ] {
        let token = client.scoped(OPERATOR, "graph", scope).await;
        let answer = client
            .write(&token, (method, "graph"), &incident, change.clone())
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{scope}: {}", answer.text);
    }
}

#[tokio::test]
async fn foreign_pages_may_read_graph_and_nothing_of_the_relay() {
    let client = Client::new(20);
    let preflight = async |host: &'static str, path: &str, origin: &str| {
        let ask = client.ask("OPTIONS", host, path).header("origin", origin);
        let ask = ask.header("access-control-request-method", "POST");
        ask.header(
            "access-control-request-headers",
            "authorization,content-type",
        )
        .send()
        .await
    };
    let relay = "/api/machines/x/isolate";
    let ours = "http://portal.localhost:8790";
    let foreign = "https://elsewhere.example";
    let allowed = "access-control-allow-origin";
    assert_eq!(
        preflight("experts", relay, ours).await.header(allowed),
        ours
    );
    assert_eq!(
        preflight("experts", relay, foreign).await.header(allowed),
        ""
    );
    let batch = preflight("graph", "/v1.0/$batch", foreign).await;
    assert_eq!(batch.header(allowed), "*");
}
