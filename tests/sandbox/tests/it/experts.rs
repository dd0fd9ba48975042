//! The Experts API, resource by resource. `api` asks it as a person of the tenant.

mod api;
mod chat;
mod contract;
mod events;
mod history;
mod inquiries;
mod lists;
mod readiness;
mod refusals;
mod reports;
mod settings;
