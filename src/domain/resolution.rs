//! Marking an incident resolved: which determinations go with which classification, what is written,
//! and whether an incident shows that it was.

use super::alert::AlertStatus;
use super::incident::{Classification, Determination, Incident, Status};

/// What a person says an incident turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub classification: Classification,
    pub determination: Determination,
    /// For the activity log; may be empty.
    pub note: String,
    /// The linked alerts that are resolved with it, by id.
    pub alerts: Vec<String>,
}

/// The classifications that are offered.
pub const CLASSIFICATIONS: [Classification; 3] = [
    Classification::TruePositive,
    Classification::InformationalExpectedActivity,
    Classification::FalsePositive,
];

/// The determinations that are offered with a classification. Retired ones are shown, never offered.
pub fn determinations(classification: &Classification) -> &'static [Determination] {
    use Determination::{
        CompromisedAccount, ConfirmedActivity, LineOfBusinessApplication, MaliciousUserActivity,
        Malware, MultiStagedAttack, NotEnoughData, NotMalicious, Other, Phishing, SecurityTesting,
        UnwantedSoftware,
    };
    match classification {
        Classification::TruePositive => &[
            MultiStagedAttack,
            MaliciousUserActivity,
            CompromisedAccount,
            Malware,
            Phishing,
            UnwantedSoftware,
            Other,
        ],
        Classification::InformationalExpectedActivity => &[
            SecurityTesting,
            LineOfBusinessApplication,
            ConfirmedActivity,
            Other,
        ],
        Classification::FalsePositive => &[NotMalicious, NotEnoughData, Other],
        Classification::NotSet | Classification::Unknown(_) => &[],
    }
}

impl Resolution {
    /// Whether an incident that was read shows what was asked for, whoever did it.
    pub fn is_of(&self, incident: &Incident) -> bool {
        incident.status == Status::Resolved
            && incident.classification == self.classification
            && incident.determination == self.determination
    }

    /// Whether it shows the note, too: then nothing is left to be written to it.
    pub fn is_all_of(&self, incident: &Incident) -> bool {
        let note = incident.resolving_comment.as_deref().unwrap_or_default();
        self.is_of(incident) && (self.note.is_empty() || note.trim() == self.note)
    }
}

/// The linked alerts that are still open; `None` where they are not known.
pub fn open_alerts(incident: &Incident) -> Option<Vec<String>> {
    let alerts = incident.alerts.as_ref()?;
    let open = alerts
        .iter()
        .filter(|alert| alert.status != AlertStatus::Resolved);
    Some(open.map(|alert| alert.id.clone()).collect())
}

/// Whether an incident has open alerts now that were not there when somebody looked. Lists tell of
/// changes without telling of alerts, so its time says nothing about them.
pub fn has_more_alerts(now: &Incident, seen: &Incident) -> bool {
    let (Some(open), Some(seen)) = (open_alerts(now), &seen.alerts) else {
        return false;
    };
    !open
        .iter()
        .all(|id| seen.iter().any(|alert| alert.id == *id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::alert::Alert;
    use crate::domain::id::IncidentId;
    use crate::domain::severity::Severity;
    use crate::domain::time::Timestamp;

    fn resolved(note: Option<&str>) -> Incident {
        Incident {
            id: IncidentId("29".into()),
            name: "Ransomware".into(),
            status: Status::Resolved,
            severity: Severity::High,
            classification: Classification::TruePositive,
            determination: Determination::Malware,
            assigned_to: None,
            custom_tags: vec![],
            system_tags: vec![],
            created: Timestamp(0),
            updated: Timestamp(0),
            last_modified_by: None,
            description: None,
            summary: None,
            resolving_comment: note.map(str::to_owned),
            redirect_to: None,
            priority_score: None,
            comments: vec![],
            alerts: None,
        }
    }

    #[test]
    fn a_late_arrival_is_ones_own_where_it_shows_all_that_was_written() {
        let mut wanted = Resolution {
            classification: Classification::TruePositive,
            determination: Determination::Malware,
            note: String::new(),
            alerts: vec!["da1".into()],
        };
        assert!(wanted.is_all_of(&resolved(None)));
        wanted.note = "Contained.".into();
        assert!(wanted.is_all_of(&resolved(Some("Contained. "))));
        assert!(
            !wanted.is_all_of(&resolved(Some("Rebuilt."))),
            "a note would be lost"
        );
        assert!(wanted.is_of(&resolved(None)));
        wanted.determination = Determination::Phishing;
        assert!(!wanted.is_all_of(&resolved(Some("Contained."))));
    }

    #[test]
    fn an_alert_that_has_come_since_somebody_looked_is_more_and_one_that_was_resolved_is_not() {
        let with = |alerts: &[(&str, AlertStatus)]| Incident {
            alerts: Some(
                alerts
                    .iter()
                    .map(|(id, status)| Alert::bare(id, status))
                    .collect(),
            ),
            ..resolved(None)
        };
        let seen = with(&[("a", AlertStatus::New), ("b", AlertStatus::New)]);
        let now = with(&[("a", AlertStatus::Resolved), ("b", AlertStatus::New)]);
        assert!(!has_more_alerts(&now, &seen));
        let now = with(&[("b", AlertStatus::New), ("c", AlertStatus::Resolved)]);
        assert!(!has_more_alerts(&now, &seen));
        let now = with(&[("b", AlertStatus::New), ("c", AlertStatus::New)]);
        assert!(has_more_alerts(&now, &seen));
        assert!(!has_more_alerts(&resolved(None), &seen));
    }

    #[test]
    fn each_classification_has_its_determinations_and_other() {
        for classification in CLASSIFICATIONS {
            let offered = determinations(&classification);
            assert!(
                offered.contains(&Determination::Other),
                "{classification:?}"
            );
            let retired = [Determination::Apt, Determination::SecurityPersonnel];
            assert!(!offered.iter().any(|one| retired.contains(one)));
        }
        assert!(determinations(&Classification::NotSet).is_empty());
    }
}
