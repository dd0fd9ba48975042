//! Documents of the Experts API: the service and a managed response.

use super::incident::time;
use crate::domain::json::Reader;
use crate::domain::managed_response::{Indicator, InvolvedDevice, ManagedResponse, TimelineEntry};

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
        name: name.unwrap_or_else(|| "Unnamed device".into()),
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
