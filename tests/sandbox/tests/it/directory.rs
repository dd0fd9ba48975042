//! People and groups: searching as a picker does, and what needs eventual consistency.

use std::collections::HashSet;

use axum::http::StatusCode;
use serde_json::Value;

use crate::client::{Answer, Client, READER, escape, local};

async fn eventual(client: &Client, token: &str, path: &str) -> Answer {
    let ask = client.ask("GET", "graph", path).bearer(token);
    ask.header("consistencylevel", "eventual").send().await
}

fn search(what: &str, text: &str) -> String {
    format!("/v1.0/{what}?$count=true&$search={}", escape(text))
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .filter_map(|row| row["displayName"].as_str())
        .collect()
}

#[tokio::test]
async fn people_are_found_by_the_beginnings_of_words_in_every_alphabet() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    for (text, name) in [
        ("\"displayName:omar\"", "Omar Haddad"),
        ("\"displayName:hadd\"", "Omar Haddad"),
        ("\"displayName:петр\"", "Иван Петров"),
        ("\"mail:megan.b\"", "Megan Bowen"),
        ("\"userPrincipalName:lee\"", "Lee Gu"),
        ("\"displayName:patti fern\"", "Patti Fernandez"),
        ("\"displayName:nobody\" OR \"mail:lidia\"", "Lidia Holloway"),
        (
            "\"displayName:grady\" AND \"surname:archie\"",
            "Grady Archie",
        ),
    ] {
        let answer = eventual(&client, &token, &search("users", text)).await;
        assert_eq!(answer.status, StatusCode::OK, "{text}: {}", answer.text);
        let rows = answer.rows();
        assert!(names(&rows).contains(&name), "{text}: {:?}", names(&rows));
        assert!(answer.json()["@odata.count"].as_u64().unwrap() >= rows.len() as u64);
    }
    for given in ["محمد", "नहीं", "田中", "김", "สมชาย", "Γιώργος", "נועה"]
    {
        let text = format!("\"displayName:{given}\"");
        let rows = eventual(&client, &token, &search("users", &text))
            .await
            .rows();
        assert_eq!(rows.is_empty(), given == "नहीं", "{given}");
    }
    let twins = eventual(
        &client,
        &token,
        &search("users", "\"displayName:anna schmidt\""),
    )
    .await;
    let twins = twins.rows();
    let mails: HashSet<&str> = twins.iter().filter_map(|it| it["mail"].as_str()).collect();
    assert!(twins.len() >= 4 && mails.len() >= 3, "{twins:?}");
    let groups = eventual(
        &client,
        &token,
        &search("groups", "\"displayName:proj aur\""),
    )
    .await;
    assert_eq!(names(&groups.rows()), ["Project Aurora", "Project Aurora"]);
    let about = eventual(&client, &token, &search("groups", "\"description:vienna\"")).await;
    assert_eq!(names(&about.rows()), ["Vertrieb Österreich"]);
}

#[tokio::test]
async fn without_the_header_advanced_questions_are_refused() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    let text = "Request with $search query parameter only works through MSGraph with a special \
                request header: 'ConsistencyLevel: eventual'";
    let refused = client
        .read(&token, "graph", &search("users", "\"displayName:a\""))
        .await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        refused.error(),
        ("Request_UnsupportedQuery".into(), text.into())
    );
    let bare = client.read(&token, "graph", "/v1.0/users/$count").await;
    assert_eq!(bare.error().0, "Request_UnsupportedQuery");
    let counted = eventual(&client, &token, "/v1.0/users/$count").await;
    assert_eq!(counted.header("content-type"), "text/plain");
    assert!(counted.text.parse::<usize>().unwrap() > 1000);

    for filter in [
        "accountEnabled ne true",
        "endsWith(mail,'@partner.example')",
        "not(startsWith(displayName,'A'))",
    ] {
        let plain = format!("/v1.0/users?$filter={}", escape(filter));
        let with_count = format!("{plain}&$count=true");
        for (path, header, status) in [
            (&plain, false, StatusCode::BAD_REQUEST),
            (&plain, true, StatusCode::BAD_REQUEST),
            (&with_count, false, StatusCode::BAD_REQUEST),
            (&with_count, true, StatusCode::OK),
        ] {
            let answer = match header {
                true => eventual(&client, &token, path).await,
                false => client.read(&token, "graph", path).await,
            };
            assert_eq!(answer.status, status, "{filter}");
            if status == StatusCode::OK {
                assert!(!answer.rows().is_empty(), "{filter}");
            } else {
                let said = (
                    "Request_UnsupportedQuery".into(),
                    "Unsupported Query.".into(),
                );
                assert_eq!(answer.error(), said);
            }
        }
    }
    // Without the header a count is left out, not refused.
    let count = client
        .read(&token, "graph", "/v1.0/users?$count=true&$top=1")
        .await;
    assert_eq!(count.json()["@odata.count"], Value::Null);
}

#[tokio::test]
async fn malformed_questions_are_refused_in_the_directorys_words() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    let cases = [
        (
            search("users", "displayName:ann"),
            "BadRequest",
            "Syntax error: character ':' is not valid at position 11 in 'displayName:ann'.",
        ),
        (
            search("users", "\"jobTitle:nurse\""),
            "BadRequest",
            "Property 'jobTitle' does not support search.",
        ),
        (
            "/v1.0/users?$top=1000".into(),
            "BadRequest",
            "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
        ),
        (
            format!("/v1.0/users?$filter={}", escape("officeLocation eq 'x'")),
            "UnsupportedQuery",
            "Unsupported or invalid query filter clause specified for property 'officeLocation' \
             of resource 'User'.",
        ),
        (
            "/v1.0/groups?$skip=3".into(),
            "UnsupportedQuery",
            "'$skip' is not supported by the service.",
        ),
    ];
    for (path, code, text) in cases {
        let answer = eventual(&client, &token, &path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.error(), (format!("Request_{code}"), text.into()));
    }
    let select = client
        .read(&token, "graph", "/v1.0/users?$select=id,shoeSize")
        .await;
    assert!(
        select.error().1.ends_with(
            "Could not find a property named 'shoeSize' on type 'microsoft.graph.user'."
        )
    );
    let nobody = client
        .read(&token, "graph", "/v1.0/users/nobody@contoso.com")
        .await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    assert_eq!(nobody.error().0, "Request_ResourceNotFound");
}

#[tokio::test]
async fn pages_selections_and_members_agree() {
    let client = Client::new(20);
    let token = client.token(READER, "graph").await;
    let mut path = "/v1.0/users?$select=id,displayName&$top=300&$count=true".to_owned();
    let (mut rows, mut total) = (Vec::new(), 0);
    loop {
        let page = eventual(&client, &token, &path).await;
        if rows.is_empty() {
            total = page.json()["@odata.count"].as_u64().unwrap();
        }
        rows.extend(page.rows());
        match local(&page.json()["@odata.nextLink"], "graph") {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(rows.len() as u64, total);
    assert!(rows.iter().all(|row| row.as_object().unwrap().len() == 2));
    let ids: HashSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    let me = client.read(&token, "graph", "/v1.0/me").await.json();
    let same = format!("/v1.0/users/{}", me["userPrincipalName"].as_str().unwrap());
    assert_eq!(
        client.read(&token, "graph", &same).await.json()["id"],
        me["id"]
    );

    let board = eventual(
        &client,
        &token,
        &search("groups", "\"displayName:executives\""),
    )
    .await;
    let board = board.rows()[0]["id"].as_str().unwrap().to_owned();
    let members = format!("/v1.0/groups/{board}/members");
    let members = client.read(&token, "graph", &members).await.rows();
    assert!(names(&members).contains(&"Patti Fernandez"));
    let count = format!("/v1.0/groups/{board}/members/$count");
    let counted = eventual(&client, &token, &count).await;
    assert_eq!(counted.text, members.len().to_string());
    let hasty = client
        .ask("GET", "graph", count)
        .bearer(&token)
        .send()
        .await;
    assert_eq!(hasty.status, StatusCode::BAD_REQUEST);
    let secure = format!(
        "/v1.0/groups?$filter={}",
        escape("securityEnabled eq true and mailEnabled eq false")
    );
    let secure = client.read(&token, "graph", &secure).await.rows();
    assert!(names(&secure).contains(&"IT administrators"));
    let unified = format!(
        "/v1.0/groups?$filter={}",
        escape("groupTypes/any(c:c eq 'Unified')")
    );
    let unified = client.read(&token, "graph", &unified).await.rows();
    assert!(!unified.is_empty() && unified.iter().all(|it| it["securityEnabled"] == false));
}
