//! What outlives a page: the only owners of long-lived signals. Pages read signals and call methods;
//! nothing here draws.

pub mod alerts;
pub mod comments;
pub mod connection;
pub mod drafts;
pub mod failed_actions;
pub mod incidents;
pub mod inventory;
pub mod letters;
pub mod machines;
pub mod notifications;
mod outbox;
pub mod preferences;
pub mod readiness;
pub mod report;
pub mod responses;
pub mod samples;
pub mod service;
pub mod session;
pub mod settings;
pub mod talks;
mod turn;
