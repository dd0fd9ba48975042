//! Words of what is known of a device.

use lexicon::t;

pub(super) const ABOUT: &str = t!("About this device");
pub(super) const HEALTH: &str = t!("Health");
pub(super) const ONBOARDING: &str = t!("Onboarding");
pub(super) const RISK: &str = t!("Risk");
pub(super) const EXPOSURE: &str = t!("Exposure");
pub(super) const VALUE: &str = t!("Value");
pub(super) const HIGH_VALUE: &str = t!(
    "A high-value device: what is done to it is felt. Exclusions may keep experts away from it."
);
pub(super) const GROUP: &str = t!("Device group");
pub(super) const SYSTEM: &str = t!("System");
pub(super) const ADDRESS: &str = t!("IP address");
pub(super) const EXTERNAL_ADDRESS: &str = t!("External IP address");
pub(super) const FIRST_SEEN: &str = t!("First seen");
pub(super) const LAST_SEEN: &str = t!("Last seen");
pub(super) const TAGS: &str = t!("Tags");
pub(super) const ID: &str = t!("Device ID");
pub(super) const DIRECTORY_ID: &str = t!("Microsoft Entra device ID");
