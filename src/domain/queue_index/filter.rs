//! A query compiled against an index: one table look-up a column and row, the text last.

use super::QueueIndex;
use super::columns::contains;
use crate::domain::fold::fold;
use crate::domain::incident::Status;
use crate::domain::queue_query::QueueQuery;
use crate::domain::time::{Timestamp, Zone};

/// How many value filters there are: status, severity, assigned, tags, and all the others together.
pub(super) const VALUES: usize = 5;

/// The tables are by code; `None` does not restrict.
pub(super) struct Filter {
    status: Option<Vec<bool>>,
    severity: Option<Vec<bool>>,
    assigned: Option<Vec<bool>>,
    tags: Option<Vec<bool>>,
    classification: Option<Vec<bool>>,
    determination: Option<Vec<bool>>,
    /// By the words of `mark`.
    marks: Vec<Vec<bool>>,
    resolved: Option<u32>,
    experts: bool,
    by_created: bool,
    from: i64,
    to: i64,
    awaiting: Option<u32>,
    needle: String,
    /// For each name whether it contains the needle.
    names: Vec<bool>,
}

impl Filter {
    pub(super) fn new(
        index: &QueueIndex,
        query: &QueueQuery,
        now: Timestamp,
        zone: &Zone,
    ) -> Filter {
        let (from, to) = query.range.bounds(now, zone);
        let one_of = |wanted: &[String], name: &str| wanted.iter().any(|one| one == name);
        let needle = fold(query.text.trim());
        let fact = |name: &str| query.facts.iter().find(|(held, _)| *held == name);
        let mut marks = Vec::new();
        for (name, values) in &query.facts {
            let name = match *name {
                "classification" | "determination" | "scope" => continue,
                // A tactic is a category of alerts that is one of MITRE's.
                "tactic" => "category",
                name => name,
            };
            marks.push(index.words.admits(&|word| {
                word.split_once('=')
                    .is_some_and(|(held, value)| held == name && one_of(values, value))
            }));
        }
        Filter {
            status: query
                .status
                .as_ref()
                .map(|set| index.status.admits(|status| set.contains(status))),
            severity: (!query.severity.is_empty())
                .then(|| index.severity.admits(|one| query.severity.contains(one))),
            assigned: (!query.assigned.is_empty())
                .then(|| index.people.admits(&|name| one_of(&query.assigned, name))),
            tags: (!query.tags.is_empty())
                .then(|| index.tag_names.admits(&|name| one_of(&query.tags, name))),
            classification: fact("classification").map(|(_, values)| {
                index
                    .classification
                    .admits(|one| one_of(values, one.wire()))
            }),
            determination: fact("determination")
                .map(|(_, values)| index.determination.admits(|one| one_of(values, one.wire()))),
            marks,
            // Without any resolved incident there is no such code, and nothing passes.
            resolved: fact("resolved")
                .map(|_| index.status.find(&Status::Resolved).unwrap_or(u32::MAX)),
            experts: fact("scope").is_some(),
            by_created: query.by_created,
            from: from.0,
            to: to.0,
            awaiting: query
                .keeps_old_awaiting()
                .then(|| index.status.find(&Status::AwaitingAction))
                .flatten(),
            names: match needle.is_empty() {
                true => Vec::new(),
                false => index.names.contain(&needle),
            },
            needle,
        }
    }

    /// Whether a row passes, and then whether only because it awaits the customer.
    pub(super) fn passes(&self, index: &QueueIndex, row: usize) -> Option<bool> {
        let older = self.in_range(index, row)?;
        let values = (0..VALUES).all(|filter| self.has_value(index, row, filter));
        (values && self.has_text(index, row)).then_some(older)
    }

    /// `Some(true)` where the row is older than the range but must not be hidden.
    pub(super) fn in_range(&self, index: &QueueIndex, row: usize) -> Option<bool> {
        let at = if self.by_created {
            index.created[row]
        } else {
            index.updated[row]
        };
        if (self.from..self.to).contains(&at) {
            return Some(false);
        }
        (self.awaiting == Some(index.status.codes()[row])).then_some(true)
    }

    /// Whether a row passes one of the value filters.
    pub(super) fn has_value(&self, index: &QueueIndex, row: usize, filter: usize) -> bool {
        let has = |table: &Option<Vec<bool>>, codes: &[u32]| {
            table
                .as_ref()
                .is_none_or(|table| codes.iter().any(|code| table[*code as usize]))
        };
        match filter {
            0 => has(&self.status, &index.status.codes()[row..=row]),
            1 => has(&self.severity, &index.severity.codes()[row..=row]),
            2 => has(&self.assigned, &index.assigned[row..=row]),
            3 => has(&self.tags, &index.tags[row]),
            _ => {
                let known = index.marks.get(row).and_then(Option::as_deref);
                has(
                    &self.classification,
                    &index.classification.codes()[row..=row],
                ) && has(&self.determination, &index.determination.codes()[row..=row])
                    && (!self.experts || index.experts[row])
                    && self
                        .resolved
                        .is_none_or(|code| index.status.codes()[row] == code)
                    && self.marks.iter().all(|table| {
                        let mut codes = known.unwrap_or_default().iter();
                        codes.any(|code| table[*code as usize])
                    })
            }
        }
    }

    /// Whether a row's name or id contains what was typed.
    pub(super) fn has_text(&self, index: &QueueIndex, row: usize) -> bool {
        self.needle.is_empty()
            || self.names[index.name[row] as usize]
            || contains(index.ids.get(row), &self.needle)
    }
}
