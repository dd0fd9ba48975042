//! How many inquiries are left: ten per calendar quarter, unused ones roll into the next quarter of the
//! same year, never more than twenty.

use anyhow::{Context, Result};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rusqlite::Connection;
use serde_json::json;

use super::call::{Call, Reply};
use crate::{
    clock::{Ticks, iso},
    refusal::Refusal,
    store::records::Record,
};

const GRANTED: i64 = 10;
const LIMIT: i64 = 20;

pub struct Credits {
    from: Ticks,
    to: Ticks,
    year_ends: Ticks,
    rolled_over: i64,
    used: i64,
    pub left: i64,
}

pub fn of(db: &Connection, now: Ticks) -> Result<Credits> {
    let submitted: Vec<Ticks> = Record::all(db, "inquiry")?
        .iter()
        .filter_map(|record| record.doc["submitted"].as_i64())
        .collect();
    let today = Timestamp::from_nanosecond(i128::from(now) * 100)?;
    let today = today.to_zoned(TimeZone::UTC).date();
    let year = today.year();
    let mut rolled_over = 0;
    for quarter in 0..4 {
        let from = midnight(year, quarter * 3 + 1)?;
        let to = match quarter {
            3 => midnight(year + 1, 1)?,
            _ => midnight(year, quarter * 3 + 4)?,
        };
        let used = submitted
            .iter()
            .filter(|at| (from..to).contains(*at))
            .count() as i64;
        let left = (GRANTED + rolled_over - used).max(0);
        if to > now {
            let year_ends = midnight(year + 1, 1)?;
            return Ok(Credits {
                from,
                to,
                year_ends,
                rolled_over,
                used,
                left,
            });
        }
        rolled_over = left.min(LIMIT - GRANTED);
    }
    anyhow::bail!("{today} is in no quarter.")
}

fn midnight(year: i16, month: i8) -> Result<Ticks> {
    let zoned = Date::new(year, month, 1)?.to_zoned(TimeZone::UTC)?;
    i64::try_from(zoned.timestamp().as_nanosecond() / 100).context("The time is out of range.")
}

pub fn get(_: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let credits = of(db, now)?;
    let rolls = (credits.to < credits.year_ends).then(|| iso(credits.to));
    Ok(Reply::ok(json!({
        "quarter": { "from": iso(credits.from), "to": iso(credits.to) },
        "granted": GRANTED,
        "rolledOver": credits.rolled_over,
        "limit": LIMIT,
        "used": credits.used,
        "left": credits.left,
        "rollsOverAt": rolls,
        "expiresAt": iso(credits.year_ends),
    })))
}
