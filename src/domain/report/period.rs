//! The days a report covers. A relative range stays one in the address; what is counted are whole days of
//! the zone, so that every list a figure opens has the same bounds tomorrow.

use crate::domain::queue_query::{QueueQuery, Range};
use crate::domain::time::calendar::{number, plus_months};
use crate::domain::time::{Day, Timestamp, Zone};

/// Whole days, the last included, and the instants they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Day,
    pub to: Day,
    /// The first instant in it, and the first after it.
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Period {
    /// The days from one to another; the same day twice is that day.
    pub fn new(from: Day, to: Day, zone: &Zone) -> Period {
        Period {
            from,
            to,
            start: zone.start(from),
            end: zone.start(to.plus(1)),
        }
    }

    /// What a range means today. Relative ranges end with today.
    pub fn of(range: Range, now: Timestamp, zone: &Zone) -> Period {
        let today = zone.day(now);
        match range {
            Range::Days(from, to) => Period::new(from, to, zone),
            Range::Last(preset) => {
                let days = i32::try_from(preset.days()).unwrap_or(1);
                Period::new(today.plus(1 - days), today, zone)
            }
            // What has no beginning cannot be compared with what was before it.
            Range::All => Period::new(today.plus(-365), today, zone),
        }
    }

    /// A calendar month, by a day in it.
    pub fn month(day: Day, zone: &Zone) -> Period {
        let first = day.plus(1 - i32::try_from(number(day)).unwrap_or(1));
        Period::new(first, plus_months(first, 1).plus(-1), zone)
    }

    /// How many days.
    pub fn days(&self) -> i32 {
        self.to.0 - self.from.0 + 1
    }

    /// As many days before it.
    pub fn previous(&self, zone: &Zone) -> Period {
        Period::new(self.from.plus(-self.days()), self.from.plus(-1), zone)
    }

    /// From the first instant in it to the first after it.
    pub fn time(&self) -> std::ops::Range<Timestamp> {
        self.start..self.end
    }

    /// Whether an instant is in it.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.time().contains(&at)
    }

    /// The list of everything the report counts in these days.
    pub fn list(&self) -> QueueQuery {
        QueueQuery {
            status: None,
            facts: vec![("scope", vec!["experts".to_owned()])],
            range: Range::Days(self.from, self.to),
            by_created: true,
            ..QueueQuery::default()
        }
    }

    /// The part of it that a bucket's key (`2026-11-21` or `2026-11`) names.
    pub fn part(&self, key: &str, zone: &Zone) -> Option<Period> {
        let part = match Day::parse(key) {
            Some(day) => Period::new(day, day, zone),
            None => Period::month(Day::parse(&format!("{key}-01"))?, zone),
        };
        let (from, to) = (part.from.max(self.from), part.to.min(self.to));
        (from <= to).then(|| Period::new(from, to, zone))
    }
}

/// `Nov 2026` of `2026-11`; anything else as it is.
pub fn month_name(key: &str) -> String {
    let day = Day::parse(&format!("{key}-01"));
    day.map_or_else(|| key.to_owned(), crate::domain::time::calendar::month)
}
