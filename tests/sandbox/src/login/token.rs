//! The token endpoint: codes and refresh tokens against access tokens, one resource at a time.

use axum::{
    Form, Json,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{keys, registration::CLIENT_ID, scope, secrets};
use crate::{
    app::App,
    auth::scopes::Scopes,
    clock::{self, DAY, Ticks},
    people::{Person, TENANT_ID},
    rng,
    web::envelope,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Grant {
    client_id: String,
    client_secret: Option<String>,
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
    refresh_token: String,
    scope: Option<String>,
}

/// Entra's error word, its number, and what went wrong.
struct Wrong(&'static str, u32, String);

impl From<anyhow::Error> for Wrong {
    fn from(error: anyhow::Error) -> Self {
        Self("server_error", 90_033, format!("{error:#}"))
    }
}

/// Whom the tokens are for and how long the sign-in lasts.
struct Granted {
    person: &'static Person,
    ends: Ticks,
    nonce: Option<String>,
    scope: String,
    refreshes: bool,
}

pub async fn grant(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Grant>, FormRejection>,
) -> Response {
    let result = match form {
        Ok(Form(grant)) => check_client(&grant, &headers).and_then(|()| {
            // A spent code or refresh token stays spent when the rest of the request is refused.
            let granted = app.with::<_, Wrong>(|tx, now| Ok(redeem(tx, &grant, now)))??;
            app.with(|tx, now| tokens(tx, &app, granted, now))
        }),
        Err(_) => Err(Wrong(
            "invalid_request",
            900_144,
            "The body is not a form.".into(),
        )),
    };
    match result {
        Ok(body) => Json(body).into_response(),
        Err(Wrong(error, number, text)) => {
            let now = clock::iso(app.clock.now());
            let body = envelope::entra(error, &text, Some(number), &rng::request_id(), &now);
            let status = match error {
                "server_error" => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            (status, body).into_response()
        }
    }
}

fn check_client(grant: &Grant, headers: &HeaderMap) -> Result<(), Wrong> {
    let refuse = |number, text: &str| Err(Wrong("invalid_request", number, text.to_owned()));
    if grant.client_id != CLIENT_ID {
        let text = format!("There is no application '{}'.", grant.client_id);
        return Err(Wrong("unauthorized_client", 700_016, text));
    }
    if !headers.contains_key("origin") {
        return refuse(
            9_002_327,
            "A single-page application redeems across origins only.",
        );
    }
    if grant.client_secret.is_some() {
        return refuse(
            90_023,
            "A cross-origin request must not carry a client secret.",
        );
    }
    Ok(())
}

fn redeem(tx: &Connection, grant: &Grant, now: Ticks) -> Result<Granted, Wrong> {
    let invalid = |number, text: &str| Wrong("invalid_grant", number, text.to_owned());
    match grant.grant_type.as_str() {
        "authorization_code" => {
            let held = secrets::take(tx, "code", &grant.code, now)?
                .ok_or_else(|| invalid(70_008, "The code is unknown, used or expired."))?;
            let text = |name: &str| held.doc[name].as_str().unwrap_or_default().to_owned();
            if text("redirectUri") != grant.redirect_uri {
                return Err(invalid(
                    50_011,
                    "The redirect_uri is not the one of the code.",
                ));
            }
            let digest = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&grant.code_verifier));
            if text("challenge") != digest {
                return Err(invalid(
                    50_148,
                    "The code_verifier does not match the challenge.",
                ));
            }
            let asked = text("scope");
            Ok(Granted {
                person: held.person,
                ends: now + DAY,
                nonce: Some(text("nonce")).filter(|nonce| !nonce.is_empty()),
                refreshes: scope::contains(&asked, "offline_access"),
                scope: grant.scope.clone().unwrap_or(asked),
            })
        }
        "refresh_token" => {
            let held = secrets::take(tx, "refresh", &grant.refresh_token, now)?
                .ok_or_else(|| invalid(700_084, "The refresh token is used or expired."))?;
            Ok(Granted {
                person: held.person,
                ends: held.expires,
                nonce: None,
                scope: grant.scope.clone().unwrap_or_default(),
                refreshes: true,
            })
        }
        other => {
            let text = format!("The grant type '{other}' is not supported.");
            Err(Wrong("unsupported_grant_type", 70_003, text))
        }
    }
}

fn tokens(tx: &Connection, app: &App, granted: Granted, now: Ticks) -> Result<Value, Wrong> {
    let Granted {
        person,
        ends,
        nonce,
        scope,
        refreshes,
    } = granted;
    let resource = scope::resource(&scope).map_err(|(number, text)| {
        let error = if number == 70_011 {
            "invalid_scope"
        } else {
            "invalid_request"
        };
        Wrong(error, number, text)
    })?;
    let consented = Scopes(Some(scope.clone()));
    let mut body = json!({
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": secrets::ACCESS_SECONDS,
        "ext_expires_in": secrets::ACCESS_SECONDS,
        "access_token": secrets::issue_access(tx, person, resource, &consented, now)?,
    });
    if refreshes || scope::contains(&scope, "offline_access") {
        body["refresh_token"] = secrets::issue(tx, "refresh", person, ends, &Value::Null)?.into();
    }
    if nonce.is_some() || scope::contains(&scope, "openid") {
        body["id_token"] = keys::sign(&app.key, &claims(app, person, nonce, now)).into();
    }
    Ok(body)
}

fn claims(app: &App, person: &Person, nonce: Option<String>, now: Ticks) -> Value {
    let roles: Vec<&str> = person.role.iter().map(|role| role.template).collect();
    let mut claims = json!({
        "iss": app.authority(),
        "aud": CLIENT_ID,
        "iat": clock::unix(now),
        "nbf": clock::unix(now),
        "exp": clock::unix(now) + secrets::ACCESS_SECONDS,
        "sub": rng::fingerprint(&format!("{CLIENT_ID} {}", person.name), 43),
        "oid": person.id(),
        "tid": TENANT_ID,
        "name": person.name,
        "preferred_username": person.mail(),
        "wids": roles,
        "ver": "2.0",
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    claims
}
