//! Sums, checked: what of a report does not agree with its own parts, and what of a breakdown is left over.

use super::measure::share;
use super::{Report, Tally};
use lexicon::t;

/// What a breakdown says of its whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// How many incidents are in no part; only where each is in one part at most.
    pub left: usize,
    /// How many more there are in the parts than in the whole: incidents that are in several.
    pub more: usize,
}

/// The parts of a whole.
pub fn balance(parts: &[Tally], whole: usize) -> Balance {
    let sum: usize = parts.iter().map(|tally| tally.count).sum();
    Balance {
        left: whole.saturating_sub(sum),
        more: sum.saturating_sub(whole),
    }
}

/// In words what does not agree; nothing where all does.
pub fn disagreements(report: &Report) -> Vec<String> {
    let mut found = Vec::new();
    let (investigated, resolved) = (report.investigated, report.resolved);
    if resolved > investigated {
        found.push(t!(
            "{resolved} resolved are more than the {investigated} investigated."
        ));
    }
    if let (Ok(direct), Ok(helped)) = (report.direct, report.helped) {
        let sum = direct + helped;
        if sum != resolved {
            found.push(t!(
                "Resolved directly ({direct}) and with your help ({helped}) make {sum}, not {resolved}."
            ));
        }
    }
    let own = share(resolved, investigated);
    if let (Some(claimed), Some(own)) = (report.claimed, own)
        && (claimed - own * 10).abs() > 10
    {
        let (whole, part) = (claimed / 100, claimed % 100);
        found.push(t!(
            "The service says {whole}.{part:02} %, but {resolved} of {investigated} is another share."
        ));
    }
    let balance = balance(&report.severity, resolved);
    if balance.more > 0 {
        let sum = resolved + balance.more;
        found.push(t!(
            "By severity there are {sum} resolved incidents, not {resolved}."
        ));
    }
    for tallies in [&report.category, &report.source].into_iter().flatten() {
        for Tally { key, count } in tallies.iter().filter(|tally| tally.count > resolved) {
            found.push(t!(
                "{key} has {count} resolved incidents, more than the {resolved} there are."
            ));
        }
    }
    for tactic in report.tactics.iter().flatten() {
        if tactic.resolved > tactic.investigated || tactic.investigated > investigated {
            let key = &tactic.key;
            found.push(t!(
                "{key} has more incidents than were investigated or resolved."
            ));
        }
    }
    found
}
