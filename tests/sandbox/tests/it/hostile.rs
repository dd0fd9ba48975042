//! The hostile incident arrives as it was written, on both APIs.

use serde_json::{Value, json};

use crate::client::{Client, OPERATOR};

async fn read(client: &Client, host: &'static str, resource: &str, path: String) -> Value {
    let token = client.token(OPERATOR, resource).await;
    let answer = client.ask("GET", host, path).bearer(&token).send().await;
    assert!(answer.status.is_success(), "{}", answer.text);
    answer.json()
}

/// Every text in a document, whatever holds it.
fn texts(of: &Value, into: &mut Vec<String>) {
    match of {
        Value::String(text) => into.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|one| texts(one, into)),
        Value::Object(members) => members.values().for_each(|one| texts(one, into)),
        _ => {}
    }
}

#[tokio::test]
async fn every_field_holds_the_corpus_character_by_character() {
    let client = Client::new(20);
    let made = client
        .ask("POST", "portal", "/sandbox/hostile")
        .json(&json!({}))
        .send()
        .await
        .json();
    let (id, corpus) = (
        made["id"].as_str().unwrap(),
        made["corpus"].as_str().unwrap(),
    );
    for part in [
        "<script>",
        "javascript:",
        "\u{202e}",
        "\u{0}",
        "\u{200b}",
        "\u{1f469}",
    ] {
        assert!(corpus.contains(part), "{part:?}");
    }
    assert!(corpus.split(' ').any(|word| word.chars().count() == 10_000));

    let mut sent = Vec::new();
    let incident = format!("/v1.0/security/incidents/{id}?$expand=alerts");
    texts(&read(&client, "graph", "graph", incident).await, &mut sent);
    let response = format!("/v1/incidents/{id}/managed-response");
    texts(
        &read(&client, "experts", "experts", response).await,
        &mut sent,
    );
    let tasks = format!("/beta/security/incidentTasks?$filter=incidentId%20eq%20%27{id}%27");
    texts(&read(&client, "experts", "tasks", tasks).await, &mut sent);
    for field in made["fields"].as_array().unwrap() {
        let text = format!("{} {corpus}", field.as_str().unwrap());
        assert!(sent.iter().any(|one| one.contains(&text)), "{field}");
    }
}
