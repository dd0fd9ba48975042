//! Lists: pages that together are the whole, and notifications of one's own.

use serde_json::json;

use super::api::{Api, all};
use crate::client::{ADMINISTRATOR, Client, READER};

#[tokio::test]
async fn pages_together_are_the_whole_without_repeats() {
    let client = Client::new(120);
    let api = Api::of(&client, ADMINISTRATOR).await;
    for path in [
        "/managed-responses",
        "/chat/threads",
        "/inquiries",
        "/messages",
        "/settings/audit",
        "/readiness/history",
        "/reviews",
        "/deliveries",
        "/hunting/hunts?from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z",
        "/notifications",
        "/device-groups",
    ] {
        let join = if path.contains('?') { '&' } else { '?' };
        let whole = api.get(&format!("{path}{join}limit=100")).await;
        let pages = all(&api, path).await;
        assert_eq!(json!(pages), whole["items"], "{path}");
        assert!(whole["nextCursor"].is_null() || pages.len() > 100, "{path}");
    }
}

#[tokio::test]
async fn the_link_leads_to_the_next_page_with_the_same_filters() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let first = api
        .ask("GET", "/deliveries?channel=mail&limit=2")
        .send()
        .await;
    let next = first.json()["nextCursor"].as_str().unwrap().to_owned();
    assert_eq!(
        first.header("link"),
        format!("<?cursor={next}&channel=mail&limit=2>; rel=\"next\"")
    );
    let last = api.ask("GET", "/reviews").send().await;
    assert_eq!(
        (last.header("link"), &last.json()["nextCursor"]),
        ("", &json!(null))
    );
}

#[tokio::test]
async fn each_person_reads_their_own_notifications() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let list = api.get("/notifications").await;
    let unread = list["unread"].as_i64().unwrap();
    assert!(unread > 1);
    let id = list["items"][0]["id"].as_str().unwrap();
    let read = async || {
        api.ask("POST", &format!("/notifications/{id}/read"))
            .send()
            .await
            .json()
    };
    let first = read().await;
    assert_eq!(first["read"], true);
    client.pass(60.0).await;
    assert_eq!(read().await, first, "read stays read, since then");
    assert_eq!(api.get("/notifications").await["unread"], unread - 1);
    assert_eq!(
        api.get("/notifications?unread=false").await["items"],
        json!([first])
    );
    let other = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(other.get("/notifications").await["unread"], unread);
    let none = api.ask("POST", "/notifications/none/read").send().await;
    assert_eq!(none.code(), "notFound");
}

/// The figures once more, from what Graph and the tasks say, without the report's own list.
#[tokio::test]
async fn the_report_agrees_with_what_graph_says() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let graph = client.token(READER, "graph").await;
    let mut path = Some("/v1.0/security/incidents?$top=50".to_owned());
    let mut incidents = Vec::new();
    while let Some(next) = path {
        let page = client.ask("GET", "graph", next).bearer(&graph);
        let page = page
            .header("prefer", "include-unknown-enum-members")
            .send()
            .await
            .json();
        incidents.extend(page["value"].as_array().unwrap().iter().cloned());
        path = crate::client::local(&page["@odata.nextLink"], "graph");
    }
    let tasks = client.token(READER, "tasks").await;
    let tasks = client
        .ask("GET", "experts", "/beta/security/incidentTasks")
        .bearer(&tasks);
    let tasks = tasks.send().await.json();
    assert!(tasks["@odata.nextLink"].is_null(), "all tasks on one page");
    let helped = |id: &str| {
        let mut tasks = tasks["value"].as_array().unwrap().iter();
        tasks.any(|task| {
            task["incident"]["id"] == id
                && task["source"] == "defenderExpertsGuidedResponse"
                && task["status"] == "completed"
        })
    };
    let ours: Vec<_> = incidents
        .iter()
        .filter(|it| {
            it["systemTags"]
                .as_array()
                .unwrap()
                .contains(&json!("Defender Experts"))
        })
        .filter(|it| it["status"] != "redirected")
        .collect();
    let resolved: Vec<_> = ours
        .iter()
        .filter(|it| it["status"] == "resolved")
        .collect();
    let with_help = resolved
        .iter()
        .filter(|it| helped(it["id"].as_str().unwrap()))
        .count();

    let created: Vec<&str> = ours
        .iter()
        .map(|it| &it["createdDateTime"].as_str().unwrap()[..10])
        .collect();
    let first = created.iter().min().unwrap();
    let now = api.get("/reports/summary").await["generatedAt"]
        .as_str()
        .unwrap()
        .to_owned();
    let range = format!("from={first}T00:00:00Z&to={now}");
    let report = api.get(&format!("/reports/summary?{range}")).await;
    assert_eq!(report["investigated"], ours.len());
    assert_eq!(report["resolved"], resolved.len());
    assert_eq!(report["resolvedWithYourHelp"], with_help);
    for severity in ["high", "medium", "low", "informational"] {
        let of = resolved
            .iter()
            .filter(|it| it["severity"] == severity)
            .count();
        assert_eq!(report["bySeverity"][severity], of, "{severity}");
    }
}

/// Skipping is not helping: who skipped everything has an incident that was resolved directly.
#[tokio::test]
async fn an_incident_of_skipped_tasks_is_resolved_directly() {
    let client = Client::new(60);
    let api = Api::of(&client, READER).await;
    let before = api.get("/reports/summary").await;
    let tasks = client.token("Omar Haddad", "tasks").await;
    for task in ["Release device", "Remove app restriction"] {
        let (_, id) = client.showcase("release", task).await;
        let path = format!("/beta/security/incidentTasks/{id}");
        let skip = client.ask("PATCH", "experts", path).bearer(&tasks);
        let skip = skip.json(&json!({ "status": "notRelevant" })).send().await;
        assert!(skip.status.is_success(), "{}", skip.text);
    }
    client.pass(10.0).await;
    let after = api.get("/reports/summary").await;
    let more = |member: &str| after[member].as_i64().unwrap() - before[member].as_i64().unwrap();
    assert_eq!(
        (
            more("resolved"),
            more("resolvedDirectly"),
            more("resolvedWithYourHelp")
        ),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn a_notification_says_whether_it_concerns_the_caller_in_person() {
    let client = Client::new(120);
    let reader = Api::of(&client, READER).await;
    let list = reader.get("/notifications").await;
    let told = list["items"].as_array().unwrap();
    let of = |kind: &str| told.iter().find(|it| it["reference"]["kind"] == kind);
    let incident = of("incident").unwrap();
    assert_eq!(incident["mine"], false);
    let id = incident["reference"]["id"].as_str().unwrap();
    let assigned = json!({ "assignedTo": "Rhea.Novak@contoso.com" });
    client.steer(&format!("incidents/{id}"), assigned).await;
    let mine = async |api: &Api<'_>, id: &serde_json::Value| {
        let list = api.get("/notifications").await;
        let all = list["items"].as_array().unwrap();
        let told = all.iter().find(|it| it["id"] == *id).unwrap();
        told["mine"].clone()
    };
    assert_eq!(mine(&reader, &incident["id"]).await, true);
    let other = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(mine(&other, &incident["id"]).await, false);

    let question =
        json!({ "topic": "Why?", "details": "Tell me.", "subject": { "kind": "general" } });
    let asked = reader.act("/inquiries", &question).await.json();
    client.pass(30.0).await;
    let list = reader.get("/notifications").await;
    let answer = &list["items"][0];
    assert_eq!(
        (&answer["kind"], &answer["mine"]),
        (&json!("inquiryAnswer"), &json!(true))
    );
    assert_eq!(answer["reference"]["id"], asked["id"]);
    assert_eq!(mine(&other, &answer["id"]).await, false);
}
