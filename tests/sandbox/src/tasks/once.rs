//! Idempotency keys: a request repeated under its key gets the stored answer and has no second
//! effect. Graph's origin knows no such thing and ignores the header.

use anyhow::Result;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::Origin;
use crate::{
    clock::{DAY, Ticks},
    people::Person,
    refusal::Refusal,
    web::envelope::put,
};

pub struct Request {
    key: Option<String>,
    /// What is asked for: the same key with another one is a mistake of the client.
    what: String,
}

impl Request {
    pub fn new(
        origin: Origin,
        headers: &HeaderMap,
        method: &str,
        task: &str,
        body: &Value,
    ) -> Result<Self, Refusal> {
        let header = headers
            .get("idempotency-key")
            .filter(|_| origin == Origin::Experts);
        let key = header.map(|value| value.to_str().unwrap_or_default().trim_matches('"').trim());
        if key == Some("") {
            return Err(Refusal::bad_request(
                "The Idempotency-Key is empty or unreadable.",
            ));
        }
        Ok(Self {
            key: key.map(str::to_owned),
            what: format!("{method} {task} {body}"),
        })
    }

    pub fn once(
        &self,
        db: &Connection,
        person: &Person,
        now: Ticks,
        work: impl FnOnce(Option<&str>) -> Result<(StatusCode, String), Refusal>,
    ) -> Result<Response, Refusal> {
        let Some(key) = &self.key else {
            let (status, body) = work(None)?;
            return Ok(answer(status, body));
        };
        let (status, body) = match self.stored(db, key, person, now)? {
            Some(stored) => stored,
            None => {
                // A refusal is not stored: it had no effect, so asking again does no harm.
                let (status, body) = work(Some(key))?;
                db.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                    params![key, person.name, self.what, status.as_u16(), body, now],
                )?;
                (status, body)
            }
        };
        let mut response = answer(status, body);
        put(
            response.headers_mut(),
            "idempotency-key",
            &format!("\"{key}\""),
        );
        Ok(response)
    }

    fn stored(
        &self,
        db: &Connection,
        key: &str,
        person: &Person,
        now: Ticks,
    ) -> Result<Option<(StatusCode, String)>, Refusal> {
        let query = "SELECT request, status, body FROM answers
                     WHERE key = ? AND person = ? AND at > ?";
        let row = db
            .query_row(query, params![key, person.name, now - DAY], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, u16>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })
            .optional()?;
        match row {
            Some((what, ..)) if what != self.what => Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotencyKeyReused",
                "This Idempotency-Key was used for another request.",
            )),
            Some((_, status, body)) => Ok(Some((
                StatusCode::from_u16(status).unwrap_or(StatusCode::OK),
                body,
            ))),
            None => Ok(None),
        }
    }
}

fn answer(status: StatusCode, body: String) -> Response {
    if body.is_empty() {
        return status.into_response();
    }
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
