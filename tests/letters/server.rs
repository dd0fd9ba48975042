//! A service that honours keys for a day, as the Experts API's document says.

use mdr_portal::domain::error::ApiError;
use std::collections::BTreeMap;

const DAY: i64 = 24 * 3_600_000;

#[derive(Default)]
pub(crate) struct Server {
    /// What it has done: each letter's key, in order.
    pub(crate) done: Vec<String>,
    /// When it began with a key, and until when it is busy with it.
    known: BTreeMap<String, (i64, i64)>,
}

impl Server {
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.known.contains_key(key)
    }

    /// Takes a request that needs so long; what it answers once it is through with it.
    pub(crate) fn take(&mut self, now: i64, key: &str, needs: i64) -> Result<String, ApiError> {
        match self.known.get(key) {
            Some((began, _)) if now - began > DAY => {}
            Some((_, until)) if *until > now => {
                return Err(ApiError::Conflict {
                    code: "requestInProgress".into(),
                    message: String::new(),
                    request_id: None,
                });
            }
            Some(_) => return Ok(format!("id of {key}")),
            None => {}
        }
        self.known.insert(key.into(), (now, now + needs));
        self.done.push(key.into());
        Ok(format!("id of {key}"))
    }
}
