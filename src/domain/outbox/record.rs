//! An intent as text on the disk. Its phase is not written: after a reload nobody knows how far it
//! got, so it is read back.

use super::{Intent, Phase, Seen};
use crate::domain::error::ApiError;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::task::{Act, TaskStatus};
use crate::domain::time::Timestamp;
use crate::domain::url_query::{decode, encode};

impl Phase {
    /// What is known of an intent whose page is gone: nothing.
    pub(super) fn restored() -> Phase {
        Phase::Checking {
            why: ApiError::Aborted,
            reads: 0,
        }
    }
}

impl Intent {
    /// The text to keep.
    pub fn record(&self) -> String {
        let (at, seen) = (self.at.0.to_string(), self.seen.modified);
        let modified = seen.map(|at| at.0.to_string()).unwrap_or_default();
        let fields = [
            self.task.as_str(),
            self.incident.as_str(),
            &self.title,
            self.act.wire(),
            &self.key,
            &at,
            self.seen.status.wire(),
            &modified,
        ];
        fields.map(encode).join("&")
    }

    /// The intent of a kept text, its outcome unknown; `None` for a text that is no intent.
    pub fn restored(record: &str) -> Option<Intent> {
        let fields: Vec<String> = record.split('&').map(decode).collect();
        let [task, incident, title, act, key, at, status, modified] = fields.try_into().ok()?;
        Some(Intent {
            task: TaskId(task),
            incident: IncidentId(incident),
            title,
            act: Act::ALL.into_iter().find(|known| known.wire() == act)?,
            key,
            at: Timestamp(at.parse().ok()?),
            seen: Seen {
                status: TaskStatus::parse(&status),
                modified: modified.parse().ok().map(Timestamp),
            },
            kept: true,
            ends: None,
            phase: Phase::restored(),
        })
    }
}
