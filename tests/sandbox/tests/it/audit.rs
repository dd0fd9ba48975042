//! Sign-ins and changes: listed newest first, filtered, paged, and live.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    client::{Client, READER, escape, local},
    sign_in::choose,
};

const SIGN_INS: &str = "/v1.0/auditLogs/signIns";
const CHANGES: &str = "/v1.0/auditLogs/directoryAudits";

#[tokio::test]
async fn both_lists_are_walked_without_gaps() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    for (list, time, number) in [
        (SIGN_INS, "createdDateTime", 640),
        (CHANGES, "activityDateTime", 160),
    ] {
        let mut path = format!("{list}?$top=75");
        let mut rows = Vec::new();
        loop {
            let page = client.read(&token, "graph", &path).await;
            rows.extend(page.rows());
            match local(&page.json()["@odata.nextLink"], "graph") {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(rows.len(), number, "{list}");
        let at = |index: usize| sandbox::clock::parse(rows[index][time].as_str().unwrap());
        assert!((1..number).all(|index| at(index) <= at(index - 1)));
        let one = format!("{list}/{}", rows[3]["id"].as_str().unwrap());
        let one = client.read(&token, "graph", &one).await.json();
        assert_eq!(one["id"], rows[3]["id"]);
        let oldest = format!("{list}?$top=1&$orderby={time}%20asc");
        let oldest = client.read(&token, "graph", &oldest).await.rows();
        assert_eq!(oldest[0]["id"], rows[number - 1]["id"]);
    }
}

#[tokio::test]
async fn the_experts_sign_ins_can_be_found_and_what_cannot_be_asked_is_said() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    let ask = async |list: &str, filter: &str| {
        let path = format!("{list}?$filter={}", escape(filter));
        client.read(&token, "graph", &path).await
    };
    let experts = ask(
        SIGN_INS,
        "userPrincipalName eq 'mira.solberg@experts.example'",
    )
    .await;
    assert!(!experts.rows().is_empty());
    for row in experts.rows() {
        assert_eq!(row["crossTenantAccessType"], "serviceProvider");
        assert_ne!(row["homeTenantId"], row["resourceTenantId"]);
    }
    let failed = ask(SIGN_INS, "status/errorCode eq 50126").await.rows();
    assert!(!failed.is_empty());
    assert!(
        failed
            .iter()
            .all(|row| row["status"]["errorCode"] == 50_126)
    );
    let disabled = ask(
        CHANGES,
        "category eq 'UserManagement' and result eq 'success'",
    )
    .await;
    assert!(
        disabled
            .rows()
            .iter()
            .all(|row| row["category"] == "UserManagement")
    );
    let refused = ask(SIGN_INS, "ipAddress eq '1.1.1.1'").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        refused.error().1,
        "Filtering by 'ipAddress' is not supported."
    );
    let wide = client
        .read(&token, "graph", &format!("{SIGN_INS}?$top=1001"))
        .await;
    assert_eq!(wide.status, StatusCode::BAD_REQUEST);
    let nobody = client.token("Nils Berger", "graph").await;
    let forbidden = client.read(&nobody, "graph", SIGN_INS).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_signs_in_is_on_record() {
    let client = Client::new(20);
    choose(&client, "Greta Reiter").await;
    let token = client.token(READER, "graph").await;
    let newest = client
        .read(&token, "graph", &format!("{SIGN_INS}?$top=1"))
        .await
        .rows();
    assert_eq!(newest[0]["userDisplayName"], "Greta Reiter");
    assert_eq!(newest[0]["appDisplayName"], "Managed response portal");
    assert_eq!(newest[0]["status"]["errorCode"], 0);

    // So are the experts, when they come to look into something.
    let body = json!({ "story": "usb" });
    client
        .ask("POST", "portal", "/sandbox/incidents")
        .json(&body)
        .send()
        .await;
    client.pass(200.0).await;
    let path = format!("{SIGN_INS}?$top=1");
    let newest = client.read(&token, "graph", &path).await.rows();
    assert_eq!(newest[0]["crossTenantAccessType"], "serviceProvider");
}
