//! Which incidents there are: when each was created, how far it has come, and its id.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};

use super::fate::Fate;
use crate::{
    clock::{DAY, HOUR, MINUTE, Ticks},
    rng::Rng,
    store::tasks::word,
    stories::showcase::{self, Fixed, Stage},
};

const DAYS: i64 = 180;
const FIRST_ID: i64 = 38_114;

/// Ages, in hours, of the incidents that wait for the customer beside the showcase: most are
/// recent, some were forgotten.
const AWAITING_HOURS: [i64; 12] = [
    63 * 24,
    60,
    34 * 24,
    14,
    78 * 24,
    9 * 24,
    47 * 24,
    4,
    4 * 24,
    21 * 24,
    30,
    13 * 24,
];

pub struct Slot {
    pub id: i64,
    pub created: Ticks,
    pub fate: Fate,
    /// Its own stream of random numbers, so that one incident's content depends on no other's.
    pub stream: u64,
    pub fixed: Option<&'static Fixed>,
    /// The family of stories it is from, where that was asked for.
    pub story: Option<String>,
}

impl Slot {
    pub fn save(&self, db: &Connection) -> Result<()> {
        db.prepare_cached("INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?, ?)")?
            .execute(params![
                self.id,
                self.created,
                word(self.fate)?,
                self.stream as i64,
                self.story
            ])?;
        Ok(())
    }

    pub fn find(db: &Connection, incident: i64) -> Result<Option<Self>> {
        let query = "SELECT created, fate, stream, story FROM slots WHERE incident = ?";
        let found = db
            .prepare_cached(query)?
            .query_row([incident], |row| {
                Ok((
                    row.get(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, i64>(2)?,
                    row.get(3)?,
                ))
            })
            .optional()?;
        let Some((created, fate, stream, story)) = found else {
            return Ok(None);
        };
        let stream = stream as u64;
        Ok(Some(Self {
            id: incident,
            created,
            fate: serde_json::from_value(fate.into())?,
            stream,
            fixed: (0..showcase::ALL.len())
                .find(|index| stream_of(*index) == stream)
                .map(|index| &showcase::ALL[index]),
            story,
        }))
    }
}

/// The streams of the showcase count from the end; those of all others from zero.
fn stream_of(index: usize) -> u64 {
    u64::MAX - 1 - index as u64
}

pub fn slots(count: usize, seed: u64, now: Ticks) -> Vec<Slot> {
    let mut rng = Rng::new(seed, u64::MAX);
    let others = count.saturating_sub(showcase::ALL.len());
    let mut slots: Vec<Slot> = (0..others)
        .map(|index| slot(&mut rng, index, now))
        .collect();
    make_some_wait(&mut slots, now);
    for (index, fixed) in showcase::ALL.iter().enumerate() {
        slots.push(Slot {
            id: 0,
            created: now - fixed.age * MINUTE,
            fate: fate_of(fixed.stage),
            stream: stream_of(index),
            fixed: Some(fixed),
            story: None,
        });
    }
    slots.sort_by_key(|slot| slot.created);
    let mut id = FIRST_ID;
    for slot in &mut slots {
        id += rng.between(1, 4);
        slot.id = id;
    }
    slots
}

fn slot(rng: &mut Rng, index: usize, now: Ticks) -> Slot {
    let age = match index {
        0 => 4 * MINUTE,
        1 => 17 * MINUTE,
        _ => age(rng),
    };
    let fate = if index == 0 {
        Fate::New
    } else {
        fate(rng, age)
    };
    Slot {
        id: 0,
        created: now - age,
        fate,
        stream: index as u64,
        fixed: None,
        story: None,
    }
}

/// Somewhat more in recent weeks, as a tenant grows, and never younger than the newest.
fn age(rng: &mut Rng) -> Ticks {
    let unit = rng.between(0, 1_000_000) as f64 / 1e6;
    ((unit.powf(1.3) * (DAYS * DAY) as f64) as Ticks).max(21 * MINUTE)
}

fn fate(rng: &mut Rng, age: Ticks) -> Fate {
    const FATES: [Fate; 9] = [
        Fate::New,
        Fate::Queued,
        Fate::Investigating,
        Fate::Direct,
        Fate::Helped,
        Fate::Dismissed,
        Fate::Customer,
        Fate::CustomerClosed,
        Fate::Redirected,
    ];
    let weights = match age {
        _ if age < 6 * HOUR => [40, 20, 25, 3, 0, 10, 2, 0, 0],
        _ if age < 3 * DAY => [12, 6, 10, 17, 4, 34, 6, 10, 1],
        _ if age < 14 * DAY => [2, 0, 0, 26, 9, 43, 3, 16, 1],
        _ => [0, 0, 0, 26, 10, 45, 1, 17, 1],
    };
    FATES[rng.weighted(&weights)]
}

/// The incident nearest to each wanted age waits for the customer instead of what it did.
fn make_some_wait(slots: &mut [Slot], now: Ticks) {
    let wanted = (slots.len() / 40).min(AWAITING_HOURS.len());
    for hours in &AWAITING_HOURS[..wanted] {
        let created = now - hours * HOUR;
        // A little later than wanted at the most, so that what must be old is old.
        let nearest = slots
            .iter_mut()
            .filter(|slot| slot.fate != Fate::Awaiting && slot.created <= created + HOUR)
            .max_by_key(|slot| slot.created);
        if let Some(slot) = nearest {
            slot.fate = Fate::Awaiting;
        }
    }
}

fn fate_of(stage: Stage) -> Fate {
    match stage {
        Stage::Awaiting => Fate::Awaiting,
        Stage::Investigating => Fate::Investigating,
        Stage::Dismissed => Fate::Dismissed,
        Stage::MergedInto(_) => Fate::Redirected,
    }
}
