//! Signing in with authorization code and PKCE, from discovery to sign-out.

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::client::{Answer, Client, escape};

const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-allowed-by-the-rfc";
const BACK: &str = "http://portal.localhost:8790/";
const AUTHORIZE: &str = "/contoso/oauth2/v2.0/authorize";
const TOKEN: &str = "/contoso/oauth2/v2.0/token";

fn query(more: &[(&str, &str)]) -> String {
    let challenge = BASE64.encode(Sha256::digest(VERIFIER));
    let mut pairs = vec![
        ("client_id", "mdr-portal"),
        ("response_type", "code"),
        ("redirect_uri", BACK),
        ("scope", "openid profile offline_access User.Read"),
        ("state", "s 1"),
        ("nonce", "n1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in more {
        pairs.retain(|(other, _)| other != name);
        pairs.push((name, value));
    }
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Chooses a person on the page; the answer is the cookie and where the browser is sent.
pub(crate) async fn choose(client: &Client, person: &str) -> (String, String) {
    let pairs = query(&[("person", person)]);
    let pairs: Vec<(String, String)> = pairs
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), unescape(value)))
        .collect();
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let answer = client
        .ask("POST", "login", AUTHORIZE)
        .form(&pairs)
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let cookie = answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert!(
        answer
            .header("set-cookie")
            .contains("HttpOnly; SameSite=Lax")
    );
    (cookie, answer.header("location").to_owned())
}

fn unescape(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
                out.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap()
}

fn member(location: &str, name: &str) -> String {
    let after = location.split(['#', '?']).nth(1).unwrap_or_default();
    after
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(other, _)| *other == name)
        .map(|(_, value)| unescape(value))
        .unwrap_or_default()
}

async fn redeem(client: &Client, pairs: &[(&str, &str)]) -> Answer {
    let mut all = vec![("client_id", "mdr-portal"), ("redirect_uri", BACK)];
    all.extend(pairs);
    client
        .ask("POST", "login", TOKEN)
        .header("origin", "http://portal.localhost:8790")
        .form(&all)
        .send()
        .await
}

async fn redeem_code(client: &Client, code: &str, verifier: &str) -> Answer {
    redeem(
        client,
        &[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
        ],
    )
    .await
}

async fn refresh(client: &Client, token: &str, scope: &str) -> Answer {
    redeem(
        client,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("scope", scope),
        ],
    )
    .await
}

fn claims(answer: &Answer) -> Value {
    let body = answer.json();
    let token = body["id_token"].as_str().unwrap();
    serde_json::from_slice(&BASE64.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn from_discovery_to_three_resources_with_one_refresh_token() {
    let client = Client::new(20);
    let found = client
        .ask(
            "GET",
            "login",
            "/contoso/v2.0/.well-known/openid-configuration",
        )
        .send()
        .await;
    assert_eq!(found.json()["code_challenge_methods_supported"][0], "S256");
    assert_eq!(
        found.json()["issuer"],
        "http://login.localhost:8790/contoso/v2.0"
    );

    let page = client
        .ask("GET", "login", format!("{AUTHORIZE}?{}", query(&[])))
        .send()
        .await;
    assert!(page.text.contains("<h1>Sign in to Contoso (sandbox)</h1>"));
    assert!(page.text.contains("Greta Reiter") && page.text.contains("Global Reader"));
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );

    let (_, location) = choose(&client, "Omar Haddad").await;
    assert!(
        location.starts_with("http://portal.localhost:8790/#code="),
        "{location}"
    );
    assert_eq!(member(&location, "state"), "s 1");
    let answer = redeem_code(&client, &member(&location, "code"), VERIFIER).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "http://portal.localhost:8790"
    );
    let claims = claims(&answer);
    assert_eq!(
        (&claims["nonce"], &claims["name"]),
        (&"n1".into(), &"Omar Haddad".into())
    );
    assert_eq!(claims["aud"], "mdr-portal");

    let graph = answer.json();
    let me = client
        .ask("GET", "graph", "/v1.0/me")
        .bearer(graph["access_token"].as_str().unwrap())
        .send()
        .await;
    assert_eq!(me.json()["displayName"], "Omar Haddad");

    let experts = refresh(
        &client,
        graph["refresh_token"].as_str().unwrap(),
        "api://mdr-experts/access",
    )
    .await;
    let experts = experts.json();
    let token = experts["access_token"].as_str().unwrap();
    let service = client
        .ask("GET", "experts", "/v1/service")
        .bearer(token)
        .send()
        .await;
    assert_eq!(service.json()["state"], "active");
    let wrong = client
        .ask("GET", "graph", "/v1.0/me")
        .bearer(token)
        .send()
        .await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(wrong.error().0, "InvalidAuthenticationToken");
    assert!(wrong.header("www-authenticate").starts_with("Bearer "));

    let reused = refresh(
        &client,
        graph["refresh_token"].as_str().unwrap(),
        "api://mdr-tasks/access",
    )
    .await;
    assert_eq!(reused.json()["error"], "invalid_grant");
    let tasks = refresh(
        &client,
        experts["refresh_token"].as_str().unwrap(),
        "api://mdr-tasks/access",
    )
    .await;
    assert_eq!(tasks.status, StatusCode::OK);
}

#[tokio::test]
async fn codes_are_bound_single_use_and_short_lived() {
    let client = Client::new(20);
    let (_, location) = choose(&client, "Ada Lindqvist").await;
    let code = member(&location, "code");
    let wrong = redeem_code(&client, &code, "another-verifier").await;
    assert_eq!(wrong.json()["error"], "invalid_grant");
    assert!(
        wrong.json()["error_description"]
            .as_str()
            .unwrap()
            .starts_with("AADSTS")
    );
    assert_eq!(
        redeem_code(&client, &code, VERIFIER).await.json()["error"],
        "invalid_grant"
    );

    let (_, location) = choose(&client, "Ada Lindqvist").await;
    client.pass(601.0).await;
    let late = redeem_code(&client, &member(&location, "code"), VERIFIER).await;
    assert_eq!(late.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_sign_in_ends_after_a_day_however_often_it_is_refreshed() {
    let client = Client::new(20);
    let (_, location) = choose(&client, "Ada Lindqvist").await;
    let first = redeem_code(&client, &member(&location, "code"), VERIFIER)
        .await
        .json();
    client.pass(23.0 * 3600.0).await;
    let second = refresh(
        &client,
        first["refresh_token"].as_str().unwrap(),
        "User.Read",
    )
    .await
    .json();
    client.pass(2.0 * 3600.0).await;
    let third = refresh(
        &client,
        second["refresh_token"].as_str().unwrap(),
        "User.Read",
    )
    .await;
    assert_eq!(third.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_session_answers_at_once_and_its_absence_is_told() {
    let client = Client::new(20);
    let silent = format!("{AUTHORIZE}?{}", query(&[("prompt", "none")]));
    let answer = client.ask("GET", "login", &silent).send().await;
    assert_eq!(member(answer.header("location"), "error"), "login_required");
    assert_eq!(member(answer.header("location"), "state"), "s 1");

    let (cookie, _) = choose(&client, "Rhea Novak").await;
    let answer = client
        .ask("GET", "login", &silent)
        .header("cookie", &cookie)
        .send()
        .await;
    assert!(!member(answer.header("location"), "code").is_empty());
    let login = format!("{AUTHORIZE}?{}", query(&[("prompt", "login")]));
    let page = client
        .ask("GET", "login", &login)
        .header("cookie", &cookie)
        .send()
        .await;
    assert_eq!(page.status, StatusCode::OK);

    let out = format!(
        "/contoso/oauth2/v2.0/logout?post_logout_redirect_uri={}",
        escape(BACK)
    );
    let out = client
        .ask("GET", "login", out)
        .header("cookie", &cookie)
        .send()
        .await;
    assert_eq!(out.header("location"), BACK);
    let answer = client
        .ask("GET", "login", &silent)
        .header("cookie", &cookie)
        .send()
        .await;
    assert_eq!(member(answer.header("location"), "error"), "login_required");
}

#[tokio::test]
async fn only_registered_addresses_are_sent_anything() {
    let client = Client::new(20);
    for uri in [
        "http://evil.example/",
        "http://portal.localhost:8790.evil.example/",
        "http://portal.localhost:8790",
        "http://portal.localhost:8790/?next=/",
    ] {
        let path = format!("{AUTHORIZE}?{}", query(&[("redirect_uri", uri)]));
        let answer = client.ask("GET", "login", path).send().await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{uri}");
        assert!(answer.header("location").is_empty() && answer.text.contains("not registered"));
    }
    for (uri, mark) in [
        ("http://localhost:8080/", '#'),
        ("http://portal.localhost:8790/soc/", '#'),
    ] {
        let path = format!(
            "{AUTHORIZE}?{}",
            query(&[("redirect_uri", uri), ("prompt", "none")])
        );
        let answer = client.ask("GET", "login", path).send().await;
        assert!(
            answer
                .header("location")
                .starts_with(&format!("{uri}{mark}error="))
        );
    }
    let path = format!(
        "{AUTHORIZE}?{}",
        query(&[("code_challenge_method", "plain")])
    );
    let answer = client.ask("GET", "login", path).send().await;
    assert_eq!(
        member(answer.header("location"), "error"),
        "invalid_request"
    );
}

#[tokio::test]
async fn one_resource_per_token_and_an_origin_are_required() {
    let client = Client::new(20);
    let (_, location) = choose(&client, "Ada Lindqvist").await;
    let code = member(&location, "code");
    let first = redeem_code(&client, &code, VERIFIER).await.json();
    let both = refresh(
        &client,
        first["refresh_token"].as_str().unwrap(),
        "User.Read api://mdr-experts/access",
    )
    .await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST);
    assert_eq!(both.json()["error_codes"][0], 28_000);

    let bare = client
        .ask("POST", "login", TOKEN)
        .form(&[("client_id", "mdr-portal"), ("grant_type", "refresh_token")])
        .send()
        .await;
    assert_eq!(bare.json()["error_codes"][0], 9_002_327);
}
