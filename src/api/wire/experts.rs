//! Documents of the Experts API: the service and a managed response.

use super::incident::time;
use crate::domain::clocks::{Turn, Waiting};
use crate::domain::json::{Json, Reader};
use crate::domain::managed_response::{
    Exclusions, Indicator, InvolvedDevice, ManagedResponse, TimelineEntry,
};
use lexicon::t;

pub(crate) fn managed_response(wire: Reader<'_>) -> ManagedResponse {
    let summary = wire.object("investigationSummary");
    let parts = |name| {
        summary
            .and_then(|summary| summary.list(name))
            .into_iter()
            .flatten()
    };
    let markdown = summary.and_then(|summary| summary.text("markdown"));
    ManagedResponse {
        summary: markdown.unwrap_or_default(),
        devices: parts("devices").map(device).collect(),
        indicators: parts("indicators").map(indicator).collect(),
        timeline: parts("timeline").map(entry).collect(),
        published: time(wire, "publishedAt"),
        published_by: wire.text("publishedBy"),
        awaiting_since: time(wire, "awaitingSince"),
    }
}

fn device(wire: Reader<'_>) -> InvolvedDevice {
    let id = wire.text("deviceId");
    let name = wire.text("displayName").or_else(|| id.clone());
    InvolvedDevice {
        name: name.unwrap_or_else(|| t!("Unnamed device").into()),
        id: id.unwrap_or_default(),
        role: wire.text("role"),
    }
}

fn indicator(wire: Reader<'_>) -> Indicator {
    Indicator {
        kind: wire.text("kind").unwrap_or_default(),
        value: wire.text("value").unwrap_or_default(),
        note: wire.text("note"),
    }
}

fn entry(wire: Reader<'_>) -> TimelineEntry {
    TimelineEntry {
        at: time(wire, "at"),
        text: wire.text("text").unwrap_or_default(),
        device: wire.text("deviceName"),
    }
}

/// The document may be wrapped in its own name.
pub(crate) fn exclusions(wire: Reader<'_>) -> Exclusions {
    let wire = wire.object("exclusions").unwrap_or(wire);
    let groups = wire.list("deviceGroups").into_iter().flatten();
    let users = wire.list("userGroups").into_iter().flatten();
    Exclusions {
        device_groups: groups
            .map(|group| (group.needed("id"), group.text("name").unwrap_or_default()))
            .collect(),
        high_value_devices: is(wire, "excludeAllHighValueDevices"),
        user_groups: users
            .map(|group| {
                group
                    .filled("displayName")
                    .unwrap_or_else(|| group.needed("id"))
            })
            .collect(),
        high_value_users: is(wire, "excludeAllHighValueUsers"),
    }
}

/// The turns of a page of history, and where the next one begins.
pub(crate) fn history(wire: Reader<'_>) -> (Vec<Turn>, Option<String>) {
    let turn = |event: Reader<'_>| {
        Some(Turn {
            at: time(event, "at")?,
            on: Waiting::parse(event.str("waitingOn").unwrap_or("nobody")),
            paused: is(event, "paused"),
        })
    };
    let turns = wire.needed_list("items").filter_map(turn).collect();
    (turns, wire.text("nextCursor"))
}

fn is(wire: Reader<'_>, name: &str) -> bool {
    *wire.raw().get(name) == Json::Bool(true)
}
