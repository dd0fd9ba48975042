//! The query of an incident list, and the page it selects: a keyset over last update and id, so
//! that rows which change between pages are neither repeated nor shift the others.

use anyhow::Result;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use rusqlite::{Connection, params_from_iter, types::Value as Sql};

use super::filter::{self, Field, Filter, Kind};
use crate::{clock::Ticks, refusal::Refusal, store::incidents::Incident};

const SEVERITIES: &[&str] = &[
    "unknown",
    "informational",
    "low",
    "medium",
    "high",
    "unknownFutureValue",
];
const STATUSES: &[&str] = &[
    "active",
    "resolved",
    "inProgress",
    "redirected",
    "unknownFutureValue",
    "awaitingAction",
];
const CLASSIFICATIONS: &[&str] = &[
    "unknown",
    "falsePositive",
    "truePositive",
    "informationalExpectedActivity",
    "unknownFutureValue",
];
const DETERMINATIONS: &[&str] = &[
    "unknown",
    "apt",
    "malware",
    "securityPersonnel",
    "securityTesting",
    "unwantedSoftware",
    "other",
    "multiStagedAttack",
    "compromisedAccount",
    "phishing",
    "maliciousUserActivity",
    "notMalicious",
    "notEnoughDataToValidate",
    "confirmedActivity",
    "lineOfBusinessApplication",
    "unknownFutureValue",
];

pub static FIELDS: [Field; 7] = [
    Field {
        name: "assignedTo",
        column: "assigned_to",
        kind: Kind::Text,
    },
    Field {
        name: "classification",
        column: "classification",
        kind: Kind::Member(CLASSIFICATIONS),
    },
    Field {
        name: "createdDateTime",
        column: "created",
        kind: Kind::Time,
    },
    Field {
        name: "determination",
        column: "determination",
        kind: Kind::Member(DETERMINATIONS),
    },
    Field {
        name: "lastUpdateDateTime",
        column: "updated",
        kind: Kind::Time,
    },
    Field {
        name: "severity",
        column: "severity",
        kind: Kind::Member(SEVERITIES),
    },
    Field {
        name: "status",
        column: "status",
        kind: Kind::Member(STATUSES),
    },
];

/// The members of an enum property, for writes to be checked against.
pub fn members(name: &str) -> Option<&'static [&'static str]> {
    FIELDS
        .iter()
        .find(|field| field.name == name)
        .and_then(|field| match field.kind {
            Kind::Member(members) => Some(members),
            _ => None,
        })
}

#[derive(Debug, Default)]
pub struct Query {
    pub top: usize,
    skip: usize,
    pub count: bool,
    pub alerts: bool,
    filter: Filter,
    /// Where the page before this one ended.
    after: Option<(Ticks, i64)>,
}

pub struct Page {
    pub incidents: Vec<Incident>,
    pub total: Option<i64>,
    /// The `$skiptoken` of the next page.
    pub next: Option<String>,
}

impl Query {
    pub fn parse(pairs: &[(String, String)], limit: usize) -> Result<Self, Refusal> {
        let mut query = Self {
            top: limit,
            ..Self::default()
        };
        for (name, value) in pairs {
            match name.as_str() {
                "$top" => query.top = number(name, value)?,
                "$skip" => query.skip = number(name, value)?,
                "$count" => query.count = value == "true",
                "$expand" if value == "alerts" => query.alerts = true,
                "$filter" => {
                    query.filter = filter::parse(value, &FIELDS).map_err(Refusal::bad_request)?;
                }
                "$skiptoken" => query.after = Some(token(value)?),
                name if name.starts_with('$') => {
                    let text = format!("The query option '{name}={value}' is not supported.");
                    return Err(Refusal::bad_request(text));
                }
                _ => {}
            }
        }
        if query.top > limit {
            let top = query.top;
            return Err(Refusal::bad_request(format!(
                "The limit of '{limit}' for Top query has been exceeded. The value from the \
                 incoming request is '{top}'."
            )));
        }
        Ok(query)
    }

    pub fn page(&self, db: &Connection) -> Result<Page> {
        let mut sql = format!("SELECT {} FROM incidents WHERE 1", Incident::COLUMNS);
        let mut values = self.filter.values.clone();
        if !self.filter.sql.is_empty() {
            sql.push_str(&format!(" AND {}", self.filter.sql));
        }
        let counted = sql.replacen(Incident::COLUMNS, "count(*)", 1);
        let total = match self.count && self.after.is_none() {
            true => Some(db.query_row(&counted, params_from_iter(&values), |row| row.get(0))?),
            false => None,
        };
        if let Some((updated, id)) = self.after {
            sql.push_str(" AND (updated, id) < (?, ?)");
            values.extend([Sql::Integer(updated), Sql::Integer(id)]);
        }
        let skip = if self.after.is_none() { self.skip } else { 0 };
        sql.push_str(&format!(
            " ORDER BY updated DESC, id DESC LIMIT {} OFFSET {skip}",
            self.top + 1
        ));
        let mut incidents: Vec<Incident> = db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&values), Incident::from_row)?
            .collect::<Result<_, _>>()?;
        let more = incidents.len() > self.top;
        incidents.truncate(self.top);
        let next = incidents
            .last()
            .filter(|_| more)
            .map(|last| BASE64.encode(format!("{}.{}", last.updated, last.id)));
        Ok(Page {
            incidents,
            total,
            next,
        })
    }
}

fn number(name: &str, value: &str) -> Result<usize, Refusal> {
    value.parse().map_err(|_| {
        Refusal::bad_request(format!(
            "Invalid value '{value}' for {name} query option found."
        ))
    })
}

fn token(text: &str) -> Result<(Ticks, i64), Refusal> {
    let parse = || {
        let plain = String::from_utf8(BASE64.decode(text).ok()?).ok()?;
        let (updated, id) = plain.split_once('.')?;
        Some((updated.parse().ok()?, id.parse().ok()?))
    };
    parse().ok_or_else(|| Refusal::bad_request("The $skiptoken is not valid."))
}
