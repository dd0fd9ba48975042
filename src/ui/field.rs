//! Form fields: label, hint, error and counter wired to the control. What is valid is the
//! caller's decision; drafts are kept by the caller too.

pub mod choice;
pub mod radio_cards;
pub mod tags;
pub mod text;
mod wiring;

pub use choice::{Checkbox, RadioGroup, Select, Switch};
pub use radio_cards::{RadioCard, RadioCards};
pub use tags::TagInput;
pub use text::{SearchBox, TextArea, TextField};
pub(super) use wiring::Wiring;
