//! What the report and its lists need of alerts and tasks: read with the incidents themselves, from their
//! creation on, when somebody asks, and kept as words in the index.

use super::Incidents;
use crate::api::reports::{Cases, Cover};
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::load::{Load, overdue};
use crate::domain::report::required::{Action, Asked, State, by_incident};
use crate::domain::report::{AlertFacts, Assets, Known, Period, Why, words};
use crate::domain::time::{Day, Timestamp, Zone};
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::Signal;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far alerts and tasks have been read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Of every incident created since then all is known.
    pub covered: Option<Timestamp>,
    /// When it was read.
    pub at: Option<Timestamp>,
    pub loading: bool,
    /// How many incidents the pages have brought, and of how many, where the service says so.
    pub read: usize,
    pub of: Option<usize>,
    /// Why the last page could not be read.
    pub error: Option<ApiError>,
    /// What is asked of the customer; `None` before it is known.
    pub actions: Option<Known<Arc<Vec<Action>>>>,
    /// Whether the service has named the incidents of each state, where there is no address for tasks.
    pub named: bool,
    pub assets: Arc<Assets>,
    wanted: Option<Timestamp>,
    /// What has changed since then is read again, however new the rest is: `at` says when that was read.
    missed: Option<Timestamp>,
}

impl Facts {
    /// Whether all is known of the incidents created since an instant, or why it is not (yet).
    pub fn reach(&self, from: Timestamp) -> Load<()> {
        let covered = self.covered.is_some_and(|covered| covered <= from);
        let at = self.at.unwrap_or_default();
        match (covered, &self.error) {
            (true, None) => Load::Ready((), at),
            (true, Some(error)) => Load::Stale((), at, error.clone()),
            (false, Some(error)) if !self.loading => Load::Failed(error.clone()),
            (false, _) => Load::Loading,
        }
    }

    /// What is asked of the customer, or why nobody knows.
    pub fn actions(&self) -> Known<&[Action]> {
        match &self.actions {
            Some(Ok(actions)) => Ok(actions),
            Some(Err(why)) => Err(*why),
            None => Err(Why::Reading),
        }
    }
}

/// How much is asked of the customer, by incident.
type AllAsked = BTreeMap<String, Asked>;

impl Incidents {
    /// How far alerts and tasks have been read.
    pub fn facts(self) -> Signal<Facts> {
        self.facts.into()
    }

    /// Sees to it that all is known of incidents created since an instant, and of what has changed since.
    pub fn cover_facts(self, from: Timestamp) {
        // What changes nothing must not have everything computed again that follows it.
        let mut begin = None;
        let _ = self.facts.try_maybe_update(|facts| {
            let sooner = facts.wanted.is_none_or(|wanted| from < wanted);
            if sooner {
                facts.wanted = Some(from);
            }
            let fresh = facts.missed.is_none()
                && facts
                    .at
                    .is_some_and(|at| !overdue(at, Timestamp(clock::now())));
            let needed = facts.covered.is_none_or(|covered| covered > from) || !fresh;
            if needed && !facts.loading {
                facts.loading = true;
                begin = Some(facts.missed.take());
            }
            begin.is_some() || sooner
        });
        if let Some(missed) = begin {
            spawn_local(self.read_facts(missed));
        }
    }

    /// Reads again what has changed since it was read, and what could not be read.
    pub fn renew_facts(self) {
        let from = self.facts.try_update(|facts| {
            facts.missed = Some(Timestamp(0));
            facts.wanted
        });
        self.cover_facts(from.flatten().unwrap_or(Timestamp(clock::now())));
    }

    /// A task has changed. Where somebody has asked for what is known of tasks, it is read again.
    pub(in crate::state) fn task_changed(self) {
        let now = Timestamp(clock::now());
        let from = self.facts.try_update(|facts| {
            facts.missed.get_or_insert(now);
            facts.wanted
        });
        if let Some(from) = from.flatten() {
            self.cover_facts(from);
        }
    }

    async fn read_facts(self, missed: Option<Timestamp>) {
        let began = Timestamp(clock::now());
        let known = self.facts.try_get_untracked().unwrap_or_default();
        let from = known.wanted.unwrap_or(began);
        let (actions, asked) = self.read_tasks(from).await;
        // A task changes without its incident, whose words are not read again then.
        if let Some(asked) = &asked {
            let _ = self.index.try_maybe_update(|index| (index.ask(asked), ()));
        }
        let mut answer = Ok(());
        // What has been read may have changed; what has not is older.
        if let (Some(_), Some(at)) = (known.covered, known.at) {
            let since = missed.unwrap_or(at).min(at).plus(-OVERLAP_MS).max(from);
            answer = self.read_cases(Cover::Changed(since), asked.as_ref()).await;
        }
        let open = |at: Timestamp| (at.0 > i64::MIN).then_some(at);
        if answer.is_ok() && known.covered.is_none_or(|covered| from < covered) {
            let cover = Cover::Created(open(from), known.covered);
            answer = self.read_cases(cover, asked.as_ref()).await;
        }
        let again = self.facts.try_update(|facts| {
            facts.loading = false;
            facts.named = actions.is_err() && asked.is_some();
            facts.actions = Some(actions);
            match answer {
                Ok(()) => {
                    facts.error = None;
                    facts.covered = facts
                        .covered
                        .map_or(Some(from), |held| Some(held.min(from)));
                    facts.at = Some(began);
                }
                Err(error) => {
                    facts.error = Some(error);
                    facts.missed = facts.missed.into_iter().chain(missed).min();
                }
            }
            // Somebody has asked for more meanwhile.
            let more = facts.wanted.filter(|wanted| {
                facts.missed.is_some() || facts.covered.is_some_and(|held| *wanted < held)
            });
            more.filter(|_| facts.error.is_none())
        });
        if let Some(Some(from)) = again {
            self.cover_facts(from);
        }
    }

    /// The tasks, and of which incidents they are. Where there is no address for tasks, the incidents are
    /// those that the service names for each state.
    async fn read_tasks(self, from: Timestamp) -> (Known<Arc<Vec<Action>>>, Option<AllAsked>) {
        let client = self.session.client();
        if client.has_tasks() {
            return match client.actions().await {
                Ok(actions) => {
                    let all = by_incident(&actions).into_iter();
                    let asked = all.map(|(id, asked)| (id.to_owned(), asked)).collect();
                    (Ok(Arc::new(actions)), Some(asked))
                }
                Err(error) => {
                    self.session.heard(&error);
                    (Err(Why::Failed), None)
                }
            };
        }
        if !client.has_reports() {
            return (Err(Why::Tasks), None);
        }
        let utc = Zone::utc();
        let today = utc.day(Timestamp(clock::now()));
        let first = utc.day(from).max(today.plus(-360));
        let period = Period::new(first, Day(today.0 + 1), &utc);
        let mut named = AllAsked::new();
        for state in State::ALL {
            let figure = format!("tasks={}", state.word());
            match client.report_ids(&period, &figure).await {
                Ok(ids) => ids
                    .into_iter()
                    .for_each(|id| named.entry(id.0).or_default().add(state)),
                Err(_) => return (Err(Why::Failed), None),
            }
        }
        (Err(Why::Tasks), Some(named))
    }

    async fn read_cases(self, cover: Cover, asked: Option<&AllAsked>) -> Result<(), ApiError> {
        let client = self.session.client();
        self.pace().await;
        let mut page = client.cases(cover).await;
        let _ = self.facts.try_update(|facts| facts.read = 0);
        // A list that leads round in a circle must not be walked for ever.
        for _ in 0..MOST_PAGES {
            let Cases { cases, next, total } =
                page.inspect_err(|error| self.session.heard(error))?;
            let count = cases.len();
            self.take_cases(cases, asked);
            let _ = self.facts.try_update(|facts| {
                facts.read += count;
                facts.of = total.or(facts.of);
            });
            let Some(next) = next else { return Ok(()) };
            self.pace().await;
            page = client.more_cases(next).await;
        }
        Ok(())
    }

    fn take_cases(
        self,
        cases: Vec<(crate::domain::incident::Incident, AlertFacts)>,
        asked: Option<&AllAsked>,
    ) {
        let (incidents, facts): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
        let ids: Vec<IncidentId> = incidents.iter().map(|one| one.id.clone()).collect();
        self.put(incidents);
        let _ = self.index.try_maybe_update(|index| {
            let mut changed = false;
            for (id, alerts) in ids.iter().zip(&facts) {
                let own = asked.map(|asked| asked.get(id.as_str()).copied().unwrap_or_default());
                changed |= index.mark(id, &words(alerts, own.as_ref()));
            }
            (changed, ())
        });
        let _ = self.facts.try_update(|held| {
            let assets = Arc::make_mut(&mut held.assets);
            facts.iter().for_each(|alerts| assets.learn(&alerts.assets));
        });
    }
}

/// The service's clock and its index are not exactly one.
const OVERLAP_MS: i64 = 120_000;
const MOST_PAGES: usize = 5_000;
