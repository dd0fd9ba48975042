//! The generated tenant: the same incidents for the same size and seed, placed relative to now.

pub mod bulk;
pub mod cast;
pub mod directory;
pub mod documents;
pub mod fate;
pub mod fleet;
pub mod plan;
pub mod records;
pub mod todo;
pub mod write;

use anyhow::Result;
use rusqlite::{Connection, params};

use crate::{
    clock::{DAY, Ticks},
    experts,
    store::{self, fact, set_fact, tasks::Task},
    tasks::machine,
};
use cast::Cast;
use plan::Slot;
use write::{Detail, Told};

/// The size and seed of the tenant in the database, if there is one.
pub fn described(db: &Connection) -> Result<Option<(usize, u64)>> {
    let number = |name| Ok::<_, anyhow::Error>(fact(db, name)?.and_then(|text| text.parse().ok()));
    let incidents: Option<u64> = number("incidents")?;
    let seed: Option<u64> = number("seed")?;
    Ok(incidents
        .zip(seed)
        .map(|(incidents, seed)| (incidents as usize, seed)))
}

/// When the tenant was generated.
pub fn born(db: &Connection) -> Result<Ticks> {
    Ok(fact(db, "born")?
        .and_then(|text| text.parse().ok())
        .unwrap_or_default())
}

/// Above this size documents that are mostly text are not written until somebody reads them.
const BIG: usize = 20_000;

/// Replaces the tenant. Sessions and tokens stay, so that a test's reset signs nobody out.
pub fn generate(db: &Connection, incidents: usize, seed: u64, now: Ticks) -> Result<()> {
    experts::seed::forget(db)?;
    for table in [
        "incidents",
        "alerts",
        "responses",
        "tasks",
        "slots",
        "machines",
        "involved",
        "machine_actions",
        "audit",
        "agenda",
        "effects",
        "answers",
        "showcase",
    ] {
        db.execute_batch(&format!("DELETE FROM {table};"))?;
    }
    set_fact(db, "incidents", &incidents.to_string())?;
    set_fact(db, "seed", &seed.to_string())?;
    set_fact(db, "born", &now.to_string())?;
    fleet::furnish(db, now)?;
    records::furnish(db, now)?;
    let slots = plan::slots(incidents, seed, now);
    store::in_bulk(db, || {
        let detail = match incidents > BIG {
            true => Detail::Outline,
            false => Detail::Whole,
        };
        bulk::tell(&slots, seed, now, detail, |slot, told| {
            slot.save(db)?;
            told.save(db)?;
            history(db, &told, now)?;
            let Some(fixed) = slot.fixed else {
                return Ok(());
            };
            db.execute(
                "INSERT INTO showcase VALUES (?, ?)",
                params![fixed.name, slot.id],
            )?;
            Ok(())
        })
    })?;
    experts::seed::write(db, seed, now)
}

/// The incident as it was generated, in whole; None for one that was not.
pub fn again(db: &Connection, incident: i64) -> Result<Option<Told>> {
    let Some(slot) = Slot::find(db, incident)? else {
        return Ok(None);
    };
    let (_, seed) = described(db)?.unwrap_or_default();
    let born = born(db)?;
    Ok(Some(write::told(
        Cast::shared(),
        &slot,
        &[],
        seed,
        born,
        Detail::Whole,
    )))
}

/// What Defender still knows of the actions that were carried out lately.
fn history(db: &Connection, told: &Told, now: Ticks) -> Result<()> {
    let recent = |task: &&Task| task.modified > now - 30 * DAY;
    for task in told.tasks.iter().filter(recent) {
        machine::record(db, task)?;
    }
    Ok(())
}
