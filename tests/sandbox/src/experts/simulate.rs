//! What the service and its experts do by themselves here: messages are seen and answered, inquiries
//! taken up, letters arrive, Teams is connected, evaluations end, published responses are announced.
//! Everything is done when somebody looks, at the time it was due.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::Value;

use super::{
    chat, deliveries, notifications, readiness, settings,
    talk::{self, phrases, post::speak},
};
use crate::{
    app::Pace,
    clock::{Ticks, iso},
    store::{
        incidents::Incident,
        records::{Record, later, note, set_mark},
        tasks::decode,
    },
};

struct Due {
    id: i64,
    at: Ticks,
    kind: String,
    subject: String,
    doc: Value,
}

pub fn advance(db: &Connection, now: Ticks, pace: Pace) -> Result<()> {
    // What is done may put more on the agenda that is due by now as well.
    while let Some(due) = first_due(db, now)? {
        db.execute("DELETE FROM upcoming WHERE id = ?", [due.id])?;
        happen(db, &due, pace)?;
    }
    Ok(())
}

fn first_due(db: &Connection, now: Ticks) -> Result<Option<Due>> {
    let query =
        "SELECT id, at, kind, subject, doc FROM upcoming WHERE at <= ? ORDER BY at, id LIMIT 1";
    let mut query = db.prepare_cached(query)?;
    let mut rows = query.query([now])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(Due {
        id: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        doc: decode(row, 4)?,
    }))
}

fn happen(db: &Connection, due: &Due, pace: Pace) -> Result<()> {
    let Due {
        at, subject, doc, ..
    } = due;
    match due.kind.as_str() {
        "seen" => seen(db, subject, doc, *at),
        "typing" => {
            let until = doc["until"].as_i64().unwrap_or(*at);
            set_mark(db, expert(subject), "typing", subject, until)
        }
        "answer" => answer(
            db,
            subject,
            doc["seq"].as_i64().unwrap_or_default(),
            *at,
            pace,
        ),
        "review" => review(db, subject, *at),
        "progress" => progress(db, subject, *at, pace),
        "delivered" => deliveries::arrive(db, subject, *at),
        "evaluated" => readiness::runs::finish(db, subject, *at),
        "teams" => connect(db, *at),
        "published" => announce(db, subject, *at, pace),
        _ => Ok(()),
    }
}

/// Which of the experts talks in a conversation.
fn expert(thread: &str) -> &'static str {
    let sum: usize = thread.bytes().map(usize::from).sum();
    phrases::EXPERTS[sum % phrases::EXPERTS.len()]
}

fn seen(db: &Connection, thread: &str, doc: &Value, at: Ticks) -> Result<()> {
    let found = talk::posts(db, thread)?
        .into_iter()
        .find(|post| doc["seq"] == post.seq);
    let Some(mut post) = found else { return Ok(()) };
    post.doc["state"] = doc["state"].clone();
    talk::save(db, thread, &post)?;
    // Who wrote it sees how far it got without asking.
    if Record::find(db, "chat", thread)?.is_some() {
        note(db, chat::EVENT, "thread", thread, at)?;
    }
    Ok(())
}

/// The experts answer the last of what was written, once.
fn answer(db: &Connection, thread: &str, seq: i64, at: Ticks, pace: Pace) -> Result<()> {
    let Some(mut record) = Record::find(db, "chat", thread)? else {
        return Ok(());
    };
    let posts = talk::posts(db, thread)?;
    if posts.last().is_some_and(|post| post.seq != seq) {
        return Ok(());
    }
    let first = !posts
        .iter()
        .any(|post| post.doc["author"]["kind"] == "assistant");
    let name = expert(thread);
    if first {
        speak(
            db,
            thread,
            ("assistant", phrases::ASSISTANT),
            phrases::WELCOME,
            None,
            at,
        )?;
        later(
            db,
            at + pace.seconds(6.0),
            "answer",
            thread,
            &serde_json::json!({ "seq": seq + 1 }),
        )?;
    } else {
        let text = phrases::ANSWERS[seq as usize % phrases::ANSWERS.len()];
        speak(db, thread, ("expert", name), text, None, at)?;
        set_mark(db, name, "typing", thread, 0)?;
        let title = format!("{name} answered about {}", record.text("title"));
        notifications::tell(db, "chatReply", &title, ("thread", thread), at)?;
    }
    talk::touch(db, "chat", &mut record, at)
}

fn review(db: &Connection, id: &str, at: Ticks) -> Result<()> {
    let Some(mut record) = Record::find(db, "inquiry", id)? else {
        return Ok(());
    };
    if !matches!(record.text("state"), "submitted" | "followUp") {
        return Ok(());
    }
    record.doc["state"] = "inReview".into();
    for mut post in talk::posts(db, id)?
        .into_iter()
        .filter(|post| post.doc["state"] == "sent")
    {
        post.doc["state"] = "read".into();
        talk::save(db, id, &post)?;
    }
    talk::touch(db, "inquiry", &mut record, at)
}

/// The first answer is one of four kinds, by the inquiry's number; what follows concludes.
fn progress(db: &Connection, id: &str, at: Ticks, pace: Pace) -> Result<()> {
    let Some(mut record) = Record::find(db, "inquiry", id)? else {
        return Ok(());
    };
    if record.doc["state"] != "inReview" {
        return Ok(());
    }
    let number: usize = id
        .rsplit('-')
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    let (word, text) = match record.doc["progress"].is_null() {
        true => phrases::PROGRESS[number % phrases::PROGRESS.len()],
        false => ("concluded", phrases::CONCLUDED),
    };
    let name = expert(id);
    speak(db, id, ("expert", name), text, Some(word), at)?;
    record.doc["progress"] = word.into();
    if word == "moreTimeNeeded" {
        later(db, at + pace.seconds(30.0), "progress", id, &Value::Null)?;
    } else {
        record.doc["state"] = "answered".into();
    }
    inform(db, &record, name, at, pace)?;
    talk::touch(db, "inquiry", &mut record, at)
}

fn inform(db: &Connection, record: &Record, name: &str, at: Ticks, pace: Pace) -> Result<()> {
    let topic = record.text("topic");
    let title = format!("{name} answered your inquiry: {topic}");
    notifications::tell(db, "inquiryAnswer", &title, ("inquiry", &record.id), at)?;
    for address in record.doc["contacts"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let letter = deliveries::Letter {
            channel: "mail",
            purpose: "inquiryAnswer",
            to: (address, address),
            subject: format!("An answer to: {topic}"),
            text: "Open the portal to read it. Answers to this mail are not read.".into(),
            sample: false,
            about: ("inquiry", Some(&record.id)),
        };
        deliveries::send(db, &letter, at, pace)?;
    }
    Ok(())
}

fn connect(db: &Connection, at: Ticks) -> Result<()> {
    let mut teams = settings::read(db, "teams")?;
    let blocked = crate::store::fact(db, "teams blocked")?;
    let (state, more) = match (teams["state"].as_str(), blocked) {
        (Some("provisioning"), Some(code)) => {
            teams["failure"] = serde_json::json!({
                "code": code, "text": "A policy of your organisation blocks it. A change can take a day.",
            });
            ("failed", None)
        }
        (Some("provisioning"), None) => ("on", Some("Managed response")),
        _ => ("removed", None),
    };
    let text = |stem: &str| more.map(|_| format!("{stem}{}", crate::rng::guid_of(stem)));
    teams["state"] = state.into();
    teams["channelName"] = more.into();
    teams["teamId"] = text("").into();
    teams["channelId"] = text("19:").into();
    teams["teamWebUrl"] = text("https://teams.microsoft.com/l/team/").into();
    teams["updatedAt"] = iso(at).into();
    settings::save(db, "teams", &teams)?;
    note(db, "settings.updated", "settings", "teams", at)
}

/// A response was published: people and contacts hear of it.
fn announce(db: &Connection, incident: &str, at: Ticks, pace: Pace) -> Result<()> {
    let number = incident.parse().unwrap_or_default();
    let Some(found) = Incident::find(db, number)? else {
        return Ok(());
    };
    let title = format!("Managed response: {}", found.text.display_name);
    notifications::tell(db, "managedResponse", &title, ("incident", incident), at)?;
    deliveries::to_contacts(
        db,
        "managedResponse",
        &title,
        ("incident", incident),
        at,
        pace,
    )?;
    if let Some(mut thread) = chat::of_incident(db, number)? {
        talk::touch(db, "chat", &mut thread, at)?;
    }
    Ok(())
}
