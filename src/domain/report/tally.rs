//! Counting by value. What nobody knows is told by the service's own word, as only that finds it in a list.

use super::figures::ranked;
use super::{Cell, Tally};
use crate::domain::incident::Classification;
use crate::domain::severity::Severity;

/// None of any of these yet.
pub(super) fn none<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<Tally> {
    let tally = |key: &str| Tally {
        key: key.to_owned(),
        count: 0,
    };
    keys.map(tally).collect()
}

/// None of the four severities yet, which are told even where there is none.
pub(super) fn severities() -> Vec<Tally> {
    let always = |severity: &&Severity| **severity != Severity::NotSet;
    none(Severity::ALL.iter().filter(always).map(Severity::wire))
}

/// So many more of a value.
pub(super) fn add(tallies: &mut Vec<Tally>, key: &str, count: usize) {
    match tallies.iter_mut().find(|tally| tally.key == key) {
        Some(tally) => tally.count += count,
        None => tallies.push(Tally {
            key: key.to_owned(),
            count,
        }),
    }
}

/// In the order of their ranks; what nobody knows comes last, by name.
pub(super) fn in_order(mut tallies: Vec<Tally>, rank: fn(&str) -> usize) -> Vec<Tally> {
    tallies.sort_by_cached_key(|tally| (rank(&tally.key), tally.key.clone()));
    tallies
}

/// Severities, worst first.
pub(super) fn worst_first(tallies: Vec<Tally>) -> Vec<Tally> {
    in_order(tallies, |key| Severity::parse(key).rank())
}

/// The cells of one type in rows and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The four severities and what else came up, worst first.
    pub severities: Vec<String>,
    /// Each category with its counts in the order of these, most frequent first.
    pub rows: Vec<(String, Vec<usize>)>,
}

impl Grid {
    /// What a report's cells say of one type.
    pub fn of(cells: &[Cell], kind: &Classification) -> Grid {
        let own = |cell: &&Cell| Classification::parse(&cell.classification) == *kind;
        let (mut found, mut sums) = (severities(), Vec::new());
        for cell in cells.iter().filter(own) {
            add(&mut found, &cell.severity, cell.count);
            add(&mut sums, &cell.category, cell.count);
        }
        let keys = |all: Vec<Tally>| all.into_iter().map(|one| one.key);
        let severities: Vec<String> = keys(worst_first(found)).collect();
        let empty = vec![0; severities.len()];
        let rows = keys(ranked(sums)).map(|category| (category, empty.clone()));
        let mut rows: Vec<(String, Vec<usize>)> = rows.collect();
        for cell in cells.iter().filter(own) {
            let row = rows.iter_mut().find(|(held, _)| *held == cell.category);
            let column = severities.iter().position(|held| *held == cell.severity);
            if let (Some((_, counts)), Some(column)) = (row, column) {
                counts[column] += cell.count;
            }
        }
        Grid { severities, rows }
    }
}

/// The types that came up and that this portal does not know.
pub fn unknown_types(cells: &[Cell]) -> Vec<Classification> {
    let mut found = Vec::new();
    for cell in cells {
        let class = Classification::parse(&cell.classification);
        if matches!(class, Classification::Unknown(_)) && !found.contains(&class) {
            found.push(class);
        }
    }
    found
}
