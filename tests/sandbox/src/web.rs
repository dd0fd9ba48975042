//! HTTP without meaning: accepting connections, telling the origins apart, CORS, the error
//! envelopes, injected faults and the log of requests.

pub mod cors;
pub mod envelope;
pub mod faults;
pub mod hosts;
pub mod log;
pub mod server;
