//! What becomes of a task that is executed: an action on a machine, which starts and ends with it.

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::{
    app::Pace,
    clock::Ticks,
    people::{self, Person},
    rng,
    store::{
        machine_actions::Action,
        tasks::{Status, Task},
    },
};

/// An action is pending this long before it runs, and runs this much longer.
pub const PENDING: f64 = 1.5;
pub const RUNNING: f64 = 3.0;

/// What the task API can execute, and the name of the machine action it becomes.
pub fn kind(action_type: &str) -> Option<&'static str> {
    Some(match action_type {
        "isolateDevice" => "Isolate",
        "unIsolateDevice" => "Unisolate",
        "restrictAppExecution" => "RestrictCodeExecution",
        "unRestrictAppExecution" => "UnrestrictCodeExecution",
        "stopAndQuarantineFile" => "StopAndQuarantineFile",
        "runAntiVirusScan" => "RunAntiVirusScan",
        "collectInvestigationPackage" => "CollectInvestigationPackage",
        "submitIocRule" => "SubmitIocRule",
        _ => return None,
    })
}

fn action(task: &Task, requestor: String, at: Ticks) -> Action {
    let kind = kind(&task.action_type).unwrap_or("Unknown");
    let scope = match kind {
        "Isolate" => Some("Full"),
        "RunAntiVirusScan" => Some("Quick"),
        _ => None,
    };
    let named = task.target.as_deref().unwrap_or_default();
    Action {
        id: rng::request_id(),
        task: Some(task.id.clone()),
        kind: kind.into(),
        scope: scope.map(str::to_owned),
        status: "Pending".into(),
        machine: task.device.clone().unwrap_or_default(),
        // The target of a file is "name on device".
        machine_name: named.rsplit(" on ").next().unwrap_or(named).to_owned(),
        requestor,
        comment: task.name.clone(),
        source: "Portal".into(),
        file_sha1: task
            .identifier
            .clone()
            .filter(|_| kind == "StopAndQuarantineFile"),
        created: at,
        updated: at,
        ..Action::default()
    }
}

/// Starts the action; the answer is when it will have its outcome.
pub fn begin(db: &Connection, task: &Task, by: &Person, now: Ticks, pace: Pace) -> Result<Ticks> {
    Action {
        starts_at: Some(now + pace.seconds(PENDING)),
        ..action(task, by.mail(), now)
    }
    .save(db)?;
    Ok(now + pace.seconds(PENDING + RUNNING))
}

/// The action of a task that is over already.
pub fn record(db: &Connection, task: &Task) -> Result<()> {
    let (Some(started), Some(_)) = (task.started, &task.device) else {
        return Ok(());
    };
    if kind(&task.action_type).is_none() {
        return Ok(());
    }
    let by = people::named(&task.modified_by).map(Person::mail);
    let requestor = by.unwrap_or_else(|| task.modified_by.clone());
    Action {
        status: ending(task).into(),
        updated: task.modified,
        ..action(task, requestor, started)
    }
    .save(db)
}

fn ending(task: &Task) -> &'static str {
    match task.status {
        Status::Failed => "Failed",
        _ => "Succeeded",
    }
}

/// Starts and ends what was due by now.
pub fn advance(db: &Connection, now: Ticks) -> Result<()> {
    db.prepare_cached(
        "UPDATE machine_actions SET status = 'InProgress', updated = starts_at, starts_at = NULL
         WHERE starts_at <= ?",
    )?
    .execute([now])?;
    db.prepare_cached(
        "UPDATE machine_actions
         SET status = ending, updated = ends_at, ends_at = NULL, starts_at = NULL
         WHERE ends_at <= ?",
    )?
    .execute([now])?;
    Ok(())
}

pub fn finish(db: &Connection, task: &Task, at: Ticks) -> Result<()> {
    db.prepare_cached(
        "UPDATE machine_actions SET status = ?1, updated = ?2, starts_at = NULL
         WHERE task = ?3 AND status IN ('Pending', 'InProgress')",
    )?
    .execute(params![ending(task), at, task.id])?;
    Ok(())
}
