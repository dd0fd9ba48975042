//! Where the customer stands with the service.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{
    app::App,
    clock::{DAY, iso},
    refusal::Refusal,
    tenant,
};

pub async fn get(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    let born = app.with(|tx, _| tenant::born(tx))?;
    Ok(Json(json!({
        "state": "active",
        "plan": "Defender Experts for XDR",
        "onboardedAt": iso(born - 212 * DAY),
        "sdm": { "displayName": "Priya Raman", "mail": "priya.raman@experts.example" },
        "features": {
            "ask": false,
            "chat": false,
            "events": false,
            "readiness": false,
            "reports": false,
            "settings": false,
            "tasksExecute": true,
        },
        "banner": null,
    })))
}
