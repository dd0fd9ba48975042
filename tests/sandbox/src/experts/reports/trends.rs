//! Month by month: incidents by severity, tactic and classification, and how fast tasks were done.

use jiff::Span;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    SEVERITIES,
    cases::{self, Case},
    median,
    range::{Range, ticks, zone},
    tactics::TACTICS,
    tally_of,
};
use crate::{
    clock::Ticks,
    experts::{
        call::{Call, Reply},
        history::minutes,
        talk::merged,
    },
    refusal::Refusal,
    store::tasks::{Source, Status, Task, decode},
};

const CLASSIFICATIONS: [&str; 4] = [
    "truePositive",
    "falsePositive",
    "informationalExpectedActivity",
    "unknown",
];

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = last_months(call, now)?;
    let mut all = cases::load(db, &range)?;
    let wanted = call.word("classification");
    all.retain(|case| wanted.is_none_or(|it| case.incident.classification == it));
    let done = done_tasks(db)?;
    let months = range.months().into_iter().map(|(month, from, to)| {
        let of: Vec<&Case> =
            all.iter().filter(|case| (from..to).contains(&case.incident.created)).collect();
        let tactics = of.iter().flat_map(|case| case.categories.iter().map(String::as_str));
        json!({
            "month": month,
            "complete": from >= range.from && to <= range.to,
            "investigated": of.len(),
            "resolved": of.iter().filter(|case| case.resolved()).count(),
            "bySeverity": tally_of(&SEVERITIES, of.iter().map(|case| case.incident.severity.as_str())),
            "byTactic": tally_of(&TACTICS, tactics),
            "byClassification":
                tally_of(&CLASSIFICATIONS, of.iter().map(|case| case.incident.classification.as_str())),
            "tasks": tasks(&done, from, to),
        })
    });
    let months: Vec<Value> = months.collect();
    let head = range.head(db, "createdDateTime", now)?;
    Ok(Reply::ok(merged(head, json!({ "months": months }))))
}

/// From the first of a month until now.
fn last_months(call: &Call, now: Ticks) -> Result<Range, Refusal> {
    let (zone, zone_name) = zone(call)?;
    let mut range = Range {
        from: now,
        to: now,
        zone,
        zone_name,
    };
    let back = call.number("months").unwrap_or(6) - 1;
    let first = range.zoned(now).first_of_month();
    let first = first.and_then(|day| day.checked_sub(Span::new().months(back)));
    let first = first
        .and_then(|day| day.start_of_day())
        .map_err(anyhow::Error::from)?;
    range.from = ticks(&first);
    Ok(range)
}

fn done_tasks(db: &Connection) -> anyhow::Result<Vec<Task>> {
    let mut query = db.prepare_cached("SELECT doc FROM tasks WHERE status = 'completed'")?;
    let rows = query.query_map([], |row| decode::<Task>(row, 0))?;
    let mut tasks = rows.collect::<Result<Vec<_>, _>>()?;
    tasks.retain(|task| task.source == Source::Guided && task.status == Status::Completed);
    Ok(tasks)
}

fn tasks(done: &[Task], from: Ticks, to: Ticks) -> Value {
    let of = done
        .iter()
        .filter(|task| (from..to).contains(&task.modified));
    let spans: Vec<f64> = of
        .map(|task| minutes(task.modified - task.created))
        .collect();
    json!({ "completed": spans.len(), "medianMinutes": median(spans) })
}
