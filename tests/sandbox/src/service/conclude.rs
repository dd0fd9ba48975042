//! The end of an investigation. What the experts may do they do; the rest becomes cards for the
//! customer, and whether anything is left decides where the incident goes.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::json;

use super::reach;
use crate::{
    clock::{MINUTE, Ticks, iso},
    refusal::Refusal,
    rng,
    store::{
        alerts,
        incidents::{AWAITING, CUSTOMER, EXPERTS, Incident, REDIRECTED, RESOLVED},
        responses::Response,
        settings::Settings,
        tasks::{ActionStatus, Source, Status, Task},
    },
    stories::{self, Story},
    tasks::machine,
    tenant::{self, cast::Cast, documents, plan::Slot, write},
};

pub fn conclude(db: &Connection, mut incident: Incident, now: Ticks) -> Result<(), Refusal> {
    let over = [AWAITING, RESOLVED, REDIRECTED].contains(&incident.status.as_str());
    if over || Response::find(db, incident.id)?.is_some() {
        let text = format!("Incident {} has its conclusion already.", incident.id);
        return Err(Refusal::bad_request(text));
    }
    let slot = Slot::find(db, incident.id)?.ok_or_else(|| {
        Refusal::bad_request(format!(
            "Incident {} has no story to conclude.",
            incident.id
        ))
    })?;
    let (_, seed) = tenant::described(db)?.unwrap_or_default();
    let (mut story, _) = write::story(Cast::shared(), &slot, seed);
    incident.classification = story.classification.into();
    incident.determination = story.determination.into();
    if !incident.text.system_tags.iter().any(|tag| tag == EXPERTS) {
        incident.text.system_tags.insert(0, EXPERTS.into());
    }
    let tasks = match story.classification {
        "truePositive" => tasks(db, &incident, &story, now)?,
        _ => Vec::new(),
    };
    let left = tasks.iter().any(|task| task.source == Source::Guided);
    for task in &tasks {
        task.save(db)?;
        machine::record(db, task)?;
    }
    if !tasks.is_empty() {
        story.summary = summary(&story.summary, &tasks);
        Response {
            incident: incident.id,
            published: now,
            awaiting_since: left.then_some(now),
            summary: documents::summary(&story, incident.created - 9 * MINUTE),
        }
        .save(db)?;
    }
    if left {
        incident.status = AWAITING.into();
        incident.assigned_to = Some(CUSTOMER.into());
        incident.text.summary = Some(story.description.clone());
        incident.touch(EXPERTS, now);
    } else {
        incident.status = RESOLVED.into();
        incident.assigned_to = None;
        incident.text.summary = Some(story.closing.clone());
        incident.text.resolving_comment = Some(story.closing.clone());
        incident.comment(EXPERTS, &story.closing, now);
    }
    judge(db, &incident, now)?;
    incident.save(db)?;
    Ok(())
}

/// Where the experts act themselves they ask for nothing but what is out of their reach; where
/// they guide, everything is the customer's, their own part of the story included.
fn tasks(db: &Connection, incident: &Incident, story: &Story, now: Ticks) -> Result<Vec<Task>> {
    let settings = Settings::read(db)?;
    let mut tasks = Vec::new();
    for told in &story.tasks {
        let asked = told.source == Source::Guided;
        if settings.respond && asked && told.action == "text" {
            continue;
        }
        let obstacle = reach::obstacle(db, &settings, told)?;
        let ordinal = tasks.len() as i64;
        tasks.push(task(told, incident.id, ordinal, obstacle, now));
    }
    Ok(tasks)
}

fn task(
    told: &stories::Task,
    incident: i64,
    ordinal: i64,
    obstacle: Option<String>,
    now: Ticks,
) -> Task {
    let ours = obstacle.is_none();
    let executed = ours && told.action != "text";
    Task {
        id: rng::request_id(),
        incident,
        ordinal,
        status: if ours {
            Status::Completed
        } else {
            Status::Open
        },
        source: if ours {
            Source::Managed
        } else {
            Source::Guided
        },
        action_type: told.action.into(),
        action_status: match executed {
            true => ActionStatus::Completed,
            false => ActionStatus::NotStarted,
        },
        name: told.name.clone(),
        description: match obstacle {
            Some(why) => format!("{}\n\n{why}", told.description),
            None => told.description.clone(),
        },
        created: now,
        modified: now,
        modified_by: EXPERTS.into(),
        identifier: told.identifier.clone(),
        target: told.target.clone(),
        device: told.device.clone(),
        outcome: told.outcome.clone(),
        status_detail: None,
        started: executed.then_some(now - MINUTE),
        settle_at: None,
    }
}

/// The story up to what was done about it, then who did what.
fn summary(told: &str, tasks: &[Task]) -> String {
    let what = told.split("## What we did").next().unwrap_or(told);
    let names = |source: Source| -> String {
        tasks
            .iter()
            .filter(|task| task.source == source)
            .map(|task| format!("- {}\n", task.name))
            .collect()
    };
    let (done, left) = (names(Source::Managed), names(Source::Guided));
    let done = match done.is_empty() {
        true => "We investigated. With reader access we change nothing in your tenant.\n".into(),
        false => done,
    };
    let left = match left.is_empty() {
        true => "Nothing. We carried out all actions ourselves and closed the incident.\n".into(),
        false => format!("Please carry out what we could not:\n\n{left}"),
    };
    format!("{what}## What we did\n\n{done}\n## What you need to do\n\n{left}")
        .trim_end()
        .to_owned()
}

/// The alerts get the verdict of their incident, and end with it.
fn judge(db: &Connection, incident: &Incident, now: Ticks) -> Result<()> {
    alerts::tell(db, incident.id)?;
    let mut query = db.prepare_cached("SELECT id FROM alerts WHERE incident = ?")?;
    let ids = query.query_map([incident.id], |row| row.get::<_, String>(0))?;
    for id in ids.collect::<Result<Vec<_>, _>>()? {
        let Some((_, mut alert)) = alerts::find(db, &id)? else {
            continue;
        };
        alert["classification"] = json!(incident.classification);
        alert["determination"] = json!(incident.determination);
        alert["lastUpdateDateTime"] = iso(now).into();
        if incident.status == RESOLVED {
            alert["status"] = "resolved".into();
            alert["resolvedDateTime"] = iso(now).into();
        }
        alerts::replace(db, &id, incident.id, &alert)?;
    }
    Ok(())
}
