//! The past of a generated incident, told from how it was generated: the row as it is, or as it was
//! before the first change that was noted.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Happening, live::Noted};
use crate::{
    clock::{HOUR, Ticks},
    store::{
        incidents::{AWAITING, CUSTOMER, EXPERTS, Incident, REDIRECTED, RESOLVED},
        responses::Response,
        tasks::{Source, Task},
    },
};

const SERVICE: &str = "Microsoft 365 Defender";

pub fn tell(db: &Connection, incident: &Incident, noted: &[Noted]) -> Result<Vec<Happening>> {
    let was = Generated::of(incident, noted);
    let mut told = Teller {
        state: json!({ "status": "active", "assignedTo": null, "classification": "unknown" }),
        all: Vec::new(),
    };
    let created = told.state.clone();
    let born = Happening::new(incident.created, "created", SERVICE, Value::Null, created);
    told.all.push(born);

    let published_since = noted.iter().any(|row| row.after.get("published").is_some());
    let response = Response::find(db, incident.id)?.filter(|_| !published_since);
    let by_experts = incident.text.system_tags.iter().any(|tag| tag == EXPERTS);
    let concluded = response.as_ref().map(|response| response.published);
    if was.status == REDIRECTED {
        told.change(was.updated, "merged", "status", SERVICE, json!(REDIRECTED));
        return Ok(told.all);
    }
    if by_experts && (response.is_some() || !published_since || was.assigned == EXPERTS) {
        let end = concluded.unwrap_or(was.updated);
        let looked = incident.created + (end - incident.created) / 6;
        told.change(
            looked,
            "assigneeChanged",
            "assignedTo",
            EXPERTS,
            json!(EXPERTS),
        );
        if was.status != "active" {
            told.change(
                looked,
                "statusChanged",
                "status",
                EXPERTS,
                json!("inProgress"),
            );
        }
    }
    if was.status != "active" && was.classification != "unknown" {
        let at = concluded.unwrap_or(was.updated);
        let value = json!(was.classification);
        told.change(
            at,
            "classificationChanged",
            "classification",
            EXPERTS,
            value,
        );
    }
    if let Some(response) = &response {
        responded(db, incident, response, &was, noted, &mut told)?;
    } else if !by_experts && !was.assigned.is_empty() {
        told.change(
            was.updated,
            "assigneeChanged",
            "assignedTo",
            &was.assigned,
            json!(was.assigned),
        );
        told.change(
            was.updated,
            "statusChanged",
            "status",
            &was.assigned,
            json!("inProgress"),
        );
    }
    if was.status == RESOLVED {
        let by = if by_experts { EXPERTS } else { was.by.as_str() };
        if by_experts {
            told.change(
                was.updated,
                "assigneeChanged",
                "assignedTo",
                by,
                Value::Null,
            );
        }
        told.change(was.updated, "statusChanged", "status", by, json!(RESOLVED));
    }
    Ok(told.all)
}

/// The incident as it was generated.
struct Generated {
    status: String,
    assigned: String,
    classification: String,
    updated: Ticks,
    by: String,
}

impl Generated {
    fn of(incident: &Incident, noted: &[Noted]) -> Self {
        let first = noted
            .iter()
            .find(|row| row.task.is_none() && row.before.is_object());
        let text = |name: &str, now: &str| match first {
            Some(row) => row.before[name].as_str().unwrap_or_default().to_owned(),
            None => now.to_owned(),
        };
        Self {
            status: text("status", &incident.status),
            assigned: text(
                "assignedTo",
                incident.assigned_to.as_deref().unwrap_or_default(),
            ),
            classification: text("classification", &incident.classification),
            updated: first
                .and_then(|row| row.before["updated"].as_i64())
                .unwrap_or(incident.updated),
            by: incident.text.last_modified_by.clone(),
        }
    }
}

struct Teller {
    state: Value,
    all: Vec<Happening>,
}

impl Teller {
    fn change(&mut self, at: Ticks, kind: &'static str, member: &str, by: &str, value: Value) {
        let before = json!({ member: self.state[member] });
        self.state[member] = value.clone();
        self.all.push(Happening::new(
            at,
            kind,
            by,
            before,
            json!({ member: value }),
        ));
    }
}

fn responded(
    db: &Connection,
    incident: &Incident,
    response: &Response,
    was: &Generated,
    noted: &[Noted],
    told: &mut Teller,
) -> Result<()> {
    let at = response.published;
    told.all.push(Happening::new(
        at,
        "responsePublished",
        EXPERTS,
        Value::Null,
        Value::Null,
    ));
    let mut asked = false;
    for task in Task::of(db, incident.id)? {
        let first = noted
            .iter()
            .find(|row| row.task.as_deref() == Some(&task.id));
        if first.is_some_and(|row| row.before.is_null()) {
            continue;
        }
        let before = first.map(|row| row.before.clone()).unwrap_or_else(|| {
            json!({ "status": task.status, "actionStatus": task.action_status,
                "modified": task.modified, "by": task.modified_by })
        });
        let open = json!({ "status": "open", "actionStatus": "notStarted" });
        let state = json!({ "status": before["status"], "actionStatus": before["actionStatus"] });
        let guided = task.source == Source::Guided;
        let added = if guided { open.clone() } else { state.clone() };
        asked |= guided;
        told.all
            .push(Happening::new(at, "taskAdded", EXPERTS, Value::Null, added).of_task(&task.id));
        if guided && before["status"] != "open" {
            let done = before["modified"].as_i64().unwrap_or(at);
            let by = before["by"].as_str().unwrap_or_default();
            let change = Happening::new(done, "taskChanged", by, open, state);
            told.all.push(change.of_task(&task.id));
        }
    }
    if asked && (was.status == AWAITING || was.status == RESOLVED) {
        told.change(
            at,
            "assigneeChanged",
            "assignedTo",
            EXPERTS,
            json!(CUSTOMER),
        );
        told.change(at, "statusChanged", "status", EXPERTS, json!(AWAITING));
        if was.status == RESOLVED {
            pause(incident.id, at, was.updated, told);
        }
    }
    Ok(())
}

/// Some customers agreed on a maintenance window during which nobody's clock ran.
fn pause(incident: i64, from: Ticks, to: Ticks, told: &mut Teller) {
    if incident % 5 != 0 || to - from < 6 * HOUR {
        return;
    }
    let quarter = (to - from) / 4;
    for (at, kind) in [(from + quarter, "paused"), (from + 2 * quarter, "resumed")] {
        let mut happening = Happening::new(at, kind, EXPERTS, Value::Null, Value::Null);
        happening.reason = Some("Agreed maintenance window".into());
        told.all.push(happening);
    }
}
