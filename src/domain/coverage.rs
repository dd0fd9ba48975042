//! When nobody can be reached: the gaps that are left by people's hours, each in a zone of their own, over
//! the changes of the clocks in each.

use super::settings::{Contact, Span};
use super::time::{DAY, Timestamp, Zone};
use std::sync::Arc;

const MINUTE: i64 = 60_000;

/// A stretch of time, its end not included.
pub type Stretch = (Timestamp, Timestamp);

/// Somebody's hours, by the clock on their wall.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    pub zone: Arc<Zone>,
    pub spans: Vec<Span>,
}

/// Whom the experts call about incidents, and how many they would call in vain: those who are `gone` from
/// the directory.
pub fn called<'a>(contacts: &'a [Contact], gone: &[String]) -> (Vec<&'a Contact>, usize) {
    let all = contacts.iter().filter(|contact| contact.incident);
    let (left, called): (Vec<_>, Vec<_>) = all.partition(|contact| contact.left(gone));
    (called, left.len())
}

/// The stretches of a range in which no shift has anybody, in order; none where its end is not after its
/// beginning.
pub fn gaps(range: Stretch, shifts: &[Shift]) -> Vec<Stretch> {
    let mut covered: Vec<Stretch> = Vec::new();
    for shift in shifts {
        for piece in shift.zone.pieces(range.0, range.1) {
            reach(piece, &shift.spans, &mut covered);
        }
    }
    covered.sort_unstable();
    let mut gaps = Vec::new();
    let mut at = range.0;
    for (from, to) in covered {
        if from > at {
            gaps.push((at, from));
        }
        at = at.max(to);
    }
    if at < range.1 {
        gaps.push((at, range.1));
    }
    gaps
}

/// How long they are together, in minutes.
pub fn minutes(stretches: &[Stretch]) -> i64 {
    stretches
        .iter()
        .map(|(from, to)| to.0 - from.0)
        .sum::<i64>()
        / MINUTE
}

/// The parts of the stretches that are in another, such as a day.
pub fn within(stretches: &[Stretch], day: Stretch) -> Vec<Stretch> {
    let cut = stretches
        .iter()
        .map(|(from, to)| ((*from).max(day.0), (*to).min(day.1)));
    cut.filter(|(from, to)| from < to).collect()
}

/// Adds what spans cover of a stretch in which the clock runs evenly.
fn reach(
    (from, to, offset): (Timestamp, Timestamp, i32),
    spans: &[Span],
    covered: &mut Vec<Stretch>,
) {
    let ahead = i64::from(offset) * MINUTE;
    let first = (from.0 + ahead).div_euclid(DAY) - 1;
    let last = (to.0 + ahead).div_euclid(DAY);
    for day in first..=last {
        // 1 January 1970 was a Thursday.
        let weekday = (day + 3).rem_euclid(7);
        for span in spans.iter().filter(|span| span.days & 1 << weekday != 0) {
            let begin = day * DAY + i64::from(span.from) * MINUTE;
            let end = day * DAY + i64::from(span.to) * MINUTE;
            let end = if span.to <= span.from { end + DAY } else { end };
            let stretch = (
                Timestamp((begin - ahead).max(from.0)),
                Timestamp((end - ahead).min(to.0)),
            );
            if stretch.0 < stretch.1 {
                covered.push(stretch);
            }
        }
    }
}

#[cfg(test)]
mod tests;
