//! What is known around an incident's actions beside its tasks: devices and what they were asked for,
//! what other incidents ask for, what experts may not touch, and what happened so far. Read when a page
//! asks, and made by the page that does: nothing here is needed before.

use super::session::Session;
use crate::domain::clocks::Turn;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::load::Load;
use crate::domain::machine::{Machine, MachineAction, Sightings};
use crate::domain::managed_response::Exclusions;
use crate::domain::task::Task;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::InView;
use crate::reactive::StoredValue;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of a device. Either part may be refused by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    pub machine: Result<Machine, ApiError>,
    pub actions: Result<Vec<MachineAction>, ApiError>,
}

/// Something a page follows.
pub type Followed<T> = ArcRwSignal<Load<Arc<T>>>;

/// The surroundings of what a page shows.
#[derive(Clone, Copy)]
pub struct Machines {
    session: Session,
    view: InView,
    devices: StoredValue<Vec<(String, Followed<Device>)>>,
    open_tasks: StoredValue<Followed<Vec<Task>>>,
    exclusions: StoredValue<Followed<Exclusions>>,
    turns: StoredValue<Vec<(IncidentId, Followed<Vec<Turn>>)>>,
}

impl Machines {
    /// None yet. Provides itself to everything below the current component.
    pub fn provide(session: Session) -> Machines {
        let machines = Machines {
            session,
            view: InView::current(),
            devices: StoredValue::default(),
            open_tasks: StoredValue::new(ArcRwSignal::new(Load::Loading)),
            exclusions: StoredValue::new(ArcRwSignal::new(Load::Loading)),
            turns: StoredValue::default(),
        };
        provide_context(machines);
        machines
    }

    /// Whether this deployment can reach devices.
    pub fn reachable(self) -> bool {
        self.session.client().has_devices()
    }

    /// A device to follow; asked for where it is not known.
    pub fn device(self, id: &str) -> Followed<Device> {
        if let Some(device) = self.known(id) {
            return device;
        }
        let device = ArcRwSignal::new(Load::Loading);
        let entry = (id.to_owned(), device.clone());
        if self
            .devices
            .try_update_value(|all| all.push(entry))
            .is_some()
        {
            self.refresh_device(id);
        }
        device
    }

    /// A device that somebody follows; none once the page that did has gone.
    fn known(self, id: &str) -> Option<Followed<Device>> {
        let find = |all: &Vec<(String, Followed<Device>)>| {
            let found = all.iter().find(|(known, _)| known == id);
            found.map(|(_, device)| device.clone())
        };
        self.devices.try_with_value(find).flatten()
    }

    /// Reads a device again.
    pub fn refresh_device(self, id: &str) {
        let id = id.to_owned();
        self.view.spawn(async move {
            let client = self.session.client();
            let machine = client.machine(&id).await;
            let actions = client.machine_actions(&id).await;
            let answer = match (machine, actions) {
                (Err(error), Err(_)) => Err(error),
                (machine, actions) => Ok(Device { machine, actions }),
            };
            if let Some(signal) = self.known(&id) {
                self.settle(&signal, answer);
            }
        });
    }

    /// Reads everything again that somebody has asked for.
    pub fn read_again(self) {
        drop(self.open_tasks());
        let known = |all: &Vec<(String, Followed<Device>)>| {
            all.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()
        };
        for id in self.devices.try_with_value(known).unwrap_or_default() {
            self.refresh_device(&id);
        }
    }

    /// What alerts know of a device; read anew.
    pub fn sightings(self, id: &str) -> Followed<Sightings> {
        let signal: Followed<Sightings> = ArcRwSignal::new(Load::Loading);
        let (followed, id) = (signal.clone(), id.to_owned());
        self.view.spawn(async move {
            let answer = self.session.client().sightings(&id).await;
            self.settle(&signal, answer);
        });
        followed
    }

    /// Asks where a collected package can be fetched; `done` is told.
    pub fn package(self, action: String, done: Callback<Result<String, ApiError>>) {
        self.view.spawn(async move {
            let answer = self.session.client().package_of(&action).await;
            let _ = done.try_run(answer);
        });
    }

    /// What all incidents ask for that nobody has seen through; read anew.
    pub fn open_tasks(self) -> Followed<Vec<Task>> {
        let signal = self.open_tasks.get_value();
        let followed = signal.clone();
        self.view.spawn(async move {
            let answer = self.session.client().open_tasks().await;
            self.settle(&signal, answer);
        });
        followed
    }

    /// What experts may not touch; read anew.
    pub fn exclusions(self) -> Followed<Exclusions> {
        let signal = self.exclusions.get_value();
        let followed = signal.clone();
        self.view.spawn(async move {
            let answer = self.session.client().exclusions().await;
            self.settle(&signal, answer);
        });
        followed
    }

    /// Who had the next move in an incident, and since when.
    pub fn turns(self, incident: &IncidentId) -> Followed<Vec<Turn>> {
        let known = |all: &Vec<(IncidentId, Followed<Vec<Turn>>)>| {
            let found = all.iter().find(|(known, _)| known == incident);
            found.map(|(_, turns)| turns.clone())
        };
        let held = self.turns.try_with_value(known).flatten();
        let followed = held.unwrap_or_else(|| {
            let new = ArcRwSignal::new(Load::Loading);
            let entry = (incident.clone(), new.clone());
            let _ = self.turns.try_update_value(|all| all.push(entry));
            new
        });
        let (signal, incident) = (followed.clone(), incident.clone());
        self.view.spawn(async move {
            let answer = self.session.client().turns(&incident).await;
            self.settle(&signal, answer);
        });
        followed
    }

    fn settle<T: Send + Sync + 'static>(self, signal: &Followed<T>, answer: Result<T, ApiError>) {
        if self.session.closed() {
            return;
        }
        if let Err(error) = &answer {
            self.session.heard(error);
        }
        signal.update(|held| {
            let was = std::mem::replace(held, Load::Loading);
            *held = was.settle(answer.map(Arc::new), Timestamp(clock::now()));
        });
    }
}

/// The surroundings in context.
pub fn machines() -> Machines {
    expect_context::<Machines>()
}
