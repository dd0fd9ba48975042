//! Counts over the index: how many rows each filter value would show under the other filters, and
//! how many incidents were last updated on each day.

use super::QueueIndex;
use super::columns::Names;
use super::filter::{Filter, VALUES};
use super::order::sort;
use crate::domain::incident::Status;
use crate::domain::queue_query::QueueQuery;
use crate::domain::severity::Severity;
use crate::domain::time::{Day, Timestamp, Zone};

/// For each value on offer, the rows it would show with the other filters as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    pub status: Vec<(Status, usize)>,
    pub severity: Vec<(Severity, usize)>,
    pub assigned: Vec<(String, usize)>,
    pub tags: Vec<(String, usize)>,
}

/// One day of the chart on Home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    pub day: Day,
    pub awaiting: usize,
    pub resolved: usize,
}

impl QueueIndex {
    /// The facets of a query, in one pass.
    pub fn facets(&self, query: &QueueQuery, now: Timestamp, zone: &Zone) -> Facets {
        let filter = Filter::new(self, query, now, zone);
        let mut status = vec![0; self.status.values().len()];
        let mut severity = vec![0; self.severity.values().len()];
        let mut assigned = vec![0; self.people.len()];
        let mut tags = vec![0; self.tag_names.len()];
        for row in 0..self.len() {
            let mut failed = (0..VALUES).filter(|value| !filter.has_value(self, row, *value));
            // A row counts for the values of one filter where all others let it pass.
            let (first, second) = (failed.next(), failed.next());
            if second.is_some()
                || filter.in_range(self, row).is_none()
                || !filter.has_text(self, row)
            {
                continue;
            }
            let others_pass = |own: usize| first.is_none_or(|failed| failed == own);
            status[self.status.codes()[row] as usize] += usize::from(others_pass(0));
            severity[self.severity.codes()[row] as usize] += usize::from(others_pass(1));
            assigned[self.assigned[row] as usize] += usize::from(others_pass(2));
            if others_pass(3) {
                for tag in &self.tags[row] {
                    tags[*tag as usize] += 1;
                }
            }
        }
        let ranks = self.status.ranks(Status::rank);
        let status = in_order(&ranks, |at| (self.status.values()[at].clone(), status[at]));
        let ranks = self.severity.ranks(Severity::rank);
        let severities = self.severity.values();
        let severity = in_order(&ranks, |at| (severities[at].clone(), severity[at]));
        Facets {
            status,
            severity,
            assigned: named(&self.people, &assigned),
            tags: named(&self.tag_names, &tags),
        }
    }

    /// How many rows a query shows for each value of a fact that incidents are marked with, such as
    /// `asset`: as many as it would with that value among its filters. In the order of the values.
    pub fn by_fact(
        &self,
        query: &QueueQuery,
        fact: &str,
        now: Timestamp,
        zone: &Zone,
    ) -> Vec<(String, usize)> {
        let filter = Filter::new(self, query, now, zone);
        let mut counts = vec![0; self.words.len()];
        for row in (0..self.len()).filter(|row| filter.passes(self, *row).is_some()) {
            for word in self
                .marks
                .get(row)
                .and_then(Option::as_deref)
                .into_iter()
                .flatten()
            {
                counts[*word as usize] += 1;
            }
        }
        let words = self.words().into_iter();
        let counted = words.zip(counts).filter(|(_, count)| *count > 0);
        let of_fact = counted
            .filter(|((name, _), _)| *name == fact)
            .map(|((_, value), count)| (value.to_owned(), count));
        let mut all: Vec<_> = of_fact.collect();
        all.sort_unstable();
        all
    }

    /// Incidents by day of last update, from one day to another, both included. Each count is the
    /// length of the list for that status and that day.
    pub fn per_day(&self, from: Day, to: Day, zone: &Zone) -> Vec<DayCount> {
        let mut days: Vec<DayCount> = (from.0..=to.0)
            .map(|day| DayCount {
                day: Day(day),
                awaiting: 0,
                resolved: 0,
            })
            .collect();
        for row in 0..self.len() {
            let day = zone.day(Timestamp(self.updated[row]));
            let Ok(at) = usize::try_from(day.0 - from.0) else {
                continue;
            };
            let Some(count) = days.get_mut(at) else {
                continue;
            };
            match self.status.get(row) {
                Status::AwaitingAction => count.awaiting += 1,
                Status::Resolved => count.resolved += 1,
                _ => {}
            }
        }
        days
    }
}

fn named(names: &Names, counts: &[usize]) -> Vec<(String, usize)> {
    in_order(&names.ranks(), |at| {
        (names.get(at as u32).to_owned(), counts[at])
    })
}

/// Codes in the order of their ranks.
fn in_order<T>(ranks: &[u32], item: impl Fn(usize) -> T) -> Vec<T> {
    let mut codes: Vec<u32> = (0..ranks.len() as u32).collect();
    sort(&mut codes, &|a, b| ranks[a].cmp(&ranks[b]));
    codes.into_iter().map(|code| item(code as usize)).collect()
}
