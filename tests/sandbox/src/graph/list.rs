//! Lists as Graph gives them out: the query options, and the page they select. Pages follow each
//! other by a keyset over time and id, so that rows which change between pages are neither repeated
//! nor shift the others.

use anyhow::Result;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use rusqlite::{Connection, Row, params_from_iter, types::Value as Sql};
use serde_json::{Value, json};

use super::filter::{self, Field, Filter};
use crate::{app::App, clock::Ticks, refusal::Refusal};

/// What a list is made of.
pub struct Collection {
    /// Its path below the version, which is its name in the context line too.
    pub path: &'static str,
    pub table: &'static str,
    pub columns: &'static str,
    /// Which rows of the table are the collection's; "1" for all.
    pub rows: &'static str,
    /// The column the list is ordered by, newest first, and the property `$orderby` may name.
    pub time: &'static str,
    pub orderby: Option<&'static str>,
    pub fields: &'static [Field],
    /// Whether ids are numbers, not texts.
    pub numbers: bool,
    pub expands_alerts: bool,
}

#[derive(Debug, Default)]
pub struct Query {
    pub top: usize,
    skip: usize,
    pub count: bool,
    pub alerts: bool,
    ascending: bool,
    filter: Filter,
    /// Where the page before this one ended.
    after: Option<(Ticks, Sql)>,
}

pub struct Page<T> {
    pub rows: Vec<T>,
    pub total: Option<i64>,
    /// The `$skiptoken` of the next page.
    pub next: Option<String>,
}

impl Query {
    pub fn parse(
        pairs: &[(String, String)],
        of: &Collection,
        usual: usize,
        limit: usize,
    ) -> Result<Self, Refusal> {
        let mut query = Self {
            top: usual,
            ..Self::default()
        };
        for (name, value) in pairs {
            match (name.as_str(), value.as_str()) {
                ("$top", _) => query.top = number(name, value)?,
                ("$skip", _) => query.skip = number(name, value)?,
                ("$count", _) => query.count = value == "true",
                ("$expand", "alerts") if of.expands_alerts => query.alerts = true,
                ("$filter", _) => {
                    query.filter = filter::parse(value, of.fields).map_err(Refusal::bad_request)?;
                }
                ("$orderby", _) => {
                    query.ascending = ascends(value, of).ok_or_else(|| unsupported(name, value))?;
                }
                ("$skiptoken", _) => query.after = Some(token(value, of)?),
                _ if name.starts_with('$') => return Err(unsupported(name, value)),
                _ => {}
            }
        }
        if query.top > limit {
            return Err(above_limit(query.top, limit));
        }
        Ok(query)
    }

    pub fn page<T>(
        &self,
        db: &Connection,
        of: &Collection,
        read: fn(&Row) -> rusqlite::Result<T>,
        key: fn(&T) -> (Ticks, String),
    ) -> Result<Page<T>> {
        let mut condition = of.rows.to_owned();
        let mut values = self.filter.values.clone();
        if !self.filter.sql.is_empty() {
            condition.push_str(&format!(" AND {}", self.filter.sql));
        }
        let total = match self.count && self.after.is_none() {
            true => {
                let counted = format!("SELECT count(*) FROM {} WHERE {condition}", of.table);
                Some(db.query_row(&counted, params_from_iter(&values), |row| row.get(0))?)
            }
            false => None,
        };
        let (sign, direction) = match self.ascending {
            true => (">", "ASC"),
            false => ("<", "DESC"),
        };
        if let Some((at, id)) = &self.after {
            condition.push_str(&format!(" AND ({}, id) {sign} (?, ?)", of.time));
            values.extend([Sql::Integer(*at), id.clone()]);
        }
        let sql = format!(
            "SELECT {} FROM {} WHERE {condition}
             ORDER BY {time} {direction}, id {direction} LIMIT {} OFFSET {}",
            of.columns,
            of.table,
            self.top + 1,
            if self.after.is_none() { self.skip } else { 0 },
            time = of.time,
        );
        let mut rows: Vec<T> = db
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&values), read)?
            .collect::<Result<_, _>>()?;
        let more = rows.len() > self.top;
        rows.truncate(self.top);
        let next = rows.last().filter(|_| more).map(|last| {
            let (at, id) = key(last);
            BASE64.encode(format!("{at}.{id}"))
        });
        Ok(Page { rows, total, next })
    }
}

impl<T> Page<T> {
    /// The answer around rows that are JSON text already.
    pub fn answer(&self, app: &App, of: &Collection, raw: Option<&str>, rows: &[String]) -> String {
        let base = format!("{}/v1.0", app.origin("graph"));
        let path = of.path;
        let mut head = json!({ "@odata.context": format!("{base}/$metadata#{path}") });
        if let Some(total) = self.total {
            head["@odata.count"] = total.into();
        }
        if let Some(token) = &self.next {
            let rest = carried(raw.unwrap_or_default());
            head["@odata.nextLink"] = format!("{base}/{path}?{rest}$skiptoken={token}").into();
        }
        spliced(&head, "value", &format!("[{}]", rows.join(",")))
    }
}

/// The object with one more member, whose value is JSON text already: alerts are stored as they
/// are sent, and parsing them only to write them again would be most of the work.
pub fn spliced(object: &Value, name: &str, value: &str) -> String {
    let mut text = object.to_string();
    text.pop();
    format!("{text},\"{name}\":{value}}}")
}

/// The options a next page needs again.
pub fn carried(raw: &str) -> String {
    raw.split('&')
        .filter(|pair| {
            let name = pair
                .split('=')
                .next()
                .unwrap_or_default()
                .replace("%24", "$");
            !name.is_empty() && !["$skip", "$count", "$skiptoken"].contains(&name.as_str())
        })
        .map(|pair| format!("{pair}&"))
        .collect()
}

pub fn above_limit(top: usize, limit: usize) -> Refusal {
    Refusal::bad_request(format!(
        "The limit of '{limit}' for Top query has been exceeded. The value from the incoming \
         request is '{top}'."
    ))
}

pub fn unsupported(name: &str, value: &str) -> Refusal {
    let text = format!("The query option '{name}={value}' is not supported.");
    Refusal::bad_request(text)
}

pub fn number(name: &str, value: &str) -> Result<usize, Refusal> {
    value.parse().map_err(|_| {
        Refusal::bad_request(format!(
            "Invalid value '{value}' for {name} query option found."
        ))
    })
}

fn ascends(value: &str, of: &Collection) -> Option<bool> {
    match value.strip_prefix(of.orderby?)?.trim() {
        "" | "asc" => Some(true),
        "desc" => Some(false),
        _ => None,
    }
}

fn token(text: &str, of: &Collection) -> Result<(Ticks, Sql), Refusal> {
    let parse = || {
        let plain = String::from_utf8(BASE64.decode(text).ok()?).ok()?;
        let (at, id) = plain.split_once('.')?;
        let id = match of.numbers {
            true => Sql::Integer(id.parse().ok()?),
            false => Sql::Text(id.to_owned()),
        };
        Some((at.parse().ok()?, id))
    };
    parse().ok_or_else(|| Refusal::bad_request("The $skiptoken is not valid."))
}
