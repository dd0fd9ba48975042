//! Thin adapters to the browser, one job each, without policy.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crypto;
pub mod database;
pub mod document;
pub mod dom;
pub mod download;
pub mod files;
pub mod host;
pub mod intl;
pub mod location;
pub mod locks;
pub mod notify;
pub mod observe;
pub mod panic;
pub mod popover;
pub mod split;
pub mod storage;
pub mod task;
pub mod visibility;
