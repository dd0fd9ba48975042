//! The sandbox's time: ticks of 100 nanoseconds since 1970, the finest step Graph writes.
//! Tests may push the clock forward; nothing else here reads the machine's time.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

pub type Ticks = i64;

pub const SECOND: Ticks = 10_000_000;
pub const MINUTE: Ticks = 60 * SECOND;
pub const HOUR: Ticks = 60 * MINUTE;
pub const DAY: Ticks = 24 * HOUR;

#[derive(Default)]
pub struct Clock {
    ahead: AtomicI64,
}

impl Clock {
    pub fn now(&self) -> Ticks {
        ticks(Timestamp::now()) + self.ahead.load(Ordering::Relaxed)
    }

    pub fn advance(&self, by: Ticks) {
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }
}

fn ticks(at: Timestamp) -> Ticks {
    (at.as_nanosecond() / 100) as Ticks
}

/// ISO 8601 with as many fraction digits as the moment has, none for a whole second.
pub fn iso(at: Ticks) -> String {
    Timestamp::from_nanosecond(i128::from(at) * 100)
        .map_or_else(|_| String::new(), |t| t.to_string())
}

pub fn parse(text: &str) -> Option<Ticks> {
    text.parse().ok().map(ticks)
}

/// Seconds since 1970, as tokens carry them.
pub fn unix(at: Ticks) -> i64 {
    at.div_euclid(SECOND)
}
