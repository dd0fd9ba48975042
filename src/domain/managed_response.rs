//! What the experts wrote about an incident: the investigation summary of a managed response.
//! Its actions are tasks (`domain::task`).

use super::time::Timestamp;

/// A device the experts looked at, and its part in the attack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvolvedDevice {
    pub id: String,
    pub name: String,
    pub role: Option<String>,
}

/// An indicator of attack or compromise. Never turned into a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// `sha256`, `ip`, `domain`, `url`, `account` or whatever the service names.
    pub kind: String,
    pub value: String,
    pub note: Option<String>,
}

/// One step of the attack or of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub at: Option<Timestamp>,
    pub text: String,
    pub device: Option<String>,
}

/// A published managed response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedResponse {
    /// The narrative, in Markdown.
    pub summary: String,
    pub devices: Vec<InvolvedDevice>,
    pub indicators: Vec<Indicator>,
    pub timeline: Vec<TimelineEntry>,
    pub published: Option<Timestamp>,
    pub published_by: Option<String>,
    pub awaiting_since: Option<Timestamp>,
}
