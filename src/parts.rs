//! Views that know incidents and serve several pages. They never name a page.

pub mod action_card;
pub mod alert;
pub mod ask;
pub mod badges;
pub mod chat;
pub mod device;
pub mod manage_incident;
pub mod managed_response;
pub mod people_picker;
pub mod thread;
pub mod zone_select;
