//! One alert of an incident.

use super::evidence::Evidence;
use super::id::IncidentId;
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
    /// The incident that it is part of, where it is told.
    pub incident: Option<IncidentId>,
    /// MITRE ATT&CK technique ids, such as `T1003.001`.
    pub techniques: Vec<String>,
    pub created: Option<Timestamp>,
    pub first_activity: Option<Timestamp>,
    pub last_activity: Option<Timestamp>,
    /// How the automated investigation of it stands, as the service says it.
    pub investigation: Option<String>,
    pub evidence: Vec<Evidence>,
}

impl Alert {
    /// Whether an automated investigation is at it, or waits for somebody to approve what it would do.
    pub fn investigated(&self) -> bool {
        const AT_IT: [&str; 5] = [
            "running",
            "queued",
            "pendingApproval",
            "pendingResource",
            "partiallyInvestigated",
        ];
        let state = self.investigation.as_deref().unwrap_or_default();
        AT_IT.iter().any(|one| one.eq_ignore_ascii_case(state))
    }
}

#[cfg(test)]
impl Alert {
    /// One of which nothing is known but this.
    pub(in crate::domain) fn bare(id: &str, status: &AlertStatus) -> Alert {
        Alert {
            id: id.into(),
            title: format!("Alert {id}"),
            description: None,
            severity: Severity::High,
            status: status.clone(),
            category: None,
            source: None,
            incident: None,
            techniques: Vec::new(),
            created: None,
            first_activity: None,
            last_activity: None,
            investigation: None,
            evidence: Vec::new(),
        }
    }
}

/// `CredentialAccess` as `Credential access`: categories are free strings in Pascal case.
pub fn spaced(pascal: &str) -> String {
    let mut words = String::with_capacity(pascal.len() + 4);
    let mut previous_lower = false;
    let mut rest = pascal.chars();
    while let Some(c) = rest.next() {
        if c.is_ascii_uppercase() && previous_lower {
            words.push(' ');
            // `SenderIP` ends in two letters that belong together.
            let alone = !rest
                .as_str()
                .starts_with(|next: char| next.is_ascii_uppercase());
            words.push(if alone { c.to_ascii_lowercase() } else { c });
        } else {
            words.push(c);
        }
        previous_lower = c.is_ascii_lowercase();
    }
    words
}

/// A name with its first letter made large.
pub fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn categories_read_as_words() {
        assert_eq!(spaced("CredentialAccess"), "Credential access");
        assert_eq!(spaced("CommandAndControl"), "Command and control");
        assert_eq!(spaced("DLP"), "DLP");
        assert_eq!(spaced("SenderIP"), "Sender IP");
        assert_eq!(spaced("Malware"), "Malware");
    }
}
