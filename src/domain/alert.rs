//! One alert of an incident.

use super::evidence::Evidence;
use super::open_enum::open_enum;
use super::severity::Severity;
use super::time::Timestamp;

open_enum! {
    /// Where an alert stands.
    pub enum AlertStatus {
        New = "new" => "New",
        InProgress = "inProgress" => "In progress",
        Resolved = "resolved" => "Resolved",
        NotSet = "unknown" => "Not set",
    }
}

/// An alert: one detection, with the evidence it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub severity: Severity,
    pub status: AlertStatus,
    /// Attack stage or kind, free text such as `CredentialAccess`.
    pub category: Option<String>,
    /// The product that raised it, in words.
    pub source: Option<String>,
    /// MITRE ATT&CK technique ids, such as `T1003.001`.
    pub techniques: Vec<String>,
    pub created: Option<Timestamp>,
    pub first_activity: Option<Timestamp>,
    pub last_activity: Option<Timestamp>,
    pub evidence: Vec<Evidence>,
}

/// `CredentialAccess` as `Credential access`: categories are free strings in Pascal case.
pub fn spaced(pascal: &str) -> String {
    let mut words = String::with_capacity(pascal.len() + 4);
    let mut previous_lower = false;
    for c in pascal.chars() {
        if c.is_ascii_uppercase() && previous_lower {
            words.push(' ');
            words.push(c.to_ascii_lowercase());
        } else {
            words.push(c);
        }
        previous_lower = c.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn categories_read_as_words() {
        assert_eq!(spaced("CredentialAccess"), "Credential access");
        assert_eq!(spaced("CommandAndControl"), "Command and control");
        assert_eq!(spaced("DLP"), "DLP");
        assert_eq!(spaced("Malware"), "Malware");
    }
}
