//! Monthly service reviews, and the document of each with the month's figures.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Content, Reply},
    page,
    reports::{range::Range, summary},
};
use crate::{
    clock::{Ticks, iso},
    refusal::Refusal,
    store::records::Record,
};

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let all = Record::all(db, "review")?;
    let body = page::page(
        call,
        &all,
        |review| review.id.clone(),
        |review| Ok(told(db, review)?),
    )?;
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    Ok(Reply::ok(told(db, &find(call, db)?)?))
}

pub fn document(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let review = find(call, db)?;
    let text = written(db, &review)?.ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "notWritten",
            "The review has no document yet.",
        )
    })?;
    let reply = Reply::new(
        StatusCode::OK,
        Content::Raw("text/markdown", text.into_bytes()),
    );
    Ok(reply.header(
        "content-disposition",
        format!("attachment; filename=\"{}.md\"", review.id),
    ))
}

fn find(call: &Call, db: &Connection) -> Result<Record, Refusal> {
    let id = call.id("reviewId");
    let found = Record::find(db, "review", id)?;
    found.ok_or_else(|| Refusal::not_found(format!("Review {id} was not found.")))
}

fn told(db: &Connection, review: &Record) -> Result<Value> {
    let mut told = review.doc.clone();
    let document = written(db, review)?.map(|text| {
        json!({ "name": format!("{}.md", review.id), "mediaType": "text/markdown", "size": text.len() })
    });
    told["id"] = review.id.clone().into();
    told["at"] = iso(review.at).into();
    told["document"] = document.into();
    if let Some(told) = told.as_object_mut() {
        told.remove("text");
        told.remove("covers");
    }
    Ok(told)
}

/// The document is written once, when the review was held.
fn written(db: &Connection, review: &Record) -> Result<Option<String>> {
    if review.doc["state"] != "held" {
        return Ok(None);
    }
    if let Some(text) = review.doc["text"].as_str() {
        return Ok(Some(text.to_owned()));
    }
    let text = write(db, review).map_err(|refusal| anyhow::anyhow!(refusal.message))?;
    let mut kept = review.clone();
    kept.doc["text"] = text.clone().into();
    kept.save(db, "review")?;
    Ok(Some(text))
}

fn write(db: &Connection, review: &Record) -> Result<String, Refusal> {
    let time = |name: &str| review.doc["covers"][name].as_i64().unwrap_or_default();
    let range = Range {
        from: time("from"),
        to: time("to"),
        zone: jiff::tz::TimeZone::UTC,
        zone_name: "UTC".into(),
    };
    let figures = summary::figures(db, &range, "month", review.at)?;
    let line = |label: &str, value: &Value| match value {
        Value::Null => format!("- {label}: –\n"),
        value => format!("- {label}: {value}\n"),
    };
    let lines = [
        line("Incidents investigated", &figures["investigated"]),
        line("Incidents resolved", &figures["resolved"]),
        line("Resolved directly", &figures["resolvedDirectly"]),
        line("Resolved with your help", &figures["resolvedWithYourHelp"]),
        line(
            "Mean minutes with the experts",
            &figures["meanMinutes"]["experts"],
        ),
        line("Mean minutes with you", &figures["meanMinutes"]["customer"]),
    ];
    let topics = review.doc["topics"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let topics: String = topics.map(|topic| format!("- {topic}\n")).collect();
    Ok(format!(
        "# Service review {}\n\n{}\nIncidents by creation from {} to {}, UTC.\n\n## Topics\n\n{topics}",
        review.text("month"),
        lines.concat(),
        iso(range.from),
        iso(range.to),
    ))
}
