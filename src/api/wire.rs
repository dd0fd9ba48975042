//! What bodies look like on the wire, and how each becomes a domain type. Nothing here leaves `api`.

mod alert;
pub(super) mod directory;
mod evidence;
pub(super) mod experts;
pub(super) mod incident;
pub(super) mod task;

#[cfg(test)]
mod tests;
