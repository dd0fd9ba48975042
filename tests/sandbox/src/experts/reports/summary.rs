//! The headline figures.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    SEVERITIES, assets,
    cases::{self, Case},
    mean,
    range::Range,
    tally, tally_of,
};
use crate::{
    clock::Ticks,
    experts::{
        call::{Call, Reply},
        history::minutes,
        talk::merged,
    },
    refusal::Refusal,
};

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let range = Range::of(call, now)?;
    let granularity = call.word("granularity").unwrap_or("month");
    Ok(Reply::ok(figures(db, &range, granularity, now)?))
}

pub fn figures(
    db: &Connection,
    range: &Range,
    granularity: &str,
    now: Ticks,
) -> Result<Value, Refusal> {
    let all = cases::load(db, range)?;
    let resolved: Vec<&Case> = all.iter().filter(|case| case.resolved()).collect();
    let helped = resolved.iter().filter(|case| case.helped()).count();
    let percent = resolved.len() as f64 * 100.0 / all.len() as f64;
    let times = times(db, &resolved, now)?;
    let mut buckets = BTreeMap::<String, Vec<Time>>::new();
    for time in &times {
        buckets
            .entry(range.bucket(time.created, granularity))
            .or_default()
            .push(*time);
    }
    let average = buckets.into_iter().map(|(bucket, times)| {
        let [experts, customer] = means(&times);
        json!({ "bucket": bucket, "resolved": times.len(), "experts": experts, "customer": customer })
    });
    let [experts, customer] = means(&times);
    let severities = resolved.iter().map(|case| case.incident.severity.as_str());
    let categories = resolved
        .iter()
        .flat_map(|case| case.categories.iter().map(String::as_str));
    let sources = resolved
        .iter()
        .flat_map(|case| case.sources.iter().map(String::as_str));
    Ok(merged(
        range.head(db, "createdDateTime", now)?,
        json!({
            "investigated": all.len(),
            "resolved": resolved.len(),
            "resolvedPercent": (!all.is_empty()).then(|| (percent * 100.0).round() / 100.0),
            "resolvedDirectly": resolved.len() - helped,
            "resolvedWithYourHelp": helped,
            "thirdPartyEnriched": null,
            "averageMinutes": average.collect::<Vec<_>>(),
            "meanMinutes": { "experts": experts, "customer": customer },
            "bySeverity": tally_of(&SEVERITIES, severities),
            "byCategory": tally(categories),
            "byServiceSource": tally(sources),
            "impactedAssets": assets::five(&all),
        }),
    ))
}

#[derive(Clone, Copy)]
struct Time {
    created: Ticks,
    experts: f64,
    customer: Option<f64>,
}

fn times(db: &Connection, resolved: &[&Case], now: Ticks) -> Result<Vec<Time>> {
    let time = |case: &&Case| {
        let clocks = case.clocks(db, now)?;
        Ok(Time {
            created: case.incident.created,
            experts: minutes(clocks.experts),
            customer: case.helped().then(|| minutes(clocks.customer)),
        })
    };
    resolved.iter().map(time).collect()
}

fn means(times: &[Time]) -> [Option<f64>; 2] {
    let experts: Vec<f64> = times.iter().map(|time| time.experts).collect();
    let customer: Vec<f64> = times.iter().filter_map(|time| time.customer).collect();
    [mean(&experts), mean(&customer)]
}
