//! The Experts API's document as the sandbox uses it: `document` reads it, `schema` prepares what it
//! says of bodies, `watch` holds every answer against it. Requests are checked where they are taken,
//! in `call`.

pub mod document;
pub mod schema;
pub mod watch;

pub use document::{Match, Operation, contract};
