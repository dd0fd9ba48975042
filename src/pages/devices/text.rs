//! Words of the inventory of devices.

use crate::domain::text::visible;
use lexicon::t;

pub(super) const TITLE: &str = t!("Devices");
pub(super) const WHAT: &str = t!("The list of devices");
pub(super) const WHAT_ONE: &str = t!("The device");
pub(super) const INCIDENTS_WHAT: &str = t!("The incidents of devices");
pub(super) const ISOLATION_WHAT: &str = t!("Which devices are isolated");
pub(super) const SEARCH: &str = t!("Search devices");
pub(super) const ANY: &str = t!("Any");
pub(super) const NAME: &str = t!("Device");
pub(super) const RISK: &str = t!("Risk");
pub(super) const INCIDENTS: &str = t!("Open incidents");
pub(super) const ISOLATION: &str = t!("Isolation");
pub(super) const HEALTH: &str = t!("Health");
pub(super) const VALUE: &str = t!("Value");
pub(super) const SYSTEM: &str = t!("System");
pub(super) const GROUP: &str = t!("Device group");
pub(super) const TAG: &str = t!("Tag");
pub(super) const TAGS: &str = t!("Tags");
pub(super) const LAST_SEEN: &str = t!("Last seen");
pub(super) const LOADED: &str = t!("Loaded");
pub(super) const REFRESH: &str = t!("Refresh");
pub(super) const EXPORT: &str = t!("Export to CSV");
pub(super) const NOTHING_SHOWN: &str = t!("The list is empty.");
pub(super) const THREATENED: &str = t!("With open incidents");
pub(super) const NOT_COUNTED: &str =
    t!("Incidents are still being read: which devices they name is not known yet.");
pub(super) const NONE: &str = t!("No devices");
pub(super) const NONE_ADVICE: &str = t!(
    "Defender for Endpoint names no device that your account may see. Devices appear here once they are onboarded."
);
pub(super) const NONE_SEEN_ADVICE: &str = t!("No alert and no incident names a device.");
pub(super) const NO_MATCH: &str = t!("No devices match");
pub(super) const NO_MATCH_ADVICE: &str = t!("Search for something else, or clear the filters.");
pub(super) const CLEAR: &str = t!("Clear filters");
pub(super) const MORE: &str = t!("More actions");
pub(super) const OPEN_PAGE: &str = t!("View device details");
pub(super) const NO_INCIDENTS: &str = t!("No open incident of the last 30 days names this device.");
pub(super) const HERE: &str = t!("How it stands");
pub(super) const PERIOD: &str = t!("Open incidents are those created in the last 30 days.");

/// What this deployment lacks, and what is shown in its place.
pub(super) fn no_endpoint(alerts: usize, all: bool) -> String {
    let alerts = match all {
        true => t!(
            alerts,
            "the {count} alert",
            "all {count} alerts",
            count = alerts
        ),
        false => t!(
            alerts,
            "the newest {count} alert",
            "the newest {count} alerts",
            count = alerts
        ),
    };
    t!(
        "This deployment has no address for Defender for Endpoint (endpointBaseUrl). These are the devices that {alerts} and the incidents of the last 30 days name, as they were described then. Devices without an alert are missing, and so is what a device is worth, when it was last seen and whether it is isolated. Whoever runs the portal can configure a relay."
    )
}

/// The words of a filter.
pub(super) fn filter(name: &str) -> &'static str {
    match name {
        "risk" => RISK,
        "health" => HEALTH,
        "value" => VALUE,
        "system" => SYSTEM,
        "group" => GROUP,
        "tag" => TAG,
        _ => ISOLATION,
    }
}

/// How many are shown of how many.
pub(super) fn count(shown: usize, all: usize) -> String {
    match shown == all {
        true => t!(all, "{count} device", "{count} devices", count = all),
        false => t!(
            all,
            "{shown} of {count} device",
            "{shown} of {count} devices",
            count = all
        ),
    }
}

/// Why the list is not whole.
pub(super) fn partial(read: usize) -> String {
    t!(
        read,
        "Only {count} device has been read; there are more. Search and filters know nothing of the rest.",
        "Only {count} devices have been read; there are more. Search and filters know nothing of the rest.",
        count = read
    )
}

pub(super) const READING: &str = t!("More devices are being read…");

/// How far the incidents have been read.
pub(super) fn reading_incidents(read: usize, of: Option<usize>) -> String {
    match of {
        Some(of) => t!("Reading the incidents that name devices: {read} of {of}."),
        None => t!("Reading the incidents that name devices.").into(),
    }
}

/// What leads to a device's open incidents.
pub(super) fn incidents(count: usize) -> String {
    t!(count, "{count} open incident", "{count} open incidents")
}

/// What a cell's link to incidents is called.
pub(super) fn incidents_of(count: usize, name: &str) -> String {
    let (all, name) = (incidents(count), visible(name));
    t!("{all} of {name}")
}
