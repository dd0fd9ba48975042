//! The generated tenant: the same incidents for the same size and seed, placed relative to now.

pub mod cast;
pub mod documents;
pub mod fate;
pub mod plan;
pub mod todo;
pub mod write;

use anyhow::Result;
use rusqlite::Connection;

use crate::{
    clock::Ticks,
    experts,
    store::{fact, set_fact},
};

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

/// Replaces the tenant. Sessions and tokens stay, so that a test's reset signs nobody out.
pub fn generate(db: &Connection, incidents: usize, seed: u64, now: Ticks) -> Result<()> {
    experts::seed::forget(db)?;
    for table in [
        "incidents",
        "alerts",
        "responses",
        "tasks",
        "machine_actions",
        "effects",
        "answers",
        "showcase",
    ] {
        db.execute_batch(&format!("DELETE FROM {table};"))?;
    }
    let cast = cast::Cast::new();
    let slots = plan::slots(incidents, seed, now);
    for slot in &slots {
        write::incident(db, &cast, slot, &slots, seed, now)?;
    }
    set_fact(db, "incidents", &incidents.to_string())?;
    set_fact(db, "seed", &seed.to_string())?;
    set_fact(db, "born", &now.to_string())?;
    experts::seed::write(db, seed, now)
}
