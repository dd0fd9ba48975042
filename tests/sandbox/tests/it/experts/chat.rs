//! Chats: opened once, answered by experts, read by each person for themselves.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::api::{Api, key};
use crate::client::{Client, OPERATOR, READER};

fn message(text: &str) -> Value {
    json!({ "body": { "contentType": "text", "content": text } })
}

async fn opened(api: &Api<'_>) -> String {
    let (incident, _) = api.client.showcase("ransomware", "").await;
    let answer = api
        .act("/chat/threads", &json!({ "incidentId": incident }))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let thread = answer.json();
    assert_eq!(
        answer.header("location"),
        format!("/v1/chat/threads/{}", thread["id"].as_str().unwrap())
    );
    format!("/chat/threads/{}", thread["id"].as_str().unwrap())
}

#[tokio::test]
async fn an_incident_has_one_chat_whoever_opens_it() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let (incident, _) = client.showcase("ransomware", "").await;
    let response = format!("/incidents/{incident}/managed-response");
    assert_eq!(api.get(&response).await["chatThreadId"], Value::Null);
    let place = opened(&api).await;
    let ada = Api::of(&client, "Ada Lindqvist").await;
    let again = ada
        .act("/chat/threads", &json!({ "incidentId": incident }))
        .await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(
        format!("/chat/threads/{}", again.json()["id"].as_str().unwrap()),
        place
    );
    assert_eq!(api.get(&response).await["chatThreadId"], again.json()["id"]);
    let found = api
        .get(&format!("/chat/threads?incidentId={incident}"))
        .await;
    assert_eq!(found["total"], 1);
    let unknown = api
        .act("/chat/threads", &json!({ "incidentId": "7" }))
        .await;
    assert_eq!(
        (unknown.status.as_u16(), unknown.code().as_str()),
        (422, "unknownIncident")
    );
}

#[tokio::test]
async fn a_message_is_delivered_read_and_answered() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let messages = format!("{place}/messages");
    let key = key();
    let send = || {
        api.ask("POST", &messages)
            .header("idempotency-key", &key)
            .json(&message("Is it safe?"))
    };
    let sent = send().send().await;
    assert_eq!(sent.status, StatusCode::CREATED);
    assert_eq!(sent.json()["clientMessageId"], key.as_str());
    assert_eq!(sent.json()["state"], "sent");
    assert_eq!(send().send().await.text, sent.text);

    client.pass(1.5).await;
    assert_eq!(api.get(&messages).await["items"][0]["state"], "delivered");
    client.pass(4.5).await;
    let reading = api.get(&messages).await;
    assert_eq!(reading["items"][0]["state"], "read");
    assert_eq!(
        reading["typing"].as_array().unwrap().len(),
        1,
        "an expert is typing"
    );
    client.pass(30.0).await;
    let answered = api.get(&messages).await;
    let authors: Vec<&Value> = answered["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["author"]["kind"])
        .collect();
    assert_eq!(authors, ["customer", "assistant", "expert"]);
    assert_eq!(answered["typing"], json!([]));
    let thread = api.get(&place).await;
    assert_eq!(
        (&thread["unread"], &thread["messageCount"]),
        (&json!(2), &json!(3))
    );
    let told = api.get("/notifications?unread=true").await;
    assert_eq!(told["items"][0]["kind"], "chatReply");
}

#[tokio::test]
async fn read_marks_are_each_persons_own_and_go_both_ways() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let id = place.rsplit('/').next().unwrap();
    for text in ["One", "Two"] {
        client
            .steer(&format!("conversations/{id}"), json!({ "text": text }))
            .await;
    }
    let mark = async |api: &Api<'_>, up_to: i64| {
        let ask = api
            .ask("POST", &format!("{place}/read"))
            .json(&json!({ "upTo": up_to }));
        ask.send().await
    };
    assert_eq!(
        mark(&api, 2).await.json(),
        json!({ "readUpTo": 2, "unread": 0 })
    );
    let reader = Api::of(&client, READER).await;
    assert_eq!(reader.get(&place).await["unread"], 2);
    assert_eq!(
        mark(&reader, 1).await.json(),
        json!({ "readUpTo": 1, "unread": 1 })
    );
    assert_eq!(
        mark(&api, 0).await.json(),
        json!({ "readUpTo": 0, "unread": 2 })
    );
    let beyond = mark(&api, 3).await;
    assert_eq!(
        (beyond.status.as_u16(), beyond.code().as_str()),
        (422, "unknownMessage")
    );
}

#[tokio::test]
async fn a_window_of_messages_is_told_oldest_first() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let id = place.rsplit('/').next().unwrap();
    for number in 1..=9 {
        client
            .steer(
                &format!("conversations/{id}"),
                json!({ "text": format!("{number}") }),
            )
            .await;
    }
    for (query, expected, older, newer) in [
        ("limit=4", vec![6, 7, 8, 9], true, false),
        ("limit=4&before=6", vec![2, 3, 4, 5], true, true),
        ("limit=4&after=2", vec![3, 4, 5, 6], true, true),
        ("after=7", vec![8, 9], true, false),
        ("before=3", vec![1, 2], false, true),
    ] {
        let window = api.get(&format!("{place}/messages?{query}")).await;
        let items = window["items"].as_array().unwrap();
        let seqs: Vec<i64> = items
            .iter()
            .map(|item| item["seq"].as_i64().unwrap())
            .collect();
        assert_eq!(seqs, expected, "{query}");
        assert_eq!(
            (&window["hasOlder"], &window["hasNewer"]),
            (&json!(older), &json!(newer)),
            "{query}"
        );
    }
}

#[tokio::test]
async fn whoever_waits_hears_of_a_message_at_once() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let id = place.rsplit('/').next().unwrap();
    let empty = api.get(&format!("{place}/messages?after=0")).await;
    assert_eq!(empty["items"], json!([]));
    let path = format!("{place}/messages?after=0&wait=20");
    let said = async {
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        client
            .steer(&format!("conversations/{id}"), json!({ "text": "Hello" }))
            .await;
    };
    let (heard, ()) = tokio::join!(api.get(&path), said);
    assert_eq!(heard["items"][0]["body"]["content"], "Hello");
}

#[tokio::test]
async fn others_see_who_types_for_six_seconds() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let shown = api.ask("POST", &format!("{place}/typing")).send().await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT);
    let reader = Api::of(&client, READER).await;
    let messages = format!("{place}/messages");
    assert_eq!(reader.get(&messages).await["typing"], json!([OPERATOR]));
    assert_eq!(api.get(&messages).await["typing"], json!([]));
    client.pass(7.0).await;
    assert_eq!(reader.get(&messages).await["typing"], json!([]));
}

#[tokio::test]
async fn a_verdict_is_kept_and_taken_back() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let path = format!("{place}/feedback");
    let rate = async |body: Value| api.ask("PUT", &path).json(&body).send().await.json();
    let kept = rate(json!({ "rating": "up", "comment": "Quick." })).await;
    assert_eq!(
        (&kept["rating"], &kept["comment"]),
        (&json!("up"), &json!("Quick."))
    );
    assert_eq!(api.get(&place).await["feedback"], "up");
    assert_eq!(
        Api::of(&client, READER).await.get(&place).await["feedback"],
        Value::Null
    );
    rate(json!({ "rating": "none" })).await;
    assert_eq!(api.get(&place).await["feedback"], Value::Null);
}

#[tokio::test]
async fn a_message_is_translated_and_said_to_be_by_machine() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    api.act(&format!("{place}/messages"), &message("Hello"))
        .await;
    client.pass(30.0).await;
    let all = api.get(&format!("{place}/messages")).await;
    let id = all["items"][1]["id"].as_str().unwrap();
    let spanish = api
        .get(&format!("{place}/messages/{id}/translation?language=es"))
        .await;
    assert_eq!(
        (&spanish["machine"], &spanish["language"]),
        (&json!(true), &json!("es"))
    );
    assert!(
        spanish["body"]["content"]
            .as_str()
            .unwrap()
            .starts_with("Gracias")
    );
}

#[tokio::test]
async fn thirty_messages_a_minute_are_enough() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let messages = format!("{place}/messages");
    for number in 0..30 {
        assert_eq!(
            api.act(&messages, &message(&number.to_string()))
                .await
                .status,
            StatusCode::CREATED
        );
    }
    let over = api.act(&messages, &message("31")).await;
    assert_eq!(
        (over.status.as_u16(), over.code().as_str()),
        (429, "tooManyRequests")
    );
    let wait: f64 = over.header("retry-after").parse().unwrap();
    assert!(wait > 50.0 && wait <= 60.0, "{wait}");
    client.pass(wait + 0.1).await;
    assert_eq!(
        api.act(&messages, &message("31")).await.status,
        StatusCode::CREATED
    );
    let long = api.act(&messages, &message(&"x".repeat(8001))).await;
    assert_eq!(long.json()["errors"][0]["pointer"], "/body/content");
}

#[tokio::test]
async fn files_are_scanned_belong_to_their_owner_and_come_back_as_they_were() {
    let client = Client::new(20);
    let api = Api::of(&client, OPERATOR).await;
    let place = opened(&api).await;
    let upload = async |api: &Api<'_>, content: &str| {
        let ask = api.ask("POST", "/attachments?name=log.txt&mediaType=text/plain");
        let ask = ask
            .header("idempotency-key", key())
            .header("content-type", "application/octet-stream");
        ask.text(content).send().await
    };
    let clean = upload(&api, "one line\n").await;
    assert_eq!(clean.status, StatusCode::CREATED, "{}", clean.text);
    let clean = clean.json();
    assert_eq!(
        (&clean["size"], &clean["scan"], &clean["name"]),
        (&json!(9), &json!("clean"), &json!("log.txt"))
    );
    let id = clean["id"].as_str().unwrap();
    let mut with_file = message("See the log.");
    with_file["attachmentIds"] = json!([id]);
    let sent = api.act(&format!("{place}/messages"), &with_file).await;
    assert_eq!(sent.json()["attachments"][0], clean);
    let content = api
        .ask("GET", &format!("/attachments/{id}/content"))
        .send()
        .await;
    assert_eq!(content.text, "one line\n");
    assert_eq!(content.header("content-disposition"), "attachment");
    assert_eq!(content.header("x-content-type-options"), "nosniff");

    let ada = Api::of(&client, "Ada Lindqvist").await;
    let taken = ada.act(&format!("{place}/messages"), &with_file).await;
    assert_eq!(
        (taken.status.as_u16(), taken.code().as_str()),
        (422, "unknownAttachment")
    );
    let infected = upload(&api, "X5O EICAR-STANDARD-ANTIVIRUS-TEST-FILE")
        .await
        .json();
    assert_eq!(infected["scan"], "infected");
    let path = format!("/attachments/{}/content", infected["id"].as_str().unwrap());
    let kept = api.ask("GET", &path).send().await;
    assert_eq!(
        (kept.status.as_u16(), kept.code().as_str()),
        (409, "attachmentInfected")
    );
    let large = upload(&api, &"x".repeat((10 << 20) + 1)).await;
    assert_eq!(
        (large.status.as_u16(), large.code().as_str()),
        (413, "contentTooLarge")
    );

    // One that no message named is gone after a day.
    client.pass(86_401.0).await;
    let api = Api::of(&client, OPERATOR).await;
    assert_eq!(
        api.ask("GET", &path).send().await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(api.get(&format!("/attachments/{id}")).await, clean);
}
