//! Alerts by themselves: pages, filters, changes, comments, and their agreement with incidents.

use axum::http::StatusCode;
use sandbox::cli::Options;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR, READER, escape, local};

const LIST: &str = "/v1.0/security/alerts_v2";

async fn list(client: &Client, token: &str, query: &str) -> Answer {
    client
        .read(token, "graph", &format!("{LIST}?{query}"))
        .await
}

async fn filtered(client: &Client, token: &str, filter: &str) -> Answer {
    list(
        client,
        token,
        &format!("$top=2000&$filter={}", escape(filter)),
    )
    .await
}

async fn change(client: &Client, token: &str, id: &str, body: Value) -> Answer {
    let path = format!("{LIST}/{id}");
    client.write(token, ("PATCH", "graph"), &path, body).await
}

#[tokio::test]
async fn a_walk_finds_every_alert_of_every_incident_once_and_newest_first() {
    let client = Client::new(120);
    let token = client.token(READER, "graph").await;
    let mut path = format!("{LIST}?$top=40&$count=true");
    let (mut rows, mut total) = (Vec::new(), Value::Null);
    loop {
        let page = client.read(&token, "graph", &path).await;
        if rows.is_empty() {
            total = page.json()["@odata.count"].clone();
        }
        rows.extend(page.rows());
        match local(&page.json()["@odata.nextLink"], "graph") {
            Some(next) => path = next,
            None => break,
        }
    }
    let mut ids: Vec<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), total), (rows.len(), rows.len().into()));
    let times: Vec<&str> = rows
        .iter()
        .filter_map(|row| Some(&row["lastUpdateDateTime"].as_str()?[..19]))
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));

    let mut path = "/v1.0/security/incidents?$expand=alerts".to_owned();
    let mut expanded = 0;
    loop {
        let page = client.read(&token, "graph", &path).await;
        for incident in page.rows() {
            for alert in incident["alerts"].as_array().unwrap() {
                expanded += 1;
                let row = rows.iter().find(|row| row["id"] == alert["id"]);
                assert_eq!(row, Some(alert));
            }
        }
        match local(&page.json()["@odata.nextLink"], "graph") {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(expanded, rows.len());
}

#[tokio::test]
async fn every_documented_filter_selects_what_it_says() {
    let client = Client::new(200);
    let token = client.token(READER, "graph").await;
    let all = list(&client, &token, "$top=2000").await.rows();
    let middle = all[all.len() / 2]["lastUpdateDateTime"].as_str().unwrap();
    let source = "microsoftDefenderForOffice365";
    type Test<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let cases: Vec<(String, Test)> = vec![
        (
            "status eq 'new'".into(),
            Box::new(|row| row["status"] == "new"),
        ),
        (
            "severity eq 'high'".into(),
            Box::new(|row| row["severity"] == "high"),
        ),
        (
            format!("serviceSource eq '{source}'"),
            Box::new(move |row| row["serviceSource"] == source),
        ),
        (
            "classification eq 'falsePositive'".into(),
            Box::new(|row| row["classification"] == "falsePositive"),
        ),
        (
            "determination ne 'phishing' and severity ne 'low'".into(),
            Box::new(|row| row["determination"] != "phishing" && row["severity"] != "low"),
        ),
        (
            "assignedTo eq null".into(),
            Box::new(|row| row["assignedTo"].is_null()),
        ),
        (
            format!("lastUpdateDateTime ge {middle}"),
            Box::new(move |row| {
                sandbox::clock::parse(row["lastUpdateDateTime"].as_str().unwrap())
                    >= sandbox::clock::parse(middle)
            }),
        ),
        (
            format!("createdDateTime lt {middle}"),
            Box::new(move |row| {
                sandbox::clock::parse(row["createdDateTime"].as_str().unwrap())
                    < sandbox::clock::parse(middle)
            }),
        ),
    ];
    for (filter, test) in cases {
        let found = filtered(&client, &token, &filter).await.rows();
        let wanted: Vec<&Value> = all.iter().filter(|row| test(row)).collect();
        assert!(!wanted.is_empty(), "{filter}");
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{filter}");
    }
}

#[tokio::test]
async fn what_is_not_documented_is_refused_in_graphs_words() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    let cases = [
        (
            "$top=2001".to_owned(),
            "The limit of '2000' for Top query has been exceeded. The value from the incoming \
             request is '2001'.",
        ),
        (
            format!("$filter={}", escape("title eq 'x'")),
            "Filtering by 'title' is not supported.",
        ),
        (
            format!("$filter={}", escape("incidentId eq '1'")),
            "Filtering by 'incidentId' is not supported.",
        ),
        (
            format!("$filter={}", escape("severity gt 'low'")),
            "'gt' is not supported on 'severity'.",
        ),
        (
            "$orderby=severity".to_owned(),
            "The query option '$orderby=severity' is not supported.",
        ),
        (
            "$expand=alerts".to_owned(),
            "The query option '$expand=alerts' is not supported.",
        ),
    ];
    for (query, text) in cases {
        let answer = list(&client, &token, &query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.error(), ("BadRequest".into(), text.into()));
    }
    let unknown = client.read(&token, "graph", &format!("{LIST}/da1_1")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.error().0, "NotFound");
}

#[tokio::test]
async fn a_change_shows_in_the_alert_its_list_and_its_incident() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let (incident, _) = client.showcase("ransomware", "").await;
    let incident = format!("/v1.0/security/incidents/{incident}?$expand=alerts");
    let before = client.read(&token, "graph", &incident).await.json();
    let id = before["alerts"][0]["id"].as_str().unwrap();
    let body = json!({
        "status": "resolved", "classification": "truePositive", "determination": "malware",
        "assignedTo": "omar.haddad@contoso.com", "customDetails": { "ticket": "4711" },
    });
    let changed = change(&client, &token, id, body).await;
    assert_eq!(changed.status, StatusCode::OK);
    let mut changed = changed.json();
    let context = changed.as_object_mut().unwrap().remove("@odata.context");
    assert!(
        context
            .unwrap()
            .as_str()
            .unwrap()
            .ends_with("#security/alerts_v2/$entity")
    );
    assert!(changed["resolvedDateTime"].is_string());
    assert_eq!(changed["customDetails"]["ticket"], "4711");
    let newest = list(&client, &token, "$top=1").await.rows();
    assert_eq!(newest, [changed.clone()]);
    let after = client.read(&token, "graph", &incident).await.json();
    let there = after["alerts"].as_array().unwrap();
    assert!(there.contains(&changed));
    assert!(after["lastUpdateDateTime"].as_str() > before["lastUpdateDateTime"].as_str());
    assert_eq!(after["lastModifiedBy"], "API-App:omar.haddad@contoso.com");

    let reopened = change(&client, &token, id, json!({ "status": "inProgress" }))
        .await
        .json();
    assert_eq!(reopened["resolvedDateTime"], Value::Null);
    for refused in [
        json!({ "status": "awaitingAction" }),
        json!({ "title": "Renamed" }),
        json!({ "determination": 7 }),
        json!({ "status": "resolved", "severity": "low" }),
    ] {
        let answer = change(&client, &token, id, refused.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{refused}");
    }
    let path = format!("{LIST}/{id}");
    let now = client.read(&token, "graph", &path).await.json();
    assert_eq!(
        now["status"], "inProgress",
        "a refused change is not half done"
    );
}

#[tokio::test]
async fn a_comment_answers_the_whole_list() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let id = list(&client, &token, "$top=1").await.rows()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{LIST}/{id}/comments");
    let send = async |text: &str| {
        let body =
            json!({ "@odata.type": "microsoft.graph.security.alertComment", "comment": text });
        client.write(&token, ("POST", "graph"), &path, body).await
    };
    send("First.").await;
    let answer = send("Second.").await;
    assert_eq!(answer.status, StatusCode::OK);
    let texts: Vec<Value> = answer
        .rows()
        .iter()
        .map(|it| it["comment"].clone())
        .collect();
    assert_eq!(texts, ["First.", "Second."]);
    assert!(
        answer.json()["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("/comments")
    );
    assert_eq!(send(" ").await.status, StatusCode::BAD_REQUEST);
    let reader = client.token(READER, "graph").await;
    let body = json!({ "comment": "Mine." });
    let refused = client.write(&reader, ("POST", "graph"), &path, body).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

/// A big tenant writes the text of alerts and summaries when it is read. Nobody may notice.
#[tokio::test]
async fn a_big_tenant_answers_what_a_small_one_would() {
    let client = Client::with(Options {
        incidents: Some(20_001),
        ..Options::default()
    });
    let token = client.token(OPERATOR, "graph").await;
    let page = list(&client, &token, "$top=300").await.rows();
    assert_eq!(page.len(), 300);
    for row in &page {
        assert!(!row["evidence"].as_array().unwrap().is_empty());
        let same = client
            .read(
                &token,
                "graph",
                &format!("{LIST}/{}", row["id"].as_str().unwrap()),
            )
            .await
            .json();
        assert_eq!(
            (&same["title"], &same["severity"]),
            (&row["title"], &row["severity"])
        );
    }
    let high = filtered(&client, &token, "severity eq 'high'").await.rows();
    assert!(high.iter().all(|row| row["severity"] == "high") && high.len() == 2000);
    let (incident, _) = client.showcase("ransomware", "").await;
    let reader = client.token(READER, "experts").await;
    let path = format!("/v1/incidents/{incident}/managed-response");
    let body = client.read(&reader, "experts", &path).await.json();
    let told = &body["investigationSummary"];
    assert!(
        told["markdown"]
            .as_str()
            .unwrap()
            .starts_with("## What happened")
    );
    assert_eq!(told["devices"][0]["displayName"], "prod-sql-02");
}
