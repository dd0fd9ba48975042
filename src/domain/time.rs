//! Instants, days and time zones without a clock: who needs "now" is given it.
//! A zone's transitions come from the browser (`platform::intl`); native tests build them from jiff.

use lexicon::t;

pub mod calendar;
mod civil;

use civil::{civil_from_days, days_from_civil};
use std::fmt;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;
const MONTHS: [&str; 12] = [
    t!("Jan"),
    t!("Feb"),
    t!("Mar"),
    t!("Apr"),
    t!("May"),
    t!("Jun"),
    t!("Jul"),
    t!("Aug"),
    t!("Sep"),
    t!("Oct"),
    t!("Nov"),
    t!("Dec"),
];

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Reads RFC 3339 as Graph writes it: no or up to nine fraction digits, `Z` or an offset.
    pub fn parse(text: &str) -> Option<Timestamp> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<i64> {
            let digits = bytes.get(from..to)?;
            digits.iter().all(u8::is_ascii_digit).then_some(())?;
            std::str::from_utf8(digits).ok()?.parse().ok()
        };
        let is = |at: usize, set: &[u8]| bytes.get(at).is_some_and(|b| set.contains(b));
        let shaped = is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":");
        let (month, day) = (number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let in_range = (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !shaped || !in_range {
            return None;
        }
        let mut at = 19;
        let mut milliseconds = 0;
        if is(at, b".") {
            let end = at
                + 1
                + bytes[at + 1..]
                    .iter()
                    .take_while(|b| b.is_ascii_digit())
                    .count();
            let mut scale = 100;
            for digit in &bytes[at + 1..end] {
                milliseconds += i64::from(digit - b'0') * scale;
                scale /= 10;
            }
            at = end;
        }
        let offset = match bytes.get(at)? {
            b'Z' | b'z' if at + 1 == bytes.len() => 0,
            sign @ (b'+' | b'-') if at + 6 == bytes.len() && is(at + 3, b":") => {
                let minutes = number(at + 1, at + 3)? * 60 + number(at + 4, at + 6)?;
                if *sign == b'-' { -minutes } else { minutes }
            }
            _ => return None,
        };
        let days = days_from_civil(number(0, 4)?, month, day);
        let local = days * DAY + hour * HOUR + minute * MINUTE + second * SECOND + milliseconds;
        Some(Timestamp(local - offset * MINUTE))
    }

    /// RFC 3339 in UTC with whole seconds, as Graph's `$filter` takes it.
    pub fn rfc3339(self) -> String {
        let local = Zone::utc().local(self);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            local.year, local.month, local.day, local.hour, local.minute, local.second
        )
    }

    /// This instant moved by some milliseconds.
    pub fn plus(self, milliseconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(milliseconds))
    }
}

/// A calendar day without a zone: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// Reads `2026-11-21`; a day that does not exist is refused.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let mut next = |length: usize| -> Option<i64> {
            let part = parts.next()?;
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
            part.parse().ok()
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let days = days_from_civil(year, month, day);
        let exists = (1..=12).contains(&month) && civil_from_days(days) == (year, month, day);
        exists.then(|| i32::try_from(days).ok().map(Day)).flatten()
    }

    /// `21 Nov`, for a chart's axis.
    pub fn short(self) -> String {
        let (_, month, day) = civil_from_days(i64::from(self.0));
        format!("{day} {}", month_name(month))
    }

    /// `21 Nov 2026`.
    pub fn long(self) -> String {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        format!("{day} {} {year}", month_name(month))
    }

    /// The day so many days later (or earlier).
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(i64::from(self.0));
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A wall clock's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// Minutes ahead of UTC at this instant.
    pub offset: i32,
}

/// A time zone: its name and the offsets it has had over the range the portal shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// IANA name, such as `Europe/Vienna`, or `UTC`.
    pub name: String,
    initial: i32,
    transitions: Vec<(Timestamp, i32)>,
}

impl Zone {
    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone {
            name: "UTC".into(),
            initial: 0,
            transitions: Vec::new(),
        }
    }

    /// A zone from its offset before the first transition and the transitions, in any order;
    /// offsets are minutes ahead of UTC.
    pub fn new(name: &str, initial: i32, mut transitions: Vec<(Timestamp, i32)>) -> Zone {
        transitions.sort_by_key(|(at, _)| *at);
        Zone {
            name: name.to_owned(),
            initial,
            transitions,
        }
    }

    /// Minutes ahead of UTC at an instant.
    pub fn offset(&self, at: Timestamp) -> i32 {
        let passed = self.transitions.partition_point(|(from, _)| *from <= at);
        if passed == 0 {
            self.initial
        } else {
            self.transitions[passed - 1].1
        }
    }

    /// The parts of a range in which the clock runs evenly, in order, each with its offset.
    pub fn pieces(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp, i32)> {
        let inside = |at: &Timestamp| *at > from && *at < to;
        let changes = self.transitions.iter().map(|(at, _)| *at).filter(inside);
        let starts: Vec<Timestamp> = std::iter::once(from).chain(changes).collect();
        let ends = starts.iter().skip(1).copied().chain([to]);
        let piece = |(from, to): (&Timestamp, Timestamp)| (*from, to, self.offset(*from));
        starts.iter().zip(ends).map(piece).collect()
    }

    /// What a clock on the wall shows at an instant.
    pub fn local(&self, at: Timestamp) -> Local {
        let offset = self.offset(at);
        let shifted = at.0.saturating_add(i64::from(offset) * MINUTE);
        let (year, month, day) = civil_from_days(shifted.div_euclid(DAY));
        let within = shifted.rem_euclid(DAY);
        Local {
            year,
            month,
            day,
            hour: within / HOUR,
            minute: within / MINUTE % 60,
            second: within / SECOND % 60,
            offset,
        }
    }

    /// The calendar day of an instant here.
    pub fn day(&self, at: Timestamp) -> Day {
        let shifted = at.0.saturating_add(i64::from(self.offset(at)) * MINUTE);
        Day(i32::try_from(shifted.div_euclid(DAY)).unwrap_or(0))
    }

    /// The first instant of a calendar day here. Where the clock skips midnight it is the first
    /// instant that belongs to the day; where midnight comes twice, the first.
    pub fn start(&self, day: Day) -> Timestamp {
        let wall = i64::from(day.0) * DAY;
        let mut best = Timestamp(wall - i64::from(self.offset(Timestamp(wall))) * MINUTE);
        // An offset change near midnight makes one of its neighbours' offsets the right one.
        let near = |t: &&(Timestamp, i32)| (t.0.0 - wall).abs() <= 2 * DAY;
        for (at, _) in self.transitions.iter().filter(near) {
            for offset in [self.offset(at.plus(-1)), self.offset(*at)] {
                let candidate = Timestamp(wall - i64::from(offset) * MINUTE);
                if self.day(candidate) == day && self.day(candidate.plus(-1)) < day {
                    best = candidate;
                }
            }
            if self.day(*at) == day && self.day(at.plus(-1)) < day {
                best = *at;
            }
        }
        best
    }

    /// `21 Nov 2026, 14:05`.
    pub fn format(&self, at: Timestamp) -> String {
        let t = self.local(at);
        format!(
            "{} {} {}, {:02}:{:02}",
            t.day,
            month_name(t.month),
            t.year,
            t.hour,
            t.minute
        )
    }

    /// `21 Nov, 14:05`, with the year where it is another than now: for columns of times.
    pub fn format_short(&self, at: Timestamp, now: Timestamp) -> String {
        let t = self.local(at);
        if t.year != self.local(now).year {
            return self.format(at);
        }
        format!(
            "{} {}, {:02}:{:02}",
            t.day,
            month_name(t.month),
            t.hour,
            t.minute
        )
    }

    /// `2026-11-21T14:05:00+01:00`, for tooltips and exports.
    pub fn iso(&self, at: Timestamp) -> String {
        let t = self.local(at);
        let sign = if t.offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (t.offset.abs() / 60, t.offset.abs() % 60);
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{hours:02}:{minutes:02}",
            t.year, t.month, t.day, t.hour, t.minute, t.second
        )
    }
}

/// `3 h ago`, `in 2 min`, `just now`.
pub fn relative(at: Timestamp, now: Timestamp) -> String {
    let distance = now.0.saturating_sub(at.0).saturating_abs();
    if distance < 45 * SECOND {
        return t!("just now").to_owned();
    }
    let amount = amount(distance);
    if now >= at {
        t!("{amount} ago")
    } else {
        t!("in {amount}")
    }
}

/// A length of time in milliseconds as `2 min`, `3 h`; days up to two months, then months.
pub fn amount(milliseconds: i64) -> String {
    match milliseconds {
        d if d < HOUR => t!("{minutes} min", minutes = (d + MINUTE / 2) / MINUTE),
        d if d < DAY => t!("{hours} h", hours = d / HOUR),
        d if d < 60 * DAY => {
            let days = whole(d / DAY);
            t!(days, "{days} day", "{days} days")
        }
        d => {
            let months = whole(d / (30 * DAY));
            t!(months, "{months} month", "{months} months")
        }
    }
}

/// How far a clock is ahead of another that is known to be right. Clocks and what is known of them
/// err by some minutes: only what is more is an error to speak of.
pub fn clock_error(shown: Timestamp, told: Timestamp) -> i64 {
    let error = shown.0.saturating_sub(told.0);
    if error.saturating_abs() > 10 * MINUTE {
        error
    } else {
        0
    }
}

fn whole(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

fn month_name(month: i64) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|i| MONTHS.get(i))
        .copied()
        .unwrap_or("?")
}

#[cfg(test)]
mod tests;
