//! One module per address of the portal. A page reads `state`, draws with `ui`, `charts` and `parts`,
//! and never names another page.

#[cfg(feature = "gallery")]
pub mod gallery;
pub mod home;
pub mod incident;
pub mod incidents;
pub mod preferences;
