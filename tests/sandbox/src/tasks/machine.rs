//! Machine actions: what Defender for Endpoint keeps about an executed task. No route shows them
//! yet; they follow the task so that a relay can be added without inventing history.

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::{
    app::Pace,
    clock::Ticks,
    people::Person,
    rng,
    store::tasks::{Status, Task},
};

/// An action is pending this long before it runs, and runs this much longer.
const PENDING: f64 = 1.5;
const RUNNING: f64 = 3.0;

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

/// Starts the action; the answer is when it will have its outcome.
pub fn begin(db: &Connection, task: &Task, by: &Person, now: Ticks, pace: Pace) -> Result<Ticks> {
    let kind = kind(&task.action_type).unwrap_or("Unknown");
    let scope = match kind {
        "Isolate" => Some("Full"),
        "RunAntiVirusScan" => Some("Quick"),
        _ => None,
    };
    let file = task
        .identifier
        .as_deref()
        .filter(|_| kind == "StopAndQuarantineFile");
    db.prepare_cached(
        "INSERT INTO machine_actions VALUES (?, ?, ?, ?, 'Pending', ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        rng::request_id(),
        task.id,
        kind,
        scope,
        task.device.as_deref().unwrap_or_default(),
        task.target.as_deref().unwrap_or_default(),
        by.mail(),
        task.name,
        file,
        now,
        now
    ])?;
    Ok(now + pace.seconds(PENDING + RUNNING))
}

pub fn start_due(db: &Connection, now: Ticks, pace: Pace) -> Result<()> {
    let started = now - pace.seconds(PENDING);
    db.prepare_cached(
        "UPDATE machine_actions SET status = 'InProgress', updated = ?1
         WHERE status = 'Pending' AND created <= ?2",
    )?
    .execute(params![now, started])?;
    Ok(())
}

pub fn finish(db: &Connection, task: &Task, at: Ticks) -> Result<()> {
    let status = if task.status == Status::Failed {
        "Failed"
    } else {
        "Succeeded"
    };
    db.prepare_cached(
        "UPDATE machine_actions SET status = ?1, updated = ?2
         WHERE task = ?3 AND status IN ('Pending', 'InProgress')",
    )?
    .execute(params![status, at, task.id])?;
    Ok(())
}
