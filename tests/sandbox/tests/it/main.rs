//! The sandbox as a client sees it, asked in process. Each test has a tenant of its own in memory.

mod client;
mod experts;
mod faults;
mod hostile;
mod incidents;
mod managed_response;
mod paging;
mod portal;
mod roles;
mod sign_in;
mod tasks;
mod tenant;
