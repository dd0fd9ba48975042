//! The experts' day: a new incident is taken on, looked into and concluded, each when its time has
//! come.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};

use super::conclude;
use crate::{
    app::Pace,
    clock::{MINUTE, Ticks},
    store::incidents::{EXPERTS, Incident},
    tenant::{
        self,
        cast::Cast,
        fate::Fate,
        plan::Slot,
        records,
        write::{self, Detail},
    },
};

/// A step, when it is due after the one before, in seconds.
const STEPS: [(&str, f64); 3] = [("take", 60.0), ("investigate", 120.0), ("conclude", 420.0)];

/// What happened ten minutes ago becomes an incident now.
pub fn arrive(db: &Connection, story: Option<String>, now: Ticks) -> Result<i64> {
    let last: Option<i64> = db.query_row("SELECT max(id) FROM incidents", [], |row| row.get(0))?;
    let arrived: u64 = db.query_row(
        "SELECT count(*) FROM slots WHERE incident > (SELECT max(incident) FROM showcase)",
        [],
        |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
    )?;
    let (incidents, seed) = tenant::described(db)?.unwrap_or_default();
    let slot = Slot {
        id: last.unwrap_or_default() + 1,
        created: now - 10 * MINUTE,
        fate: Fate::New,
        stream: incidents as u64 + arrived,
        fixed: None,
        story,
    };
    slot.save(db)?;
    let told = write::told(Cast::shared(), &slot, &[], seed, now, Detail::Whole);
    told.save(db)?;
    Ok(slot.id)
}

pub fn plan(db: &Connection, incident: i64, now: Ticks, pace: Pace) -> Result<()> {
    next(db, incident, 0, now, pace)
}

fn next(db: &Connection, incident: i64, index: usize, at: Ticks, pace: Pace) -> Result<()> {
    let Some((step, after)) = STEPS.get(index) else {
        db.execute("DELETE FROM agenda WHERE incident = ?", [incident])?;
        return Ok(());
    };
    db.execute(
        "INSERT OR REPLACE INTO agenda VALUES (?, ?, ?)",
        params![incident, step, at + pace.seconds(*after)],
    )?;
    Ok(())
}

/// Takes every step that was due by now, in the order it was due.
pub fn advance(db: &Connection, now: Ticks, pace: Pace) -> Result<()> {
    let query = "SELECT incident, step, at FROM agenda WHERE at <= ? ORDER BY at LIMIT 1";
    loop {
        let due = db
            .prepare_cached(query)?
            .query_row([now], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((incident, step, at)) = due else {
            return Ok(());
        };
        let index = STEPS.iter().position(|(name, _)| *name == step);
        take(db, incident, &step, at)?;
        next(db, incident, index.unwrap_or(STEPS.len()) + 1, at, pace)?;
    }
}

/// A customer who was faster keeps the incident.
fn take(db: &Connection, id: i64, step: &str, at: Ticks) -> Result<()> {
    let Some(mut incident) = Incident::find(db, id)? else {
        return Ok(());
    };
    let ours = incident.assigned_to.as_deref() == Some(EXPERTS);
    match step {
        "take" if incident.assigned_to.is_none() && incident.status == "active" => {
            incident.assigned_to = Some(EXPERTS.into());
            incident.text.system_tags.insert(0, EXPERTS.into());
        }
        "investigate" if ours => {
            records::expert_signs_in(db, id, at)?;
            incident.status = "inProgress".into();
        }
        "conclude" if ours => {
            conclude::conclude(db, incident, at).map_err(|it| anyhow::anyhow!(it.message))?;
            return Ok(());
        }
        _ => return Ok(()),
    }
    incident.touch(EXPERTS, at);
    incident.save(db)
}
