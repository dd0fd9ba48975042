//! The inventory of devices, as its page follows it: read page by page, shown from the first one on, and
//! from what alerts know where this deployment cannot reach Defender for Endpoint.

use super::session::{Session, session};
use crate::domain::device_list::{Fleet, Isolation, isolations};
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::paging::Trail;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal};
use std::sync::Arc;

/// More devices than these pages hold are not read: a list for people ends somewhere.
const MOST_PAGES: usize = 50;

/// Which devices are isolated, by id.
type Isolations = Load<Arc<Vec<(String, Isolation)>>>;

/// The devices for as long as the current component is in view.
#[derive(Clone, Copy)]
pub struct Inventory {
    session: Session,
    fleet: RwSignal<Load<Arc<Fleet>>>,
    isolation: RwSignal<Isolations>,
    reading: RwSignal<bool>,
}

impl Inventory {
    /// Nothing yet; `read` has to follow.
    pub fn new() -> Inventory {
        Inventory {
            session: session(),
            fleet: RwSignal::new(Load::Loading),
            isolation: RwSignal::new(Load::Loading),
            reading: RwSignal::new(false),
        }
    }

    /// Whether this deployment can reach devices; otherwise alerts are looked through for them.
    pub fn reachable(self) -> bool {
        self.session.client().has_devices()
    }

    /// What is known.
    pub fn fleet(self) -> Signal<Load<Arc<Fleet>>> {
        self.fleet.into()
    }

    /// Which of them are isolated.
    pub fn isolation(self) -> Signal<Isolations> {
        self.isolation.into()
    }

    /// Whether pages are on their way.
    pub fn reading(self) -> Signal<bool> {
        self.reading.into()
    }

    /// Reads everything, again where something is known.
    pub fn read(self) {
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        spawn_local(async move {
            let answer = match self.reachable() {
                true => self.read_machines().await,
                false => self.read_seen().await,
            };
            self.settle(self.fleet, answer.map(Arc::new));
            let _ = self.reading.try_set(false);
        });
        if self.reachable() {
            spawn_local(async move {
                let answer = self.session.client().isolations().await;
                self.settle(self.isolation, answer.map(|all| Arc::new(isolations(all))));
            });
        }
    }

    /// All pages. The first time, what has come is shown while the rest does; later the list changes
    /// once, when all of it is here.
    async fn read_machines(self) -> Result<Fleet, ApiError> {
        let client = self.session.client();
        let (mut fleet, mut trail) = (Fleet::default(), Trail::default());
        let mut page = client.machines().await;
        for _ in 0..MOST_PAGES {
            let answer = page?;
            let Some(next) = answer.next.filter(|next| !trail.leads_back(next)) else {
                fleet.take(answer.machines);
                fleet.partial = false;
                return Ok(fleet);
            };
            fleet.take(answer.machines);
            fleet.partial = true;
            self.show(&fleet);
            page = client.more_machines(next, fleet.devices().len()).await;
        }
        Ok(fleet)
    }

    async fn read_seen(self) -> Result<Fleet, ApiError> {
        let (machines, alerts, all) = self.session.client().seen_machines().await?;
        let mut fleet = Fleet::default();
        fleet.take(machines);
        (fleet.partial, fleet.alerts) = (!all, alerts);
        Ok(fleet)
    }

    fn show(self, fleet: &Fleet) {
        let whole = |held: &Load<Arc<Fleet>>| held.value().is_some_and(|held| !held.partial);
        if self.fleet.try_with_untracked(whole) == Some(false) {
            let now = Timestamp(clock::now());
            let _ = self
                .fleet
                .try_set(Load::Ready(Arc::new(fleet.clone()), now));
        }
    }

    fn settle<T: Clone + Send + Sync + 'static>(
        self,
        load: RwSignal<Load<T>>,
        answer: Result<T, ApiError>,
    ) {
        self.session.answered(answer.as_ref().err());
        if let Some(before) = load.try_get_untracked() {
            let _ = load.try_set(before.settle(answer, Timestamp(clock::now())));
        }
    }
}

impl Default for Inventory {
    fn default() -> Inventory {
        Inventory::new()
    }
}
