//! How often a person may call: Defender counts per minute and per hour, and says how long to wait.

use std::{collections::HashMap, sync::Mutex};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    clock::{HOUR, MINUTE, SECOND, Ticks},
    refusal::Refusal,
    web::envelope::put,
};

/// Calls in a minute and in an hour.
#[derive(Clone, Copy, Debug)]
pub struct Limit(usize, usize);

/// Of every kind of action, and of reading.
pub const CALLS: Limit = Limit(100, 1500);
pub const PACKAGES: Limit = Limit(2, 120);

/// When each person called each part lately.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<(String, String), Vec<Ticks>>>);

impl Limits {
    /// Counts the call, or answers how long to wait.
    pub fn count(&self, person: &str, part: &str, limit: Limit, now: Ticks) -> Result<(), Ticks> {
        let Ok(mut calls) = self.0.lock() else {
            return Ok(());
        };
        let calls = calls
            .entry((person.to_owned(), part.to_owned()))
            .or_default();
        calls.retain(|at| *at > now - HOUR);
        for (most, span) in [(limit.0, MINUTE), (limit.1, HOUR)] {
            let recent: Vec<Ticks> = calls
                .iter()
                .copied()
                .filter(|at| *at > now - span)
                .collect();
            if recent.len() >= most {
                return Err(recent[recent.len() - most] + span - now);
            }
        }
        calls.push(now);
        Ok(())
    }

    pub fn clear(&self) {
        if let Ok(mut calls) = self.0.lock() {
            calls.clear();
        }
    }
}

pub fn too_many(wait: Ticks) -> Response {
    let text = "API calls quota exceeded! Maximum allowed calls are reached for this period.";
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", text);
    let mut response = refusal.into_response();
    let seconds = (wait + SECOND - 1) / SECOND;
    put(response.headers_mut(), "retry-after", &seconds.to_string());
    response
}
