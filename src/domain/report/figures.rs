//! Report overview, computed from the index in one pass: every figure is the length of the list that its
//! link opens, because both ask the same columns.

use super::facts::Assets;
use super::required::{Action, Required};
use super::{Cell, Impact, Known, NAMED, Origin, Period, Report, TACTICS, Tactic, Tally, Why};
use crate::domain::evidence::AssetKind;
use crate::domain::incident::{Classification, Status};
use crate::domain::queue_index::QueueIndex;
use crate::domain::severity::Severity;
use crate::domain::time::Timestamp;
use std::cmp::Reverse;

const CLASSES: usize = Classification::ALL.len() + 1;
const SEVERITIES: usize = Severity::ALL.len() + 1;

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
    let mut cells = vec![0_usize; CLASSES * SEVERITIES * categories.len()];
    let mut severities = [0_usize; SEVERITIES];
    let (mut investigated, mut resolved, mut newest) = (0, 0, None);
    for row in index.counted(period.time()) {
        let done = *row.status() == Status::Resolved;
        let positive = *row.classification() == Classification::TruePositive;
        let (class, severity) = (row.classification().rank(), row.severity().rank());
        investigated += 1;
        newest = newest.max(Some(row.updated()));
        if done {
            resolved += 1;
            severities[severity] += 1;
        }
        for code in row.marks().unwrap_or_default() {
            let code = *code as usize;
            of_all[code] += 1;
            of_resolved[code] += usize::from(done);
            let Some(category) = category_of[code] else {
                continue;
            };
            of_positive[category].0 += usize::from(positive);
            of_positive[category].1 += usize::from(positive && done);
            cells[(class * SEVERITIES + severity) * categories.len() + category] +=
                usize::from(done);
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
        severity: severity_tallies(&severities),
        category: alerts.map(|()| tallies("category")),
        source: alerts.map(|()| tallies("source")),
        tactics: alerts.map(|()| tactics.collect()),
        cells: alerts.map(|()| cells_of(&names, &cells)),
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

/// The four severities even where there is none, and what has no or another one where there is some.
pub(super) fn severity_tallies(counts: &[usize; SEVERITIES]) -> Vec<Tally> {
    let tally = |(rank, count): (usize, &usize)| {
        let known = Severity::ALL.get(rank);
        let key = known.map_or("other", Severity::wire).to_owned();
        let always = known.is_some_and(|severity| *severity != Severity::NotSet);
        (always || *count > 0).then_some(Tally { key, count: *count })
    };
    counts.iter().enumerate().filter_map(tally).collect()
}

fn cells_of(categories: &[&str], counts: &[usize]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (row, category) = (at / categories.len(), at % categories.len());
        let class = Classification::ALL
            .get(row / SEVERITIES)
            .map_or("other", Classification::wire);
        let severity = Severity::ALL
            .get(row % SEVERITIES)
            .map_or("other", Severity::wire);
        cells.push(Cell {
            classification: class.to_owned(),
            severity: severity.to_owned(),
            category: categories[category].to_owned(),
            count: *count,
        });
    }
    cells
}
