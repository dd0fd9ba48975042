//! Who may do what: every person against every kind of request.

use axum::http::StatusCode;
use sandbox::people::PEOPLE;
use serde_json::json;

use crate::client::Client;

#[tokio::test]
async fn each_role_reads_and_writes_what_it_may() {
    for person in &PEOPLE {
        let client = Client::new(20);
        let graph = client.token(person.name, "graph").await;
        let tasks = client.token(person.name, "tasks").await;
        let experts = client.token(person.name, "experts").await;
        let (incident, task) = client.showcase("ransomware", "Rotate").await;
        let incidents = format!("/v1.0/security/incidents/{incident}");
        let response = format!("/v1/incidents/{incident}/managed-response");
        let task = format!("/beta/security/incidentTasks/{task}");
        let reads = matches!(person.role_name(), "Security Reader" | "Global Reader");
        let acts = person.role.is_some() && !reads;
        let read = if reads || acts {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        let write = if acts {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };

        let done = json!({ "status": "completed" });
        let cases = [
            (
                client.ask("GET", "graph", "/v1.0/me").bearer(&graph),
                StatusCode::OK,
            ),
            (
                client
                    .ask("GET", "graph", "/v1.0/organization")
                    .bearer(&graph),
                StatusCode::OK,
            ),
            (client.ask("GET", "graph", &incidents).bearer(&graph), read),
            (client.ask("GET", "experts", &task).bearer(&tasks), read),
            (
                client.ask("GET", "experts", "/v1/service").bearer(&experts),
                read,
            ),
            (
                client.ask("GET", "experts", &response).bearer(&experts),
                read,
            ),
            (
                client
                    .ask("PATCH", "graph", &incidents)
                    .bearer(&graph)
                    .json(&json!({ "severity": "low" })),
                write,
            ),
            (
                client
                    .ask("POST", "graph", format!("{incidents}/comments"))
                    .bearer(&graph)
                    .json(&json!({ "comment": "Seen." })),
                write,
            ),
            (
                client
                    .ask("PATCH", "experts", &task)
                    .bearer(&tasks)
                    .json(&done),
                write,
            ),
        ];
        for (index, (ask, expected)) in cases.into_iter().enumerate() {
            let answer = ask.send().await;
            assert_eq!(
                answer.status, expected,
                "{} #{index}: {}",
                person.name, answer.text
            );
        }
    }
}

#[tokio::test]
async fn roles_are_told_as_directory_roles() {
    let client = Client::new(20);
    for person in &PEOPLE {
        let token = client.token(person.name, "graph").await;
        let groups = client
            .ask("GET", "graph", "/v1.0/me/memberOf")
            .bearer(&token)
            .send()
            .await
            .json();
        let role = groups["value"]
            .as_array()
            .unwrap()
            .iter()
            .find(|group| group["@odata.type"] == "#microsoft.graph.directoryRole");
        let template = role.and_then(|role| role["roleTemplateId"].as_str());
        assert_eq!(template, person.role.map(|role| role.template));
    }
}

#[tokio::test]
async fn a_reader_sees_tasks_and_why_they_are_closed() {
    let client = Client::new(20);
    let token = client.token("Greta Reiter", "tasks").await;
    let (_, id) = client.showcase("ransomware", "Isolate").await;
    let task = client.ask(
        "GET",
        "experts",
        format!("/beta/security/incidentTasks/{id}"),
    );
    let task = task.bearer(&token).send().await.json();
    assert_eq!(task["allowedActions"], json!([]));
    assert_eq!(
        task["deniedReason"],
        "Your role Global Reader can read managed responses. Security Operator or higher can act."
    );
}

#[tokio::test]
async fn missing_expired_and_foreign_tokens_are_challenged() {
    let client = Client::new(20);
    let me = |token: &str| client.ask("GET", "graph", "/v1.0/me").bearer(token);
    let none = client.ask("GET", "graph", "/v1.0/me").send().await;
    let unknown = me("made-up").send().await;
    let foreign = me(&client.token("Omar Haddad", "experts").await)
        .send()
        .await;
    let token = client.token("Omar Haddad", "graph").await;
    assert_eq!(me(&token).send().await.status, StatusCode::OK);
    client.steer("tokens/expire", json!({})).await;
    let ended = me(&token).send().await;
    let token = client.token("Omar Haddad", "graph").await;
    client.pass(3600.0).await;
    let expired = me(&token).send().await;
    for answer in [none, unknown, foreign, ended, expired] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.error().0, "InvalidAuthenticationToken");
        assert!(
            answer
                .header("www-authenticate")
                .contains("login.localhost")
        );
    }
    let problem = client.ask("GET", "experts", "/v1/service").send().await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 401);
}
