//! Incidents as the report sees them: those the experts dealt with, with what their alerts and tasks
//! say about them.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::Connection;
use serde_json::Value;

use super::range::Range;
use crate::{
    clock::Ticks,
    experts::history::{self, Clocks},
    store::{
        alerts,
        incidents::{EXPERTS, Incident, REDIRECTED, RESOLVED},
        tasks::{Source, Status, Task},
    },
};

pub struct Case {
    pub incident: Incident,
    pub tasks: Vec<Task>,
    pub categories: BTreeSet<String>,
    pub sources: BTreeSet<String>,
    /// Id and name.
    pub users: BTreeSet<(String, String)>,
    pub devices: BTreeSet<(String, String)>,
}

/// Those created in the range, newest first.
pub fn load(db: &Connection, range: &Range) -> Result<Vec<Case>> {
    let query = format!(
        "SELECT {} FROM incidents WHERE created >= ? AND created < ? AND status <> ? AND EXISTS
            (SELECT 1 FROM json_each(doc, '$.systemTags') WHERE value = ?)
         ORDER BY created DESC, id DESC",
        Incident::COLUMNS
    );
    let mut query = db.prepare_cached(&query)?;
    let values = rusqlite::params![range.from, range.to, REDIRECTED, EXPERTS];
    let incidents: Vec<Incident> = query
        .query_map(values, Incident::from_row)?
        .collect::<Result<_, _>>()?;
    incidents
        .into_iter()
        .map(|incident| Case::of(db, incident))
        .collect()
}

impl Case {
    fn of(db: &Connection, incident: Incident) -> Result<Self> {
        let alerts: Vec<Value> = serde_json::from_str(&alerts::array(db, incident.id)?)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let evidence = || {
            alerts
                .iter()
                .flat_map(|alert| alert["evidence"].as_array().into_iter().flatten())
        };
        Ok(Self {
            tasks: Task::of(db, incident.id)?,
            categories: alerts.iter().flat_map(categories).collect(),
            sources: alerts
                .iter()
                .filter_map(|alert| text(&alert["serviceSource"]))
                .collect(),
            users: evidence()
                .filter_map(|item| {
                    let user = &item["userAccount"];
                    let first = |names: &[&str]| names.iter().find_map(|name| text(&user[*name]));
                    let id = first(&["azureAdUserId", "userSid", "userPrincipalName"])?;
                    let name = first(&["displayName", "userPrincipalName", "accountName"]);
                    Some((id.clone(), name.unwrap_or(id)))
                })
                .collect(),
            devices: evidence()
                .filter_map(|item| {
                    Some((text(&item["mdeDeviceId"])?, text(&item["deviceDnsName"])?))
                })
                .collect(),
            incident,
        })
    }

    pub fn resolved(&self) -> bool {
        self.incident.status == RESOLVED
    }

    /// Closed after the customer completed at least one task.
    pub fn helped(&self) -> bool {
        self.resolved() && self.asked().any(|task| task.status == Status::Completed)
    }

    pub fn direct(&self) -> bool {
        self.resolved() && !self.helped()
    }

    /// The customer's tasks.
    pub fn asked(&self) -> impl Iterator<Item = &Task> {
        self.tasks
            .iter()
            .filter(|task| task.source == Source::Guided)
    }

    pub fn clocks(&self, db: &Connection, now: Ticks) -> Result<Clocks> {
        Ok(history::clocks(
            history::happenings(db, &self.incident)?,
            now,
        ))
    }
}

/// All that an alert is of; older ones name but one.
fn categories(alert: &Value) -> Vec<String> {
    let all = alert["categories"].as_array().into_iter().flatten();
    let all: Vec<&Value> = all.collect();
    let listed = if all.is_empty() {
        vec![&alert["category"]]
    } else {
        all
    };
    let words = listed.into_iter().filter_map(Value::as_str);
    words.map(str::to_owned).collect()
}

/// The word the report has for a task of the customer's.
pub fn task_state(task: &Task) -> &'static str {
    match task.status {
        Status::Open | Status::InProgress => "pending",
        Status::Completed => "completed",
        Status::NotRelevant => "skipped",
        Status::Failed => "failed",
    }
}
