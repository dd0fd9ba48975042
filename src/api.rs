//! The HTTP boundary: one short function per endpoint, wire types apart from domain types.
//! `client` is the only place for tokens, retries, timeouts, limits and the shape of requests.

pub mod client;
pub mod experts;
mod failure;
pub mod graph;
pub mod tasks;
mod wire;
