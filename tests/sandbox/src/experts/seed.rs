//! What a new tenant begins with beside its incidents: a customer who was onboarded months ago, with
//! settings, conversations, hunts, reviews and letters. The same for the same seed.

mod hunts;
mod settings;
mod talks;

use anyhow::Result;
use jiff::{Span, civil::Date, tz::TimeZone};
use rusqlite::Connection;
use serde_json::json;

use super::readiness::{catalog, counts};
use crate::{
    clock::{DAY, HOUR, MINUTE, Ticks},
    experts::reports::range::ticks,
    rng::Rng,
    store::{self, records::Record},
};

/// Empties what `write` fills, and stops noting changes until it has.
pub fn forget(db: &Connection) -> Result<()> {
    for trigger in ["incident_changes", "task_changes", "response_published"] {
        db.execute_batch(&format!("DROP TRIGGER IF EXISTS {trigger};"))?;
    }
    for table in [
        "settings", "records", "posts", "marks", "files", "upcoming", "history", "events",
    ] {
        db.execute_batch(&format!("DELETE FROM {table};"))?;
    }
    for fact in [
        "service state",
        "service banner",
        "first run",
        "teams blocked",
    ] {
        db.execute("DELETE FROM facts WHERE name = ?", [fact])?;
    }
    super::device_groups::forget(db)
}

pub fn write(db: &Connection, seed: u64, now: Ticks) -> Result<()> {
    let mut rng = Rng::new(seed, 0xE4_9E47);
    settings::write(db, now)?;
    readiness(db, now)?;
    reviews(db, now)?;
    hunts::write(db, &mut rng, now)?;
    talks::write(db, &mut rng, now)?;
    db.execute_batch(store::HISTORY)?;
    Ok(())
}

fn readiness(db: &Connection, now: Ticks) -> Result<()> {
    for asked in &catalog::ALL {
        let at = now - 40 * DAY;
        let doc = asked.doc();
        Record {
            id: asked.id.into(),
            at,
            doc,
        }
        .save(db, "item")?;
    }
    let items = Record::all(db, "item")?;
    for (index, days) in [21, 14, 7, 0].into_iter().enumerate() {
        let at = now - days * DAY - 5 * HOUR;
        // What Secure Score asks for beside these items was followed a little more each week.
        let score = catalog::score(&items) - 1.5 * (3 - index) as f64;
        let doc = json!({
            "state": "finished", "trigger": "scheduled", "requestedBy": null,
            "finished": at + 4 * MINUTE, "actions": counts(&items),
            "assets": catalog::assets(index as i64), "changes": [],
            "secureScore": catalog::secure_score(score, at + 4 * MINUTE),
        });
        Record {
            id: format!("run-{}", index + 1),
            at,
            doc,
        }
        .save(db, "run")?;
    }
    Ok(())
}

/// One a month about the month before, in its second week, at ten in the morning; the next is planned.
fn reviews(db: &Connection, now: Ticks) -> Result<()> {
    let today = super::reports::range::Range {
        from: now,
        to: now,
        zone: TimeZone::UTC,
        zone_name: "UTC".into(),
    };
    let this_month: Date = today.zoned(now).first_of_month()?.date();
    for back in -1..6_i64 {
        let month = this_month.checked_sub(Span::new().months(back))?;
        let covered = month.checked_sub(Span::new().months(1))?;
        let held = month
            .at(10, 0, 0, 0)
            .to_zoned(TimeZone::UTC)?
            .checked_add(Span::new().days(9))?;
        let at = ticks(&held);
        let midnight = |date: Date| Ok::<_, anyhow::Error>(ticks(&date.to_zoned(TimeZone::UTC)?));
        let name = covered.strftime("%Y-%m").to_string();
        let doc = json!({
            "month": name,
            "state": if at < now { "held" } else { "scheduled" },
            "minutes": 45,
            "person": { "displayName": "Priya Raman", "mail": "priya.raman@experts.example" },
            "attendees": ["Ada Lindqvist", "Omar Haddad"],
            "topics": ["Incidents of the month", "Actions still open", "Readiness"],
            "covers": { "from": midnight(covered)?, "to": midnight(month)? },
        });
        Record {
            id: format!("review-{name}"),
            at,
            doc,
        }
        .save(db, "review")?;
    }
    Ok(())
}
