//! Every incident the queue knows, in columns: what is filtered, sorted, counted and shown in a row,
//! never evidence. One pass filters; sorting reads permutations that are kept until a row changes.

mod columns;
mod facets;

pub use facets::{DayCount, Facets};

use super::id::IncidentId;
use super::incident::{Classification, Determination, Incident, Status};
use super::queue_query::{Column, QueueQuery, Sort};
use super::severity::Severity;
use super::time::{Timestamp, Zone};
use columns::{Palette, TextColumn};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

/// What stands in **Assigned to** where nobody is.
pub const UNASSIGNED: &str = "Unassigned";

/// One incident as a row of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: IncidentId,
    pub name: String,
    pub tags: Vec<String>,
    pub severity: Severity,
    pub status: Status,
    pub assigned: String,
    pub classification: Classification,
    pub determination: Determination,
    pub updated: Timestamp,
}

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
    ids: Vec<IncidentId>,
    by_id: HashMap<IncidentId, u32>,
    name: TextColumn,
    /// Lower-cased name, a separator and the id: what the search box looks through.
    search: TextColumn,
    status: Palette<Status>,
    severity: Palette<Severity>,
    classification: Palette<Classification>,
    determination: Palette<Determination>,
    assigned: Palette<String>,
    tags: Vec<Box<[u32]>>,
    tag_names: columns::Interner<String>,
    updated: Vec<i64>,
    permutations: RefCell<HashMap<Column, Rc<Vec<u32>>>>,
}

/// Stands between name and id in the search text; no search can contain it.
const SEPARATOR: char = '\u{1}';

impl QueueIndex {
    /// How many incidents it holds.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True before the first incident came.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Takes an incident in, new or changed. One older than what is held is ignored: answers can
    /// overtake each other. Returns true where something changed.
    pub fn put(&mut self, incident: &Incident) -> bool {
        let updated = incident.updated.0;
        let (row, known) = match self.by_id.get(&incident.id) {
            Some(row) => (*row as usize, true),
            None => (self.ids.len(), false),
        };
        if known && self.updated[row] > updated {
            return false;
        }
        let before = known.then(|| self.row(row));
        if !known {
            let number = u32::try_from(row).unwrap_or(u32::MAX);
            self.by_id.insert(incident.id.clone(), number);
            self.ids.push(incident.id.clone());
            self.updated.push(updated);
            self.tags.push(Box::default());
        }
        self.updated[row] = updated;
        self.name.set(row, &incident.name);
        let folded = format!("{}{SEPARATOR}{}", incident.name.to_lowercase(), incident.id);
        self.search.set(row, &folded);
        self.status.set(row, &incident.status);
        self.severity.set(row, &incident.severity);
        self.classification.set(row, &incident.classification);
        self.determination.set(row, &incident.determination);
        self.assigned
            .set(row, &assigned_label(incident.assigned_to.as_deref()));
        let tags = incident
            .tags()
            .map(|tag| self.tag_names.code(&tag.to_owned()));
        self.tags[row] = tags.collect();
        let changed = before.is_none_or(|before| before != self.row(row));
        if changed {
            self.permutations.get_mut().clear();
        }
        changed
    }

    /// A row by its number.
    pub fn row(&self, row: usize) -> Row {
        Row {
            id: self.ids[row].clone(),
            name: self.name.get(row).to_owned(),
            tags: self.tags[row]
                .iter()
                .map(|tag| self.tag_names.value(*tag).clone())
                .collect(),
            severity: self.severity.get(row).clone(),
            status: self.status.get(row).clone(),
            assigned: self.assigned.get(row).clone(),
            classification: self.classification.get(row).clone(),
            determination: self.determination.get(row).clone(),
            updated: Timestamp(self.updated[row]),
        }
    }

    /// The id of a row by its number, where there is such a row.
    pub fn id(&self, row: usize) -> Option<&IncidentId> {
        self.ids.get(row)
    }

    /// The rows a query shows, in its order.
    pub fn view(&self, query: &QueueQuery, now: Timestamp, zone: &Zone) -> View {
        let filter = Filter::new(self, query, now, zone);
        let order = self.permutation(query.sort.column);
        let mut view = View::default();
        let mut take = |row: u32| {
            if let Some(older) = filter.passes(self, row as usize) {
                view.rows.push(row);
                view.older_awaiting += usize::from(older);
            }
        };
        if query.sort.descending {
            order.iter().rev().copied().for_each(&mut take);
        } else {
            order.iter().copied().for_each(&mut take);
        }
        view
    }

    /// How many rows a query shows.
    pub fn count(&self, query: &QueueQuery, now: Timestamp, zone: &Zone) -> usize {
        let filter = Filter::new(self, query, now, zone);
        (0..self.ids.len())
            .filter(|row| filter.passes(self, *row).is_some())
            .count()
    }

    /// Row numbers in ascending order of a column; ties by last update, then id, so that the order
    /// never depends on how the rows arrived.
    fn permutation(&self, column: Column) -> Rc<Vec<u32>> {
        if let Some(order) = self.permutations.borrow().get(&column) {
            return order.clone();
        }
        let tie = |row: usize| (self.updated[row], self.ids[row].order());
        let order = match column {
            Column::Severity => self.by_rank(
                &self.severity.ranks(|v| usize::MAX - v.rank()),
                &self.severity,
            ),
            Column::Status => {
                self.by_rank(&self.status.ranks(|v| usize::MAX - v.rank()), &self.status)
            }
            Column::Classification => self.by_rank(
                &self.classification.ranks(Classification::rank),
                &self.classification,
            ),
            Column::Determination => self.by_rank(
                &self.determination.ranks(Determination::rank),
                &self.determination,
            ),
            Column::Assigned => self.by_rank(&self.assigned.alphabetical(), &self.assigned),
            Column::Updated => self.sorted(&|a, b| tie(a).cmp(&tie(b))),
            Column::Id => self.sorted(&|a, b| self.ids[a].order().cmp(&self.ids[b].order())),
            Column::Name => self.sorted(&|a, b| {
                self.search
                    .get(a)
                    .cmp(self.search.get(b))
                    .then_with(|| tie(a).cmp(&tie(b)))
            }),
            Column::Tags => {
                let names =
                    |row: usize| self.tags[row].iter().map(|tag| self.tag_names.value(*tag));
                self.sorted(&|a, b| names(a).cmp(names(b)).then_with(|| tie(a).cmp(&tie(b))))
            }
        };
        let order = Rc::new(order);
        self.permutations.borrow_mut().insert(column, order.clone());
        order
    }
}

impl QueueIndex {
    /// Row numbers in an order. Takes the comparison as a reference, so that there is one copy of
    /// the sort in the bundle.
    fn sorted(&self, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by(|a, b| compare(*a as usize, *b as usize));
        order
    }

    fn by_rank<T: Clone + Eq + Hash>(&self, ranks: &[usize], column: &Palette<T>) -> Vec<u32> {
        let key = |row: usize| {
            (
                ranks[column.code_at(row) as usize],
                self.updated[row],
                self.ids[row].order(),
            )
        };
        self.sorted(&|a, b| key(a).cmp(&key(b)))
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
pub fn assigned_label(assigned_to: Option<&str>) -> String {
    match assigned_to {
        Some(name) if !name.trim().is_empty() => name.to_owned(),
        _ => UNASSIGNED.to_owned(),
    }
}

/// A query compiled against an index: one table look-up a column and row.
struct Filter {
    needle: String,
    status: Vec<bool>,
    severity: Vec<bool>,
    assigned: Vec<bool>,
    /// Codes of the tags of which a row must have one; `None` does not restrict.
    tags: Option<Vec<u32>>,
    from: i64,
    to: i64,
    awaiting: Option<u32>,
}

impl Filter {
    fn new(index: &QueueIndex, query: &QueueQuery, now: Timestamp, zone: &Zone) -> Filter {
        let (from, to) = query.range.bounds(now, zone);
        let tag_codes = || {
            query
                .tags
                .iter()
                .filter_map(|tag| index.tag_names.find(tag))
                .collect()
        };
        Filter {
            needle: query.text.trim().to_lowercase(),
            status: index
                .status
                .admits(|s| query.status.as_ref().is_none_or(|set| set.contains(s))),
            severity: index
                .severity
                .admits(|s| query.severity.is_empty() || query.severity.contains(s)),
            assigned: index
                .assigned
                .admits(|a| query.assigned.is_empty() || query.assigned.contains(a)),
            tags: (!query.tags.is_empty()).then(tag_codes),
            from: from.0,
            to: to.0,
            awaiting: query
                .keeps_old_awaiting()
                .then(|| index.status.find(&Status::AwaitingAction))
                .flatten(),
        }
    }

    /// Whether a row passes, and then whether only because it awaits the customer.
    fn passes(&self, index: &QueueIndex, row: usize) -> Option<bool> {
        let all_but_range = self.tests(index, row).into_iter().all(|passed| passed);
        all_but_range.then(|| self.in_range(index, row)).flatten()
    }

    /// The value filters and the search, in the order of `facets`.
    fn tests(&self, index: &QueueIndex, row: usize) -> [bool; 5] {
        [
            self.status[index.status.code_at(row) as usize],
            self.severity[index.severity.code_at(row) as usize],
            self.assigned[index.assigned.code_at(row) as usize],
            self.tags
                .as_ref()
                .is_none_or(|any| index.tags[row].iter().any(|tag| any.contains(tag))),
            self.needle.is_empty() || index.search.get(row).contains(&self.needle),
        ]
    }

    /// `Some(true)` where the row is older than the range but must not be hidden.
    fn in_range(&self, index: &QueueIndex, row: usize) -> Option<bool> {
        let updated = index.updated[row];
        if (self.from..self.to).contains(&updated) {
            return Some(false);
        }
        (self.awaiting == Some(index.status.code_at(row))).then_some(true)
    }
}

#[cfg(test)]
mod tests;
