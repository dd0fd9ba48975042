//! The query of a task list.

use anyhow::Result;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::{
    graph::filter::{self, Field, Filter, Kind},
    refusal::Refusal,
    store::tasks::{Task, decode},
};

const LIMIT: usize = 500;
const STATUSES: &[&str] = &[
    "open",
    "inProgress",
    "completed",
    "failed",
    "notRelevant",
    "unknownFutureValue",
];

static FIELDS: [Field; 6] = [
    Field {
        name: "incidentId",
        column: "incident",
        kind: Kind::Text,
    },
    Field {
        name: "status",
        column: "status",
        kind: Kind::Member(STATUSES),
    },
    Field {
        name: "type",
        column: "action_type",
        kind: Kind::Text,
    },
    Field {
        name: "actionType",
        column: "action_type",
        kind: Kind::Text,
    },
    Field {
        name: "lastUpdateDateTime",
        column: "modified",
        kind: Kind::Time,
    },
    Field {
        name: "createdDateTime",
        column: "created",
        kind: Kind::Time,
    },
];

pub struct Query {
    top: usize,
    skip: usize,
    order: &'static str,
    filter: Filter,
    select: Vec<String>,
}

impl Query {
    pub fn parse(pairs: &[(String, String)]) -> Result<Self, Refusal> {
        let mut query = Self {
            top: LIMIT,
            skip: 0,
            // The customer reads the newest incident first and its tasks in the experts' order.
            order: "incident DESC, ordinal",
            filter: Filter::default(),
            select: Vec::new(),
        };
        for (name, value) in pairs {
            let unsupported = || {
                Refusal::bad_request(format!(
                    "The query option '{name}={value}' is not supported."
                ))
            };
            match (name.as_str(), value.as_str()) {
                ("$top", _) => query.top = value.parse().map_err(|_| unsupported())?,
                ("$filter", _) => {
                    query.filter = filter::parse(value, &FIELDS).map_err(Refusal::bad_request)?;
                }
                ("$orderby", "lastUpdateDateTime" | "lastUpdateDateTime asc") => {
                    query.order = "modified, id";
                }
                ("$orderby", "lastUpdateDateTime desc") => query.order = "modified DESC, id",
                ("$select", _) => query.select = value.split(',').map(str::to_owned).collect(),
                ("$skiptoken", _) => query.skip = token(value).ok_or_else(unsupported)?,
                (name, _) if name.starts_with('$') => return Err(unsupported()),
                _ => {}
            }
        }
        if query.top > LIMIT {
            return Err(Refusal::bad_request(format!(
                "The limit of '{LIMIT}' for Top query has been exceeded. The value from the \
                 incoming request is '{}'.",
                query.top
            )));
        }
        Ok(query)
    }

    pub fn page(&self, db: &Connection) -> Result<(Vec<Task>, Option<String>)> {
        let condition = if self.filter.sql.is_empty() {
            "1"
        } else {
            &self.filter.sql
        };
        let sql = format!(
            "SELECT doc FROM tasks WHERE {condition} ORDER BY {} LIMIT {} OFFSET {}",
            self.order,
            self.top + 1,
            self.skip
        );
        let mut query = db.prepare_cached(&sql)?;
        let rows = query.query_map(params_from_iter(&self.filter.values), |row| decode(row, 0))?;
        let mut tasks = rows.collect::<Result<Vec<Task>, _>>()?;
        let more = tasks.len() > self.top;
        tasks.truncate(self.top);
        Ok((
            tasks,
            more.then(|| BASE64.encode((self.skip + self.top).to_string())),
        ))
    }

    /// The task with the members asked for alone.
    pub fn selected(&self, mut task: Value) -> Value {
        if let (false, Value::Object(members)) = (self.select.is_empty(), &mut task) {
            members.retain(|name, _| name.starts_with('@') || self.select.contains(name));
        }
        task
    }
}

/// The options a next page needs again.
pub fn carried(raw: &str) -> String {
    raw.split('&')
        .filter(|pair| !pair.is_empty() && !pair.replace("%24", "$").starts_with("$skiptoken="))
        .map(|pair| format!("{pair}&"))
        .collect()
}

fn token(text: &str) -> Option<usize> {
    String::from_utf8(BASE64.decode(text).ok()?)
        .ok()?
        .parse()
        .ok()
}
