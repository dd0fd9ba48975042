//! The incidents this page knows: the queue's index, and one signal for each incident that was
//! opened. `put` is the only writer; index and detail follow it.

mod facts;
mod paging;
mod resolve;
mod sync;

pub use resolve::Resolved;

use super::session::Session;
use super::turn::Turn;
use crate::domain::budget::Budget;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Comment, Incident};
use crate::domain::load::Load;
use crate::domain::queue_index::QueueIndex;
use crate::domain::queue_query::QueueQuery;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal, StoredValue};
pub use facts::Facts;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// One incident as a page follows it.
pub type Detail = ArcRwSignal<Load<Arc<Incident>>>;

/// How much of the queue has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sync {
    /// Every incident updated since then is in the index; `None` while that holds for none.
    pub covered: Option<Timestamp>,
    /// Pages are on their way.
    pub loading: bool,
    /// How many incidents the pages have brought, and of how many, where the service says so.
    pub read: usize,
    pub of: Option<usize>,
    /// Older incidents that were asked for have not been read (yet).
    pub partial: bool,
    /// Somebody has stopped the reading.
    pub stopped: bool,
    /// Whether everything that awaits the customer, of any age, is in the index.
    pub awaiting: Load<()>,
    /// When everything that has changed in what has been read was last known: a first page, or all
    /// that has changed since, was read then.
    pub refreshed: Option<Timestamp>,
    /// Why the last page could not be read.
    pub error: Option<ApiError>,
    /// Why what has changed since could not be asked for.
    pub behind: Option<ApiError>,
}

impl Sync {
    /// Whether everything updated since an instant is in the index, or why it is not (yet). How old
    /// the index is as a whole is `age`'s to say.
    pub fn reach(&self, from: Timestamp) -> Load<()> {
        let covered = self.covered.is_some_and(|covered| covered <= from);
        match (covered, &self.error) {
            (true, _) => Load::Ready((), self.refreshed.unwrap_or_default()),
            (false, Some(error)) if !self.loading => Load::Failed(error.clone()),
            (false, _) if self.stopped => Load::Failed(ApiError::Aborted),
            (false, _) => Load::Loading,
        }
    }

    /// How fresh the index is: stale once asking for changes has failed.
    pub fn age(&self) -> Load<()> {
        match (self.refreshed, &self.behind) {
            (Some(at), None) => Load::Ready((), at),
            (Some(at), Some(error)) => Load::Stale((), at, error.clone()),
            (None, _) => Load::Loading,
        }
    }
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq)]
pub enum CommentOutcome {
    Added,
    /// Certainly not added.
    Refused(ApiError),
    /// No answer came. `read` tells whether the comments have been read again since.
    Unknown {
        read: bool,
    },
}

/// The incidents of this page.
#[derive(Clone, Copy)]
pub struct Incidents {
    pub(super) session: Session,
    index: leptos::prelude::RwSignal<QueueIndex, LocalStorage>,
    details: StoredValue<HashMap<IncidentId, Detail>>,
    sync: RwSignal<Sync>,
    wanted: StoredValue<Timestamp>,
    /// The newest update that was known when a list had been read that reaches up to now.
    newest: StoredValue<Option<Timestamp>>,
    /// Changes are being asked for.
    polling: StoredValue<bool>,
    /// When the index last changed. Tabs that agree on it know the same.
    moved: StoredValue<Timestamp>,
    begun: StoredValue<Option<paging::Begun>>,
    budget: StoredValue<Option<Budget>>,
    turn: Turn,
    /// The list that was last looked at.
    list: RwSignal<QueueQuery>,
    facts: RwSignal<Facts>,
}

impl Incidents {
    /// None yet; reading starts when a page asks.
    pub fn new(session: Session) -> Incidents {
        Incidents {
            session,
            index: leptos::prelude::RwSignal::new_local(QueueIndex::default()),
            details: StoredValue::default(),
            sync: RwSignal::new(Sync {
                covered: None,
                loading: false,
                read: 0,
                of: None,
                partial: false,
                stopped: false,
                awaiting: Load::Loading,
                refreshed: None,
                error: None,
                behind: None,
            }),
            wanted: StoredValue::new(Timestamp(i64::MAX)),
            newest: StoredValue::new(None),
            polling: StoredValue::new(false),
            moved: StoredValue::default(),
            begun: StoredValue::default(),
            turn: Turn::new("live", &session.owner()),
            list: RwSignal::new(QueueQuery::default()),
            facts: RwSignal::default(),
            budget: StoredValue::new(session.requests_per_minute.get_value().map(Budget::new)),
        }
    }

    /// The queue's index, to read.
    pub fn index(self) -> leptos::prelude::Signal<QueueIndex, LocalStorage> {
        self.index.into()
    }

    /// How much of the queue has been read.
    pub fn sync(self) -> Signal<Sync> {
        self.sync.into()
    }

    /// The list that was last looked at: where an incident's page leads back to.
    pub fn last_list(self) -> Signal<QueueQuery> {
        self.list.into()
    }

    /// Notes which list is being looked at.
    pub fn look_at(self, list: QueueQuery) {
        self.list.set(list);
    }

    /// Whether the first rows are here, or it is known why they are not.
    pub fn begun(self) -> Memo<bool> {
        Memo::new(move |_| {
            let answered = |sync: &Sync| sync.refreshed.is_some() || sync.error.is_some();
            self.index.with(|index| !index.is_empty()) || self.sync.with(answered)
        })
    }

    /// Takes incidents in, from whatever answer they came.
    fn put(self, incidents: impl IntoIterator<Item = Incident>) {
        let mut changed = false;
        let _ = self.index.try_maybe_update(|index| {
            for incident in incidents {
                changed |= index.put(&incident);
                self.put_detail(incident);
            }
            (changed, ())
        });
        if changed {
            self.moved.set_value(Timestamp(clock::now()));
        }
    }

    fn put_detail(self, mut incident: Incident) {
        let detail = self
            .details
            .with_value(|details| details.get(&incident.id).cloned());
        let Some(detail) = detail else { return };
        detail.maybe_update(|held| {
            let before = held.value();
            if before.is_some_and(|before| before.updated > incident.updated) {
                return false;
            }
            // Lists come without alerts: what is known of them stays until the detail is read.
            if incident.alerts.is_none() {
                incident.alerts = before.and_then(|before| before.alerts.clone());
            }
            *held = Load::Ready(Arc::new(incident), Timestamp(clock::now()));
            true
        });
    }

    /// An incident to follow. Reads it in full, whatever is known of it.
    pub fn open(self, id: &IncidentId) -> Detail {
        let detail = self.details.try_update_value(|details| {
            details
                .entry(id.clone())
                .or_insert_with(|| ArcRwSignal::new(Load::Loading))
                .clone()
        });
        self.reload(id);
        detail.unwrap_or_else(|| ArcRwSignal::new(Load::Loading))
    }

    /// Reads an incident again.
    pub fn reload(self, id: &IncidentId) {
        let id = id.clone();
        spawn_local(async move { drop(self.read_one(&id).await) });
    }

    pub(super) async fn read_one(self, id: &IncidentId) -> Result<(), ApiError> {
        match self.session.client().incident(id).await {
            Ok(incident) => {
                self.put([incident]);
                Ok(())
            }
            Err(error) => {
                self.session.heard(&error);
                if let Some(detail) = self
                    .details
                    .try_with_value(|d| d.get(id).cloned())
                    .flatten()
                {
                    detail.update(|held| {
                        let was = std::mem::replace(held, Load::Loading);
                        *held = was.settle(Err(error.clone()), Timestamp(clock::now()));
                    });
                }
                Err(error)
            }
        }
    }

    /// Adds a comment. Where no answer came the incident is read again, so that the person can see.
    pub async fn comment(self, id: &IncidentId, text: &str) -> CommentOutcome {
        match self.session.client().add_comment(id, text).await {
            Ok(comments) => {
                self.put_comments(id, &comments);
                self.reload(id);
                CommentOutcome::Added
            }
            Err(error) => {
                self.session.heard(&error);
                if !error.outcome_unknown() {
                    return CommentOutcome::Refused(error);
                }
                let read = self.read_one(id).await.is_ok();
                CommentOutcome::Unknown { read }
            }
        }
    }

    fn put_comments(self, id: &IncidentId, comments: &[Comment]) {
        let detail = self
            .details
            .try_with_value(|d| d.get(id).cloned())
            .flatten();
        let held = detail.and_then(|detail| detail.get_untracked().value().cloned());
        if let Some(held) = held {
            self.put([Incident {
                comments: comments.to_vec(),
                ..(*held).clone()
            }]);
        }
    }
}

/// The incidents in context.
pub fn incidents() -> Incidents {
    expect_context::<Incidents>()
}
