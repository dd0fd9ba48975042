//! Alerts by themselves, as their pages follow them. Nothing of them outlives a page but what was read last.

use super::incidents::{Incidents, incidents};
use super::session::{Session, session};
use crate::domain::alert::Alert;
use crate::domain::alert_list;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::InView;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use std::sync::Arc;

/// Pages that are read of a period at most: 5,000 alerts.
const MOST_PAGES: usize = 25;
/// Graph shows what has changed a little later than it says.
const OVERLAP_MS: i64 = 300_000;

/// The alerts of a period.
pub type List = Arc<Vec<Arc<Alert>>>;

/// How much of the period that was asked for is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// More pages are on their way.
    Reading,
    Whole,
    /// There is more than is read of any period, or a page could not be read.
    Part,
}

/// A list of alerts for as long as the current component is in view.
#[derive(Clone, Copy)]
pub struct Alerts {
    session: Session,
    incidents: Incidents,
    view: InView,
    list: RwSignal<Load<List>>,
    extent: RwSignal<Extent>,
    /// Counts readings: of two that run, only the last one counts.
    reading: StoredValue<u32>,
    /// From when on alerts have been read, and when that was asked for.
    known: StoredValue<Option<(Timestamp, Timestamp)>>,
}

impl Alerts {
    /// Nothing yet; `read` has to follow. What changes is taken in whenever the queue has been asked for
    /// what is new.
    pub fn new() -> Alerts {
        let alerts = Alerts {
            session: session(),
            incidents: incidents(),
            view: InView::current(),
            list: RwSignal::new(Load::Loading),
            extent: RwSignal::new(Extent::Reading),
            reading: StoredValue::default(),
            known: StoredValue::default(),
        };
        let sync = alerts.incidents.sync();
        let asked = Memo::new(move |_| sync.with(|sync| sync.refreshed));
        Effect::new(move |_| {
            asked.track();
            alerts.follow();
        });
        alerts
    }

    /// What is known.
    pub fn list(self) -> Signal<Load<List>> {
        self.list.into()
    }

    /// How much of what was asked for that is.
    pub fn extent(self) -> Signal<Extent> {
        self.extent.into()
    }

    /// Sees to it that all are here that were created since an instant. They come page by page.
    pub fn read(self, from: Timestamp) {
        let nth = self.begin();
        let known = self.known.get_value();
        // What has failed since is to be tried again.
        let fresh = self.list.with_untracked(|list| list.error().is_none());
        let whole = fresh && self.extent.get_untracked() == Extent::Whole;
        if whole && known.is_some_and(|(known, _)| known <= from) {
            return;
        }
        self.known.set_value(None);
        self.extent.set(Extent::Reading);
        self.view.spawn(async move {
            let asked = Timestamp(clock::now());
            let (mut all, mut next) = (Vec::new(), None);
            for _ in 0..MOST_PAGES {
                self.incidents.pace().await;
                let client = self.session.client();
                let page = client.alerts("createdDateTime", from, next.take()).await;
                if self.reading.try_get_value() != Some(nth) {
                    return;
                }
                let page = page.map(|(mut page, more)| {
                    all.append(&mut page);
                    next = more;
                });
                let failed = page.is_err();
                settle(
                    self.session,
                    self.list,
                    page.map(|()| Arc::new(all.clone())),
                );
                if failed {
                    return self.extent.set(Extent::Part);
                }
                if next.is_none() {
                    break;
                }
            }
            self.known.set_value(Some((from, asked)));
            let extent = next.map_or(Extent::Whole, |_| Extent::Part);
            self.extent.set(extent);
        });
    }

    /// Takes in what has changed since the list was read.
    fn follow(self) {
        let Some((from, asked)) = self.known.get_value() else {
            return;
        };
        let nth = self.begin();
        self.view.spawn(async move {
            let (now, since) = (Timestamp(clock::now()), asked.plus(-OVERLAP_MS));
            let (mut changed, mut next) = (Vec::new(), None);
            for _ in 0..MOST_PAGES {
                let client = self.session.client();
                let page = client.alerts("lastUpdateDateTime", since, next).await;
                if self.reading.try_get_value() != Some(nth) {
                    return;
                }
                match page {
                    Ok((mut page, more)) => {
                        changed.append(&mut page);
                        next = more;
                    }
                    Err(error) => return settle(self.session, self.list, Err(error)),
                }
                if next.is_none() {
                    let before = self.list.get_untracked();
                    let before = before.value().cloned().unwrap_or_default();
                    let all = alert_list::with(&before, changed);
                    self.known.set_value(Some((from, now)));
                    return settle(self.session, self.list, Ok(Arc::new(all)));
                }
            }
            // So much has changed that not all of it is here.
            self.extent.set(Extent::Part);
        });
    }

    /// Begins a reading; none before it counts any more.
    fn begin(self) -> u32 {
        self.reading.update_value(|nth| *nth += 1);
        self.reading.get_value()
    }
}

impl Default for Alerts {
    fn default() -> Alerts {
        Alerts::new()
    }
}

/// One alert, read now; `again` reads it again.
pub fn alert(id: String) -> (Signal<Load<Arc<Alert>>>, leptos::prelude::Callback<()>) {
    let (session, load) = (session(), RwSignal::new(Load::Loading));
    let view = InView::current();
    let read = move || {
        let id = id.clone();
        view.spawn(async move {
            let answer = session.client().alert(&id).await;
            settle(session, load, answer.map(Arc::new));
        });
    };
    read();
    (
        load.into(),
        leptos::prelude::Callback::new(move |()| read()),
    )
}

fn settle<T: Clone + Send + Sync + 'static>(
    session: Session,
    load: RwSignal<Load<T>>,
    answer: Result<T, ApiError>,
) {
    session.answered(answer.as_ref().err());
    if let Some(before) = load.try_get_untracked() {
        let _ = load.try_set(before.settle(answer, Timestamp(clock::now())));
    }
}
