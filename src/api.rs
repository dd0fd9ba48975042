//! The HTTP boundary: one short function per endpoint, wire types apart from domain types.
//! `client` is the only place for tokens, retries, timeouts, limits and the shape of requests.

pub mod alerts;
mod batch;
mod body;
pub mod client;
pub mod conversations;
pub mod endpoint;
pub mod events;
pub mod experts;
mod failure;
pub mod graph;
mod kept;
pub mod notifications;
mod pages;
pub mod readiness;
pub mod reports;
pub mod service;
pub mod settings;
pub mod tasks;
mod wire;
