//! Every incident the queue knows, in columns: what is filtered, sorted, counted and shown in a row,
//! never evidence. One pass filters; sorting reads orders that are kept and mended where rows change.

mod columns;
mod facets;
mod filter;
mod marks;
mod order;

pub use facets::{DayCount, Facets};

use super::id::IncidentId;
use super::incident::{Classification, Determination, EXPERTS_TAG, Incident, Status};
use super::queue_query::{Column, QueueQuery, Sort};
use super::severity::Severity;
use super::time::{Timestamp, Zone};
use columns::{Names, Palette, Texts, write};
use filter::Filter;
use lexicon::t;
use order::{Compare, Order};
use std::cell::RefCell;
use std::collections::HashMap;

/// What stands in **Assigned to** where nobody is.
pub const UNASSIGNED: &str = t!("Unassigned");

/// The rows of a view, and what the view says about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Row numbers in display order.
    pub rows: Vec<u32>,
    /// How many of them are older than the range and shown because they await the customer.
    pub older_awaiting: usize,
}

/// The index. Rows are never removed: an incident that leaves the queue changes its status.
#[derive(Default)]
pub struct QueueIndex {
    by_id: HashMap<IncidentId, u32>,
    ids: Texts,
    /// The ids as numbers, to sort by.
    numbers: Vec<u64>,
    names: Names,
    name: Vec<u32>,
    status: Palette<Status>,
    severity: Palette<Severity>,
    classification: Palette<Classification>,
    determination: Palette<Determination>,
    people: Names,
    assigned: Vec<u32>,
    tag_names: Names,
    tags: Vec<Box<[u32]>>,
    updated: Vec<i64>,
    created: Vec<i64>,
    /// Whether the experts have handled it or are at it, and it is not merged into another.
    experts: Vec<bool>,
    /// Words such as `category=Malware`, which `mark` brings.
    words: Names,
    /// The words of each row, as far as they are known.
    marks: Vec<Option<Box<[u32]>>>,
    /// How often a row has changed.
    revisions: Vec<u32>,
    /// By column.
    orders: RefCell<[Order; Column::ALL.len()]>,
}

impl QueueIndex {
    /// How many incidents it holds.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True before the first incident came.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes an incident in, new or changed. One older than what is held is ignored: answers can
    /// overtake each other. Returns true where something changed.
    pub fn put(&mut self, incident: &Incident) -> bool {
        let updated = incident.updated.0;
        let row = match self.by_id.get(&incident.id) {
            Some(row) => *row as usize,
            None => self.add(&incident.id),
        };
        if self.updated.get(row).is_some_and(|held| *held > updated) {
            return false;
        }
        let name = self.names.code(&incident.name);
        let assigned = self
            .people
            .code(assigned_label(incident.assigned_to.as_deref()));
        let tags = incident.tags().map(|tag| self.tag_names.code(tag));
        let tags = tags.collect();
        let experts = incident.status != Status::Redirected
            && incident.system_tags.iter().any(|tag| tag == EXPERTS_TAG);
        let changed = [
            write(&mut self.updated, row, updated),
            write(&mut self.created, row, incident.created.0),
            write(&mut self.experts, row, experts),
            write(&mut self.name, row, name),
            write(&mut self.assigned, row, assigned),
            write(&mut self.tags, row, tags),
            self.status.set(row, &incident.status),
            self.severity.set(row, &incident.severity),
            self.classification.set(row, &incident.classification),
            self.determination.set(row, &incident.determination),
        ];
        let changed = changed.contains(&true);
        if changed {
            self.revisions[row] += 1;
            for order in self.orders.get_mut() {
                order.touch(row);
            }
        }
        changed
    }

    fn add(&mut self, id: &IncidentId) -> usize {
        let row = self.len();
        self.by_id.insert(id.clone(), row as u32);
        self.ids.push(id.as_str());
        self.numbers.push(id.order().0);
        self.revisions.push(0);
        row
    }

    /// A row by its number, where there is such a row.
    pub fn row(&self, row: u32) -> Option<Row<'_>> {
        let at = row as usize;
        (at < self.len()).then_some(Row { index: self, at })
    }

    /// An incident's row, where it is known.
    pub fn find(&self, id: &IncidentId) -> Option<Row<'_>> {
        self.row(*self.by_id.get(id)?)
    }

    /// The rows a query shows, in its order.
    pub fn view(&self, query: &QueueQuery, now: Timestamp, zone: &Zone) -> View {
        let filter = Filter::new(self, query, now, zone);
        let Sort { column, descending } = query.sort;
        let order = &mut self.orders.borrow_mut()[column as usize];
        if !order.is_fresh(self.len()) {
            order.refresh(self.len(), &*self.comparison(column));
        }
        let mut view = View::default();
        let mut take = |row: u32| {
            if let Some(older) = filter.passes(self, row as usize) {
                view.rows.push(row);
                view.older_awaiting += usize::from(older);
            }
        };
        let rows = order.numbers().iter().copied();
        if descending {
            rows.rev().for_each(&mut take);
        } else {
            rows.for_each(&mut take);
        }
        view
    }

    /// The incident so many places after another one in the order of a query, or before it.
    pub fn beside(&self, id: &IncidentId, by: isize, rows: &[u32]) -> Option<&str> {
        let row = self.by_id.get(id)?;
        let at = rows.iter().position(|one| one == row)?;
        let there = rows.get(at.checked_add_signed(by)?)?;
        self.row(*there).map(Row::id)
    }

    /// How many rows a query shows.
    pub fn count(&self, query: &QueueQuery, now: Timestamp, zone: &Zone) -> usize {
        let filter = Filter::new(self, query, now, zone);
        (0..self.len())
            .filter(|row| filter.passes(self, *row).is_some())
            .count()
    }

    /// How rows compare by a column; ties by last update, then id, so that the order never depends on
    /// how the rows arrived.
    fn comparison(&self, column: Column) -> Box<Compare<'_>> {
        let by_id = move |a: usize, b: usize| {
            let numbers = self.numbers[a].cmp(&self.numbers[b]);
            numbers.then_with(|| self.ids.get(a).cmp(self.ids.get(b)))
        };
        let tie = move |a: usize, b: usize| {
            let updates = self.updated[a].cmp(&self.updated[b]);
            updates.then_with(|| by_id(a, b))
        };
        let (ranks, codes) = match column {
            Column::Updated => return Box::new(tie),
            Column::Id => return Box::new(by_id),
            Column::Tags => {
                let ranks = self.tag_names.ranks();
                return Box::new(move |a, b| {
                    let of = |row: usize| self.tags[row].iter().map(|tag| ranks[*tag as usize]);
                    of(a).cmp(of(b)).then_with(|| tie(a, b))
                });
            }
            Column::Name => (self.names.ranks(), &self.name[..]),
            Column::Assigned => (self.people.ranks(), &self.assigned[..]),
            // The most urgent is the greatest.
            Column::Severity => {
                let ranks = self.severity.ranks(|v| usize::MAX - v.rank());
                (ranks, self.severity.codes())
            }
            Column::Status => {
                let ranks = self.status.ranks(|v| usize::MAX - v.rank());
                (ranks, self.status.codes())
            }
            Column::Classification => {
                let ranks = self.classification.ranks(Classification::rank);
                (ranks, self.classification.codes())
            }
            Column::Determination => {
                let ranks = self.determination.ranks(Determination::rank);
                (ranks, self.determination.codes())
            }
        };
        Box::new(move |a, b| {
            let rank = |row: usize| ranks[codes[row] as usize];
            rank(a).cmp(&rank(b)).then_with(|| tie(a, b))
        })
    }
}

/// One incident as a row of the queue.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    index: &'a QueueIndex,
    at: usize,
}

impl<'a> Row<'a> {
    /// The incident.
    pub fn id(self) -> &'a str {
        self.index.ids.get(self.at)
    }

    /// Its name.
    pub fn name(self) -> &'a str {
        self.index.names.get(self.index.name[self.at])
    }

    /// Its tags, those of the system first.
    pub fn tags(self) -> impl ExactSizeIterator<Item = &'a str> {
        let tags = self.index.tags[self.at].iter();
        tags.map(|tag| self.index.tag_names.get(*tag))
    }

    /// How bad it is.
    pub fn severity(self) -> &'a Severity {
        self.index.severity.get(self.at)
    }

    /// Where it stands.
    pub fn status(self) -> &'a Status {
        self.index.status.get(self.at)
    }

    /// Who it is assigned to, in words.
    pub fn assigned(self) -> &'a str {
        self.index.people.get(self.index.assigned[self.at])
    }

    /// What it turned out to be.
    pub fn classification(self) -> &'a Classification {
        self.index.classification.get(self.at)
    }

    /// Why it was classified so.
    pub fn determination(self) -> &'a Determination {
        self.index.determination.get(self.at)
    }

    /// When it was last updated.
    pub fn updated(self) -> Timestamp {
        Timestamp(self.index.updated[self.at])
    }

    /// How often it has changed here.
    pub fn revision(self) -> u32 {
        self.index.revisions[self.at]
    }
}

/// The direction a first click on a header means: worst, latest or most urgent first, else A to Z.
pub fn first_sort(column: Column) -> Sort {
    let descending = matches!(
        column,
        Column::Severity | Column::Status | Column::Updated | Column::Id
    );
    Sort { column, descending }
}

/// Who an incident is assigned to, as the column shows it.
pub fn assigned_label(assigned_to: Option<&str>) -> &str {
    match assigned_to {
        Some(name) if !name.trim().is_empty() => name,
        _ => UNASSIGNED,
    }
}

#[cfg(test)]
mod tests;
