//! Machine entities: what the database holds, and what depends on the time and on incidents.

use std::collections::HashMap;

use anyhow::Result;
use axum::{
    Extension, Json,
    extract::{Path, Query, RawQuery, State},
    http::StatusCode,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{bad, context, needs};
use crate::{
    app::App,
    auth::scopes::Scopes,
    clock::{MINUTE, Ticks, iso},
    graph::{
        list::carried,
        predicate::{self, Kind, Predicate, Property, Wrong, property},
    },
    refusal::Refusal,
    store::machines,
};

const LIMIT: usize = 10_000;
const SCOPES: [&str; 2] = ["Machine.Read", "Machine.ReadWrite"];

pub static FIELDS: [Property; 14] = [
    property("aadDeviceId", Kind::Text),
    property("computerDnsName", Kind::Text),
    property("deviceValue", Kind::Text),
    property("exposureLevel", Kind::Text),
    property("healthStatus", Kind::Text),
    property("id", Kind::Text),
    property("lastIpAddress", Kind::Text),
    property("lastSeen", Kind::Time),
    property("machineTags", Kind::List),
    property("onboardingStatus", Kind::Text),
    property("osPlatform", Kind::Text),
    property("rbacGroupId", Kind::Number),
    property("riskScore", Kind::Text),
    property("version", Kind::Text),
];

pub async fn list(
    State(app): State<App>,
    scopes: Extension<Scopes>,
    Query(pairs): Query<Vec<(String, String)>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Refusal> {
    needs(&scopes, &SCOPES)?;
    let query = Paging::parse(&pairs)?;
    let (page, more) = app.with::<_, Refusal>(|tx, now| {
        let mut all = machines::all(tx)?;
        if all.is_empty() {
            let text = "No machines were found.";
            return Err(Refusal::new(
                StatusCode::NOT_FOUND,
                "ResourceNotFound",
                text,
            ));
        }
        let risks = risks(tx)?;
        let dress = |machine| -> Result<Value, Refusal> { Ok(dressed(tx, machine, &risks, now)?) };
        if let Some(filter) = &query.filter {
            // Properties that change by themselves are filtered on, too.
            all = all.into_iter().map(dress).collect::<Result<_, _>>()?;
            all.retain(|machine| filter.holds(machine));
        }
        let more = all.len() > query.skip.saturating_add(query.top);
        let page = all.into_iter().skip(query.skip).take(query.top);
        Ok((page.map(dress).collect::<Result<Vec<_>, _>>()?, more))
    })?;
    let mut answer = json!({ "@odata.context": context(&app, "Machines"), "value": page });
    if more {
        let kept = carried(raw.as_deref().unwrap_or_default());
        let (origin, skip) = (app.origin("experts"), query.skip + query.top);
        answer["@odata.nextLink"] = format!("{origin}/api/machines?{kept}$skip={skip}").into();
    }
    Ok(Json(answer))
}

pub async fn get(
    State(app): State<App>,
    scopes: Extension<Scopes>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    needs(&scopes, &SCOPES)?;
    let mut machine = app.with(|tx, now| find(tx, &id, now))?;
    machine["@odata.context"] = context(&app, "Machines/$entity");
    Ok(Json(machine))
}

pub fn find(db: &Connection, id: &str, now: Ticks) -> Result<Value, Refusal> {
    let machine = machines::find(db, id)?.ok_or_else(|| {
        let text = format!("Machine {id} was not found");
        Refusal::new(StatusCode::NOT_FOUND, "ResourceNotFound", text)
    })?;
    let risks = risks(db)?;
    Ok(dressed(db, machine, &risks, now)?)
}

/// The options lists of Defender for Endpoint know.
struct Paging {
    filter: Option<Predicate>,
    top: usize,
    skip: usize,
}

impl Paging {
    fn parse(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut paging = Self {
            filter: None,
            top: LIMIT,
            skip: 0,
        };
        for (name, value) in pairs {
            match name.as_str() {
                "$top" => paging.top = number(name, value, LIMIT)?,
                "$skip" => paging.skip = number(name, value, usize::MAX)?,
                "$filter" => {
                    let filter = predicate::parse(value, &FIELDS).map_err(wrong)?;
                    paging.filter = Some(filter);
                }
                name if name.starts_with('$') => return Err(unsupported(name)),
                _ => {}
            }
        }
        Ok(paging)
    }
}

pub fn number(name: &str, value: &str, limit: usize) -> Result<usize, Refusal> {
    let number = value.parse().map_err(|_| {
        bad(
            "ODataError",
            format!("Invalid value '{value}' for {name} query option found."),
        )
    })?;
    if number > limit {
        let text = format!(
            "The limit of '{limit}' for Top query has been exceeded. The value from the incoming \
             request is '{number}'."
        );
        return Err(bad("ODataError", text));
    }
    Ok(number)
}

pub fn unsupported(name: &str) -> Refusal {
    bad(
        "ODataError",
        format!("The query option '{name}' is not supported."),
    )
}

fn wrong(wrong: Wrong) -> Refusal {
    let text = match wrong {
        Wrong::Syntax(text) => text,
        Wrong::Property(name) => format!("Filtering by '{name}' is not supported."),
        Wrong::Operator(operator, name) => {
            format!("'{operator}' is not supported on '{name}'.")
        }
    };
    bad("ODataError", text)
}

/// The machine as of now: how threatened it is, when it was last seen, whether it was offboarded.
fn dressed(
    db: &Connection,
    mut machine: Value,
    risks: &HashMap<String, &'static str>,
    now: Ticks,
) -> Result<Value> {
    let id = machine["id"].as_str().unwrap_or_default().to_owned();
    machine["riskScore"] = (*risks.get(&id).unwrap_or(&"None")).into();
    let query = "SELECT max(updated) FROM machine_actions
                 WHERE machine = ? AND type = 'Offboard' AND status = 'Succeeded'";
    let gone: Option<Ticks> = db
        .prepare_cached(query)?
        .query_row([&id], |row| row.get(0))?;
    if let Some(gone) = gone {
        machine["onboardingStatus"] = "CanBeOnboarded".into();
        machine["healthStatus"] = "Inactive".into();
        machine["lastSeen"] = iso(gone).into();
    } else if machine["healthStatus"] == "Active" {
        // An active machine reports every few minutes, each at its own.
        let offset = i64::from_str_radix(id.get(..4).unwrap_or("0"), 16).unwrap_or_default();
        let step = 10 * MINUTE;
        let phase = offset * MINUTE / 60;
        machine["lastSeen"] = iso(now - (now + phase).rem_euclid(step)).into();
    }
    Ok(machine)
}

/// The risk of every machine that is part of an unresolved incident: the worst of theirs.
fn risks(db: &Connection) -> Result<HashMap<String, &'static str>> {
    const SCALE: [(&str, &str); 4] = [
        ("informational", "Informational"),
        ("low", "Low"),
        ("medium", "Medium"),
        ("high", "High"),
    ];
    let mut worst: HashMap<String, usize> = HashMap::new();
    for (machine, severity) in machines::threatened(db)? {
        if let Some(rank) = SCALE.iter().position(|(name, _)| *name == severity) {
            let known = worst.entry(machine).or_default();
            *known = rank.max(*known);
        }
    }
    Ok(worst
        .into_iter()
        .map(|(machine, rank)| (machine, SCALE[rank].1))
        .collect())
}
