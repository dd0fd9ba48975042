//! The last requests, so that a test can ask what the portal really sent.

use std::{collections::VecDeque, sync::Mutex};

use serde::Serialize;

use crate::clock::{Ticks, iso};

const KEPT: usize = 500;

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    pub at: String,
    pub method: String,
    pub host: String,
    /// Path and query.
    pub path: String,
    /// 0: the connection was dropped in the answer's place.
    pub status: u16,
    pub prefer: bool,
    pub idempotency_key: Option<String>,
}

#[derive(Default)]
pub struct Log(Mutex<VecDeque<Seen>>);

impl Log {
    pub fn add(&self, seen: Seen) {
        if let Ok(mut log) = self.0.lock() {
            log.push_back(seen);
            if log.len() > KEPT {
                log.pop_front();
            }
        }
    }

    pub fn all(&self) -> Vec<Seen> {
        self.0
            .lock()
            .map(|log| log.iter().cloned().collect())
            .unwrap_or_default()
    }

    pub fn clear(&self) {
        if let Ok(mut log) = self.0.lock() {
            log.clear();
        }
    }
}

impl Seen {
    pub fn stamp(at: Ticks) -> String {
        iso(at)
    }
}
