//! Sessions, codes and tokens: random strings that stand for a person until they expire.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::{
    auth::{Resource, scopes::Scopes},
    clock::{SECOND, Ticks},
    people::{self, Person},
    rng,
    store::tasks::decode,
};

pub const ACCESS_SECONDS: i64 = 3599;

pub struct Held {
    pub person: &'static Person,
    pub expires: Ticks,
    pub doc: Value,
}

pub fn issue(
    db: &Connection,
    kind: &str,
    person: &Person,
    expires: Ticks,
    doc: &Value,
) -> Result<String> {
    let secret = rng::secret();
    db.prepare_cached("INSERT INTO secrets VALUES (?, ?, ?, ?, ?)")?
        .execute(params![secret, kind, person.name, expires, doc.to_string()])?;
    Ok(secret)
}

pub fn look(db: &Connection, kind: &str, secret: &str, now: Ticks) -> Result<Option<Held>> {
    let query = "SELECT person, expires, doc FROM secrets WHERE secret = ? AND kind = ?";
    let found = db
        .prepare_cached(query)?
        .query_row([secret, kind], |row| {
            let name: String = row.get(0)?;
            Ok((name, row.get(1)?, decode(row, 2)?))
        })
        .optional()?;
    Ok(found.and_then(|(name, expires, doc)| {
        let person = people::named(&name)?;
        (expires > now).then_some(Held {
            person,
            expires,
            doc,
        })
    }))
}

/// As `look`, and the secret is spent.
pub fn take(db: &Connection, kind: &str, secret: &str, now: Ticks) -> Result<Option<Held>> {
    let held = look(db, kind, secret, now)?;
    drop(db, secret)?;
    Ok(held)
}

pub fn drop(db: &Connection, secret: &str) -> Result<()> {
    db.execute("DELETE FROM secrets WHERE secret = ?", [secret])?;
    Ok(())
}

pub fn issue_access(
    db: &Connection,
    person: &Person,
    resource: Resource,
    scopes: &Scopes,
    now: Ticks,
) -> Result<String> {
    issue(
        db,
        "access",
        person,
        now + ACCESS_SECONDS * SECOND,
        &json!({ "resource": resource, "scope": scopes.0 }),
    )
}

pub fn access(
    db: &Connection,
    token: &str,
    now: Ticks,
) -> Result<Option<(&'static Person, Resource, Scopes)>> {
    let Some(held) = look(db, "access", token, now)? else {
        return Ok(None);
    };
    Ok(Some((
        held.person,
        serde_json::from_value(held.doc["resource"].clone())?,
        Scopes(held.doc["scope"].as_str().map(str::to_owned)),
    )))
}

/// Ends every access token now, as an administrator who revokes sessions does.
pub fn expire(db: &Connection, kind: &str) -> Result<usize> {
    Ok(db.execute("UPDATE secrets SET expires = 0 WHERE kind = ?", [kind])?)
}
