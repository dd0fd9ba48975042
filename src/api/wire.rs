//! What bodies look like on the wire, and how each becomes a domain type. Nothing here leaves `api`.

pub(super) mod alert;
pub(super) mod conversation;
pub(super) mod directory;
mod evidence;
pub(super) mod experts;
pub(super) mod incident;
pub(super) mod machine;
pub(super) mod readiness;
pub(super) mod report;
pub(super) mod service;
pub(super) mod settings;
pub(super) mod task;

#[cfg(test)]
mod tests;
