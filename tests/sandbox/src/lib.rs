//! A tenant and a managed detection and response service to develop, demonstrate and test the
//! portal against. It shares no code with the portal, so that agreement between them is evidence.
//!
//! `web` tells four origins apart on one port; `portal`, `login`, `graph` and `experts` answer for
//! them, `tasks` for the part Graph and the Experts API share, `endpoint` for Defender for Endpoint
//! behind a relay, `steer` for tests. `service` does
//! what experts and the service do by themselves. `store` keeps the tenant, `tenant` generates it
//! from `stories`.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod endpoint;
pub mod experts;
pub mod graph;
pub mod login;
pub mod people;
pub mod portal;
pub mod refusal;
pub mod rng;
pub mod service;
pub mod steer;
pub mod store;
pub mod stories;
pub mod tasks;
pub mod tenant;
pub mod web;
