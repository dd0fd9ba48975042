//! Trends: the last months, one by one, in the zone chosen.

use super::measure::{Minutes, median};
use super::required::Action;
use super::tally::{add, in_order, none, severities, worst_first};
use super::{Known, Origin, Period, TACTICS, Tally};
use crate::domain::incident::{Classification, Status};
use crate::domain::queue_index::{QueueIndex, Row};
use crate::domain::time::calendar::plus_months;
use crate::domain::time::{Timestamp, Zone};

/// How many months.
pub const MONTHS: i64 = 6;

/// One month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    pub period: Period,
    /// Whether it is over.
    pub complete: bool,
    pub investigated: usize,
    pub resolved: usize,
    pub severity: Vec<Tally>,
    pub tactic: Known<Vec<Tally>>,
    pub classification: Vec<Tally>,
    /// Tasks the customer completed in it, and the median of how long each took.
    pub tasks: Known<(usize, Option<Minutes>)>,
}

/// Trends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trends {
    pub origin: Origin,
    pub generated: Timestamp,
    pub as_of: Option<Timestamp>,
    pub months: Vec<Month>,
}

/// The months that end with the current one.
pub fn months(now: Timestamp, zone: &Zone) -> Vec<Period> {
    let today = zone.day(now);
    (1 - MONTHS..=0)
        .map(|back| Period::month(plus_months(Period::month(today, zone).from, back), zone))
        .collect()
}

/// Some months of incidents of one classification, or of all, as they were read at a time.
pub fn trends(
    index: &QueueIndex,
    periods: &[Period],
    at: Timestamp,
    of: Option<&Classification>,
    alerts: Known<()>,
    actions: Known<&[Action]>,
) -> Trends {
    let words = index.words();
    let code = |tactic: &&str| words.iter().position(|word| *word == ("category", *tactic));
    let codes: Vec<Option<usize>> = TACTICS.iter().map(code).collect();
    let nothing = Counts {
        investigated: 0,
        resolved: 0,
        severities: severities(),
        classes: none(Classification::ALL.iter().map(Classification::wire)),
        tactics: [0; TACTICS.len()],
    };
    let mut all = vec![nothing; periods.len()];
    let whole = periods.first().zip(periods.last());
    let whole = whole.map(|(first, last)| first.start..last.end);
    for row in whole.into_iter().flat_map(|time| index.counted(time)) {
        let month = periods
            .iter()
            .position(|month| month.contains(row.created()));
        let (Some(month), true) = (month, of.is_none_or(|of| row.classification() == of)) else {
            continue;
        };
        let counts = &mut all[month];
        counts.investigated += 1;
        counts.resolved += usize::from(*row.status() == Status::Resolved);
        add(&mut counts.severities, row.severity().wire(), 1);
        add(&mut counts.classes, row.classification().wire(), 1);
        for mark in row.marks().unwrap_or_default() {
            let tactic = codes.iter().position(|code| *code == Some(*mark as usize));
            if let Some(tactic) = tactic {
                counts.tactics[tactic] += 1;
            }
        }
    }
    let month = |(period, counts): (&Period, Counts)| {
        let tally = |key: &str, count: usize| Tally {
            key: key.to_owned(),
            count,
        };
        let tactic = TACTICS.iter().zip(counts.tactics);
        Month {
            period: *period,
            complete: period.end <= at,
            investigated: counts.investigated,
            resolved: counts.resolved,
            severity: worst_first(counts.severities),
            tactic: alerts.map(|()| tactic.map(|(key, count)| tally(key, count)).collect()),
            classification: in_order(counts.classes, |key| Classification::parse(key).rank()),
            tasks: actions.map(|actions| done_in(actions, period)),
        }
    };
    let experts = index.counted(Timestamp(i64::MIN)..Timestamp(i64::MAX));
    Trends {
        origin: Origin::Portal,
        generated: at,
        as_of: experts.map(Row::updated).max(),
        months: periods.iter().zip(all).map(month).collect(),
    }
}

/// What is counted of a month.
#[derive(Clone)]
struct Counts {
    investigated: usize,
    resolved: usize,
    severities: Vec<Tally>,
    classes: Vec<Tally>,
    tactics: [usize; TACTICS.len()],
}

/// The tasks that the customer completed in some days, and how long each took. One without its times is none.
pub fn completed_in<'a>(actions: &'a [Action], period: &Period) -> Vec<(&'a Action, Minutes)> {
    let done = actions
        .iter()
        .filter(|action| action.modified.is_some_and(|at| period.contains(at)));
    done.filter_map(|action| Some((action, action.took()?)))
        .collect()
}

/// How many there are, and the median of how long each took.
fn done_in(actions: &[Action], period: &Period) -> (usize, Option<Minutes>) {
    let all = completed_in(actions, period).into_iter();
    let mut took: Vec<Minutes> = all.map(|(_, took)| took).collect();
    (took.len(), median(&mut took))
}
