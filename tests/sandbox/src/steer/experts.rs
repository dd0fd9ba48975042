//! Steering the Experts API: speaking as an expert, the mailbox, the first run, pauses, and what of its
//! answers did not agree with the document.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    clock::iso,
    experts::{
        device_groups, managed_response, readiness, service_state,
        settings::{self, first_run},
        talk::{self, phrases, post::speak},
    },
    refusal::Refusal,
    store::{
        records::{Record, note},
        set_fact,
    },
};

pub fn router() -> Router<App> {
    Router::new()
        .route("/sandbox/mail", get(mail))
        .route("/sandbox/contract", get(contract).delete(forget_contract))
        .route("/sandbox/service", post(service))
        .route("/sandbox/first-run", post(start_over))
        .route("/sandbox/teams", post(teams))
        .route("/sandbox/device-groups", post(groups))
        .route("/sandbox/readiness/{item}", post(item))
        .route("/sandbox/conversations/{id}", post(say))
        .route("/sandbox/incidents/{id}/pause", post(pause))
}

/// What went by mail, newest first.
async fn mail(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.with(|tx, _| {
        let letters = Record::all(tx, "delivery")?;
        let mails = letters
            .iter()
            .filter(|letter| letter.doc["channel"] == "mail")
            .map(|letter| {
                json!({
                    "id": letter.id,
                    "at": iso(letter.at),
                    "to": letter.doc["recipient"]["address"],
                    "subject": letter.doc["subject"],
                    "text": letter.doc["text"],
                    "state": letter.doc["state"],
                    "purpose": letter.doc["purpose"],
                    "sample": letter.doc["sample"],
                })
            });
        Ok(Json(mails.collect::<Vec<_>>().into()))
    })
}

/// Answers of the Experts API that did not agree with its document; there should be none.
async fn contract(State(app): State<App>) -> Json<Vec<String>> {
    Json(app.disagreements.all())
}

async fn forget_contract(State(app): State<App>) -> StatusCode {
    app.disagreements.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Service {
    state: Option<String>,
    banner: Option<Value>,
}

async fn service(
    State(app): State<App>,
    Json(wanted): Json<Service>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, _| {
        if let Some(state) = &wanted.state {
            service_state::set_state(tx, state)?;
        }
        if let Some(banner) = &wanted.banner {
            set_fact(tx, "service banner", &banner.to_string())?;
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

/// As for a customer who was welcomed a moment ago: no settings, the first run not begun.
async fn start_over(State(app): State<App>) -> Result<StatusCode, Refusal> {
    app.with(|tx, _| {
        tx.execute("DELETE FROM settings", [])?;
        tx.execute("DELETE FROM records WHERE kind = 'audit'", [])?;
        first_run::forget(tx)?;
        service_state::set_state(tx, "notStarted")?;
        Ok(StatusCode::NO_CONTENT)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocked {
    /// Why Teams cannot be connected; null when it can.
    blocked: Option<String>,
}

async fn teams(State(app): State<App>, Json(wanted): Json<Blocked>) -> Result<StatusCode, Refusal> {
    app.with(|tx, _| {
        match wanted.blocked {
            Some(code) => set_fact(tx, "teams blocked", &code)?,
            None => {
                tx.execute("DELETE FROM facts WHERE name = 'teams blocked'", [])?;
            }
        }
        let mut section = settings::read(tx, "teams")?;
        if section["state"] == "removed" {
            section["state"] = "off".into();
            settings::save(tx, "teams", &section)?;
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Groups {
    /// So many beside the usual ones.
    more: u32,
    /// The ids of groups that somebody has deleted.
    deleted: Vec<String>,
}

async fn groups(State(app): State<App>, Json(wanted): Json<Groups>) -> Result<StatusCode, Refusal> {
    app.with(|tx, _| {
        device_groups::set(tx, wanted.more, &wanted.deleted)?;
        Ok(StatusCode::NO_CONTENT)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemState {
    state: String,
}

/// An item goes back, or is found done, without anybody's doing.
async fn item(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(wanted): Json<ItemState>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, now| {
        let found =
            Record::find(tx, "item", &id)?.filter(|_| readiness::STATES.contains(&&*wanted.state));
        let mut item =
            found.ok_or_else(|| Refusal::not_found("There is no such item or state."))?;
        let went_back = item.doc["state"] == "completed" && wanted.state != "completed";
        item.doc["wentBack"] = went_back.into();
        item.doc["state"] = wanted.state.into();
        item.doc["updatedBy"] = Value::Null;
        item.at = now;
        item.save(tx, "item")?;
        note(tx, "readiness.updated", "readiness", &id, now)?;
        Ok(StatusCode::NO_CONTENT)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Say {
    text: String,
    /// expert (unless given), assistant or system.
    author: Option<String>,
    progress: Option<String>,
}

async fn say(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(said): Json<Say>,
) -> Result<Json<Value>, Refusal> {
    app.with(|tx, now| {
        let kind = if id.starts_with("th-") {
            "chat"
        } else {
            "inquiry"
        };
        let found = Record::find(tx, kind, &id)?;
        let mut record =
            found.ok_or_else(|| Refusal::not_found("There is no such conversation."))?;
        let author = said.author.as_deref().unwrap_or("expert");
        let name = match author {
            "assistant" => phrases::ASSISTANT,
            "system" => "Defender Experts",
            _ => phrases::EXPERTS[0],
        };
        let post = speak(
            tx,
            &id,
            (author, name),
            &said.text,
            said.progress.as_deref(),
            now,
        )?;
        if let Some(progress) = &said.progress {
            record.doc["progress"] = progress.clone().into();
            record.doc["state"] = "answered".into();
        }
        talk::touch(tx, kind, &mut record, now)?;
        Ok(Json(talk::told(tx, &id, &post)?))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pause {
    paused: bool,
    reason: Option<String>,
}

async fn pause(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(wanted): Json<Pause>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, now| {
        let incident = managed_response::incident(tx, &id)?;
        let after = json!({ "paused": wanted.paused, "reason": wanted.reason });
        tx.execute(
            "INSERT INTO history (incident, at, by, after) VALUES (?, ?, 'Defender Experts', ?)",
            rusqlite::params![incident.id, now, after.to_string()],
        )?;
        note(tx, "incident.updated", "incident", &id, now)?;
        Ok(StatusCode::NO_CONTENT)
    })
}
