//! Settings take effect: what the experts may do themselves, and what they must ask for.

use serde_json::{Value, json};

use crate::client::{Client, OPERATOR, escape};

/// The incident after the experts concluded it, and its tasks.
struct Concluded {
    incident: Value,
    tasks: Vec<Value>,
    response: Value,
}

impl Concluded {
    fn of(&self, source: &str) -> Vec<&Value> {
        let wanted = format!("defenderExperts{source}Response");
        self.tasks
            .iter()
            .filter(|task| task["source"] == wanted.as_str())
            .collect()
    }
}

/// A stealer on the laptop of Patti Fernandez, who like her laptop is of high value: actions on
/// the device, on the person and on neither. It is the incident after as many others.
async fn concluded(others: usize, settings: &Value) -> Concluded {
    let client = Client::new(20);
    client.steer("settings", settings.clone()).await;
    for _ in 0..others {
        arrive(&client).await;
    }
    let graph = client.token(OPERATOR, "graph").await;
    let tasks = client.token(OPERATOR, "tasks").await;
    let experts = client.token(OPERATOR, "experts").await;
    let body = json!({ "story": "stealer" });
    let arrived = client
        .ask("POST", "portal", "/sandbox/incidents")
        .json(&body)
        .send()
        .await;
    let id = arrived.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1.0/security/incidents/{id}");
    let read = || {
        let ask = client.ask("GET", "graph", path.as_str()).bearer(&graph);
        ask.header("prefer", "include-unknown-enum-members").send()
    };
    // Taken on, looked into, concluded, as the clock goes on.
    for (seconds, status, assigned) in [
        (0.0, "active", Value::Null),
        (61.0, "active", "Defender Experts".into()),
        (120.0, "inProgress", "Defender Experts".into()),
    ] {
        client.pass(seconds).await;
        let incident = read().await.json();
        assert_eq!(
            (&incident["status"], &incident["assignedTo"]),
            (&json!(status), &assigned)
        );
    }
    client.pass(420.0).await;
    let incident = read().await.json();
    let list = format!(
        "/beta/security/incidentTasks?$filter={}",
        escape(&format!("incidentId eq '{id}'"))
    );
    let response = format!("/v1/incidents/{id}/managed-response");
    Concluded {
        incident,
        tasks: client.read(&tasks, "experts", &list).await.rows(),
        response: client.read(&experts, "experts", &response).await.json(),
    }
}

fn permissions(guide: bool, respond: bool) -> Value {
    json!({
        "serviceProviderAccess": true, "investigateAndGuide": guide, "respondDirectly": respond,
    })
}

/// One more stealer, which nobody takes on by itself.
async fn arrive(client: &Client) -> String {
    let body = json!({ "story": "stealer", "hold": true });
    let ask = client.ask("POST", "portal", "/sandbox/incidents");
    let arrived = ask.json(&body).send().await.json();
    arrived["id"].as_str().unwrap().to_owned()
}

/// How many others come before the one that strikes Patti Fernandez.
async fn before_patti() -> usize {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    for others in 0..400 {
        let path = format!("/v1.0/security/incidents/{}", arrive(&client).await);
        let incident = client.read(&token, "graph", &path).await.json();
        if incident["displayName"]
            .as_str()
            .unwrap()
            .ends_with("lt-pfernandez")
        {
            return others;
        }
    }
    panic!("nobody struck her");
}

/// The groups her laptop and she are in.
async fn groups() -> (Value, Value) {
    let client = Client::new(20);
    let endpoint = client.token(OPERATOR, "endpoint").await;
    let graph = client.token(OPERATOR, "graph").await;
    let filter = escape("startswith(computerDnsName,'lt-pfernandez')");
    let path = format!("/api/machines?$filter={filter}");
    let machine = client.read(&endpoint, "experts", &path).await.rows()[0].clone();
    assert_eq!(machine["deviceValue"], "High");
    let device =
        json!({ "id": machine["rbacGroupId"].to_string(), "name": machine["rbacGroupName"] });
    let path = format!(
        "/v1.0/groups?$filter={}",
        escape("displayName eq 'Executives'")
    );
    let group = client.read(&graph, "graph", &path).await.rows()[0].clone();
    (
        device,
        json!({ "id": group["id"], "displayName": group["displayName"] }),
    )
}

#[tokio::test]
async fn access_and_exclusions_decide_who_acts() {
    let others = before_patti().await;
    let (device_group, user_group) = groups().await;
    let none = json!({});
    let devices = json!({ "deviceGroups": [device_group] });
    let users = json!({ "userGroups": [user_group] });
    let valued = json!({ "excludeAllHighValueDevices": true, "excludeAllHighValueUsers": true });
    let on_device = |task: &&Value| task["deviceId"].is_string();
    let on_user = |task: &&Value| task["actionType"] == "requireSignIn";
    let mut table = Vec::new();
    for (access, guide, respond) in [
        ("guide only", true, false),
        ("respond only", false, true),
        ("both", true, true),
    ] {
        for (exclusion, body, named) in [
            ("none", &none, None),
            (
                "device group",
                &devices,
                Some(format!("'{}'", device_group["name"].as_str().unwrap())),
            ),
            ("user group", &users, Some("'Executives'".into())),
            ("high-value", &valued, Some("a high-value ".into())),
        ] {
            let settings =
                json!({ "permissions": permissions(guide, respond), "exclusions": body });
            let found = concluded(others, &settings).await;
            let case = format!("{access} x {exclusion}");
            let (asked, done) = (found.of("Guided"), found.of("Managed"));
            let left = !respond || named.is_some();
            let state = [&found.incident["status"], &found.incident["assignedTo"]];
            let wanted = match left {
                true => [json!("awaitingAction"), json!("Customer")],
                false => [json!("resolved"), Value::Null],
            };
            assert_eq!(state, [&wanted[0], &wanted[1]], "{case}");
            assert_eq!(found.response["awaitingSince"].is_string(), left, "{case}");
            assert_eq!(found.incident["classification"], "truePositive", "{case}");
            assert!(asked.iter().all(|task| task["status"] == "open"), "{case}");
            assert!(
                done.iter().all(|task| task["status"] == "completed"),
                "{case}"
            );
            match (respond, &named) {
                (false, _) => {
                    assert!(done.is_empty() && asked.len() >= 4, "{case}");
                    let text = "reader access";
                    assert!(asked.iter().all(|it| says(it, text)), "{case}");
                }
                (true, None) => assert!(asked.is_empty() && done.len() >= 4, "{case}"),
                (true, Some(name)) => {
                    assert!(
                        !asked.is_empty() && !done.is_empty(),
                        "{case}: beside each other"
                    );
                    assert!(asked.iter().all(|it| says(it, name)), "{case}");
                    let excluded: &dyn Fn(&&Value) -> bool = match exclusion {
                        "device group" => &on_device,
                        "user group" => &on_user,
                        _ => &|task| on_device(task) || on_user(task),
                    };
                    assert!(asked.iter().all(excluded), "{case}");
                    assert!(!done.iter().any(excluded), "{case}");
                }
            }
            table.push(format!(
                "{access:<13} {exclusion:<13} {:<15} {:<9} asked {} done {}",
                wanted[0].as_str().unwrap(),
                wanted[1].as_str().unwrap_or("-"),
                asked.len(),
                done.len()
            ));
        }
    }
    println!("{}", table.join("\n"));
}

fn says(task: &Value, text: &str) -> bool {
    task["description"]
        .as_str()
        .is_some_and(|it| it.contains(text))
}

/// Some of many incidents strike a device or a person of high value, and something else besides.
#[tokio::test]
async fn a_high_value_entity_is_left_to_the_customer_and_named() {
    for (story, exclusion, text) in [
        (
            "stealer",
            "excludeAllHighValueDevices",
            "a high-value device",
        ),
        (
            "ransomware",
            "excludeAllHighValueDevices",
            "a high-value device",
        ),
        ("phishing", "excludeAllHighValueUsers", "a high-value user"),
        ("stealer", "excludeAllHighValueUsers", "a high-value user"),
    ] {
        let client = Client::new(20);
        let settings = json!({
            "permissions": permissions(true, true), "exclusions": { exclusion: true },
        });
        client.steer("settings", settings).await;
        let token = client.token(OPERATOR, "tasks").await;
        let (mut mixed, mut whole) = (0, 0);
        for _ in 0..60 {
            let body = json!({ "story": story, "hold": true });
            let arrived = client
                .ask("POST", "portal", "/sandbox/incidents")
                .json(&body)
                .send()
                .await;
            let id = arrived.json()["id"].as_str().unwrap().to_owned();
            client
                .steer(&format!("incidents/{id}"), json!({ "conclude": true }))
                .await;
            let list = format!(
                "/beta/security/incidentTasks?$filter={}",
                escape(&format!("incidentId eq '{id}'"))
            );
            let tasks = client.read(&token, "experts", &list).await.rows();
            let asked: Vec<&Value> = tasks.iter().filter(|it| it["status"] == "open").collect();
            assert!(asked.iter().all(|it| says(it, text)), "{story}");
            match asked.is_empty() {
                true => whole += 1,
                false if asked.len() < tasks.len() => mixed += 1,
                false => {}
            }
        }
        assert!(
            mixed > 0 && whole > 0,
            "{story}: {mixed} mixed, {whole} whole"
        );
    }
}

#[tokio::test]
async fn a_false_alarm_is_closed_and_nothing_is_concluded_twice() {
    let client = Client::new(20);
    let token = client.token(OPERATOR, "graph").await;
    let body = json!({ "story": "benign", "hold": true });
    let arrived = client
        .ask("POST", "portal", "/sandbox/incidents")
        .json(&body)
        .send()
        .await;
    let id = arrived.json()["id"].as_str().unwrap().to_owned();
    let conclude = || {
        let ask = client.ask("POST", "portal", format!("/sandbox/incidents/{id}"));
        ask.json(&json!({ "conclude": true })).send()
    };
    assert!(conclude().await.status.is_success());
    let path = format!("/v1.0/security/incidents/{id}?$expand=alerts");
    let incident = client.read(&token, "graph", &path).await.json();
    assert_eq!(
        (&incident["status"], &incident["assignedTo"]),
        (&json!("resolved"), &Value::Null)
    );
    assert_eq!(incident["classification"], "falsePositive");
    assert!(incident["resolvingComment"].is_string());
    let alerts = incident["alerts"].as_array().unwrap();
    assert!(
        alerts
            .iter()
            .all(|it| it["status"] == "resolved" && it["classification"] == "falsePositive")
    );
    assert_eq!(conclude().await.status.as_u16(), 400);
}

/// Through the settings' own API, as the portal writes them.
#[tokio::test]
async fn what_an_administrator_saves_binds_the_experts_from_then_on() {
    let client = Client::new(20);
    let admin = client.token("Ada Lindqvist", "experts").await;
    let graph = client.token(OPERATOR, "graph").await;
    let save = async |section: &str, body: Value| {
        let path = format!("/v1/settings/{section}");
        let before = client.read(&admin, "experts", &path).await;
        let ask = client.ask("PUT", "experts", path).bearer(&admin);
        let ask = ask.header("if-match", before.header("etag")).json(&body);
        let answer = ask.send().await;
        assert!(answer.status.is_success(), "{}", answer.text);
    };
    let concluded = async || {
        let body = json!({ "story": "stealer", "hold": true });
        let ask = client.ask("POST", "portal", "/sandbox/incidents");
        let id = ask.json(&body).send().await.json()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        client
            .steer(&format!("incidents/{id}"), json!({ "conclude": true }))
            .await;
        let path = format!("/v1.0/security/incidents/{id}");
        let ask = client.ask("GET", "graph", path).bearer(&graph);
        let ask = ask.header("prefer", "include-unknown-enum-members");
        ask.send().await.json()["status"].clone()
    };
    let nothing = json!({
        "deviceGroups": [], "userGroups": [],
        "excludeAllHighValueDevices": false, "excludeAllHighValueUsers": false,
    });
    save("exclusions", nothing).await;
    let access = |respond: bool| json!({ "investigateAndGuide": true, "respondDirectly": respond });
    save("permissions", access(false)).await;
    assert_eq!(concluded().await, "awaitingAction");
    save("permissions", access(true)).await;
    assert_eq!(concluded().await, "resolved");
    let laptops = json!({
        "deviceGroups": [
            { "id": "31", "name": "Workstations" }, { "id": "86", "name": "VIP laptops" },
        ],
        "userGroups": [],
        "excludeAllHighValueDevices": false, "excludeAllHighValueUsers": false,
    });
    save("exclusions", laptops).await;
    assert_eq!(concluded().await, "awaitingAction");
}
