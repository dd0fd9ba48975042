//! Pure Rust: what the portal knows and decides, without a browser, a clock or a network.
//! One concept, one file; nothing here can fail by panicking.

pub mod alert;
pub mod budget;
pub mod config;
pub mod error;
pub mod evidence;
pub mod fold;
pub mod id;
pub mod incident;
pub mod json;
pub mod keys;
pub mod load;
pub mod managed_response;
pub mod markdown;
mod open_enum;
pub mod outbox;
pub mod paging;
pub mod permission;
pub mod queue_index;
pub mod queue_query;
pub mod selection;
pub mod severity;
pub mod task;
pub mod text;
pub mod time;
pub mod url_query;
pub mod viewport;
