//! Views that know incidents and serve several pages. They never name a page.

pub mod badges;
pub mod managed_response;
pub mod zone_select;
