//! Who is calling: bearer tokens checked for their resource, and the gates by role.

pub mod scopes;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::Response,
};
use serde::{Deserialize, Serialize};

use crate::{app::App, login::secrets, people::Person, refusal::Refusal};

/// What an access token opens. Each token is for one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Resource {
    Graph,
    Tasks,
    Experts,
    Endpoint,
}

#[derive(Clone, Copy, Debug)]
pub struct Caller(pub &'static Person);

pub async fn identify(
    State((app, resource)): State<(App, Resource)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| unauthorized("Access token is empty."))?;
    let access = app.with(|tx, now| secrets::access(tx, token, now))?;
    let (person, opens, scopes) =
        access.ok_or_else(|| unauthorized("Access token is unknown or has expired."))?;
    if opens != resource {
        return Err(unauthorized(
            "Access token validation failure. Invalid audience.",
        ));
    }
    request.extensions_mut().insert(Caller(person));
    request.extensions_mut().insert(scopes);
    Ok(next.run(request).await)
}

/// Security data is for people with a security role; all others are refused in Graph's words.
pub async fn readers_only(request: Request, next: Next) -> Result<Response, Refusal> {
    match request.extensions().get::<Caller>() {
        Some(Caller(person)) if person.reads() => Ok(next.run(request).await),
        _ => Err(Refusal::forbidden(
            "Insufficient privileges to complete the operation.",
        )),
    }
}

impl Caller {
    pub fn must_act(self) -> Result<(), Refusal> {
        if self.0.acts() {
            return Ok(());
        }
        Err(Refusal::forbidden(denied(self.0)))
    }
}

/// Why a person may not act, in words a portal can show beside a disabled button.
pub fn denied(person: &Person) -> String {
    format!(
        "Your role {} can read managed responses. Security Operator or higher can act.",
        person.role_name()
    )
}

fn unauthorized(message: &str) -> Refusal {
    Refusal::new(
        StatusCode::UNAUTHORIZED,
        "InvalidAuthenticationToken",
        message,
    )
}
