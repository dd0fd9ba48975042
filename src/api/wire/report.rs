//! Reports of the Experts API, and what the portal's own report takes from an incident's alerts.

use super::incident::time;
use crate::domain::evidence::{Asset, AssetKind};
use crate::domain::id::IncidentId;
use crate::domain::incident::Classification;
use crate::domain::json::{Json, Reader};
use crate::domain::report::measure::Stat;
use crate::domain::report::required::{Asked, Row};
use crate::domain::report::{
    AlertFacts, Bucket, Cell, Impact, Month, Origin, Period, Report, TACTICS, Tactic, Tally, Times,
    Took, Why,
};
use crate::domain::severity::Severity;
use crate::domain::time::{Day, Timestamp, Zone};
use lexicon::t;

/// The summary; what other answers bring is still being read.
pub(crate) fn summary(wire: Reader<'_>, period: Period) -> Report {
    let assets = |name: &'static str, kind: AssetKind| {
        let all = wire.object("impactedAssets").and_then(|all| all.list(name));
        all.into_iter()
            .flatten()
            .map(|asset| {
                let id = asset.needed("id");
                Impact {
                    kind,
                    name: asset.filled("displayName").unwrap_or_else(|| id.clone()),
                    count: count(asset, "incidents"),
                    id,
                }
            })
            .collect()
    };
    let means = wire.object("meanMinutes");
    let stat = |name| Stat {
        mean: means.and_then(|means| tenths(means, name)),
        ..Stat::default()
    };
    let buckets = wire.list("averageMinutes").into_iter().flatten();
    Report {
        period,
        origin: Origin::Service,
        generated: time(wire, "generatedAt").unwrap_or_default(),
        as_of: time(wire, "dataAsOf"),
        investigated: count(wire, "investigated"),
        resolved: count(wire, "resolved"),
        direct: Ok(count(wire, "resolvedDirectly")),
        helped: Ok(count(wire, "resolvedWithYourHelp")),
        claimed: number(wire, "resolvedPercent", 100.0),
        times: Ok(Times {
            experts: stat("experts"),
            customer: stat("customer"),
            buckets: buckets
                .map(|bucket| Bucket {
                    key: bucket.needed("bucket"),
                    resolved: count(bucket, "resolved"),
                    experts: tenths(bucket, "experts"),
                    customer: tenths(bucket, "customer"),
                })
                .collect(),
            each: Vec::new(),
        }),
        severity: by_severity(wire),
        category: Ok(tallies(wire, "byCategory")),
        source: Ok(tallies(wire, "byServiceSource")),
        tactics: Err(Why::Reading),
        cells: Err(Why::Reading),
        users: Ok(assets("users", AssetKind::User)),
        devices: Ok(assets("devices", AssetKind::Device)),
        required: Err(Why::Reading),
    }
}

/// By tactic, and by classification, severity and category.
pub(crate) fn tactics(wire: Reader<'_>) -> (Vec<Tactic>, Vec<Cell>) {
    let tactics = wire.needed_list("tactics").map(|one| Tactic {
        key: one.needed("tactic"),
        investigated: count(one, "investigated"),
        resolved: count(one, "resolved"),
    });
    let cells = wire.needed_list("severityByCategory").map(|one| Cell {
        classification: one.needed("classification"),
        severity: one.needed("severity"),
        category: one.needed("category"),
        count: count(one, "incidents"),
    });
    (tactics.collect(), cells.collect())
}

/// A page of the incidents that required action.
pub(crate) fn required(wire: Reader<'_>) -> (Vec<Row>, Option<String>) {
    let rows = wire.needed_list("items").map(|item| {
        let id = item.needed("incidentId");
        Row {
            name: item
                .filled("displayName")
                .unwrap_or_else(|| t!("Incident {id}")),
            id: IncidentId(id),
            severity: Severity::parse(item.str("severity").unwrap_or("unknown")),
            created: time(item, "createdDateTime").unwrap_or_default(),
            asked: Asked::new(
                ["completed", "pending", "skipped", "failed"].map(|state| count(item, state)),
            ),
        }
    });
    (rows.collect(), wire.text("nextCursor"))
}

/// A page of the incidents behind a figure, and how long each took.
pub(crate) fn behind(wire: Reader<'_>) -> (Vec<Took>, Option<String>) {
    let items = wire.needed_list("items").map(|item| {
        let helped = item.str("resolvedBy") == Some("experts and customer");
        let customer = tenths(item, "customerMinutes");
        Took {
            id: IncidentId(item.needed("id")),
            experts: tenths(item, "expertsMinutes"),
            customer: customer.filter(|_| helped),
        }
    });
    (items.collect(), wire.text("nextCursor"))
}

/// The months, and how new what they know is.
pub(crate) fn months(wire: Reader<'_>, zone: &Zone) -> (Vec<Month>, Timestamp, Option<Timestamp>) {
    let months = wire.needed_list("months").filter_map(|month| {
        let day = Day::parse(&format!("{}-01", month.needed("month")))?;
        let tasks = month.object("tasks");
        Some(Month {
            period: Period::month(day, zone),
            complete: *month.raw().get("complete") == Json::Bool(true),
            investigated: count(month, "investigated"),
            resolved: count(month, "resolved"),
            severity: by_severity(month),
            tactic: Ok(in_order(told(month, "byTactic"), |key| {
                TACTICS.iter().position(|known| *known == key)
            })),
            classification: in_order(told(month, "byClassification"), |key| {
                Some(Classification::parse(key).rank())
            }),
            tasks: tasks
                .ok_or(Why::Service)
                .map(|tasks| (count(tasks, "completed"), tenths(tasks, "medianMinutes"))),
        })
    });
    let months = months.collect();
    (
        months,
        time(wire, "generatedAt").unwrap_or_default(),
        time(wire, "dataAsOf"),
    )
}

/// What an incident's alerts say: categories and sources as they are spelled, and whom and what they hit.
pub(crate) fn alert_facts(wire: Reader<'_>) -> AlertFacts {
    let mut facts = AlertFacts::default();
    for alert in wire.list("alerts").into_iter().flatten() {
        // Where there is the list, the one that is deprecated says nothing more.
        let listed = alert.texts("categories").filter(|all| !all.is_empty());
        let one = || Vec::from_iter(alert.filled("category"));
        facts.categories.extend(listed.unwrap_or_else(one));
        facts.sources.extend(alert.filled("serviceSource"));
        for item in alert.list("evidence").into_iter().flatten() {
            let user = item.object("userAccount").and_then(|account| {
                let name = account
                    .filled("displayName")
                    .or(account.filled("userPrincipalName"));
                let name = name.or_else(|| account.filled("accountName"));
                let id = account
                    .filled("azureAdUserId")
                    .or_else(|| account.filled("userSid"))
                    .or_else(|| account.filled("userPrincipalName"));
                asset(AssetKind::User, id, name)
            });
            let name = item
                .filled("deviceDnsName")
                .or_else(|| item.filled("hostName"));
            let device = asset(AssetKind::Device, item.filled("mdeDeviceId"), name);
            facts.assets.extend(user.into_iter().chain(device));
        }
    }
    facts
}

fn asset(kind: AssetKind, id: Option<String>, name: Option<String>) -> Option<Asset> {
    let id = id?;
    let name = name.unwrap_or_else(|| id.clone());
    Some(Asset { kind, id, name })
}

fn count(wire: Reader<'_>, name: &'static str) -> usize {
    wire.int(name)
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or_default()
}

fn tenths(wire: Reader<'_>, name: &'static str) -> Option<i64> {
    number(wire, name, 10.0)
}

fn number(wire: Reader<'_>, name: &'static str, scale: f64) -> Option<i64> {
    match wire.raw().get(name) {
        Json::Number(number) if number.abs() < 1e12 => Some((number * scale).round() as i64),
        _ => None,
    }
}

/// An object from words to counts, in its own order.
fn told(wire: Reader<'_>, name: &'static str) -> Vec<Tally> {
    let Json::Object(members) = wire.raw().get(name) else {
        return Vec::new();
    };
    let tally = |(key, value): &(std::borrow::Cow<'_, str>, Json<'_>)| {
        let count = usize::try_from(value.as_int()?).ok()?;
        let key = key.to_string();
        Some(Tally { key, count })
    };
    members.iter().filter_map(tally).collect()
}

/// The same, without those of nothing, most frequent first.
fn tallies(wire: Reader<'_>, name: &'static str) -> Vec<Tally> {
    let mut all = told(wire, name);
    all.retain(|tally| tally.count > 0);
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    all
}

/// Worst first.
fn by_severity(wire: Reader<'_>) -> Vec<Tally> {
    in_order(told(wire, "bySeverity"), |key| {
        Some(Severity::parse(key).rank())
    })
}

/// In the order that lists show them; what nobody knows comes last.
fn in_order(mut all: Vec<Tally>, rank: impl Fn(&str) -> Option<usize>) -> Vec<Tally> {
    all.sort_by_key(|tally| rank(&tally.key).unwrap_or(usize::MAX));
    all
}
