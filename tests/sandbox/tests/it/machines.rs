//! Machine entities: in agreement with evidence, filtered and paged as documented.

use axum::http::StatusCode;
use serde_json::Value;

use crate::{
    client::{Client, READER, escape},
    endpoint::{MACHINES, machines},
};

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
async fn a_large_fleet_comes_in_pages_that_lead_from_one_to_the_next() {
    let client = Client::new(20);
    let token = client.token(READER, "endpoint").await;
    let few = client.read(&token, "experts", MACHINES).await.json();
    assert_eq!(few["@odata.nextLink"], Value::Null, "one page holds them");
    let before = few["value"].as_array().unwrap().len();
    client
        .steer("machines", serde_json::json!({ "more": 1_500 }))
        .await;
    let filter = escape("osPlatform ne 'Linux'");
    for (options, expected) in [
        ("$top=700".to_owned(), Some(before + 1_500)),
        (format!("$filter={filter}&$top=900"), None),
    ] {
        let (mut path, mut ids) = (format!("{MACHINES}?{options}"), Vec::new());
        loop {
            let page = client.read(&token, "experts", &path).await.json();
            let rows = page["value"].as_array().unwrap();
            ids.extend(rows.iter().map(|row| {
                assert!(expected.is_some() || row["osPlatform"] != "Linux");
                row["id"].as_str().unwrap().to_owned()
            }));
            let Some(next) = page["@odata.nextLink"].as_str() else {
                break;
            };
            let origin = next.find("/api/").unwrap();
            path = next[origin..].to_owned();
        }
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "each once");
        assert!(expected.is_none_or(|expected| all == expected), "{all}");
        assert!(all > 1_000);
    }
}
