//! The generated tenant: repeatable, believable, and never against the rules of the service.

use std::collections::{HashMap, HashSet};

use sandbox::{
    app::{App, Sandbox},
    cli::Options,
    clock::{DAY, parse},
    store::{
        alerts,
        incidents::Incident,
        responses::Response,
        tasks::{Source, Status, Task},
    },
};
use serde_json::Value;

fn generated(incidents: usize, seed: u64) -> App {
    let options = Options {
        db: ":memory:".into(),
        incidents: Some(incidents),
        seed: Some(seed),
        ..Options::default()
    };
    Sandbox::open(options).unwrap().0
}

struct Whole {
    incident: Incident,
    alerts: Vec<Value>,
    tasks: Vec<Task>,
    response: Option<Response>,
}

fn all(app: &App) -> Vec<Whole> {
    app.with::<_, anyhow::Error>(|tx, _| {
        let query = format!("SELECT {} FROM incidents ORDER BY id", Incident::COLUMNS);
        let mut query = tx.prepare(&query)?;
        let rows = query.query_map([], Incident::from_row)?;
        rows.map(|incident| {
            let incident = incident?;
            Ok(Whole {
                alerts: serde_json::from_str(&alerts::array(tx, incident.id)?)?,
                tasks: Task::of(tx, incident.id)?,
                response: Response::find(tx, incident.id)?,
                incident,
            })
        })
        .collect()
    })
    .unwrap()
}

/// What does not depend on when the tenant was made.
fn content(whole: &Whole) -> String {
    let Incident {
        id,
        status,
        severity,
        assigned_to,
        text,
        ..
    } = &whole.incident;
    let tasks: Vec<String> = whole
        .tasks
        .iter()
        .map(|t| format!("{} {} {:?}", t.id, t.name, t.status))
        .collect();
    let titles: Vec<&Value> = whole.alerts.iter().map(|alert| &alert["title"]).collect();
    let name = &text.display_name;
    let markdown = whole
        .response
        .as_ref()
        .map(|r| r.summary["markdown"].to_string());
    format!("{id} {status} {severity} {assigned_to:?} {name} {tasks:?} {titles:?} {markdown:?}")
}

#[test]
fn the_same_seed_gives_the_same_tenant_and_another_does_not() {
    let first: Vec<String> = all(&generated(300, 7)).iter().map(content).collect();
    let second: Vec<String> = all(&generated(300, 7)).iter().map(content).collect();
    let other: Vec<String> = all(&generated(300, 8)).iter().map(content).collect();
    assert_eq!(first, second);
    assert_ne!(first, other);
}

#[test]
fn the_showcase_is_in_every_tenant_of_every_seed() {
    let names = |app: &App| {
        let mut names: Vec<String> = all(app)
            .into_iter()
            .map(|whole| {
                let tasks: Vec<String> = whole.tasks.into_iter().map(|task| task.name).collect();
                format!("{} {tasks:?}", whole.incident.text.display_name)
            })
            .collect();
        names.sort();
        names
    };
    let (small, other) = (names(&generated(20, 1)), names(&generated(150, 99)));
    let fixed = [
        "Ransomware precursor on prod-sql-02",
        "Phishing led to inbox rule and OAuth",
        "Contained script loader",
        "Possible information stealer on lt-tkern",
    ];
    for name in fixed {
        let of = |names: &[String]| -> Vec<String> {
            names
                .iter()
                .filter(|text| text.starts_with(name))
                .cloned()
                .collect()
        };
        assert_eq!(of(&small).len(), 1, "{name}");
        assert_eq!(of(&small), of(&other));
    }
}

#[test]
fn the_service_never_breaks_its_own_rules() {
    keeps_the_rules(&generated(2000, 1), 2000);
    for seed in 2..12 {
        keeps_the_rules(&generated(500, seed), 500);
    }
}

fn keeps_the_rules(app: &App, size: usize) {
    let all = all(app);
    assert_eq!(all.len(), size);
    let statuses: HashMap<i64, String> = all
        .iter()
        .map(|whole| (whole.incident.id, whole.incident.status.clone()))
        .collect();
    for Whole {
        incident,
        alerts,
        tasks,
        response,
    } in &all
    {
        let id = incident.id;
        let by_experts = incident
            .text
            .system_tags
            .iter()
            .any(|tag| tag == "Defender Experts");
        let pending = tasks.iter().filter(|task| task.pends()).count();
        let guided = tasks.iter().filter(|task| task.source == Source::Guided);
        let open = guided.filter(|task| task.status == Status::Open).count();
        match incident.status.as_str() {
            "awaitingAction" => {
                assert_eq!(incident.assigned_to.as_deref(), Some("Customer"), "{id}");
                assert_eq!(incident.classification, "truePositive", "{id}");
                assert!(open > 0 && by_experts, "{id}");
                assert!(
                    response
                        .as_ref()
                        .is_some_and(|r| r.awaiting_since.is_some()),
                    "{id}"
                );
            }
            "resolved" if by_experts => {
                assert_eq!(incident.assigned_to, None, "{id}");
                assert_ne!(incident.classification, "unknown", "{id}");
                assert_ne!(incident.determination, "unknown", "{id}");
                assert_eq!(open, 0, "{id}");
                assert!(incident.text.resolving_comment.is_some(), "{id}");
                assert_eq!(incident.text.comments.len(), 1, "{id}");
                if incident.classification != "truePositive" {
                    assert!(tasks.is_empty() && response.is_none(), "{id}");
                }
            }
            "inProgress" if by_experts => {
                assert_eq!(
                    incident.assigned_to.as_deref(),
                    Some("Defender Experts"),
                    "{id}"
                );
                assert!(response.is_none(), "{id}");
            }
            "redirected" => {
                let target = incident
                    .text
                    .redirect_incident_id
                    .as_ref()
                    .unwrap()
                    .parse()
                    .unwrap();
                assert!(
                    statuses
                        .get(&target)
                        .is_some_and(|status| status != "redirected"),
                    "{id}"
                );
            }
            _ => assert_eq!(pending, 0, "{id}"),
        }
        if incident.status != "redirected" {
            assert!((1..=6).contains(&alerts.len()), "{id}");
            assert!(incident.text.redirect_incident_id.is_none(), "{id}");
        }
        let managed = tasks.iter().filter(|task| task.source == Source::Managed);
        assert!(
            managed.clone().all(|task| task.status == Status::Completed),
            "{id}"
        );
        let now = app.clock.now();
        assert!(
            tasks
                .iter()
                .all(|t| t.created <= t.modified && t.modified <= now),
            "{id}"
        );
        let text = response
            .as_ref()
            .and_then(|r| r.summary["markdown"].as_str());
        assert!(
            text.is_none_or(|text| text.len() > 800 && !text.contains("  ")),
            "{id}"
        );
        assert_eq!(response.is_some(), !tasks.is_empty(), "{id}");
        assert!(
            incident.created <= incident.updated && incident.updated <= app.clock.now(),
            "{id}"
        );
    }
}

#[test]
fn the_mix_is_that_of_a_tenant_in_use() {
    let app = generated(2000, 1);
    let all = all(&app);
    let now = app.clock.now();
    let count = |test: &dyn Fn(&Whole) -> bool| all.iter().filter(|whole| test(whole)).count();
    let status = |word: &'static str| count(&|whole| whole.incident.status == word);
    assert!(
        (12..=18).contains(&status("awaitingAction")),
        "{}",
        status("awaitingAction")
    );
    assert!(status("resolved") > 1800);
    assert!(status("active") > 5 && status("inProgress") > 5 && status("redirected") > 5);
    let old = |days: i64| {
        count(&|whole| {
            whole.incident.status == "awaitingAction" && whole.incident.updated < now - days * DAY
        })
    };
    assert!(old(30) >= 4 && old(60) >= 2, "{} {}", old(30), old(60));
    let severity = |word: &'static str| count(&|whole| whole.incident.severity == word);
    assert!(
        severity("medium") + severity("low") > 1200,
        "{}",
        severity("medium")
    );
    assert!(severity("high") > 50 && severity("informational") > 50);
    let newest = all
        .iter()
        .map(|whole| whole.incident.created)
        .max()
        .unwrap();
    assert!(now - newest < DAY / 144);
    let mixed = count(&|whole| {
        let of = |source| whole.tasks.iter().any(|task| task.source == source);
        of(Source::Guided) && of(Source::Managed)
    });
    assert!(mixed > 50);
}

#[test]
fn evidence_of_every_kind_is_there_with_what_is_required() {
    let mut kinds = HashSet::new();
    let mut ids = HashSet::new();
    for whole in all(&generated(600, 3)) {
        for alert in &whole.alerts {
            assert!(ids.insert(alert["id"].to_string()));
            assert_eq!(alert["incidentId"], whole.incident.id.to_string());
            assert!(!alert["title"].as_str().unwrap().is_empty());
            for time in [
                "createdDateTime",
                "firstActivityDateTime",
                "lastUpdateDateTime",
            ] {
                assert!(parse(alert[time].as_str().unwrap()).is_some());
            }
            for item in alert["evidence"].as_array().unwrap() {
                for required in [
                    "@odata.type",
                    "createdDateTime",
                    "verdict",
                    "remediationStatus",
                ] {
                    assert!(item[required].is_string(), "{required}: {item}");
                }
                assert!(item["roles"].is_array());
                kinds.insert(
                    item["@odata.type"]
                        .as_str()
                        .unwrap()
                        .rsplit('.')
                        .next()
                        .unwrap()
                        .to_owned(),
                );
            }
        }
    }
    for kind in [
        "deviceEvidence",
        "userEvidence",
        "fileEvidence",
        "processEvidence",
        "ipEvidence",
        "urlEvidence",
        "mailboxEvidence",
        "analyzedMessageEvidence",
        "oauthApplicationEvidence",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}

#[test]
fn times_have_from_no_to_seven_fraction_digits() {
    let app = generated(500, 1);
    let digits: HashSet<usize> = all(&app)
        .iter()
        .map(|whole| {
            whole.incident.json(true)["createdDateTime"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .map(|text| {
            text.trim_end_matches('Z')
                .split_once('.')
                .map_or(0, |(_, rest)| rest.len())
        })
        .collect();
    assert!(
        digits.len() >= 6 && digits.contains(&0) && digits.contains(&7),
        "{digits:?}"
    );
}
