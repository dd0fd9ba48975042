//! Marking an incident resolved. Graph knows neither version nor key: the incident is read before, so
//! that nobody's change is written over unseen, and read back where no answer came.

use super::Incidents;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Incident, Status};
use crate::domain::resolution::{Resolution, has_more_alerts};
use crate::platform::clock;
use leptos::prelude::*;
use std::sync::Arc;

/// Pauses before the incident is read back, in milliseconds.
const READ_BACK_MS: [i32; 3] = [500, 1_500, 4_000];

/// What became of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// It is resolved; of so many linked alerts that were to be, so many are not.
    Done { failed: usize, of: usize },
    /// Somebody else has resolved it.
    Already(Arc<Incident>),
    /// It has changed since the person looked: this is it now.
    Moved(Arc<Incident>),
    /// Certainly not done.
    Refused(ApiError),
    /// No answer came, and what was read back does not show it.
    Unknown,
}

impl Incidents {
    /// Marks an incident resolved that is as the person saw it.
    pub async fn resolve(self, seen: &Incident, resolution: &Resolution) -> Resolved {
        let id = &seen.id;
        let written = match self.read_whole(id).await {
            // An earlier attempt has arrived after all: what is left is done.
            Ok(now) if resolution.is_all_of(&now) => true,
            Ok(now) if now.status == Status::Resolved => return Resolved::Already(now),
            Ok(now) if now.updated != seen.updated || has_more_alerts(&now, seen) => {
                return Resolved::Moved(now);
            }
            Ok(_) => false,
            Err(error) => return Resolved::Refused(error),
        };
        let client = self.session.client();
        if !written {
            match client.resolve_incident(id, resolution).await {
                Ok(incident) => self.put([incident]),
                Err(error) => {
                    self.session.heard(&error);
                    if !error.outcome_unknown() {
                        return Resolved::Refused(error);
                    }
                    if !self.shows(id, resolution).await {
                        return Resolved::Unknown;
                    }
                }
            }
        }
        let mut failed = 0;
        for alert in &resolution.alerts {
            // Setting what is set already changes nothing: a lost answer is asked for once more.
            let mut answer = client.resolve_alert(alert, resolution).await;
            if answer.as_ref().is_err_and(ApiError::outcome_unknown) {
                clock::sleep(READ_BACK_MS[0]).await;
                answer = client.resolve_alert(alert, resolution).await;
            }
            failed += usize::from(answer.is_err());
        }
        self.reload(id);
        Resolved::Done {
            failed,
            of: resolution.alerts.len(),
        }
    }

    /// Whether the incident, read back, shows the resolution. The commit may land after the first look.
    async fn shows(self, id: &IncidentId, resolution: &Resolution) -> bool {
        for pause in READ_BACK_MS {
            clock::sleep(pause).await;
            if let Ok(now) = self.read_whole(id).await
                && resolution.is_of(&now)
            {
                return true;
            }
        }
        false
    }

    async fn read_whole(self, id: &IncidentId) -> Result<Arc<Incident>, ApiError> {
        self.read_one(id).await?;
        let held = self.details.try_with_value(|all| all.get(id).cloned());
        let held = held
            .flatten()
            .and_then(|detail| detail.get_untracked().value().cloned());
        held.ok_or(ApiError::Aborted)
    }
}
