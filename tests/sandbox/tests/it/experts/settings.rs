//! Settings: sections in force, what goes together, the draft, the audit.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::api::{Api, key};
use crate::client::{ADMINISTRATOR, Client, READER};

fn contact(mail: &str, more: Value) -> Value {
    let mut contact = json!({ "kind": "mail", "displayName": "A team", "mail": mail,
        "purposes": ["incidentNotification"] });
    for (name, value) in more.as_object().unwrap() {
        contact[name] = value.clone();
    }
    contact
}

#[tokio::test]
async fn a_section_takes_effect_and_leaves_an_entry_in_the_audit() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let before = api.get("/settings/audit").await["items"]
        .as_array()
        .unwrap()
        .len();
    let body = json!({ "investigateAndGuide": true, "respondDirectly": false });
    let written = api.put("/settings/permissions", &body).await;
    assert_eq!(written.json()["serviceProviderAccess"], true);
    assert_eq!(written.json()["updatedBy"], ADMINISTRATOR);
    let audit = api.get("/settings/audit").await;
    let entry = &audit["items"][0];
    assert_eq!(audit["items"].as_array().unwrap().len(), before + 1);
    assert_eq!(
        (&entry["section"], &entry["action"]),
        (&json!("permissions"), &json!("changed"))
    );
    assert_eq!(entry["by"]["role"], "Security Administrator");
    let change = json!([{ "pointer": "/respondDirectly", "before": true, "after": false }]);
    assert_eq!(entry["changes"], change);
    assert_eq!(
        (
            &entry["before"]["respondDirectly"],
            &entry["after"]["respondDirectly"]
        ),
        (&json!(true), &json!(false))
    );

    // Written as it is, it is no change.
    let same = api.put("/settings/permissions", &body).await;
    assert_eq!(same.header("etag"), written.header("etag"));
    assert_eq!(
        api.get("/settings/audit").await["items"]
            .as_array()
            .unwrap()
            .len(),
        before + 1
    );
    let of_section = api.get("/settings/audit?section=exclusions").await;
    assert!(
        of_section["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["section"] == "exclusions")
    );
}

#[tokio::test]
async fn what_does_not_go_together_is_refused_where_it_is() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let exclude = |groups: Value| {
        json!({ "deviceGroups": groups, "userGroups": [],
        "excludeAllHighValueDevices": false, "excludeAllHighValueUsers": false })
    };
    let hours = |zone: &str| {
        json!({ "hours": { "timeZone": zone, "spans": [
        { "days": ["monday"], "from": "22:00", "to": "06:00" }] } })
    };
    let contacts = |all: Vec<Value>| json!({ "contacts": all });
    let none = json!({});
    for (path, body, code, pointer) in [
        (
            "permissions",
            json!({ "investigateAndGuide": false, "respondDirectly": false }),
            "permissionMissing",
            "/investigateAndGuide",
        ),
        (
            "exclusions",
            exclude(json!([{ "id": "86" }, { "id": "999" }])),
            "unknownDeviceGroup",
            "/deviceGroups/1/id",
        ),
        (
            "exclusions",
            exclude(json!([{ "id": "86" }, { "id": "86" }])),
            "duplicateGroup",
            "/deviceGroups/1/id",
        ),
        (
            "contacts",
            contacts(vec![contact("a@b.c", json!({ "id": "c-none" }))]),
            "unknownContact",
            "/contacts/0/id",
        ),
        (
            "contacts",
            contacts(vec![
                contact("a@b.c", none.clone()),
                contact("A@b.c", none.clone()),
            ]),
            "duplicateContact",
            "/contacts/1/mail",
        ),
        (
            "contacts",
            contacts(vec![
                contact("a@b.c", json!({ "callOrder": 1 })),
                contact("d@b.c", json!({ "callOrder": 1 })),
            ]),
            "duplicateCallOrder",
            "/contacts/1/callOrder",
        ),
        (
            "contacts",
            contacts(vec![contact("a@b.c", hours("Mars/Olympus"))]),
            "unknownTimeZone",
            "/contacts/0/hours/timeZone",
        ),
        (
            "contacts",
            contacts(vec![contact("a@b.c", json!({ "phone": "0664 123" }))]),
            "invalidBody",
            "/contacts/0/phone",
        ),
    ] {
        let answer = api.put(&format!("/settings/{path}"), &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (422, code),
            "{}",
            answer.text
        );
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }
    let fine = contacts(vec![contact("a@b.c", hours("Asia/Tokyo"))]);
    assert_eq!(
        api.put("/settings/contacts", &fine).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_new_contact_is_told_by_mail() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let old = api.get("/settings/contacts").await["contacts"][0].clone();
    let keep = contact("soc@contoso.com", json!({ "id": old["id"] }));
    let all = json!({ "contacts": [keep, contact("new@contoso.com", json!({})), contact("x@nowhere.example", json!({}))] });
    let written = api.put("/settings/contacts", &all).await.json();
    let states = |body: &Value| -> Vec<Value> {
        body["contacts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["state"].clone())
            .collect()
    };
    assert_eq!(
        states(&written),
        ["notified", "pendingNotification", "pendingNotification"]
    );
    client.pass(3.0).await;
    let after = api.get("/settings/contacts").await;
    assert_eq!(states(&after), ["notified", "notified", "bounced"]);
    let mail = client.look("mail").await;
    assert!(
        mail.as_array()
            .unwrap()
            .iter()
            .any(|it| it["to"] == "new@contoso.com" && it["purpose"] == "contactAdded")
    );
    let bounced = api.get("/deliveries?state=bounced").await;
    assert_eq!(
        bounced["items"][0]["recipient"]["address"],
        "x@nowhere.example"
    );
}

#[tokio::test]
async fn teams_is_connected_once_and_removed_for_good() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let set = async |enabled: bool| {
        let body = json!({ "enabled": enabled, "huntingNotifications": false });
        api.put("/settings/teams", &body).await
    };
    assert_eq!(set(false).await.json()["state"], "disconnecting");
    client.pass(7.0).await;
    let gone = api.get("/settings/teams").await;
    assert_eq!(
        (&gone["state"], &gone["teamWebUrl"]),
        (&json!("removed"), &Value::Null)
    );
    let back = set(true).await;
    assert_eq!(
        (back.status.as_u16(), back.code().as_str()),
        (409, "irreversible")
    );
    let sample = api
        .act(
            "/deliveries/samples",
            &json!({ "channel": "teams", "purpose": "reminder" }),
        )
        .await;
    assert_eq!(
        (sample.status.as_u16(), sample.code().as_str()),
        (409, "teamsOff")
    );

    client.steer("first-run", json!({})).await;
    client
        .steer("teams", json!({ "blocked": "appBlocked" }))
        .await;
    assert_eq!(set(true).await.json()["state"], "provisioning");
    client.pass(7.0).await;
    let failed = api.get("/settings/teams").await;
    assert_eq!(
        (&failed["state"], &failed["failure"]["code"]),
        (&json!("failed"), &json!("appBlocked"))
    );
    client.steer("teams", json!({ "blocked": null })).await;
    set(false).await;
}

#[tokio::test]
async fn the_first_run_goes_through_the_draft() {
    let client = Client::new(20);
    client.steer("first-run", json!({})).await;
    let api = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(api.get("/settings").await["wizard"]["state"], "notStarted");
    let draft = json!({ "step": "contacts", "sections": {
        "permissions": { "investigateAndGuide": true, "respondDirectly": true },
        "exclusions": { "deviceGroups": [{ "id": "12" }], "userGroups": [],
            "excludeAllHighValueDevices": true, "excludeAllHighValueUsers": false },
    }});
    let etag = api.etag("/settings/draft").await;
    let put = || {
        api.ask("PUT", "/settings/draft")
            .header("if-match", &etag)
            .json(&draft)
    };
    assert_eq!(put().send().await.status, StatusCode::OK);
    assert_eq!(put().send().await.code(), "preconditionFailed");
    let all = api.get("/settings").await;
    assert_eq!(
        all["wizard"],
        json!({ "state": "inProgress", "step": "contacts",
        "drafted": ["permissions", "exclusions"], "completedAt": null, "completedBy": null })
    );
    assert_eq!(
        all["permissions"]["respondDirectly"], false,
        "a draft has no effect"
    );
    let reader = Api::of(&client, READER).await;
    assert_eq!(
        reader.get("/settings/draft").await["sections"],
        draft["sections"]
    );

    let complete = async |etag: String| {
        let ask = api
            .ask("POST", "/settings/complete")
            .header("if-match", etag);
        ask.header("idempotency-key", key()).send().await
    };
    let nobody = complete(api.etag("/settings/draft").await).await;
    assert_eq!(
        (nobody.status.as_u16(), nobody.code().as_str()),
        (422, "contactMissing")
    );
    let mut draft = draft;
    draft["sections"]["contacts"] =
        json!({ "contacts": [contact("soc@contoso.com", json!({ "callOrder": 1 }))] });
    draft["sections"]["permissions"]["investigateAndGuide"] = false.into();
    draft["sections"]["permissions"]["respondDirectly"] = false.into();
    api.put("/settings/draft", &draft).await;
    let wrong = complete(api.etag("/settings/draft").await).await;
    assert_eq!(
        wrong.json()["errors"][0]["pointer"],
        "/permissions/investigateAndGuide"
    );
    assert_eq!(
        api.get("/settings/contacts").await["contacts"],
        json!([]),
        "all sections or none"
    );

    draft["sections"]["permissions"]["respondDirectly"] = true.into();
    api.put("/settings/draft", &draft).await;
    assert_eq!(complete(etag).await.code(), "preconditionFailed");
    let done = complete(api.etag("/settings/draft").await).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let done = done.json();
    assert_eq!(
        (&done["wizard"]["state"], &done["wizard"]["completedBy"]),
        (&json!("complete"), &json!(ADMINISTRATOR))
    );
    assert_eq!(
        done["exclusions"]["deviceGroups"],
        json!([{ "id": "12", "name": "Servers" }])
    );
    assert_eq!(api.get("/service").await["state"], "readiness");
    assert_eq!(api.get("/settings/draft").await["sections"], json!({}));
    let audit = api.get("/settings/audit").await;
    assert!(
        audit["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["action"] == "completed")
    );
    assert_eq!(audit["items"].as_array().unwrap().len(), 3);
    let empty = complete(api.etag("/settings/draft").await).await;
    assert_eq!(
        (empty.status.as_u16(), empty.code().as_str()),
        (409, "draftEmpty")
    );
}

#[tokio::test]
async fn a_draft_is_discarded_or_forgotten_after_a_month() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let draft = json!({ "step": "teams", "sections": { "teams": { "enabled": true, "huntingNotifications": true } } });
    api.put("/settings/draft", &draft).await;
    let discard = async |etag: &str| {
        let ask = api.ask("DELETE", "/settings/draft");
        if etag.is_empty() {
            ask
        } else {
            ask.header("if-match", etag)
        }
        .send()
        .await
    };
    assert_eq!(discard("").await.status.as_u16(), 428);
    assert_eq!(discard("\"old\"").await.status.as_u16(), 412);
    let etag = api.etag("/settings/draft").await;
    assert_eq!(discard(&etag).await.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/settings/draft").await["sections"], json!({}));
    api.put("/settings/draft", &draft).await;
    client.pass(31.0 * 86_400.0).await;
    let api = Api::of(&client, ADMINISTRATOR).await;
    assert_eq!(api.get("/settings/draft").await["sections"], json!({}));
}

#[tokio::test]
async fn device_groups_are_found_by_a_part_of_their_name() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    let found = api.get("/device-groups?search=LAPTOP").await;
    assert_eq!(
        found["items"],
        json!([{ "id": "86", "name": "VIP laptops",
        "description": "Laptops of the board and its assistants", "ungrouped": false }])
    );
    assert_eq!(
        api.get("/device-groups").await["items"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
    assert_eq!(
        api.get("/device-groups?search=nothing").await["items"],
        json!([])
    );
}

#[tokio::test]
async fn device_groups_come_and_go_as_a_test_asks_for() {
    let client = Client::new(20);
    let api = Api::of(&client, ADMINISTRATOR).await;
    client
        .steer("device-groups", json!({ "more": 5000, "deleted": ["44"] }))
        .await;
    let found = api.get("/device-groups?search=site%204711").await;
    assert_eq!(found["items"][0]["name"], "Site 4711");
    let gone = api.get("/device-groups?search=meeting").await;
    assert_eq!(gone["items"], json!([]));
    client.steer("reset", json!({})).await;
    let back = api.get("/device-groups?search=meeting").await;
    assert_eq!(back["items"][0]["id"], "44");
}
