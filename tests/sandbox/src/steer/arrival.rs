//! A new incident for the experts to deal with, more machines, and settings without the administrator.

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{app::App, refusal::Refusal, service::agenda, store::settings, tenant::fleet};

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Arrival {
    /// phishing, ransomware, spray, insider, usb, stealer, webshell or benign; any, if none.
    story: Option<String>,
    /// Nobody takes it on by itself.
    hold: bool,
}

/// `{id}`; the experts take it on a minute later, look into it and conclude within ten.
pub async fn arrive(
    State(app): State<App>,
    Json(arrival): Json<Arrival>,
) -> Result<Json<Value>, Refusal> {
    if let Some(name) = arrival
        .story
        .as_deref()
        .filter(|it| crate::stories::named(it).is_none())
    {
        return Err(Refusal::bad_request(format!("There is no story '{name}'.")));
    }
    let id = app.with(|tx, now| {
        let id = agenda::arrive(tx, arrival.story, now)?;
        if !arrival.hold {
            agenda::plan(tx, id, now, app.pace())?;
        }
        Ok::<_, Refusal>(id)
    })?;
    Ok(Json(json!({ "id": id.to_string() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    more: usize,
}

/// `{more}`: so many more machines that nothing has happened to.
pub async fn machines(
    State(app): State<App>,
    Json(growth): Json<Growth>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, now| {
        fleet::grow(tx, growth.more, now)?;
        Ok(StatusCode::NO_CONTENT)
    })
}

/// `{section: document}`: in force at once.
pub async fn settings(
    State(app): State<App>,
    Json(sections): Json<Map<String, Value>>,
) -> Result<StatusCode, Refusal> {
    app.with(|tx, _| {
        for (section, body) in &sections {
            settings::write(tx, section, body)?;
        }
        Ok(StatusCode::NO_CONTENT)
    })
}
