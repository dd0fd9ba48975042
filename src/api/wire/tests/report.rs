//! Reports as the Experts API's document shows them, and bodies that are less than that.

use crate::api::wire::report::{alert_facts, behind, months, required, summary, tactics};
use crate::domain::evidence::AssetKind;
use crate::domain::json::read;
use crate::domain::report::measure::share;
use crate::domain::report::required::State;
use crate::domain::report::{Period, check};
use crate::domain::time::{Day, Zone};

fn period() -> Period {
    let day = |text| Day::parse(text).unwrap();
    Period::new(day("2026-10-23"), day("2026-11-21"), &Zone::utc())
}

const SUMMARY: &str = r#"{
    "averageMinutes": [{"bucket":"2026-10","customer":1876.5,"experts":183.3,"resolved":16},
                       {"bucket":"2026-11","customer":null,"experts":187.2,"resolved":28}],
    "byCategory": {"Collection":2,"InitialAccess":12,"Zero":0}, "byServiceSource": {"microsoftSentinel":2},
    "bySeverity": {"high":9,"informational":2,"low":14,"medium":19},
    "dataAsOf": "2026-11-21T07:39:12.89Z", "generatedAt": "2026-11-21T07:42:09.4075585Z",
    "impactedAssets": {"devices":[{"displayName":null,"id":"d1","incidents":7}],"users":[]},
    "investigated": 51, "meanMinutes": {"customer":1965.8,"experts":185.8},
    "resolved": 44, "resolvedDirectly": 38, "resolvedPercent": 86.27, "resolvedWithYourHelp": 6
}"#;

#[test]
fn a_summary_brings_every_figure_in_whole_tenths() {
    let report = read(SUMMARY, |wire| summary(wire, period())).unwrap();
    assert_eq!((report.investigated, report.resolved), (51, 44));
    assert_eq!((report.direct, report.helped), (Ok(38), Ok(6)));
    let times = report.times.clone().unwrap();
    assert_eq!(
        (times.experts.mean, times.customer.mean),
        (Some(1_858), Some(19_658))
    );
    assert_eq!(times.buckets[1].customer, None);
    let keys: Vec<String> = report
        .severity
        .iter()
        .map(|tally| tally.key.clone())
        .collect();
    assert_eq!(keys, ["high", "medium", "low", "informational"]);
    assert_eq!(report.category.clone().unwrap()[0].key, "InitialAccess");
    assert_eq!(
        report.category.clone().unwrap().len(),
        2,
        "what never came up is not told"
    );
    assert_eq!(report.devices.clone().unwrap()[0].name, "d1");
    assert_eq!(share(report.resolved, report.investigated), Some(863));
    assert!(check::disagreements(&report).is_empty());
}

#[test]
fn what_a_service_leaves_out_is_nothing_and_no_error() {
    let report = read("{}", |wire| summary(wire, period())).unwrap();
    assert_eq!((report.investigated, report.as_of), (0, None));
    assert!(
        read("{}", tactics).is_err(),
        "a list that has to be there is missed"
    );
}

#[test]
fn the_other_answers_are_read_as_they_are_documented() {
    let body = r#"{"items":[{"completed":1,"createdDateTime":"2026-11-21T02:29:07Z","displayName":"Web shell",
        "failed":0,"incidentId":"38526","pending":4,"severity":"high","skipped":2}],"nextCursor":"38257"}"#;
    let (rows, next) = read(body, required).unwrap();
    assert_eq!(
        (rows[0].asked.all(), rows[0].asked.state()),
        (7, Some(State::Pending))
    );
    assert_eq!(next.as_deref(), Some("38257"));
    let body = r#"{"items":[{"id":"1","expertsMinutes":99.0,"customerMinutes":753.25,"resolvedBy":"experts and customer"},
        {"id":"2","expertsMinutes":null,"resolvedBy":"experts"}],"nextCursor":null}"#;
    let (timed, _) = read(body, behind).unwrap();
    assert_eq!(timed[0].customer, Some(7_533));
    assert_eq!((timed[1].experts, timed[1].customer), (None, None));
    let body = r#"{"months":[{"month":"2026-06","complete":true,"investigated":18,"resolved":18,
        "bySeverity":{"high":4},"byTactic":{"Impact":3,"Execution":1},"byClassification":{"unknown":0,"truePositive":10},
        "tasks":{"completed":2,"medianMinutes":3424.6}},{"month":"nonsense"}]}"#;
    let (months, ..) = read(body, |wire| months(wire, &Zone::utc())).unwrap();
    assert_eq!(months.len(), 1);
    assert_eq!(months[0].tasks, Ok((2, Some(34_246))));
    assert_eq!(months[0].tactic.clone().unwrap()[0].key, "Execution");
    assert_eq!(months[0].classification[0].key, "truePositive");
}

#[test]
fn an_alert_has_all_its_categories_and_each_once() {
    let body = r#"{"alerts":[{"category":"Execution","categories":["Execution","Impact"]},
        {"categories":["Malware"]},{"category":"Exploit","categories":[]},{"category":"Ransomware"},{}]}"#;
    let facts = read(body, alert_facts).unwrap();
    assert_eq!(
        facts.categories,
        ["Execution", "Impact", "Malware", "Exploit", "Ransomware"]
    );
}

#[test]
fn any_evidence_that_names_a_user_or_a_device_names_an_asset() {
    let body = r#"{"alerts":[{"category":"Malware","serviceSource":"microsoftDefenderForEndpoint","evidence":[
        {"@odata.type":"x.processEvidence","mdeDeviceId":"d1","userAccount":{"azureAdUserId":"u1","displayName":"Omar"}},
        {"@odata.type":"x.userEvidence","userAccount":{"userSid":"S-1","accountName":"svc"}},
        {"@odata.type":"x.userEvidence","userAccount":{"azureAdUserId":null,"userPrincipalName":"guest@x.example"}},
        {"@odata.type":"x.userEvidence","userAccount":{"displayName":"nobody in particular"}},
        {"@odata.type":"x.deviceEvidence","mdeDeviceId":null,"deviceDnsName":"no-id"},{}]},{"category":null}]}"#;
    let facts = read(body, alert_facts).unwrap();
    assert_eq!(facts.categories, ["Malware"]);
    let told: Vec<_> = facts
        .assets
        .iter()
        .map(|asset| (asset.kind, asset.id.as_str(), asset.name.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (AssetKind::User, "u1", "Omar"),
            (AssetKind::Device, "d1", "d1"),
            (AssetKind::User, "S-1", "svc"),
            (AssetKind::User, "guest@x.example", "guest@x.example"),
        ]
    );
}
