//! Bodies as they are on the wire, and how each becomes a domain type. Nothing here leaves `api`.

pub(super) mod alert;
pub(super) mod directory;
pub(super) mod evidence;
pub(super) mod experts;
pub(super) mod incident;
pub(super) mod task;

use serde::Deserialize;

/// A Graph collection.
#[derive(Deserialize)]
pub(super) struct Collection<T> {
    /// How many there are on all pages; on the first page, where it was asked for.
    #[serde(rename = "@odata.count")]
    pub(super) count: Option<usize>,
    #[serde(rename = "@odata.nextLink")]
    pub(super) next_link: Option<String>,
    pub(super) value: Vec<T>,
}

#[cfg(test)]
mod tests;
