//! What happened to an incident, and whose clock ran meanwhile. `past` tells what was generated,
//! `live` what happened since.

pub mod live;
pub mod past;

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    managed_response::incident,
    page,
};
use crate::{
    clock::{MINUTE, Ticks, iso},
    people,
    refusal::Refusal,
    store::incidents::{AWAITING, EXPERTS, Incident, REDIRECTED, RESOLVED},
};

/// One thing that happened, before it is known whose clock runs after it.
#[derive(Clone, Debug)]
pub struct Happening {
    pub at: Ticks,
    pub kind: &'static str,
    pub by: String,
    pub before: Value,
    pub after: Value,
    pub task: Option<String>,
    pub reason: Option<String>,
}

impl Happening {
    pub fn new(at: Ticks, kind: &'static str, by: &str, before: Value, after: Value) -> Self {
        Self {
            at,
            kind,
            by: by.to_owned(),
            before,
            after,
            task: None,
            reason: None,
        }
    }

    pub fn of_task(mut self, task: &str) -> Self {
        self.task = Some(task.to_owned());
        self
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Clocks {
    pub experts: Ticks,
    pub customer: Ticks,
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let incident = incident(db, call.id("incidentId"))?;
    let all = timed(happenings(db, &incident)?);
    let numbered: Vec<(usize, Timed)> = all.into_iter().enumerate().collect();
    let key = |(index, _): &(usize, Timed)| format!("{}-{}", incident.id, index + 1);
    let body = page::page(call, &numbered, key, |item| Ok(told(key(item), &item.1)))?;
    Ok(page::reply(call, body))
}

/// All that happened, oldest first; what comes later is only ever added at the end.
pub fn happenings(db: &Connection, incident: &Incident) -> Result<Vec<Happening>> {
    let rows = live::rows(db, incident.id)?;
    let mut all = past::tell(db, incident, &rows)?;
    all.sort_by_key(|happening| happening.at);
    all.extend(rows.iter().flat_map(live::tell));
    Ok(all)
}

/// How long the incident waited for whom, until now.
pub fn clocks(happenings: Vec<Happening>, now: Ticks) -> Clocks {
    let all = timed(happenings);
    let mut clocks = Clocks::default();
    for (index, one) in all.iter().enumerate() {
        let until = all.get(index + 1).map_or(now, |next| next.happening.at);
        let span = (until - one.happening.at).max(0);
        match one.waiting_on {
            _ if one.paused => {}
            "experts" => clocks.experts += span,
            "customer" => clocks.customer += span,
            _ => {}
        }
    }
    clocks
}

pub fn minutes(span: Ticks) -> f64 {
    (span as f64 / MINUTE as f64 * 10.0).round() / 10.0
}

struct Timed {
    happening: Happening,
    waiting_on: &'static str,
    paused: bool,
}

fn timed(happenings: Vec<Happening>) -> Vec<Timed> {
    let (mut status, mut assigned) = ("active".to_owned(), None::<String>);
    let mut paused = false;
    let told = happenings.into_iter().map(|happening| {
        if happening.task.is_none() {
            if let Some(now) = happening.after["status"].as_str() {
                status = now.to_owned();
            }
            if let Some(now) = happening.after.get("assignedTo") {
                assigned = now.as_str().map(str::to_owned);
            }
        }
        match happening.kind {
            "paused" => paused = true,
            "resumed" => paused = false,
            _ => {}
        }
        let over = matches!(status.as_str(), RESOLVED | REDIRECTED);
        let waiting_on = match assigned.as_deref() {
            _ if over => "nobody",
            _ if status == AWAITING => "customer",
            None | Some(EXPERTS) => "experts",
            Some(_) => "customer",
        };
        Timed {
            happening,
            waiting_on,
            paused: paused && !over,
        }
    });
    told.collect()
}

fn told(id: String, timed: &Timed) -> Value {
    let happening = &timed.happening;
    let kind = match happening.by.as_str() {
        EXPERTS => "expert",
        by if by.starts_with("API-App:") || people::named(by).is_some() => "customer",
        by if by.contains('@') => "customer",
        _ => "service",
    };
    json!({
        "id": id,
        "at": iso(happening.at),
        "kind": happening.kind,
        "by": { "kind": kind, "displayName": happening.by },
        "before": happening.before,
        "after": happening.after,
        "taskId": happening.task,
        "reason": happening.reason,
        "waitingOn": timed.waiting_on,
        "paused": timed.paused,
    })
}
