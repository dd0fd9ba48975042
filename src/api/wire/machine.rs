//! Defender for Endpoint's `machine` and `machineAction`.

use super::incident::time;
use crate::domain::id::IncidentId;
use crate::domain::json::{self, Reader};
use crate::domain::machine::{
    Health, Kind, Level, Machine, MachineAction, Onboarding, Sighting, Standing, Value,
};
use crate::domain::outbox::With;
use crate::domain::severity::Severity;

pub(crate) fn machine(wire: Reader<'_>) -> Machine {
    let id = wire.needed("id");
    Machine {
        name: wire.filled("computerDnsName").unwrap_or_else(|| id.clone()),
        id,
        health: wire.str("healthStatus").map(Health::parse),
        onboarding: wire.str("onboardingStatus").map(Onboarding::parse),
        risk: wire.str("riskScore").map(Level::parse),
        exposure: wire.str("exposureLevel").map(Level::parse),
        value: wire.str("deviceValue").map(Value::parse),
        group_id: wire.int("rbacGroupId").map(|id| id.to_string()),
        group: wire.filled("rbacGroupName"),
        os: wire.filled("osPlatform"),
        version: wire.filled("version"),
        first_seen: time(wire, "firstSeen"),
        last_seen: time(wire, "lastSeen"),
        address: wire.filled("lastIpAddress"),
        external_address: wire.filled("lastExternalIpAddress"),
        directory_id: wire.filled("aadDeviceId"),
        tags: wire.texts("machineTags").unwrap_or_default(),
    }
}

pub(crate) fn action(wire: Reader<'_>) -> MachineAction {
    let file = wire.object("relatedFileInfo");
    MachineAction {
        id: wire.needed("id"),
        kind: wire.text("type").unwrap_or_default(),
        scope: wire.filled("scope"),
        standing: Standing::parse(wire.str("status").unwrap_or_default()),
        requestor: wire.filled("requestor"),
        comment: wire.filled("requestorComment"),
        created: time(wire, "creationDateTimeUtc"),
        // Lists spell it differently.
        updated: time(wire, "lastUpdateDateTimeUtc").or_else(|| time(wire, "lastUpdateTimeUtc")),
        error: wire.int("errorHResult"),
        file: file.and_then(|file| file.filled("fileIdentifier")),
    }
}

/// An alert that names a device, and the device as its evidence describes it.
pub(crate) fn sighting(wire: Reader<'_>, device: &str) -> Option<(Sighting, Machine)> {
    let machine = seen_in(wire).find(|machine| machine.id == device)?;
    let alert = wire.needed("id");
    let sighting = Sighting {
        title: wire.filled("title").unwrap_or_else(|| alert.clone()),
        alert,
        severity: Severity::parse(wire.str("severity").unwrap_or("unknown")),
        incident: wire.filled("incidentId").map(IncidentId),
        at: time(wire, "createdDateTime"),
    };
    Some((sighting, machine))
}

/// The devices that an alert's evidence describes, where they have an id in Defender for Endpoint.
pub(crate) fn seen_in(wire: Reader<'_>) -> impl Iterator<Item = Machine> {
    let evidence = wire.list("evidence").into_iter().flatten();
    evidence.filter_map(|one| {
        let kind = one.str("@odata.type").unwrap_or_default();
        let id = one.filled("mdeDeviceId")?;
        kind.ends_with("deviceEvidence").then(|| seen(one, id))
    })
}

fn seen(wire: Reader<'_>, id: String) -> Machine {
    let name = wire
        .filled("deviceDnsName")
        .or_else(|| wire.filled("hostName"));
    Machine {
        name: name.unwrap_or_else(|| id.clone()),
        id,
        health: wire.str("healthStatus").map(Health::parse),
        onboarding: wire.str("onboardingStatus").map(Onboarding::parse),
        risk: wire.str("riskScore").map(Level::parse),
        group_id: wire.int("rbacGroupId").map(|id| id.to_string()),
        group: wire.filled("rbacGroupName"),
        os: wire.filled("osPlatform"),
        version: wire.filled("version"),
        first_seen: time(wire, "firstSeenDateTime"),
        address: wire.filled("lastIpAddress"),
        external_address: wire.filled("lastExternalIpAddress"),
        directory_id: wire.filled("azureAdDeviceId"),
        tags: wire.texts("tags").unwrap_or_default(),
        // What only Defender for Endpoint says.
        exposure: None,
        value: None,
        last_seen: None,
    }
}

/// The body that asks for an action, or takes one back. Names of members are case-sensitive.
pub(crate) fn ask(kind: Option<&Kind>, with: &With) -> String {
    let parameter = kind.and_then(|kind| kind.parameter);
    let mut members = vec![("Comment", with.comment.as_str())];
    members.extend(parameter.map(|(name, _)| (name, with.choice.as_str())));
    json::object(&members)
}
