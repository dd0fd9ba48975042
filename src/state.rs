//! What outlives a page: the only owners of long-lived signals. Pages read signals and call methods;
//! nothing here draws.

pub mod comments;
pub mod connection;
pub mod drafts;
pub mod incidents;
mod outbox;
pub mod preferences;
pub mod responses;
pub mod session;
