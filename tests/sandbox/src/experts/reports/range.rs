//! When: the range a report covers, its time zone, and the days, weeks and months in it.

use jiff::{Timestamp, Zoned, tz::TimeZone};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    clock::{DAY, Ticks, iso, parse},
    experts::{call::Call, check::invalid_parameter},
    refusal::Refusal,
};

const LONGEST: Ticks = 366 * DAY;

pub struct Range {
    pub from: Ticks,
    pub to: Ticks,
    pub zone: TimeZone,
    pub zone_name: String,
}

impl Range {
    /// As the call asks for; the last 30 days unless it does.
    pub fn of(call: &Call, now: Ticks) -> Result<Self, Refusal> {
        let time = |name: &str| match call.word(name) {
            None => Ok(None),
            Some(text) => parse(text).map(Some).ok_or_else(|| {
                invalid_parameter(
                    name,
                    "invalidRange",
                    "The time is out of the range of times.",
                )
            }),
        };
        let to = time("to")?.unwrap_or(now);
        let from = time("from")?.unwrap_or(to.saturating_sub(30 * DAY));
        if to <= from {
            return Err(invalid_parameter(
                "to",
                "invalidRange",
                "The range ends before it begins.",
            ));
        }
        if to - from > LONGEST {
            let text = "The range is longer than 366 days.";
            return Err(invalid_parameter("to", "rangeTooLong", text));
        }
        let (zone, zone_name) = zone(call)?;
        Ok(Self {
            from,
            to,
            zone,
            zone_name,
        })
    }

    pub fn contains(&self, at: Ticks) -> bool {
        (self.from..self.to).contains(&at)
    }

    /// The members every report begins with.
    pub fn head(&self, db: &Connection, basis: &str, now: Ticks) -> Result<Value, Refusal> {
        let newest: Option<Ticks> =
            db.query_row("SELECT max(updated) FROM incidents", [], |row| row.get(0))?;
        Ok(json!({
            "from": iso(self.from),
            "to": iso(self.to),
            "zone": self.zone_name,
            "generatedAt": iso(now),
            "dataAsOf": iso(newest.unwrap_or(now)),
            "basis": basis,
        }))
    }

    /// The day, week or month a moment is in, in the range's zone.
    pub fn bucket(&self, at: Ticks, granularity: &str) -> String {
        let zoned = self.zoned(at);
        match granularity {
            "day" => zoned.date().to_string(),
            "week" => {
                let week = zoned.date().iso_week_date();
                format!("{}-W{:02}", week.year(), week.week())
            }
            _ => month(&zoned),
        }
    }

    pub fn zoned(&self, at: Ticks) -> Zoned {
        let at = Timestamp::from_nanosecond(i128::from(at) * 100).unwrap_or(Timestamp::UNIX_EPOCH);
        at.to_zoned(self.zone.clone())
    }

    /// The calendar months the range touches, with the moments they begin and end.
    pub fn months(&self) -> Vec<(String, Ticks, Ticks)> {
        let mut all = Vec::new();
        let mut first = self
            .zoned(self.from)
            .first_of_month()
            .and_then(|day| day.start_of_day());
        while let Ok(begin) = first {
            let next = begin
                .checked_add(jiff::Span::new().months(1))
                .and_then(|day| day.start_of_day());
            let Ok(end) = next else { break };
            if ticks(&begin) >= self.to {
                break;
            }
            all.push((month(&begin), ticks(&begin), ticks(&end)));
            first = Ok(end);
        }
        all
    }
}

pub fn zone(call: &Call) -> Result<(TimeZone, String), Refusal> {
    let name = call.word("zone").unwrap_or("UTC");
    let zone = TimeZone::get(name).map_err(|_| {
        invalid_parameter(
            "zone",
            "unknownTimeZone",
            "There is no time zone of this name.",
        )
    })?;
    Ok((zone, name.to_owned()))
}

fn month(zoned: &Zoned) -> String {
    format!("{:04}-{:02}", zoned.year(), zoned.month())
}

pub fn ticks(zoned: &Zoned) -> Ticks {
    (zoned.timestamp().as_nanosecond() / 100) as Ticks
}
