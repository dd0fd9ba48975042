//! An intent as text on the disk. Its phase is not written: after a reload nobody knows how far it
//! got, so it is read back.

use super::{Intent, Phase, Seen, With};
use crate::domain::error::ApiError;
use crate::domain::id::{IncidentId, TaskId};
use crate::domain::task::{Act, TaskStatus};
use crate::domain::time::Timestamp;
use crate::domain::url_query::{decode, encode};

const FIELDS: usize = 11;
/// What the first version kept.
const FIELDS_AT_LEAST: usize = 8;

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
            &self.with.comment,
            &self.with.choice,
            self.comes_to.as_ref().map_or("", TaskId::as_str),
        ];
        fields.map(encode).join("&")
    }

    /// The intent of a kept text, its outcome unknown; `None` for a text that is no intent.
    pub fn restored(record: &str) -> Option<Intent> {
        let mut fields: Vec<String> = record.split('&').map(decode).collect();
        if (FIELDS_AT_LEAST..FIELDS).contains(&fields.len()) {
            fields.resize(FIELDS, String::new());
        }
        let fields: [String; FIELDS] = fields.try_into().ok()?;
        let [
            task,
            incident,
            title,
            act,
            key,
            at,
            status,
            modified,
            comment,
            choice,
            comes_to,
        ] = fields;
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
            // When it was read is of no account any more: it is read back.
            looked: Timestamp(0),
            comes_to: Some(TaskId(comes_to)).filter(|task| !task.as_str().is_empty()),
            with: With { comment, choice },
            kept: true,
            ends: None,
            phase: Phase::restored(),
        })
    }
}
