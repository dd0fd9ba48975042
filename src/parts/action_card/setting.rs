//! What surrounds a card, followed: who looks at it, whether anything can be sent, and what is known
//! of its target. What follows from it is `domain::task`'s decision.

use crate::domain::error::ApiError;
use crate::domain::evidence::{AssetKind, Evidence};
use crate::domain::id::TaskId;
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::machine;
use crate::domain::managed_response::Exclusions;
use crate::domain::permission::Roles;
use crate::domain::task::{
    Around, Asking, Card, Exclusion, Facts, Group, Reach, Source, Task, Warning, card, exclusion,
    warnings,
};
use crate::domain::time::Timestamp;
use crate::platform::{clock, visibility};
use crate::reactive::{Effect, RwSignal, Signal, StoredValue};
use crate::state::machines::{Followed, Machines};
use crate::state::responses::{Responses, responses};
use crate::state::session::session;
use crate::ui::env::env;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known is read again after so long: what is older than two minutes says nothing any more.
const READ_AGAIN_MS: i64 = 90_000;
const FRESH_MS: i64 = 120_000;

/// The surroundings of the cards of one incident, or of one device.
#[derive(Clone, Copy)]
pub struct Setting {
    closed: Signal<bool>,
    incident: Signal<Load<Arc<Incident>>>,
    machines: Machines,
    responses: Responses,
    roles: Signal<Roles>,
    lost: Signal<Option<Timestamp>>,
    ended: Signal<bool>,
    now: Signal<Timestamp>,
    tasks: StoredValue<Followed<Vec<Task>>>,
    exclusions: StoredValue<Followed<Exclusions>>,
    /// The task that a question is open about, and the list that its card stands in until it is closed.
    pub(super) asking: RwSignal<Option<(TaskId, Group)>>,
    /// The way to the chat about these actions, where there is one.
    pub(super) chat: Option<Callback<()>>,
}

impl Setting {
    /// Reads what surrounds the actions of an incident, and keeps it fresh while somebody looks.
    pub fn of(
        machines: Machines,
        incident: Signal<Load<Arc<Incident>>>,
        closed: Signal<bool>,
        chat: Option<Callback<()>>,
    ) -> Setting {
        let (session, now) = (session(), env().now);
        let setting = Setting {
            closed,
            incident,
            machines,
            responses: responses(),
            roles: session.roles(),
            lost: session.connection().lost(),
            ended: session.ended(),
            now,
            tasks: StoredValue::new(machines.open_tasks()),
            exclusions: StoredValue::new(machines.exclusions()),
            asking: RwSignal::default(),
            chat,
        };
        Effect::new(move |last: Option<i64>| {
            let now = now.get().0;
            let last = last.unwrap_or(now);
            if now - last < READ_AGAIN_MS || !visibility::visible() {
                return last;
            }
            machines.read_again();
            now
        });
        setting
    }

    /// Asks anew for what is known of a task's surroundings, as before a decision.
    pub fn look_again(self, task: &Task) {
        drop(self.machines.open_tasks());
        if let Some(device) = self.device_of(task) {
            self.machines.refresh_device(device);
        }
    }

    /// The card of a task.
    pub fn card(self, task: &Task) -> Card {
        let excluded = self.excluded(task);
        let reach = match (self.ended.get(), self.lost.get()) {
            (true, _) => Reach::SignedOut,
            (_, Some(_)) => Reach::Lost,
            _ => Reach::Up,
        };
        let around = Around {
            roles: &self.roles.read(),
            closed: self.closed.get(),
            excluded: excluded.under(),
            reach,
        };
        let mut card = card(task, self.responses.outbox().read().get(&task.id), &around);
        if let Some((asked, group)) = &*self.asking.read()
            && *asked == task.id
        {
            card.group = *group;
        }
        card
    }

    /// What to know before the task is run.
    pub fn warnings(self, task: &Task) -> Vec<Warning> {
        let device = self
            .device_of(task)
            .map(|id| self.machines.device(id).get());
        let read = match &device {
            Some(Load::Ready(device, at) | Load::Stale(device, at, _)) => {
                Some((device.clone(), *at))
            }
            _ => None,
        };
        let excluded = self.excluded(task);
        let tasks = self.tasks.get_value().get();
        let now = self.now.get().max(Timestamp(clock::now()));
        let fresh = match &tasks {
            Load::Ready(tasks, at) if now.0 - at.0 <= FRESH_MS => Some(tasks.as_slice()),
            _ => None,
        };
        let investigated = self.investigated(task);
        let machine = read
            .as_ref()
            .and_then(|(device, _)| device.machine.as_ref().ok());
        let gone = |device: &Load<_>| matches!(device.error(), Some(ApiError::NotFound { .. }));
        let missing = read
            .as_ref()
            .is_some_and(|(device, _)| matches!(device.machine, Err(ApiError::NotFound { .. })));
        let facts = Facts {
            now,
            looked: self.responses.looked(&task.incident),
            machine,
            actions: read
                .as_ref()
                .and_then(|(device, at)| Some((device.actions.as_ref().ok()?.as_slice(), *at))),
            gone: missing || device.as_ref().is_some_and(gone),
            tasks: fresh,
            investigated: investigated.as_deref(),
            excluded: &excluded,
            asking: Asking {
                device: matches!(device, Some(Load::Loading)),
                tasks: matches!(tasks, Load::Loading),
                investigations: !machine::is_of_device(&task.id)
                    && self.incident.with(|load| matches!(load, Load::Loading)),
            },
        };
        warnings(task, &facts)
    }

    /// The device a task happens on, where it can be asked about.
    fn device_of(self, task: &Task) -> Option<&str> {
        machine::kind_of(&task.action)?;
        let device = task.device.as_deref().or(task.target.as_deref());
        device.filter(|id| self.machines.reachable() && !id.is_empty())
    }

    /// Whether experts may act on the target.
    fn excluded(self, task: &Task) -> Exclusion {
        let device = self.device_of(task).filter(|_| Exclusion::concerns(task));
        let device = device.map(|id| self.machines.device(id).get());
        let asking = matches!(device, Some(Load::Loading));
        let machine = device.as_ref().and_then(Load::value);
        let machine = machine.and_then(|device| device.machine.as_ref().ok());
        let exclusions = self.exclusions.get_value().get();
        exclusion(task, &exclusions, machine, asking)
    }

    /// The alerts on the target that an automated investigation is at.
    fn investigated(self, task: &Task) -> Option<Vec<String>> {
        if machine::is_of_device(&task.id) {
            return None;
        }
        let incident = self.incident.get();
        let alerts = incident.value()?.alerts.as_ref()?;
        let target = task.device.as_deref().or(task.target.as_deref());
        let on_target = alerts.iter().filter(|alert| {
            let mut assets = alert.evidence.iter().filter_map(Evidence::asset);
            alert.investigated()
                && assets.any(|asset| {
                    Some(asset.id.as_str()) == target
                        || asset.kind == AssetKind::User && target.is_none()
                })
        });
        Some(on_target.map(|alert| alert.title.clone()).collect())
    }
}

/// Whether a task is one of those that experts have carried out, or see to themselves.
pub fn by_experts(task: &Task) -> bool {
    task.source == Source::Managed
}
