//! What the service and its experts do without being asked: actions reach their outcome, and an
//! incident whose last task is done is resolved. Everything is computed when somebody looks, from
//! stored times, so that a restart loses nothing.

pub mod agenda;
pub mod conclude;
pub mod reach;

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::{
    app::Pace,
    clock::Ticks,
    store::{
        incidents::{AWAITING, EXPERTS, Incident, RESOLVED},
        tasks::{ActionStatus, Outcome, Source, Status, Task},
    },
    tasks::machine,
};

/// How long the service takes to notice that the customer is done.
const NOTICES_AFTER: f64 = 5.0;

/// Does all that was due by now, in the order it was due.
pub fn advance(db: &Connection, now: Ticks, pace: Pace) -> Result<()> {
    machine::advance(db, now)?;
    let due = "SELECT id, settle_at FROM tasks WHERE settle_at <= ? ORDER BY settle_at";
    for (id, at) in due_by::<String>(db, due, now)? {
        if let Some(task) = Task::find(db, &id)? {
            settle(db, task, at, pace)?;
        }
    }
    let due = "SELECT id, resolve_at FROM incidents WHERE resolve_at <= ? ORDER BY resolve_at";
    for (id, at) in due_by::<i64>(db, due, now)? {
        if let Some(incident) = Incident::find(db, id)? {
            resolve(db, incident, at)?;
        }
    }
    agenda::advance(db, now, pace)
}

fn due_by<T: rusqlite::types::FromSql>(
    db: &Connection,
    query: &str,
    now: Ticks,
) -> Result<Vec<(T, Ticks)>> {
    let mut query = db.prepare_cached(query)?;
    let rows = query.query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A running action ends as its story says.
fn settle(db: &Connection, mut task: Task, at: Ticks, pace: Pace) -> Result<()> {
    let (status, action_status, detail, next) = match task.outcome.clone() {
        Outcome::Succeed => (
            Status::Completed,
            ActionStatus::Completed,
            None,
            Outcome::Succeed,
        ),
        Outcome::Partial(what) => (
            Status::Completed,
            ActionStatus::PartiallyCompleted,
            Some(what),
            Outcome::Succeed,
        ),
        Outcome::FailOnce(why) => (
            Status::Failed,
            ActionStatus::Failed,
            Some(why),
            Outcome::Succeed,
        ),
        Outcome::Fail(why) => (
            Status::Failed,
            ActionStatus::Failed,
            Some(why.clone()),
            Outcome::Fail(why),
        ),
    };
    task.status = status;
    task.action_status = action_status;
    task.status_detail = detail;
    task.outcome = next;
    task.settle_at = None;
    let by = task.modified_by.clone();
    task.touch(&by, at);
    task.save(db)?;
    machine::finish(db, &task, at)?;
    consider(db, task.incident, at, pace)
}

/// After a task changed: is there anything left for the customer to do?
pub fn consider(db: &Connection, incident: i64, now: Ticks, pace: Pace) -> Result<()> {
    let Some(mut incident) = Incident::find(db, incident)? else {
        return Ok(());
    };
    if incident.status != AWAITING {
        return Ok(());
    }
    let tasks = Task::of(db, incident.id)?;
    let guided = tasks.iter().any(|task| task.source == Source::Guided);
    let done = guided && !tasks.iter().any(Task::pends);
    let resolve_at = match (done, incident.resolve_at) {
        (true, None) => Some(now + pace.seconds(NOTICES_AFTER)),
        (true, already) => already,
        (false, _) => None,
    };
    if resolve_at != incident.resolve_at {
        incident.resolve_at = resolve_at;
        incident.save(db)?;
    }
    Ok(())
}

fn resolve(db: &Connection, mut incident: Incident, at: Ticks) -> Result<()> {
    let note = "Thank you. All the actions we asked for are done or were skipped by your team, and \
                we see no further activity related to this incident. We have resolved it.";
    incident.resolve_at = None;
    incident.status = RESOLVED.into();
    incident.assigned_to = None;
    incident.text.resolving_comment = Some(note.into());
    incident.comment(EXPERTS, note, at);
    incident.save(db)?;
    db.execute(
        "UPDATE responses SET awaiting_since = NULL WHERE incident = ?",
        [incident.id],
    )?;
    Ok(())
}

/// A resolved or merged incident asks for nothing more: its open tasks lose their point.
pub fn drop_open_tasks(db: &Connection, incident: &Incident, now: Ticks) -> Result<()> {
    for mut task in Task::of(db, incident.id)? {
        if task.status == Status::Open && task.source == Source::Guided {
            task.status = Status::NotRelevant;
            task.touch(EXPERTS, now);
            task.save(db)?;
            effect(db, &task.id, "dropped", None, EXPERTS, now)?;
        }
    }
    Ok(())
}

/// Notes that something really happened to a task.
pub fn effect(
    db: &Connection,
    task: &str,
    effect: &str,
    key: Option<&str>,
    person: &str,
    now: Ticks,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO effects (task, effect, key, person, at) VALUES (?, ?, ?, ?, ?)",
    )?
    .execute(params![task, effect, key, person, now])?;
    Ok(())
}
