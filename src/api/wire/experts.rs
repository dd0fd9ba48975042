//! Documents of the Experts API: the service and a managed response.

use super::incident::time;
use crate::domain::managed_response::{self as domain, Indicator, InvolvedDevice, TimelineEntry};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ManagedResponse {
    investigation_summary: Option<Summary>,
    published_at: Option<String>,
    published_by: Option<String>,
    awaiting_since: Option<String>,
}

#[derive(Deserialize, Default)]
struct Summary {
    markdown: Option<String>,
    devices: Option<Vec<Device>>,
    indicators: Option<Vec<WireIndicator>>,
    timeline: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Device {
    device_id: Option<String>,
    display_name: Option<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
struct WireIndicator {
    kind: Option<String>,
    value: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    at: Option<String>,
    text: Option<String>,
    device_name: Option<String>,
}

impl From<ManagedResponse> for domain::ManagedResponse {
    fn from(wire: ManagedResponse) -> domain::ManagedResponse {
        let summary = wire.investigation_summary.unwrap_or_default();
        let devices = summary
            .devices
            .into_iter()
            .flatten()
            .map(|device| InvolvedDevice {
                name: device
                    .display_name
                    .or(device.device_id.clone())
                    .unwrap_or_else(|| "Unnamed device".into()),
                id: device.device_id.unwrap_or_default(),
                role: device.role,
            });
        let indicators = summary
            .indicators
            .into_iter()
            .flatten()
            .map(|indicator| Indicator {
                kind: indicator.kind.unwrap_or_default(),
                value: indicator.value.unwrap_or_default(),
                note: indicator.note,
            });
        let timeline = summary
            .timeline
            .into_iter()
            .flatten()
            .map(|entry| TimelineEntry {
                at: time(entry.at.as_deref()),
                text: entry.text.unwrap_or_default(),
                device: entry.device_name,
            });
        domain::ManagedResponse {
            devices: devices.collect(),
            indicators: indicators.collect(),
            timeline: timeline.collect(),
            summary: summary.markdown.unwrap_or_default(),
            published: time(wire.published_at.as_deref()),
            published_by: wire.published_by,
            awaiting_since: time(wire.awaiting_since.as_deref()),
        }
    }
}
