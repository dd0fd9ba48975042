//! Files for messages and inquiries.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    call::{Call, Content, Reply},
    check,
};
use crate::{
    clock::{DAY, Ticks, iso},
    refusal::Refusal,
    store::records::{Record, next_id},
};

/// The text every scanner takes for malware, in two parts so that none finds it here.
const TEST_VIRUS: (&str, &str) = ("EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE");

pub fn upload(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let name = call.word("name").unwrap_or_default();
    let text = String::from_utf8_lossy(&call.file);
    let infected = text.contains(&format!("{}{}", TEST_VIRUS.0, TEST_VIRUS.1));
    let digest = Sha256::digest(&call.file);
    let record = Record {
        id: next_id(db, "attachment", "att")?,
        at: now,
        doc: json!({
            "name": name,
            "mediaType": call.word("mediaType").unwrap_or("application/octet-stream"),
            "size": call.file.len(),
            "sha256": digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
            "by": call.person.name,
            "scan": if infected { "infected" } else { "clean" },
            "used": false,
        }),
    };
    record.save(db, "attachment")?;
    db.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?)",
        params![record.id, call.file],
    )?;
    let place = format!("/v1/attachments/{}", record.id);
    Ok(Reply::created(told(&record), &place))
}

pub fn get(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::ok(told(&existing(
        db,
        call.id("attachmentId"),
        now,
    )?)))
}

pub fn content(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let record = existing(db, call.id("attachmentId"), now)?;
    if record.doc["scan"] == "infected" {
        let text = "The scan found malware in this file.";
        return Err(Refusal::new(
            StatusCode::CONFLICT,
            "attachmentInfected",
            text,
        ));
    }
    let query = "SELECT content FROM files WHERE id = ?";
    let bytes: Vec<u8> = db.query_row(query, [&record.id], |row| row.get(0))?;
    let reply = Reply::new(
        StatusCode::OK,
        Content::Raw("application/octet-stream", bytes),
    );
    Ok(reply
        .header("content-disposition", "attachment")
        .header("x-content-type-options", "nosniff"))
}

/// Takes the caller's own files for a message or an inquiry.
pub fn claim(call: &Call, db: &Connection, ids: &Value) -> Result<Vec<String>, Refusal> {
    let mut claimed = Vec::new();
    for (index, id) in ids.as_array().into_iter().flatten().enumerate() {
        let id = id.as_str().unwrap_or_default();
        let found = Record::find(db, "attachment", id)?;
        let Some(mut record) = found.filter(|record| record.doc["by"] == call.person.name) else {
            let text = "There is no such file of yours.";
            return Err(check::rule(
                format!("/attachmentIds/{index}"),
                "unknownAttachment",
                text,
            ));
        };
        record.doc["used"] = true.into();
        record.save(db, "attachment")?;
        claimed.push(id.to_owned());
    }
    Ok(claimed)
}

pub fn find(db: &Connection, id: &str) -> Result<Option<Value>> {
    Ok(Record::find(db, "attachment", id)?.map(|record| told(&record)))
}

/// A file nobody named within a day is gone.
fn existing(db: &Connection, id: &str, now: Ticks) -> Result<Record, Refusal> {
    let found = Record::find(db, "attachment", id)?;
    let found = found.filter(|record| record.doc["used"] == true || record.at > now - DAY);
    found.ok_or_else(|| Refusal::not_found(format!("File {id} was not found.")))
}

fn told(record: &Record) -> Value {
    let doc = &record.doc;
    json!({
        "id": record.id,
        "name": doc["name"],
        "mediaType": doc["mediaType"],
        "size": doc["size"],
        "sha256": doc["sha256"],
        "uploadedAt": iso(record.at),
        "uploadedBy": doc["by"],
        "scan": doc["scan"],
    })
}
