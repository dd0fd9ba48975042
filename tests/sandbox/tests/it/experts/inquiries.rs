//! Inquiries: submitted, answered in one of four ways, closed; and what they cost.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::api::Api;
use crate::client::{Client, OPERATOR, READER};

fn inquiry(topic: &str) -> Value {
    json!({
        "topic": topic,
        "subject": { "kind": "device", "id": "d1", "displayName": "lt-1" },
        "details": "What is this?",
        "contacts": ["soc@contoso.com", "lost@nowhere.example"],
    })
}

#[tokio::test]
async fn a_security_reader_may_ask_and_is_answered() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let sent = api.act("/inquiries", &inquiry("A tool")).await;
    assert_eq!(sent.status, StatusCode::CREATED);
    let place = format!("/inquiries/{}", sent.json()["id"].as_str().unwrap());
    assert_eq!(sent.json()["state"], "submitted");
    client.pass(6.0).await;
    assert_eq!(api.get(&place).await["state"], "inReview");
    client.pass(60.0).await;
    let answered = api.get(&place).await;
    assert_eq!(answered["state"], "answered");
    let messages = api.get(&format!("{place}/messages")).await;
    let last = messages["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["progress"], answered["progress"]);
    assert_eq!(
        answered["unread"],
        messages["items"].as_array().unwrap().len() - 1
    );

    // Those who wanted to hear of it got a mail, as far as it arrived.
    client.pass(5.0).await;
    let mail = client.look("mail").await;
    let mails: Vec<&Value> = mail
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["purpose"] == "inquiryAnswer")
        .collect();
    let state = |to: &str| {
        mails
            .iter()
            .find(|it| it["to"] == to)
            .map(|it| it["state"].clone())
    };
    assert_eq!(state("soc@contoso.com"), Some(json!("delivered")));
    assert_eq!(state("lost@nowhere.example"), Some(json!("bounced")));

    let message =
        json!({ "body": { "contentType": "text", "content": "Thanks, one more thing." } });
    api.act(&format!("{place}/messages"), &message).await;
    assert_eq!(api.get(&place).await["state"], "followUp");
    client.pass(60.0).await;
    assert_eq!(api.get(&place).await["progress"], "concluded");
}

#[tokio::test]
async fn the_first_answer_is_one_of_four_kinds() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let sent = api.act("/inquiries", &inquiry("Again")).await.json();
        client.pass(25.0).await;
        let path = format!("/inquiries/{}/messages", sent["id"].as_str().unwrap());
        seen.push(
            api.get(&path).await["items"][1]["progress"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            "concluded",
            "fileSampleNeeded",
            "moreInformationNeeded",
            "moreTimeNeeded"
        ]
    );
}

#[tokio::test]
async fn closed_is_final() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let closed = api.act("/inquiries/inq-6/close", &Value::Null).await;
    assert_eq!(
        (closed.status, &closed.json()["state"]),
        (StatusCode::OK, &json!("closed"))
    );
    assert_eq!(closed.json()["allowedActions"], json!([]));
    assert_eq!(closed.json()["deniedReason"], "The conversation is closed.");
    let again = api.act("/inquiries/inq-6/close", &Value::Null).await;
    assert_eq!(
        (again.status.as_u16(), again.code().as_str()),
        (409, "invalidTransition")
    );
    assert_eq!(again.json()["current"]["state"], "closed");
    let message = json!({ "body": { "contentType": "text", "content": "Still there?" } });
    let late = api.act("/inquiries/inq-6/messages", &message).await;
    assert_eq!(
        (late.status.as_u16(), late.code().as_str()),
        (409, "conversationClosed")
    );
}

#[tokio::test]
async fn contacts_are_changed_on_the_inquiry_as_it_was_read() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let body = json!({ "contacts": ["new@contoso.com"] });
    let etag = api.etag("/inquiries/inq-6").await;
    let put = || {
        api.ask("PUT", "/inquiries/inq-6/contacts")
            .header("if-match", &etag)
            .json(&body)
    };
    let changed = put().send().await;
    assert_eq!(changed.json()["contacts"], body["contacts"]);
    assert_eq!(changed.header("etag"), api.etag("/inquiries/inq-6").await);
    assert_eq!(put().send().await.code(), "preconditionFailed");
    let closed = api.etag("/inquiries/inq-1").await;
    let late = api
        .ask("PUT", "/inquiries/inq-1/contacts")
        .header("if-match", closed)
        .json(&body)
        .send()
        .await;
    assert_eq!(
        (late.status.as_u16(), late.code().as_str()),
        (409, "conversationClosed")
    );
    let bad = json!({ "contacts": ["nobody"] });
    let bad = api
        .ask("PUT", "/inquiries/inq-6/contacts")
        .header("if-match", &etag)
        .json(&bad)
        .send()
        .await;
    assert_eq!(bad.json()["errors"][0]["pointer"], "/contacts/0");
}

#[tokio::test]
async fn credits_are_what_the_list_of_the_quarter_counts_and_run_out() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let used = async || {
        let credits = api.get("/inquiries/credits").await;
        let (from, to) = (&credits["quarter"]["from"], &credits["quarter"]["to"]);
        let path = format!(
            "/inquiries?from={}&to={}",
            from.as_str().unwrap(),
            to.as_str().unwrap()
        );
        assert_eq!(api.get(&path).await["total"], credits["used"]);
        let number = |name: &str| credits[name].as_i64().unwrap();
        assert!(number("granted") + number("rolledOver") <= number("limit"));
        assert_eq!(
            number("left"),
            number("granted") + number("rolledOver") - number("used")
        );
        number("left")
    };
    let mut left = used().await;
    while left > 0 {
        assert_eq!(
            api.act("/inquiries", &inquiry("One more")).await.status,
            StatusCode::CREATED
        );
        assert_eq!(used().await, left - 1);
        left -= 1;
    }
    assert_eq!(api.get("/inquiries/credits").await["limit"], 20);
    let refused = api.act("/inquiries", &inquiry("Too many")).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (409, "noCreditsLeft")
    );
    client.pass(93.0 * 86_400.0).await;
    let api = Api::of(&client, OPERATOR).await;
    let credits = api.get("/inquiries/credits").await;
    assert_eq!(
        (&credits["used"], &credits["rolledOver"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(
        credits["left"], 10,
        "ten more with the next quarter, and nothing was left to roll over"
    );
}

#[tokio::test]
async fn chats_and_inquiries_are_listed_together_with_what_is_unread() {
    let client = Client::new(60);
    let api = Api::of(&client, OPERATOR).await;
    let both = api.get("/messages").await;
    let (chats, inquiries) = (api.get("/chat/threads").await, api.get("/inquiries").await);
    let total = chats["total"].as_i64().unwrap() + inquiries["total"].as_i64().unwrap();
    assert_eq!(both["total"], total);
    let unread = api.get("/messages?unread=true").await;
    assert_eq!(unread["total"], both["unreadConversations"]);
    assert!(unread["total"].as_i64().unwrap() > 0, "{both}");
    assert_eq!(
        api.get("/messages?kind=inquiry").await["total"],
        inquiries["total"]
    );
    assert_eq!(
        api.get("/messages?submitter=Rhea%20Novak").await["total"],
        1
    );
    assert_eq!(api.get("/messages?status=closed").await["total"], 2);
    let times: Vec<&str> = both["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["updatedAt"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted_by(|a, b| a[..19] >= b[..19]), "{times:?}");
}
