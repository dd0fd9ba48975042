//! Notifications that were sent: to whom, by which channel, and whether they arrived. What goes by mail
//! is also in the sandbox's mailbox.

use anyhow::Result;
use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    call::{Call, Reply},
    check, page, settings,
    talk::post::too_many,
};
use crate::{
    app::Pace,
    clock::{HOUR, Ticks, iso},
    refusal::Refusal,
    store::records::{Record, later, next_id, note},
};

const AN_HOUR: usize = 20;
/// No mail reaches an address of this domain.
const BOUNCES: &str = "@nowhere.example";

/// A notification on its way.
pub struct Letter<'a> {
    pub channel: &'a str,
    pub purpose: &'a str,
    /// Name and address.
    pub to: (&'a str, &'a str),
    pub subject: String,
    pub text: String,
    pub sample: bool,
    pub about: (&'a str, Option<&'a str>),
}

pub fn send(db: &Connection, letter: &Letter, now: Ticks, pace: Pace) -> Result<Record> {
    let (name, address) = letter.to;
    let (kind, id) = letter.about;
    let record = Record {
        id: next_id(db, "delivery", "del")?,
        at: now,
        doc: json!({
            "channel": letter.channel,
            "purpose": letter.purpose,
            "recipient": { "displayName": name, "address": address },
            "subject": letter.subject,
            "text": letter.text,
            "state": "queued",
            "stateDetail": null,
            "sample": letter.sample,
            "reference": { "kind": kind, "id": id, "displayName": null },
        }),
    };
    record.save(db, "delivery")?;
    later(
        db,
        now + pace.seconds(2.0),
        "delivered",
        &record.id,
        &Value::Null,
    )?;
    note(db, "delivery.updated", "general", &record.id, now)?;
    Ok(record)
}

/// The letter arrives, or not; a contact that was told, or could not be, knows it from then on.
pub fn arrive(db: &Connection, id: &str, at: Ticks) -> Result<()> {
    let Some(mut letter) = Record::find(db, "delivery", id)? else {
        return Ok(());
    };
    let address = letter.doc["recipient"]["address"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let bounced = letter.doc["channel"] == "mail" && address.ends_with(BOUNCES);
    letter.doc["state"] = if bounced { "bounced" } else { "delivered" }.into();
    if bounced {
        letter.doc["stateDetail"] = "550 5.1.1 The address is unknown.".into();
    }
    letter.save(db, "delivery")?;
    note(db, "delivery.updated", "general", id, at)?;
    if letter.doc["purpose"] != "contactAdded" {
        return Ok(());
    }
    let mut section = settings::read(db, "contacts")?;
    for contact in section["contacts"].as_array_mut().into_iter().flatten() {
        if contact["mail"] == address.as_str() {
            contact["state"] = if bounced { "bounced" } else { "notified" }.into();
        }
    }
    settings::save(db, "contacts", &section)
}

/// Tells contacts that are new of their part.
pub fn welcome(db: &Connection, contacts: &Value, now: Ticks, pace: Pace) -> Result<()> {
    let new = |contact: &&Value| contact["state"] == "pendingNotification";
    for contact in contacts.as_array().into_iter().flatten().filter(new) {
        let text = |member: &str| contact[member].as_str().unwrap_or_default();
        let letter = Letter {
            channel: "mail",
            purpose: "contactAdded",
            to: (text("displayName"), text("mail")),
            subject: "You are a contact for Defender Experts".into(),
            text: "You were added as a contact. We will reach you about incidents or reviews."
                .into(),
            sample: false,
            about: ("settings", Some("contacts")),
        };
        send(db, &letter, now, pace)?;
    }
    Ok(())
}

/// Tells everybody who is to hear of incidents.
pub fn to_contacts(
    db: &Connection,
    purpose: &str,
    subject: &str,
    about: (&str, &str),
    now: Ticks,
    pace: Pace,
) -> Result<()> {
    let section = settings::read(db, "contacts")?;
    for contact in section["contacts"].as_array().into_iter().flatten() {
        let purposes = contact["purposes"].as_array();
        if !purposes.is_some_and(|all| all.iter().any(|it| it == "incidentNotification")) {
            continue;
        }
        let text = |member: &str| contact[member].as_str().unwrap_or_default();
        let letter = Letter {
            channel: "mail",
            purpose,
            to: (text("displayName"), text("mail")),
            subject: subject.to_owned(),
            text: format!(
                "{subject}. Open the portal to see what happened and what is left to do."
            ),
            sample: false,
            about: (about.0, Some(about.1)),
        };
        send(db, &letter, now, pace)?;
    }
    Ok(())
}

pub fn list(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let mut all = Record::all(db, "delivery")?;
    all.retain(|letter| {
        call.word("channel")
            .is_none_or(|it| letter.doc["channel"] == it)
            && call
                .word("state")
                .is_none_or(|it| letter.doc["state"] == it)
            && call
                .flag("sample")
                .is_none_or(|it| letter.doc["sample"] == it)
    });
    let mut body = page::page(
        call,
        &all,
        |letter| letter.id.clone(),
        |letter| Ok(told(letter)),
    )?;
    body["total"] = all.len().into();
    Ok(page::reply(call, body))
}

pub fn get(call: &Call, db: &Connection, _: Ticks) -> Result<Reply, Refusal> {
    let id = call.id("deliveryId");
    let found = Record::find(db, "delivery", id)?;
    let letter =
        found.ok_or_else(|| Refusal::not_found(format!("Notification {id} was not found.")))?;
    Ok(Reply::ok(told(&letter)))
}

pub fn sample(call: &Call, db: &Connection, now: Ticks) -> Result<Reply, Refusal> {
    let body = &call.body;
    let channel = body["channel"].as_str().unwrap_or_default();
    let all = Record::all(db, "delivery")?;
    let recent = all
        .iter()
        .filter(|letter| letter.at > now - HOUR && letter.doc["sample"] == true);
    let recent: Vec<Ticks> = recent.map(|letter| letter.at).collect();
    if recent.len() >= AN_HOUR {
        let free = recent.last().copied().unwrap_or(now) + HOUR;
        return Err(too_many(
            "At most twenty samples an hour can be sent.",
            free - now,
        ));
    }
    let section = settings::read(db, "contacts")?;
    let mut contacts = section["contacts"].as_array().into_iter().flatten();
    let (name, mail) = match body["contactId"].as_str() {
        None => (call.person.name.to_owned(), call.person.mail()),
        Some(id) => {
            let found = contacts.find(|contact| contact["id"] == id);
            let text = "There is no contact of this id.";
            let contact = found.ok_or_else(|| check::rule("/contactId", "unknownContact", text))?;
            let text = |member: &str| contact[member].as_str().unwrap_or_default().to_owned();
            (text("displayName"), text("mail"))
        }
    };
    let address = match channel {
        "teams" => {
            let teams = settings::read(db, "teams")?;
            if teams["state"] != "on" {
                let text = "Teams is not connected.";
                return Err(Refusal::new(StatusCode::CONFLICT, "teamsOff", text));
            }
            teams["channelName"].as_str().unwrap_or_default().to_owned()
        }
        _ => mail,
    };
    let purpose = body["purpose"].as_str().unwrap_or_default();
    let letter = Letter {
        channel,
        purpose,
        to: (&name, &address),
        subject: "Sample: a notification of Defender Experts".into(),
        text: format!("This is a sample of a {purpose} notification. Nothing happened."),
        sample: true,
        about: ("general", None),
    };
    let sent = send(db, &letter, now, call.pace())?;
    let place = format!("/v1/deliveries/{}", sent.id);
    Ok(Reply::created(told(&sent), &place))
}

pub fn told(letter: &Record) -> Value {
    let mut told = letter.doc.clone();
    told["id"] = letter.id.clone().into();
    told["at"] = iso(letter.at).into();
    told
}
