//! Form fields: label, hint, error and counter wired to the control. What is valid is the
//! caller's decision; drafts are kept by the caller too.

pub mod choice;
pub mod text;

pub use choice::{Checkbox, RadioGroup, Select, Switch};
pub use text::{SearchBox, TextArea, TextField};
