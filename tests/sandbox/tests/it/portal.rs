//! The portal's origin: files with their types and caching, routes of the application, headers.

use std::{fs, path::PathBuf};

use axum::http::StatusCode;
use sandbox::cli::Options;

use crate::client::Client;

fn bundle(name: &str) -> PathBuf {
    let dist = std::env::temp_dir().join(format!("sandbox-{name}-{}", std::process::id()));
    fs::create_dir_all(&dist).unwrap();
    for (file, text) in [
        ("index.html", "<!doctype html><title>Portal</title>"),
        ("boot.js", "start()"),
        ("portal-3f9c0b1de2a4c817_bg.wasm", "plain"),
        ("portal-3f9c0b1de2a4c817_bg.wasm.br", "packed"),
    ] {
        fs::write(dist.join(file), text).unwrap();
    }
    dist
}

#[tokio::test]
async fn a_bundle_is_served_as_a_deployment_would() {
    let dist = bundle("served");
    let client = Client::with(Options {
        incidents: Some(20),
        dist: Some(dist.clone()),
        ..Options::default()
    });
    let wasm = "/portal-3f9c0b1de2a4c817_bg.wasm";
    let packed = client
        .ask("GET", "portal", wasm)
        .header("accept-encoding", "gzip, br")
        .send()
        .await;
    assert_eq!(
        (packed.text.as_str(), packed.header("content-encoding")),
        ("packed", "br")
    );
    assert_eq!(packed.header("content-type"), "application/wasm");
    assert_eq!(
        packed.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(client.ask("GET", "portal", wasm).send().await.text, "plain");

    let script = client.ask("GET", "portal", "/boot.js").send().await;
    assert!(script.header("content-type").starts_with("text/javascript"));
    assert_eq!(script.header("cache-control"), "no-cache");

    for route in [
        "/",
        "/incidents/29?tab=alerts",
        "/settings/defender-experts/contacts",
    ] {
        let page = client.ask("GET", "portal", route).send().await;
        assert_eq!(page.status, StatusCode::OK, "{route}");
        assert!(page.text.contains("<title>Portal"));
        assert_eq!(page.header("cache-control"), "no-cache");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self' http://graph.localhost:8790"));
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
    let lost = client
        .ask("GET", "portal", "/assets/old-hash.js")
        .send()
        .await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    fs::remove_dir_all(dist).unwrap();
}

#[tokio::test]
async fn without_a_bundle_the_portal_says_how_to_get_one() {
    let client = Client::new(20);
    let answer = client.ask("GET", "portal", "/").send().await;
    assert!(answer.text.contains("trunk build --release"));
}

#[tokio::test]
async fn the_configuration_is_on_every_origin_for_every_page() {
    let client = Client::new(20);
    for host in ["portal", "login", "graph", "experts", "localhost"] {
        let answer = client
            .ask("GET", host, "/config.json")
            .header("origin", "http://localhost:8080")
            .send()
            .await;
        assert_eq!(
            answer.json()["expertsBaseUrl"],
            "http://experts.localhost:8790/v1",
            "{host}"
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}
