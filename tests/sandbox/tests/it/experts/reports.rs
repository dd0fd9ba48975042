//! Reports: every figure is the number of incidents or tasks that its list gives.

use serde_json::{Value, json};

use super::api::{Api, all};
use crate::client::{Client, READER};

/// The whole tenant lies within half a year.
async fn range(client: &Client) -> String {
    let api = Api::of(client, READER).await;
    let now = api.get("/reports/summary").await["generatedAt"]
        .as_str()
        .unwrap()
        .to_owned();
    let year: i32 = now[..4].parse().unwrap();
    format!("from={}{}&to={now}", year - 1, &now[4..])
}

async fn total(api: &Api<'_>, range: &str, filter: &str) -> Value {
    api.get(&format!("/reports/incidents?{range}&{filter}&limit=1"))
        .await["total"]
        .clone()
}

#[tokio::test]
async fn every_headline_figure_opens_the_list_it_counts() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let report = api.get(&format!("/reports/summary?{range}")).await;
    for (member, filter) in [
        ("investigated", "outcome=investigated"),
        ("resolved", "outcome=resolved"),
        ("resolvedDirectly", "outcome=direct"),
        ("resolvedWithYourHelp", "outcome=helped"),
    ] {
        assert_eq!(
            report[member],
            total(&api, &range, filter).await,
            "{member}"
        );
        assert!(report[member].as_i64().unwrap() > 0, "{member}");
    }
    for (member, parameter) in [
        ("bySeverity", "severity"),
        ("byCategory", "category"),
        ("byServiceSource", "serviceSource"),
    ] {
        for (word, count) in report[member].as_object().unwrap() {
            let filter = format!("outcome=resolved&{parameter}={word}");
            assert_eq!(
                *count,
                total(&api, &range, &filter).await,
                "{member} {word}"
            );
        }
    }
    for (kind, list) in [("user", "users"), ("device", "devices")] {
        for asset in report["impactedAssets"][list].as_array().unwrap() {
            let filter = format!("{kind}={}", asset["id"].as_str().unwrap());
            assert_eq!(
                asset["incidents"],
                total(&api, &range, &filter).await,
                "{asset}"
            );
        }
    }
    let sum = |member: &str| -> i64 {
        report[member]
            .as_object()
            .unwrap()
            .values()
            .map(|count| count.as_i64().unwrap())
            .sum()
    };
    let number = |member: &str| report[member].as_i64().unwrap();
    assert_eq!(sum("bySeverity"), number("resolved"));
    assert_eq!(
        number("resolved"),
        number("resolvedDirectly") + number("resolvedWithYourHelp")
    );
    let percent = 100.0 * number("resolved") as f64 / number("investigated") as f64;
    assert!((report["resolvedPercent"].as_f64().unwrap() - percent).abs() < 0.01);
}

#[tokio::test]
async fn means_are_those_of_the_list() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let report = api
        .get(&format!("/reports/summary?{range}&granularity=week"))
        .await;
    let resolved = all(
        &api,
        &format!("/reports/incidents?{range}&outcome=resolved"),
    )
    .await;
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let minutes = |name: &str, by: &str| -> Vec<f64> {
        let of = resolved
            .iter()
            .filter(|it| by.is_empty() || it["resolvedBy"] == by);
        of.map(|it| it[name].as_f64().unwrap()).collect()
    };
    let experts = mean(minutes("expertsMinutes", ""));
    assert!((report["meanMinutes"]["experts"].as_f64().unwrap() - experts).abs() < 0.06);
    let customer = mean(minutes("customerMinutes", "experts and customer"));
    assert!((report["meanMinutes"]["customer"].as_f64().unwrap() - customer).abs() < 0.06);
    let buckets = report["averageMinutes"].as_array().unwrap();
    let sum: i64 = buckets
        .iter()
        .map(|it| it["resolved"].as_i64().unwrap())
        .sum();
    assert_eq!(sum as usize, resolved.len());
    assert!(buckets[0]["bucket"].as_str().unwrap().contains("-W"));
}

#[tokio::test]
async fn nothing_of_nothing_is_null() {
    let client = Client::new(20);
    let api = Api::of(&client, READER).await;
    let empty = "from=2001-01-01T00:00:00Z&to=2001-02-01T00:00:00Z";
    let report = api.get(&format!("/reports/summary?{empty}")).await;
    assert_eq!(
        (&report["investigated"], &report["resolvedPercent"]),
        (&json!(0), &Value::Null)
    );
    assert_eq!(
        report["meanMinutes"],
        json!({ "experts": null, "customer": null })
    );
    assert_eq!(report["averageMinutes"], json!([]));
    let required = api.get(&format!("/reports/required-actions?{empty}")).await;
    assert_eq!(
        (&required["total"], &required["totals"]["required"]),
        (&json!(0), &json!(0))
    );
}

#[tokio::test]
async fn tactics_are_all_told_and_count_true_positives() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let report = api.get(&format!("/reports/tactics?{range}")).await;
    let tactics = report["tactics"].as_array().unwrap();
    assert_eq!(tactics.len(), 14);
    assert!(
        tactics.iter().any(|it| it["investigated"] == 0),
        "those with nothing are told too"
    );
    for it in tactics {
        let filter = format!(
            "classification=truePositive&category={}",
            it["tactic"].as_str().unwrap()
        );
        assert_eq!(
            it["investigated"],
            total(&api, &range, &filter).await,
            "{it}"
        );
        assert_eq!(
            it["resolved"],
            total(&api, &range, &format!("{filter}&outcome=resolved")).await,
            "{it}"
        );
    }
    for it in report["severityByCategory"].as_array().unwrap() {
        let word = |name: &str| it[name].as_str().unwrap();
        let filter = format!(
            "outcome=resolved&classification={}&severity={}&category={}",
            word("classification"),
            word("severity"),
            word("category")
        );
        assert_eq!(it["incidents"], total(&api, &range, &filter).await, "{it}");
    }
}

#[tokio::test]
async fn trends_tell_months_in_the_zone_asked_for() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let trends = api.get("/reports/trends?months=6&zone=Europe/Vienna").await;
    let months = trends["months"].as_array().unwrap();
    assert_eq!(
        (months.len(), &trends["zone"]),
        (6, &json!("Europe/Vienna"))
    );
    assert_eq!(months[5]["complete"], false, "this month has not ended");
    assert!(months[..5].iter().all(|month| month["complete"] == true));
    for month in months {
        let sum = |member: &str| -> i64 {
            month[member]
                .as_object()
                .unwrap()
                .values()
                .map(|it| it.as_i64().unwrap())
                .sum()
        };
        assert_eq!(sum("bySeverity"), month["investigated"].as_i64().unwrap());
        assert_eq!(
            sum("byClassification"),
            month["investigated"].as_i64().unwrap()
        );
        let median = &month["tasks"]["medianMinutes"];
        assert_eq!(
            month["tasks"]["completed"] == 0,
            median.is_null(),
            "{month}"
        );
    }
    let positive = api
        .get("/reports/trends?months=6&zone=Europe/Vienna&classification=truePositive")
        .await;
    for (month, of) in months.iter().zip(positive["months"].as_array().unwrap()) {
        assert_eq!(
            of["investigated"],
            month["byClassification"]["truePositive"]
        );
    }
    assert_eq!(
        api.get("/reports/trends?months=1").await["months"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn required_actions_are_the_tasks_of_their_incidents() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let path = format!("/reports/required-actions?{range}");
    let report = api.get(&path).await;
    let rows = all(&api, &path).await;
    assert_eq!(report["total"], rows.len());
    assert_eq!(report["total"], total(&api, &range, "tasks=required").await);
    for member in ["required", "completed", "pending", "skipped", "failed"] {
        let sum: i64 = rows.iter().map(|row| row[member].as_i64().unwrap()).sum();
        assert_eq!(report["totals"][member], sum, "{member}");
    }
    for row in &rows {
        let number = |name: &str| row[name].as_i64().unwrap();
        let sum = number("completed") + number("pending") + number("skipped") + number("failed");
        assert_eq!(number("required"), sum);
    }
    for status in ["pending", "failed", "completed", "skipped"] {
        let of = rows
            .iter()
            .filter(|row| row["actionStatus"] == status)
            .count();
        assert_eq!(
            api.get(&format!("{path}&actionStatus={status}")).await["total"],
            of,
            "{status}"
        );
    }
    for (severity, count) in report["bySeverity"].as_object().unwrap() {
        assert_eq!(
            api.get(&format!("{path}&severity={severity}")).await["total"],
            *count
        );
    }
    // A task skipped now is a task skipped in the report.
    let (_, task) = client.showcase("ransomware", "Review").await;
    let token = client.token("Omar Haddad", "tasks").await;
    let skip = client.ask(
        "PATCH",
        "experts",
        format!("/beta/security/incidentTasks/{task}"),
    );
    skip.bearer(&token)
        .json(&json!({ "status": "notRelevant" }))
        .send()
        .await;
    let (before, after) = (&report["totals"], &api.get(&path).await["totals"]);
    assert_eq!(
        after["skipped"].as_i64(),
        before["skipped"].as_i64().map(|count| count + 1)
    );
    assert_eq!(after["required"], before["required"]);
}

#[tokio::test]
async fn assets_are_ranked_and_each_opens_its_incidents() {
    let client = Client::new(120);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let rows = all(&api, &format!("/reports/impacted-assets?{range}")).await;
    let counts: Vec<i64> = rows
        .iter()
        .map(|row| row["incidents"].as_i64().unwrap())
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b));
    for row in rows.iter().step_by(9) {
        let filter = format!(
            "{}={}",
            row["kind"].as_str().unwrap(),
            row["id"].as_str().unwrap()
        );
        assert_eq!(row["incidents"], total(&api, &range, &filter).await);
    }
    let users = api
        .get(&format!("/reports/impacted-assets?{range}&kind=user"))
        .await;
    assert_eq!(
        users["total"],
        rows.iter().filter(|row| row["kind"] == "user").count()
    );
}

#[tokio::test]
async fn a_review_says_what_the_report_says() {
    let client = Client::new(200);
    let api = Api::of(&client, READER).await;
    let reviews = api.get("/reviews").await;
    let held = reviews["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["state"] == "held")
        .unwrap();
    let month = held["month"].as_str().unwrap();
    let path = format!("/reviews/{}/document", held["id"].as_str().unwrap());
    let document = api.ask("GET", &path).send().await;
    assert_eq!(
        document.text.len(),
        held["document"]["size"].as_i64().unwrap() as usize
    );
    let (year, number): (i32, u32) = (month[..4].parse().unwrap(), month[5..].parse().unwrap());
    let next = if number == 12 {
        format!("{}-01", year + 1)
    } else {
        format!("{year}-{:02}", number + 1)
    };
    let range = format!("from={month}-01T00:00:00Z&to={next}-01T00:00:00Z");
    let report = api.get(&format!("/reports/summary?{range}")).await;
    for (label, member) in [("investigated", "investigated"), ("resolved", "resolved")] {
        let line = format!("- Incidents {label}: {}\n", report[member]);
        assert!(document.text.contains(&line), "{line} in {}", document.text);
    }
}

#[tokio::test]
async fn hunts_are_counted_as_listed() {
    let client = Client::new(60);
    let api = Api::of(&client, READER).await;
    let range = range(&client).await;
    let summary = api.get(&format!("/hunting/summary?{range}")).await;
    let count = async |filter: &str| {
        api.get(&format!("/hunting/hunts?{range}{filter}")).await["total"].clone()
    };
    assert_eq!(summary["hunts"], count("").await);
    assert_eq!(
        summary["suspiciousThreats"],
        count("&suspicious=true").await
    );
    assert_eq!(summary["notificationsSent"], count("&notified=true").await);
    for it in summary["categories"].as_array().unwrap() {
        let filter = format!("&category={}", it["category"].as_str().unwrap());
        assert_eq!(it["hunts"], count(&filter).await);
        assert_eq!(
            it["notified"],
            count(&format!("{filter}&notified=true")).await
        );
    }
    let months: i64 = summary["trend"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["hunts"].as_i64().unwrap())
        .sum();
    assert_eq!(summary["hunts"], months);
    for hunt in all(&api, &format!("/hunting/hunts?{range}&notified=true")).await {
        let whole = api
            .get(&format!("/hunting/hunts/{}", hunt["id"].as_str().unwrap()))
            .await;
        for incident in whole["incidentIds"].as_array().unwrap() {
            api.get(&format!(
                "/incidents/{}/history",
                incident.as_str().unwrap()
            ))
            .await;
        }
    }
}
