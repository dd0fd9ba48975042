//! Counts over the index: how many rows each filter value would show under the other filters, and
//! how many incidents were last updated on each day.

use super::{Filter, QueueIndex};
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
        let mut assigned = vec![0; self.assigned.values().len()];
        let mut tags = vec![0; self.tag_names.values().len()];
        for row in 0..self.len() {
            if filter.in_range(self, row).is_none() {
                continue;
            }
            let passed = filter.tests(self, row);
            let others_pass = |own: usize| passed.iter().enumerate().all(|(i, p)| i == own || *p);
            status[self.status.code_at(row) as usize] += usize::from(others_pass(0));
            severity[self.severity.code_at(row) as usize] += usize::from(others_pass(1));
            assigned[self.assigned.code_at(row) as usize] += usize::from(others_pass(2));
            if others_pass(3) {
                for tag in &self.tags[row] {
                    tags[*tag as usize] += 1;
                }
            }
        }
        let mut facets = Facets {
            status: pairs(self.status.values(), &status),
            severity: pairs(self.severity.values(), &severity),
            assigned: pairs(self.assigned.values(), &assigned),
            tags: pairs(self.tag_names.values(), &tags),
        };
        facets.status.sort_by_key(|(value, _)| value.rank());
        facets.severity.sort_by_key(|(value, _)| value.rank());
        facets
            .assigned
            .sort_by_cached_key(|(value, _)| value.to_lowercase());
        facets
            .tags
            .sort_by_cached_key(|(value, _)| value.to_lowercase());
        facets
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

fn pairs<T: Clone>(values: &[T], counts: &[usize]) -> Vec<(T, usize)> {
    values.iter().cloned().zip(counts.iter().copied()).collect()
}
