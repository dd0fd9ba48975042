//! Report overview, computed from the index in one pass: every figure is the length of the list that its
//! link opens, because both ask the same columns.

use super::facts::Assets;
use super::required::{Action, Required};
use super::tally::{add, severities, worst_first};
use super::{Cell, Impact, Known, NAMED, Origin, Period, Report, TACTICS, Tactic, Tally, Why};
use crate::domain::evidence::AssetKind;
use crate::domain::incident::{Classification, Status};
use crate::domain::queue_index::QueueIndex;
use crate::domain::severity::Severity;
use crate::domain::time::Timestamp;
use std::cmp::Reverse;

/// The figures of a period. `alerts` says whether the words of the period's incidents are known, and
/// `actions` are the customer's tasks, or why nobody knows them.
pub fn figures(
    index: &QueueIndex,
    period: Period,
    now: Timestamp,
    alerts: Known<()>,
    actions: Known<&[Action]>,
    assets: &Assets,
) -> Report {
    let words = index.words();
    let (mut of_all, mut of_resolved) = (vec![0_usize; words.len()], vec![0_usize; words.len()]);
    // Which of the categories a word is: only they are counted by classification and severity, too.
    let is_category = |code: &usize| words[*code].0 == "category";
    let categories: Vec<usize> = (0..words.len()).filter(is_category).collect();
    let mut category_of = vec![None; words.len()];
    for (at, code) in categories.iter().enumerate() {
        category_of[*code] = Some(at);
    }
    let mut of_positive = vec![(0_usize, 0_usize); categories.len()];
    // The classifications and severities that come up together, few of them, and the categories of each.
    let mut kinds: Vec<(&Classification, &Severity)> = Vec::new();
    let mut cells: Vec<usize> = Vec::new();
    let mut by_severity = severities();
    let (mut investigated, mut resolved, mut newest) = (0, 0, None);
    for row in index.counted(period.time()) {
        let done = *row.status() == Status::Resolved;
        let positive = *row.classification() == Classification::TruePositive;
        let kind = (row.classification(), row.severity());
        investigated += 1;
        newest = newest.max(Some(row.updated()));
        if done {
            resolved += 1;
            add(&mut by_severity, row.severity().wire(), 1);
        }
        let place = kinds.iter().position(|held| *held == kind);
        let place = place.unwrap_or_else(|| {
            kinds.push(kind);
            cells.resize(kinds.len() * categories.len(), 0);
            kinds.len() - 1
        });
        for code in row.marks().unwrap_or_default() {
            let code = *code as usize;
            of_all[code] += 1;
            of_resolved[code] += usize::from(done);
            let Some(category) = category_of[code] else {
                continue;
            };
            of_positive[category].0 += usize::from(positive);
            of_positive[category].1 += usize::from(positive && done);
            cells[place * categories.len() + category] += usize::from(done);
        }
    }
    let tallies = |name: &str| {
        let all = words.iter().zip(&of_resolved);
        let some = all.filter(|((held, _), count)| *held == name && **count > 0);
        let tally = |((_, value), count): (&(&str, &str), &usize)| Tally {
            key: (*value).to_owned(),
            count: *count,
        };
        ranked(some.map(tally).collect())
    };
    let of_word = |wanted: (&str, &str)| {
        let mut all = words.iter().zip(&of_resolved);
        all.find(|(word, _)| **word == wanted)
            .map_or(0, |(_, count)| *count)
    };
    let tactics = TACTICS.iter().map(|tactic| {
        let at = categories.iter().position(|code| words[*code].1 == *tactic);
        let (investigated, resolved) = at.map_or((0, 0), |at| of_positive[at]);
        Tactic {
            key: (*tactic).to_owned(),
            investigated,
            resolved,
        }
    });
    let impacted = |wanted: AssetKind| {
        let all = words.iter().zip(&of_all);
        let hit = all.filter(|((name, _), count)| *name == "asset" && **count > 0);
        let named = hit.filter_map(|((_, id), count)| {
            let (kind, name) = assets.get(id);
            (kind == wanted).then_some((Reverse(*count), name, *id))
        });
        let mut all: Vec<(Reverse<usize>, &str, &str)> = named.collect();
        all.sort_unstable();
        let most = all.into_iter().take(NAMED);
        most.map(|(Reverse(count), name, id)| Impact {
            kind: wanted,
            id: id.to_owned(),
            name: name.to_owned(),
            count,
        })
        .collect::<Vec<_>>()
    };
    let names: Vec<&str> = categories.iter().map(|code| words[*code].1).collect();
    let both = || alerts.and(actions.map(drop));
    Report {
        period,
        origin: Origin::Portal,
        generated: now,
        as_of: newest,
        investigated,
        resolved,
        direct: both().map(|()| of_word(("resolved", "direct"))),
        helped: both().map(|()| of_word(("resolved", "helped"))),
        claimed: None,
        times: Err(Why::Service),
        severity: worst_first(by_severity),
        category: alerts.map(|()| tallies("category")),
        source: alerts.map(|()| tallies("source")),
        tactics: alerts.map(|()| tactics.collect()),
        cells: alerts.map(|()| cells_of(&names, &kinds, &cells)),
        users: alerts.map(|()| impacted(AssetKind::User)),
        devices: alerts.map(|()| impacted(AssetKind::Device)),
        required: actions.map(|actions| Required::of(index, actions, &period)),
    }
}

/// Most frequent first, then by name.
pub(super) fn ranked(mut tallies: Vec<Tally>) -> Vec<Tally> {
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    tallies
}

fn cells_of(
    categories: &[&str],
    kinds: &[(&Classification, &Severity)],
    counts: &[usize],
) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let ((class, severity), category) = (
            kinds[at / categories.len()],
            categories[at % categories.len()],
        );
        cells.push(Cell {
            classification: class.wire().to_owned(),
            severity: severity.wire().to_owned(),
            category: category.to_owned(),
            count: *count,
        });
    }
    // In the same order however the incidents came.
    let rank = |cell: &Cell| {
        let class = Classification::parse(&cell.classification).rank();
        (class, Severity::parse(&cell.severity).rank())
    };
    cells.sort_by_cached_key(rank);
    cells
}
