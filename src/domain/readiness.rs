//! The readiness assessment: what the customer is asked for, how far it is, and what has gone back.

use super::time::Timestamp;

const HOUR: i64 = 3_600_000;

/// The assessment as of its last evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    pub ready: bool,
    pub evaluated: Option<Timestamp>,
    /// Older than this many hours is old.
    pub max_age: i64,
    pub items: Vec<Item>,
    pub devices: Cover,
    pub identities: Cover,
    /// Secure Score in tenths: reached, of, as of.
    pub score: Option<(i64, i64, Option<Timestamp>)>,
    /// Whether an evaluation is running.
    pub running: bool,
}

/// Something the service asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    pub title: String,
    pub description: String,
    pub product: String,
    /// The service does not start without it.
    pub required: bool,
    pub state: State,
    /// Where it is explained.
    pub learn_more: Option<String>,
    /// The control of Secure Score it is one of.
    pub control: Option<String>,
    pub updated: Option<Timestamp>,
    pub updated_by: Option<String>,
    pub allowed: Vec<String>,
}

/// How far an item is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    CompleteNow,
    Recommended,
    InProgress,
    Completed,
    Dismissed,
    /// What comes to be.
    Other(String),
}

impl State {
    /// In the order the list is in.
    pub const KNOWN: [State; 5] = [
        State::CompleteNow,
        State::Recommended,
        State::InProgress,
        State::Completed,
        State::Dismissed,
    ];

    /// As the wire has it.
    pub fn wire(&self) -> &str {
        match self {
            State::CompleteNow => "completeNow",
            State::Recommended => "recommended",
            State::InProgress => "inProgress",
            State::Completed => "completed",
            State::Dismissed => "dismissed",
            State::Other(name) => name,
        }
    }

    /// Reads the wire's word.
    pub fn parse(word: &str) -> State {
        let known = State::KNOWN.into_iter().find(|state| state.wire() == word);
        known.unwrap_or_else(|| State::Other(word.to_owned()))
    }

    /// Whether something is still to do.
    pub fn open(&self) -> bool {
        !matches!(self, State::Completed | State::Dismissed)
    }
}

/// How many assets are protected, of how many that are wanted and licensed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    pub protected: usize,
    pub target: usize,
    /// `None` where there is no licence data.
    pub licensed: Option<usize>,
}

impl Cover {
    /// In percent of the target; `None` where there is none, because nothing of nothing is no figure.
    pub fn percent(&self) -> Option<usize> {
        (self.target > 0).then(|| self.protected * 100 / self.target)
    }

    /// How many are missing to the target.
    pub fn missing(&self) -> usize {
        self.target.saturating_sub(self.protected)
    }
}

/// One evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub id: String,
    pub finished: Option<Timestamp>,
    pub started: Option<Timestamp>,
    /// Who asked for it; nobody where it was due.
    pub by: Option<String>,
    /// How many were to complete now, and how many were completed.
    pub complete_now: usize,
    pub completed: usize,
    pub devices: Cover,
    pub identities: Cover,
    /// Secure Score in tenths, where it was kept: reached, of.
    pub score: Option<(i64, i64)>,
    /// Items that changed: id, title, before, after.
    pub changes: Vec<(String, String, State, State)>,
}

impl Run {
    /// What was done and is no longer.
    pub fn regressions(&self) -> impl Iterator<Item = &(String, String, State, State)> {
        let back = |change: &&(String, String, State, State)| {
            change.2 == State::Completed && change.3.open()
        };
        self.changes.iter().filter(back)
    }
}

impl Readiness {
    /// How many items are in a state.
    pub fn count(&self, state: &State) -> usize {
        self.items
            .iter()
            .filter(|item| item.state == *state)
            .count()
    }

    /// The items, what is to complete now first; those in a state where one is wanted.
    pub fn listed(&self, only: Option<&State>) -> Vec<&Item> {
        let mut items: Vec<&Item> = self
            .items
            .iter()
            .filter(|item| only.is_none_or(|only| item.state == *only))
            .collect();
        let place = |item: &Item| State::KNOWN.iter().position(|state| *state == item.state);
        items.sort_by_key(|item| place(item).unwrap_or(State::KNOWN.len()));
        items
    }

    /// Whether it is older than it may be.
    pub fn old(&self, now: Timestamp) -> bool {
        self.evaluated
            .is_some_and(|at| now.0.saturating_sub(at.0) > self.max_age * HOUR)
    }

    /// When an item last went back, if it is open now.
    pub fn went_back(&self, item: &Item, runs: &[Run]) -> Option<Timestamp> {
        if !item.state.open() {
            return None;
        }
        let of_it = |run: &&Run| run.regressions().any(|(id, ..)| *id == item.id);
        let run = runs.iter().filter(of_it).max_by_key(|run| run.finished)?;
        run.finished
    }
}

/// Secure Score at the evaluations, the oldest first, in tenths; none unless two of them kept it.
pub fn scores(runs: &[Run]) -> Vec<usize> {
    let mut kept: Vec<(Timestamp, usize)> = runs
        .iter()
        .filter_map(|run| Some((run.finished?, usize::try_from(run.score?.0).ok()?)))
        .collect();
    kept.sort_by_key(|(at, _)| *at);
    match kept.len() {
        0 | 1 => Vec::new(),
        _ => kept.into_iter().map(|(_, score)| score).collect(),
    }
}

/// Tenths as people write them: `465` is `46.5`.
pub fn tenths(value: i64) -> String {
    match value % 10 {
        0 => (value / 10).to_string(),
        rest => format!("{}.{}", value / 10, rest.abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, state: State) -> Item {
        Item {
            id: id.into(),
            state,
            ..Item::default()
        }
    }

    #[test]
    fn what_is_to_complete_now_comes_first_and_every_count_is_its_list() {
        let states = [
            "completed",
            "someday",
            "completeNow",
            "dismissed",
            "completeNow",
        ];
        let items = states.into_iter().enumerate();
        let items = items.map(|(at, state)| item(&at.to_string(), State::parse(state)));
        let readiness = Readiness {
            items: items.collect(),
            ..Readiness::default()
        };
        let ids = |only: Option<&State>| {
            let listed = readiness.listed(only);
            listed
                .iter()
                .map(|item| item.id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(None), ["2", "4", "0", "3", "1"]);
        for state in State::KNOWN {
            assert_eq!(ids(Some(&state)).len(), readiness.count(&state));
        }
    }

    #[test]
    fn an_item_that_went_back_is_marked_until_it_is_done_again() {
        let change = |after: State| ("mfa".to_owned(), "MFA".to_owned(), State::Completed, after);
        let run = |finished: i64, changes| Run {
            finished: Some(Timestamp(finished)),
            changes,
            ..Run::default()
        };
        let runs = [
            run(1, vec![change(State::CompleteNow)]),
            run(9, vec![change(State::Recommended)]),
            run(12, vec![change(State::Dismissed)]),
        ];
        let readiness = Readiness::default();
        let went_back = |state| readiness.went_back(&item("mfa", state), &runs);
        assert_eq!(went_back(State::CompleteNow), Some(Timestamp(9)));
        assert_eq!(went_back(State::Completed), None);
        assert_eq!(
            readiness.went_back(&item("other", State::CompleteNow), &runs),
            None
        );
    }

    #[test]
    fn the_history_of_the_score_begins_with_the_oldest() {
        let run = |finished: Option<i64>, score: Option<i64>| Run {
            finished: finished.map(Timestamp),
            score: score.map(|score| (score, 660)),
            ..Run::default()
        };
        let runs = [
            run(None, None),
            run(Some(30), Some(465)),
            run(Some(20), None),
            run(Some(10), Some(450)),
        ];
        assert_eq!(scores(&runs), [450, 465]);
        assert_eq!(scores(&runs[..3]), [0_usize; 0]);
    }

    #[test]
    fn nothing_of_nothing_is_no_figure() {
        assert_eq!(Cover::default().percent(), None);
        let cover = Cover {
            protected: 178,
            target: 200,
            licensed: None,
        };
        assert_eq!((cover.percent(), cover.missing()), (Some(89), 22));
        let more = Cover {
            protected: 210,
            ..cover
        };
        assert_eq!((more.percent(), more.missing()), (Some(105), 0));
    }

    #[test]
    fn three_days_is_old_where_one_is_the_limit() {
        let readiness = Readiness {
            evaluated: Some(Timestamp(0)),
            max_age: 24,
            ..Readiness::default()
        };
        assert!(!readiness.old(Timestamp(24 * HOUR)));
        assert!(readiness.old(Timestamp(72 * HOUR)));
        assert_eq!((tenths(465), tenths(660)), ("46.5".into(), "66".into()));
    }
}
