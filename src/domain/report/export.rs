//! The report's sections as tables, for CSV and JSON. Each row says which days, zone and origin it is of,
//! so that a table is not mistaken for another one once it has left the portal.

use super::measure::Minutes;
use super::required::{Action, Asked, State, by_incident};
use super::{Assets, Known, Origin, Period, Report, Tally, Took, Trends};
use crate::domain::csv::{Value, csv};
use crate::domain::evidence::AssetKind;
use crate::domain::queue_index::QueueIndex;
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;

/// A section, or a list, as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// As files are named: `severity`.
    pub name: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Value>>,
}

/// What every table says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub from: String,
    pub to: String,
    pub zone: String,
    pub generated: String,
    pub origin: &'static str,
}

impl Stamp {
    /// Of a report's days.
    pub fn new(period: &Period, zone: &str, generated: Timestamp, origin: Origin) -> Stamp {
        Stamp {
            from: period.from.to_string(),
            to: period.to.to_string(),
            zone: zone.to_owned(),
            generated: generated.rfc3339(),
            origin: match origin {
                Origin::Service => "experts service",
                Origin::Portal => "portal",
            },
        }
    }

    fn members(&self) -> [(&'static str, &str); 5] {
        [
            ("from", &self.from),
            ("to", &self.to),
            ("zone", &self.zone),
            ("generated", &self.generated),
            ("computedBy", self.origin),
        ]
    }
}

impl Table {
    /// For spreadsheets.
    pub fn csv(&self, stamp: &Stamp) -> String {
        let members = stamp.members();
        let mut columns = self.columns.clone();
        columns.extend(members.iter().map(|(name, _)| *name));
        let rows: Vec<Vec<Value>> = self
            .rows
            .iter()
            .map(|row| {
                let own = row.iter().cloned();
                own.chain(members.iter().map(|(_, value)| Value::from(*value)))
                    .collect()
            })
            .collect();
        csv(&columns, &rows)
    }

    /// For programs: numbers are numbers, what is not known is null.
    pub fn json(&self, stamp: &Stamp) -> String {
        let mut out = format!("{{\"section\":{}", quoted(self.name));
        for (name, value) in stamp.members() {
            out.push_str(&format!(",{}:{}", quoted(name), quoted(value)));
        }
        out.push_str(",\"rows\":[");
        for (at, row) in self.rows.iter().enumerate() {
            out.push_str(if at > 0 { ",{" } else { "{" });
            for (at, (name, value)) in self.columns.iter().zip(row).enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(name));
                out.push(':');
                match value {
                    Value::Text(text) => out.push_str(&quoted(text)),
                    Value::Count(_) | Value::Tenths(Some(_)) => out.push_str(&value.text()),
                    Value::Tenths(None) | Value::Nothing => out.push_str("null"),
                }
            }
            out.push('}');
        }
        out.push_str("]}\n");
        out
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn counted(name: &'static str, tallies: &[Tally]) -> Table {
    Table {
        name,
        columns: vec![name, "incidents"],
        rows: tallies
            .iter()
            .map(|tally| vec![tally.key.as_str().into(), tally.count.into()])
            .collect(),
    }
}

fn known(figure: Known<usize>) -> Value {
    figure.map_or(Value::Nothing, Value::Count)
}

/// The headline figures.
pub fn headline(report: &Report) -> Table {
    let share = super::measure::share(report.resolved, report.investigated);
    let rows = [
        ("investigated", Value::Count(report.investigated)),
        ("resolved", Value::Count(report.resolved)),
        ("resolvedPercent", Value::Tenths(share)),
        ("resolvedDirectly", known(report.direct)),
        ("resolvedWithYourHelp", known(report.helped)),
    ];
    Table {
        name: "resolved",
        columns: vec!["figure", "value"],
        rows: rows.map(|(name, value)| vec![name.into(), value]).to_vec(),
    }
}

/// Times to resolve.
pub fn times(report: &Report) -> Table {
    let mut rows = Vec::new();
    if let Ok(times) = &report.times {
        for bucket in &times.buckets {
            rows.push(vec![
                bucket.key.as_str().into(),
                bucket.resolved.into(),
                Value::Tenths(bucket.experts),
                Value::Tenths(bucket.customer),
            ]);
        }
    }
    Table {
        name: "time-to-resolve",
        columns: vec![
            "created",
            "resolved",
            "expertsMeanMinutes",
            "customerMeanMinutes",
        ],
        rows,
    }
}

/// A breakdown of resolved incidents.
pub fn breakdown(name: &'static str, tallies: &[Tally]) -> Table {
    counted(name, tallies)
}

/// The most impacted assets.
pub fn impacted(report: &Report) -> Table {
    let all = [&report.users, &report.devices]
        .into_iter()
        .flatten()
        .flatten();
    let rows = all.map(|asset| {
        let kind = if asset.kind == AssetKind::User {
            "user"
        } else {
            "device"
        };
        vec![
            kind.into(),
            asset.name.as_str().into(),
            asset.id.as_str().into(),
            asset.count.into(),
        ]
    });
    Table {
        name: "most-impacted-assets",
        columns: vec!["kind", "name", "id", "incidents"],
        rows: rows.collect(),
    }
}

/// True positives by tactic.
pub fn tactics(report: &Report) -> Table {
    let rows = report.tactics.iter().flatten();
    Table {
        name: "tactics",
        columns: vec!["tactic", "investigated", "resolved"],
        rows: rows
            .map(|one| {
                vec![
                    one.key.as_str().into(),
                    one.investigated.into(),
                    one.resolved.into(),
                ]
            })
            .collect(),
    }
}

/// Resolved incidents by classification, severity and category.
pub fn cells(report: &Report) -> Table {
    let rows = report.cells.iter().flatten().map(|cell| {
        vec![
            cell.classification.as_str().into(),
            cell.severity.as_str().into(),
            cell.category.as_str().into(),
            cell.count.into(),
        ]
    });
    Table {
        name: "severity-and-category",
        columns: vec!["classification", "severity", "category", "incidents"],
        rows: rows.collect(),
    }
}

fn states(asked: &Asked) -> impl Iterator<Item = Value> {
    State::ALL
        .into_iter()
        .map(|state| Value::Count(asked.count(state)))
}

/// The incidents that required action.
pub fn required(report: &Report) -> Table {
    let rows = report
        .required
        .iter()
        .flat_map(|required| &required.rows)
        .map(|row| {
            let mut cells: Vec<Value> = vec![
                row.id.as_str().into(),
                row.name.as_str().into(),
                row.severity.wire().into(),
                row.created.rfc3339().as_str().into(),
                row.asked.all().into(),
            ];
            cells.extend(states(&row.asked));
            cells
        });
    Table {
        name: "required-actions",
        columns: vec![
            "id",
            "name",
            "severity",
            "created",
            "required",
            "completed",
            "pending",
            "skipped",
            "failed",
        ],
        rows: rows.collect(),
    }
}

/// A trend: a row for each month and value.
pub fn trend(
    name: &'static str,
    trends: &Trends,
    part: impl Fn(&super::Month) -> Vec<Tally>,
) -> Table {
    let rows = trends.months.iter().flat_map(|month| {
        let key = month.period.from.to_string();
        part(month).into_iter().map(move |tally| {
            vec![
                key[..7].into(),
                tally.key.as_str().into(),
                tally.count.into(),
            ]
        })
    });
    Table {
        name,
        columns: vec!["month", name, "incidents"],
        rows: rows.collect(),
    }
}

/// Tasks completed by month.
pub fn trend_tasks(trends: &Trends) -> Table {
    let rows = trends.months.iter().filter_map(|month| {
        let (completed, median) = month.tasks.ok()?;
        let key = month.period.from.to_string();
        Some(vec![
            key[..7].into(),
            completed.into(),
            Value::Tenths(median),
        ])
    });
    Table {
        name: "tasks",
        columns: vec!["month", "completed", "medianMinutes"],
        rows: rows.collect(),
    }
}

/// Every incident that the report counts, with all that its figures are made of.
pub fn incidents(
    index: &QueueIndex,
    period: &Period,
    actions: Known<&[Action]>,
    assets: &Assets,
    took: &[Took],
) -> Table {
    let asked = actions.map(by_incident);
    let took: BTreeMap<&str, &Took> = took.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut rows = Vec::new();
    for row in index.counted(period.time()) {
        let codes = row.marks().unwrap_or_default().iter();
        let words: Vec<(&str, &str)> = codes.map(|code| index.word(*code)).collect();
        let of = |wanted: &str, also: &dyn Fn(&str) -> bool| {
            let own = words
                .iter()
                .filter(|(name, value)| *name == wanted && also(value));
            own.map(|(_, value)| *value).collect::<Vec<_>>().join(";")
        };
        let all = |name: &str| of(name, &|_| true);
        let hit = |kind: AssetKind| of("asset", &|id| assets.get(id).0 == kind);
        let mut cells: Vec<Value> = vec![
            row.id().into(),
            row.name().into(),
            row.created().rfc3339().as_str().into(),
            row.updated().rfc3339().as_str().into(),
            row.status().wire().into(),
            row.severity().wire().into(),
            row.classification().wire().into(),
            all("category").as_str().into(),
            all("source").as_str().into(),
            hit(AssetKind::User).as_str().into(),
            hit(AssetKind::Device).as_str().into(),
        ];
        match &asked {
            Ok(asked) => cells.extend(states(&asked.get(row.id()).copied().unwrap_or_default())),
            Err(_) => cells.extend(State::ALL.map(|_| Value::Nothing)),
        }
        let took = took.get(row.id());
        cells.push(Value::Tenths(took.and_then(|took| took.experts)));
        cells.push(Value::Tenths(took.and_then(|took| took.customer)));
        rows.push(cells);
    }
    Table {
        name: "incidents",
        columns: vec![
            "id",
            "name",
            "created",
            "updated",
            "status",
            "severity",
            "classification",
            "categories",
            "sources",
            "users",
            "devices",
            "completed",
            "pending",
            "skipped",
            "failed",
            "expertsMinutes",
            "customerMinutes",
        ],
        rows,
    }
}

/// The tasks that the customer completed in some days.
pub fn completed(done: &[(&Action, Minutes)]) -> Table {
    let time = |at: Option<Timestamp>| at.map_or(Value::Nothing, |at| at.rfc3339().as_str().into());
    let rows = done.iter().map(|(action, took)| {
        vec![
            action.title.as_str().into(),
            action.incident.as_str().into(),
            time(action.created),
            time(action.modified),
            Value::Tenths(Some(*took)),
        ]
    });
    Table {
        name: "tasks-completed",
        columns: vec!["task", "incident", "created", "completed", "minutes"],
        rows: rows.collect(),
    }
}
