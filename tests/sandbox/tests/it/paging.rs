//! Lists of incidents: complete, without repeats, filtered as Graph filters, refused as it refuses.

use std::collections::HashSet;

use axum::http::StatusCode;
use sandbox::cli::Options;
use serde_json::{Value, json};

use crate::client::{Answer, Client, OPERATOR, escape, local};

const LIST: &str = "/v1.0/security/incidents";

async fn list(client: &Client, token: &str, path: &str) -> Answer {
    client
        .ask("GET", "graph", path)
        .bearer(token)
        .header("prefer", "include-unknown-enum-members")
        .send()
        .await
}

async fn filtered(client: &Client, token: &str, filter: &str) -> Answer {
    list(client, token, &format!("{LIST}?$filter={}", escape(filter))).await
}

/// Follows nextLink verbatim to the end.
async fn walk(client: &Client, token: &str, first: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut path = first.to_owned();
    loop {
        let page = list(client, token, &path).await.json();
        rows.extend(page["value"].as_array().unwrap().clone());
        match local(&page["@odata.nextLink"], "graph") {
            Some(link) => path = link,
            None => return rows,
        }
    }
}

#[tokio::test]
async fn a_walk_is_complete_ordered_and_without_repeats() {
    let client = Client::new(333);
    let token = client.token(OPERATOR, "graph").await;
    let rows = walk(&client, &token, &format!("{LIST}?$top=50&$expand=alerts")).await;
    let ids: HashSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!((rows.len(), ids.len()), (333, 333));
    let times: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["lastUpdateDateTime"].as_str())
        .map(|t| &t[..19])
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));
    assert!(rows.iter().all(|row| row["alerts"].is_array()));
}

#[tokio::test]
async fn a_change_between_pages_neither_repeats_nor_shifts_rows() {
    let client = Client::new(120);
    let token = client.token(OPERATOR, "graph").await;
    let first = list(&client, &token, &format!("{LIST}?$top=50"))
        .await
        .json();
    let next = local(&first["@odata.nextLink"], "graph").unwrap();
    let seen = first["value"][7]["id"].as_str().unwrap();
    client
        .steer(
            &format!("incidents/{seen}"),
            json!({ "comment": "Looked again." }),
        )
        .await;
    let rest = walk(&client, &token, &next).await;
    assert_eq!(rest.len(), 70);
    assert!(rest.iter().all(|row| row["id"] != seen));
}

#[tokio::test]
async fn count_stands_on_page_one_only() {
    let client = Client::new(120);
    let token = client.token(OPERATOR, "graph").await;
    let page = list(&client, &token, &format!("{LIST}?$count=true&$top=50"))
        .await
        .json();
    assert_eq!(page["@odata.count"], 120);
    let next = local(&page["@odata.nextLink"], "graph").unwrap();
    let page = list(&client, &token, &next).await;
    assert_eq!(page.json()["@odata.count"], Value::Null);
    let skipped = list(&client, &token, &format!("{LIST}?$skip=100&$count=true"))
        .await
        .json();
    assert_eq!(skipped["value"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn the_page_limit_is_told_in_graphs_words() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let answer = list(&client, &token, &format!("{LIST}?$top=999")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        answer.error().1,
        "The limit of '50' for Top query has been exceeded. The value from the incoming request \
         is '999'."
    );
    let wide = Client::with(Options {
        incidents: Some(80),
        max_page: 1000,
        ..Options::default()
    });
    let token = wide.token(OPERATOR, "graph").await;
    let answer = list(&wide, &token, &format!("{LIST}?$top=1000")).await;
    assert_eq!(answer.json()["value"].as_array().unwrap().len(), 80);
}

#[tokio::test]
async fn filters_select_what_they_say() {
    let client = Client::new(400);
    let token = client.token(OPERATOR, "graph").await;
    let all = walk(&client, &token, LIST).await;
    let moment = all[200]["lastUpdateDateTime"].as_str().unwrap();
    type Test<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let cases: Vec<(String, Test)> = vec![
        (
            "status eq 'awaitingAction'".into(),
            Box::new(|row| row["status"] == "awaitingAction"),
        ),
        (
            "assignedTo eq 'Defender Experts' and severity ne 'low'".into(),
            Box::new(|row| row["assignedTo"] == "Defender Experts" && row["severity"] != "low"),
        ),
        (
            "assignedTo eq null".into(),
            Box::new(|row| row["assignedTo"].is_null()),
        ),
        (
            "assignedTo ne 'Customer'".into(),
            Box::new(|row| row["assignedTo"] != "Customer"),
        ),
    ];
    for (filter, test) in cases {
        let path = format!("{LIST}?$filter={}", escape(&filter));
        let rows = walk(&client, &token, &path).await;
        let expected = all.iter().filter(|row| test(row)).count();
        assert!(expected > 0 && rows.iter().all(&test), "{filter}");
        assert_eq!(rows.len(), expected, "{filter}");
    }
    let path = format!(
        "{LIST}?$filter={}",
        escape(&format!("lastUpdateDateTime ge {moment}"))
    );
    assert_eq!(walk(&client, &token, &path).await.len(), 201);
}

#[tokio::test]
async fn what_graph_cannot_filter_is_refused_by_name() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    for (filter, named) in [
        ("systemTags eq 'Defender Experts'", "systemTags"),
        ("status eq 'active' or status eq 'resolved'", "or"),
        ("severity gt 'low'", "gt"),
        ("status eq 'waiting'", "waiting"),
        ("createdDateTime ge yesterday", "yesterday"),
        ("contains(displayName,'sql')", "contains"),
        ("assignedTo eq 'x", "unterminated"),
    ] {
        let answer = filtered(&client, &token, filter).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{filter}");
        let (code, message) = answer.error();
        assert_eq!(code, "BadRequest");
        assert!(message.contains(named), "{message}");
        assert!(answer.json()["error"]["innerError"]["request-id"].is_string());
    }
    for option in [
        "$orderby=severity",
        "$search=sql",
        "$expand=comments",
        "$select=id",
    ] {
        let answer = list(&client, &token, &format!("{LIST}?{option}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{option}");
    }
}
