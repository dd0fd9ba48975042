//! Defender for Endpoint through the relay of a deployment: devices and what they are asked for.

use super::client::{Call, Client};
use super::wire::machine::{action, ask, machine, seen_in, sighting};
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::json::Reader;
use crate::domain::machine::{Kind, Machine, MachineAction, Sightings};
use crate::domain::outbox::With;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

/// The newest alerts that are looked through for a device.
const ALERTS_A_PAGE: u32 = 100;
const MOST_PAGES: u32 = 5;
/// More actions than this a device does not show; the latest come first.
const MOST_ACTIONS: u32 = 100;
/// Devices are read by pages that one frame can take in.
const DEVICES_A_PAGE: usize = 1_000;
/// So many of the latest isolations and releases tell which devices are isolated.
const MOST_ISOLATIONS: usize = 1_000;

/// A page of the inventory.
pub struct Machines {
    pub machines: Vec<Machine>,
    pub next: Option<String>,
}

impl Client {
    /// Whether this deployment can reach devices at all.
    pub fn has_devices(&self) -> bool {
        self.endpoint().is_ok()
    }

    /// One device.
    pub async fn machine(&self, id: &str) -> Result<Machine, ApiError> {
        let url = format!("{}/machines/{}", self.endpoint()?, encode(id));
        let call = Call::get(Resource::Endpoint, url);
        self.answer(call).await?.read(machine)
    }

    /// The first page of all devices that the person may see.
    pub async fn machines(&self) -> Result<Machines, ApiError> {
        let url = format!("{}/machines?$top={DEVICES_A_PAGE}", self.endpoint()?);
        match self.more_machines(url, 0).await {
            // So the service says that there are none.
            Err(ApiError::NotFound { .. }) => Ok(Machines {
                machines: Vec::new(),
                next: None,
            }),
            answer => answer,
        }
    }

    /// The page that a previous one pointed at, after so many devices. A service that says nothing of
    /// more after a full page is asked for what follows it: it may take `$top` for the end.
    pub async fn more_machines(&self, url: String, before: usize) -> Result<Machines, ApiError> {
        let mut machines = Vec::new();
        let take = &mut |wire: Reader<'_>| machines.push(machine(wire));
        let more = self.page(Resource::Endpoint, url, take).await?;
        let base = self.endpoint()?;
        let (count, all) = (machines.len(), before + machines.len());
        let rest = || format!("{base}/machines?$top={DEVICES_A_PAGE}&$skip={all}");
        let next = more.next.or_else(|| (count == DEVICES_A_PAGE).then(rest));
        Ok(Machines { machines, next })
    }

    /// The latest isolations and releases of all devices, each with its device's id.
    pub async fn isolations(&self) -> Result<Vec<(String, MachineAction)>, ApiError> {
        let mut actions = Vec::new();
        for kind in ["Isolate", "Unisolate"] {
            let filter = encode(&format!("type eq '{kind}'"));
            let base = self.endpoint()?;
            let url = format!("{base}/machineactions?$filter={filter}&$top={MOST_ISOLATIONS}");
            let take = &mut |wire: Reader<'_>| {
                let device = wire.text("machineId").unwrap_or_default();
                actions.push((device, action(wire)));
            };
            self.page(Resource::Endpoint, url, take).await?;
        }
        Ok(actions)
    }

    /// What a device has been asked for, the latest first.
    pub async fn machine_actions(&self, id: &str) -> Result<Vec<MachineAction>, ApiError> {
        let quoted = id.replace('\'', "''");
        let filter = encode(&format!("machineId eq '{quoted}'"));
        let base = self.endpoint()?;
        let url = format!("{base}/machineactions?$filter={filter}&$top={MOST_ACTIONS}");
        let mut actions = Vec::new();
        let take = &mut |wire: Reader<'_>| actions.push(action(wire));
        self.page(Resource::Endpoint, url, take).await?;
        Ok(actions)
    }

    /// What takes an action back that has not ended.
    pub(super) fn cancel_machine_action(&self, id: &str, with: &With) -> Result<Call, ApiError> {
        let url = format!("{}/machineactions/{}/cancel", self.endpoint()?, encode(id));
        let body = ask(None, with);
        Ok(Call::write(
            Method::POST,
            Resource::Endpoint,
            url,
            Some(body),
        ))
    }

    /// Where a collected investigation package can be fetched.
    pub async fn package_of(&self, id: &str) -> Result<String, ApiError> {
        let base = self.endpoint()?;
        let url = format!("{base}/machineactions/{}/getPackageUri", encode(id));
        let answer = self.answer(Call::get(Resource::Endpoint, url)).await?;
        // The service quotes the address twice.
        answer.read(|wire| wire.needed("value").trim_matches('"').to_owned())
    }

    /// What the newest alerts know of a device. Graph cannot be asked by device: they are read and
    /// looked through.
    pub async fn sightings(&self, device: &str) -> Result<Sightings, ApiError> {
        let mut found = Sightings::default();
        let take = &mut |wire: Reader<'_>| {
            found.searched += 1;
            if let Some((sighting, machine)) = sighting(wire, device) {
                found.machine = found.machine.take().or(Some(machine));
                found.alerts.push(sighting);
            }
        };
        found.all = self.newest_alerts(take).await?;
        Ok(found)
    }

    /// The devices that the newest alerts describe, the newest first, how many alerts were looked
    /// through, and whether those were all.
    pub async fn seen_machines(&self) -> Result<(Vec<Machine>, usize, bool), ApiError> {
        let (mut machines, mut searched) = (Vec::new(), 0);
        let take = &mut |wire: Reader<'_>| {
            searched += 1;
            machines.extend(seen_in(wire));
        };
        let all = self.newest_alerts(take).await?;
        Ok((machines, searched, all))
    }

    /// Gives the newest alerts to `take`; true where those were all.
    async fn newest_alerts(&self, take: &mut dyn FnMut(Reader<'_>)) -> Result<bool, ApiError> {
        let first = format!("{}/security/alerts_v2?$top={ALERTS_A_PAGE}", self.graph);
        let mut page = Some(first);
        for _ in 0..MOST_PAGES {
            let Some(url) = page else { break };
            page = self.page(Resource::Graph, url, take).await?.next;
        }
        Ok(page.is_none())
    }

    /// The request that asks a device for an action.
    pub(super) fn ask_machine(
        &self,
        device: &str,
        kind: &Kind,
        with: &With,
    ) -> Result<Call, ApiError> {
        let url = format!(
            "{}/machines/{}/{}",
            self.endpoint()?,
            encode(device),
            kind.path
        );
        let body = Some(ask(Some(kind), with));
        Ok(Call::write(Method::POST, Resource::Endpoint, url, body))
    }
}
