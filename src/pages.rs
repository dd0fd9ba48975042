//! One module per address of the portal. A page reads `state`, draws with `ui`, `charts` and `parts`,
//! and never names another page.

pub mod alert;
pub mod alerts;
pub mod device;
pub mod devices;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod home;
pub mod incident;
pub mod incidents;
pub mod messages;
pub mod overview;
pub mod preferences;
pub mod reports;
pub mod settings;
