//! Conversations about what waits for the customer, inquiries in every state, and what was sent because
//! of both.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::json;

use crate::{
    app::Pace,
    clock::{DAY, HOUR, MINUTE, Ticks},
    experts::{
        chat, deliveries, notifications,
        talk::{
            phrases,
            post::{append, speak},
            touch,
        },
    },
    people::PEOPLE,
    rng::Rng,
    store::{
        incidents::Incident,
        records::{Record, set_mark},
    },
};

pub fn write(db: &Connection, rng: &mut Rng, now: Ticks) -> Result<()> {
    let query = "SELECT incident, published FROM responses WHERE awaiting_since IS NOT NULL
                 AND incident NOT IN (SELECT incident FROM showcase WHERE name = 'ransomware')
                 ORDER BY published DESC LIMIT 12";
    let mut query = db.prepare(query)?;
    let awaiting: Vec<(i64, Ticks)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (index, (incident, published)) in awaiting.iter().rev().enumerate() {
        if let Some(incident) = Incident::find(db, *incident)? {
            announced(db, &incident, *published)?;
            if index % 2 == 0 {
                chatted(db, &incident, *published, rng, now)?;
            }
        }
    }
    for (number, inquiry) in INQUIRIES.iter().enumerate() {
        asked(db, number + 1, inquiry, now)?;
    }
    arrive(db, now)
}

/// All that was sent by now has arrived, or not.
fn arrive(db: &Connection, now: Ticks) -> Result<()> {
    db.execute("DELETE FROM upcoming", [])?;
    for letter in Record::all(db, "delivery")? {
        deliveries::arrive(db, &letter.id, letter.at.min(now))?;
    }
    db.execute("DELETE FROM events", [])?;
    Ok(())
}

fn announced(db: &Connection, incident: &Incident, at: Ticks) -> Result<()> {
    let id = incident.id.to_string();
    let title = format!("Managed response: {}", incident.text.display_name);
    notifications::tell(db, "managedResponse", &title, ("incident", &id), at)?;
    deliveries::to_contacts(
        db,
        "managedResponse",
        &title,
        ("incident", &id),
        at,
        Pace::default(),
    )
}

fn chatted(
    db: &Connection,
    incident: &Incident,
    published: Ticks,
    rng: &mut Rng,
    now: Ticks,
) -> Result<()> {
    let mut thread = chat::begin(db, incident, published)?;
    let expert = phrases::EXPERTS[rng.index(phrases::EXPERTS.len())];
    let reader = PEOPLE[1].name;
    let room = (now - published).max(MINUTE) / 8;
    let mut at = published + room.min(4 * MINUTE);
    let hello =
        "We have published a managed response for this incident. Ask here if anything is unclear.";
    speak(db, &thread.id, ("expert", expert), hello, None, at)?;
    if rng.percent(70) {
        at += room.min(35 * MINUTE);
        let question = rng.pick(&[
            "Thank you. Can the device go back to its user once the action is completed?",
            "Is there anything in the logs of the last week we should keep?",
            "We reset the password. Does the session end by itself?",
        ]);
        let doc = json!({
            "clientMessageId": null,
            "person": reader,
            "author": { "kind": "customer", "displayName": reader },
            "body": { "contentType": "text", "content": question },
            "attachments": [],
            "progress": null,
            "state": "read",
            "channel": "teams",
        });
        let post = append(db, &thread.id, doc, at)?;
        set_mark(db, reader, "read", &thread.id, post.seq)?;
        at += room.min(20 * MINUTE);
        let text = phrases::ANSWERS[rng.index(phrases::ANSWERS.len())];
        speak(db, &thread.id, ("expert", expert), text, None, at)?;
    }
    touch(db, "chat", &mut thread, at)
}

struct Asked {
    days: i64,
    person: usize,
    topic: &'static str,
    details: &'static str,
    kind: &'static str,
    state: &'static str,
    /// The experts' answers: their word on progress and what they wrote.
    answers: &'static [(&'static str, &'static str)],
}

#[rustfmt::skip]
const INQUIRIES: [Asked; 6] = [
    Asked { days: 151, person: 2, topic: "Exposure to the file transfer vulnerability", details: "The news tell of a vulnerability in a file transfer product. Are we affected?", kind: "general", state: "closed", answers: &[phrases::PROGRESS[2], phrases::PROGRESS[1]] },
    Asked { days: 96, person: 1, topic: "Unusual scheduled task on file-01", details: "A task called Updater2 runs each night. Is it known to you?", kind: "device", state: "closed", answers: &[phrases::PROGRESS[1]] },
    Asked { days: 58, person: 0, topic: "Sign-ins of a consultant from two countries", details: "Our consultant travels. Can you tell her sign-ins from others?", kind: "user", state: "answered", answers: &[phrases::PROGRESS[0], ("concluded", phrases::CONCLUDED)] },
    Asked { days: 19, person: 1, topic: "Macro documents from a supplier", details: "A supplier sends documents with macros each month. Is that how it looks from your side too?", kind: "general", state: "answered", answers: &[phrases::PROGRESS[3]] },
    Asked { days: 6, person: 2, topic: "New remote management tool on laptops", details: "Sales installed a remote tool on their own. What else did it bring along?", kind: "general", state: "answered", answers: &[phrases::PROGRESS[1]] },
    Asked { days: 1, person: 1, topic: "Sign-ins from a hosting provider", details: "Three accounts signed in from one hosting provider. Is this the group you wrote about?", kind: "user", state: "inReview", answers: &[] },
];

fn asked(db: &Connection, number: usize, asked: &Asked, now: Ticks) -> Result<()> {
    let person = &PEOPLE[asked.person];
    let submitted = now - asked.days * DAY - 3 * HOUR;
    let id = format!("inq-{number}");
    let first = json!({
        "clientMessageId": null,
        "person": person.name,
        "author": { "kind": "customer", "displayName": person.name },
        "body": { "contentType": "text", "content": asked.details },
        "attachments": [],
        "progress": null,
        "state": "read",
        "channel": "portal",
    });
    append(db, &id, first, submitted)?;
    let mut at = submitted;
    for (word, text) in asked.answers {
        at += 5 * HOUR;
        speak(
            db,
            &id,
            ("expert", phrases::EXPERTS[number % 3]),
            text,
            Some(word),
            at,
        )?;
    }
    let about = match asked.kind {
        "general" => json!({ "kind": "general", "id": null, "displayName": null }),
        kind => {
            json!({ "kind": kind, "id": crate::rng::guid_of(asked.topic), "displayName": asked.topic })
        }
    };
    let doc = json!({
        "topic": asked.topic,
        "subject": about,
        "state": asked.state,
        "progress": asked.answers.last().map(|(word, _)| word),
        "submitted": submitted,
        "by": { "displayName": person.name, "mail": person.mail() },
        "contacts": [person.mail()],
    });
    let mut record = Record { id, at, doc };
    set_mark(
        db,
        person.name,
        "read",
        &record.id,
        if asked.state == "closed" {
            1 + asked.answers.len() as i64
        } else {
            1
        },
    )?;
    touch(db, "inquiry", &mut record, at)
}
