//! Evidence of every type of the schema: each is read, named, and shown with all that it has.

use super::super::evidence;
use crate::domain::evidence::{AssetKind, Evidence, Fact, FactValue};
use crate::domain::json::Json;
use crate::domain::time::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

const TYPES: &str = include_str!("../../../../tests/fixtures/evidence-types.json");
const PREFIX: &str = "#microsoft.graph.security.";

fn parse(wire: &Value) -> Evidence {
    evidence::read(&Json::parse(&wire.to_string()).unwrap())
}

fn types() -> Vec<(String, Value)> {
    let all: Vec<Value> = serde_json::from_str(TYPES).unwrap();
    let named = |one: Value| {
        let name = one["@odata.type"].as_str().unwrap();
        (name.strip_prefix(PREFIX).unwrap().to_owned(), one)
    };
    all.into_iter().map(named).collect()
}

fn of_type(name: &str) -> Evidence {
    let all = types();
    parse(&all.iter().find(|(known, _)| known == name).unwrap().1)
}

/// `label: value` of every fact.
fn lines(evidence: &Evidence) -> Vec<String> {
    let line = |Fact { label, value }: Fact| match value {
        FactValue::Text(words) => format!("{label}: {words}"),
        FactValue::At(at) => format!("{label}: at {}", at.rfc3339()),
    };
    evidence.facts().into_iter().map(line).collect()
}

/// Every text and whole number in a body that a person is to see, as the body has it.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) if number.is_i64() => found.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                let told = ["@odata.type", "verdict", "remediationStatus"];
                // Told in words, or as a time.
                if !told.contains(&name.as_str()) && !name.ends_with("DateTime") {
                    leaves(value, found);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_type_of_the_schema_has_a_kind_a_name_and_all_of_its_members() {
    let all = types();
    assert_eq!(all.len(), 48);
    let mut kinds = BTreeSet::new();
    for (name, wire) in &all {
        let evidence = parse(wire);
        let (kind, lines) = (evidence.kind(), lines(&evidence));
        assert!(
            !kind.is_empty() && !kind.contains("vidence"),
            "{name}: {kind}"
        );
        assert!(kinds.insert(kind.clone()), "{name}: {kind} is another's");
        assert_ne!(evidence.name(), kind, "{name} goes by its kind alone");
        let plain = |text: &str| text.replace(['_', ' '], "").to_lowercase();
        let shown = plain(&lines.join("\n"));
        let mut expected = Vec::new();
        leaves(wire, &mut expected);
        for value in expected {
            assert!(
                shown.contains(&plain(&value)),
                "{name}: {value} is missing in {lines:?}"
            );
        }
    }
}

#[test]
fn the_kinds_that_analysts_meet_show_their_own_properties() {
    for (name, kind, expected) in [
        (
            "deviceEvidence",
            "Device",
            &[
                "DNS name: build-7.example.com",
                "Operating system: Linux",
                "Health: Active",
                "Logged-on users: loggedOnUser accountName",
                "Roles: Contextual",
                "Created: at 2026-11-02T09:00:00Z",
            ][..],
        ),
        (
            "userEvidence",
            "User",
            &[
                "User principal name: userAccount userPrincipalName",
                "SID: userAccount userSid",
            ],
        ),
        (
            "fileEvidence",
            "File",
            &[
                "File name: g.dmp",
                "Folder: /tmp",
                "SHA-256: fileDetails sha256",
                "Detection: Detected",
            ],
        ),
        (
            "processEvidence",
            "Process",
            &[
                "Command line: process processCommandLine",
                "Image: g.dmp",
                "Started: at 2026-11-02T09:30:15Z",
            ],
        ),
        (
            "ipEvidence",
            "IP address",
            &[
                "IP address: 203.0.113.7",
                "Country: Austria",
                "City: Vienna",
                "Latitude: 48.25",
            ],
        ),
        ("urlEvidence", "URL", &["URL: https://bad.example/a"]),
        (
            "mailboxEvidence",
            "Mailbox",
            &[
                "Primary address: mailbox primaryAddress",
                "Entra user id: userAccount azureAdUserId",
            ],
        ),
        (
            "analyzedMessageEvidence",
            "Email",
            &[
                "Subject: analyzedMessage subject",
                "Sender: emailSender emailAddress",
                "Received: at 2026-11-02T09:30:15Z",
            ],
        ),
        (
            "cloudApplicationEvidence",
            "Cloud app",
            &["Instance: cloudApplication instanceName"],
        ),
        (
            "oauthApplicationEvidence",
            "OAuth app",
            &[
                "Publisher: oauthApplication publisher",
                "Object id: oauthApplication objectId",
            ],
        ),
        (
            "registryKeyEvidence",
            "Registry key",
            &[
                "Hive: registryKey registryHive",
                "Key: registryKey registryKey",
            ],
        ),
        (
            "registryValueEvidence",
            "Registry value",
            &[
                "Value name: registryValue registryValueName",
                "Type: registryValue registryValueType",
                "Data: registryValue registryValue",
            ],
        ),
        (
            "securityGroupEvidence",
            "Security group",
            &[
                "Friendly name: securityGroup friendlyName",
                "SID: securityGroup sid",
            ],
        ),
    ] {
        let evidence = of_type(name);
        let lines = lines(&evidence);
        assert_eq!(evidence.kind(), kind);
        for line in expected {
            assert!(
                lines.iter().any(|known| known == line),
                "{name}: {line} is not in {lines:#?}"
            );
        }
    }
    assert_eq!(
        of_type("deviceEvidence").asset().unwrap().kind,
        AssetKind::Device
    );
    assert_eq!(of_type("securityGroupEvidence").asset(), None);
}

#[test]
fn what_nobody_has_named_is_shown_all_the_same() {
    let wire = serde_json::json!({
        "@odata.type": "#microsoft.graph.security.urlEvidence",
        "url": "https://bad.example",
        "clickCount": 7, "isShortened": true, "ratio": -0.125, "empty": " ", "none": null,
        "redirect": { "lastHop": "https://worse.example", "seenDateTime": "soon" },
    });
    let expected = [
        "URL: https://bad.example",
        "Click count: 7",
        "Is shortened: Yes",
        "Ratio: -0.125",
        "Redirect: Last hop: https://worse.example",
        "Redirect: Seen date time: soon",
    ];
    assert_eq!(lines(&parse(&wire)), expected);
    assert_eq!(lines(&Evidence::default()), [""; 0]);
    assert_eq!(Timestamp::parse("soon"), None);
}

#[test]
#[ignore = "needs the provider's schema: PORTAL_FIXTURES names its folder"]
fn the_bodies_have_every_type_and_member_of_the_providers_schema() {
    let folder = std::env::var("PORTAL_FIXTURES").unwrap();
    let schema = std::fs::read_to_string(format!("{folder}/_schema-security-v1.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let bodies: std::collections::BTreeMap<_, _> = types().into_iter().collect();
    let mut count = 0;
    for (name, described) in schema["types"].as_object().unwrap() {
        if described["base"] != "alertEvidence" {
            continue;
        }
        count += 1;
        for (member, kind) in described["properties"].as_object().unwrap() {
            // A thing of its own kind within itself is left out, so that the bodies end.
            let itself = kind.as_str().unwrap().contains(name.as_str());
            assert!(itself || !bodies[name][member].is_null(), "{name}.{member}");
        }
    }
    assert_eq!(count, bodies.len());
}
