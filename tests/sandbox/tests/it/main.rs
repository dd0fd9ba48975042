//! The sandbox as a client sees it, asked in process. Each test has a tenant of its own in memory.

mod alerts;
mod audit;
mod batch;
mod client;
mod directory;
mod endpoint;
mod experts;
mod faults;
mod hostile;
mod incidents;
mod machine_actions;
mod machines;
mod managed_response;
mod paging;
mod portal;
mod reach;
mod roles;
mod scopes;
mod sign_in;
mod tasks;
mod tenant;
