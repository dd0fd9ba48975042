//! The authorization endpoint: who signs in, and back to the portal with a code or an error.

use anyhow::Result;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use super::{page, registration, secrets};
use crate::{
    app::App,
    clock::{DAY, MINUTE},
    people::{self, Person},
    refusal::Refusal,
    rng,
    tenant::records,
    web::envelope::put,
};

/// The name of the cookie by which the provider knows who is signed in.
pub const COOKIE: &str = "sandbox_session";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    client_id: String,
    response_type: String,
    redirect_uri: String,
    response_mode: String,
    scope: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
    prompt: String,
    /// Set by the page's own form.
    person: String,
}

pub async fn ask(
    State(app): State<App>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if let Some(refused) = ask.refused(&app) {
        return Ok(refused);
    }
    let session = app.with(|tx, now| match cookie(&headers) {
        Some(id) => secrets::look(tx, "session", &id, now),
        None => Ok(None),
    })?;
    let chooses = ask
        .prompt
        .split(' ')
        .any(|word| matches!(word, "login" | "select_account"));
    match session {
        Some(session) if !chooses => Ok(ask.code(&app, session.person)?),
        _ if ask.prompt == "none" => {
            Ok(ask.error("login_required", "AADSTS50058: No one is signed in."))
        }
        _ => Ok(page::people(
            &ask.fields(),
            &origin(&app, &ask.redirect_uri),
        )),
    }
}

/// The page's form: one of the people was chosen.
pub async fn choose(State(app): State<App>, Form(ask): Form<Ask>) -> Result<Response, Refusal> {
    if let Some(refused) = ask.refused(&app) {
        return Ok(refused);
    }
    let Some(person) = people::named(&ask.person) else {
        return Ok(page::problem("There is no such person in this tenant."));
    };
    let session = begin(&app, person)?;
    let mut response = ask.code(&app, person)?;
    put(
        response.headers_mut(),
        "set-cookie",
        &format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax"),
    );
    Ok(response)
}

/// The person is signed in at the provider for a day: the cookie's value.
pub fn begin(app: &App, person: &Person) -> Result<String> {
    app.with(|tx, now| {
        records::sign_in(tx, person, now)?;
        secrets::issue(tx, "session", person, now + DAY, &json!({}))
    })
}

#[derive(Deserialize)]
pub struct SignOut {
    #[serde(default)]
    post_logout_redirect_uri: Option<String>,
    #[serde(default)]
    state: Option<String>,
}

pub async fn sign_out(
    State(app): State<App>,
    Query(out): Query<SignOut>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    app.with(|tx, _| match cookie(&headers) {
        Some(id) => secrets::drop(tx, &id),
        None => Ok(()),
    })?;
    let mut response = match out.post_logout_redirect_uri {
        Some(uri) if registration::allows(&app, &uri) => match out.state {
            Some(state) => redirect(&format!("{uri}?state={}", encode(&state))),
            None => redirect(&uri),
        },
        Some(_) => page::problem("The address to return to after signing out is not registered."),
        None => page::signed_out(),
    };
    put(
        response.headers_mut(),
        "set-cookie",
        &format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly"),
    );
    Ok(response)
}

impl Ask {
    /// What is wrong with the request: a page while the address is not trusted, a redirect after.
    fn refused(&self, app: &App) -> Option<Response> {
        if self.client_id != registration::CLIENT_ID {
            return Some(page::problem(&format!(
                "No application '{}' is registered in this tenant.",
                self.client_id
            )));
        }
        if !registration::allows(app, &self.redirect_uri) {
            return Some(page::problem(&format!(
                "The address '{}' is not registered for this application.",
                self.redirect_uri
            )));
        }
        if self.response_type != "code" {
            return Some(self.error("unsupported_response_type", "Only 'code' is supported."));
        }
        if !matches!(self.response_mode.as_str(), "" | "fragment" | "query") {
            return Some(self.error("invalid_request", "response_mode is fragment or query."));
        }
        if self.code_challenge_method != "S256" || self.code_challenge.len() != 43 {
            return Some(self.error("invalid_request", "A code_challenge with S256 is required."));
        }
        None
    }

    fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("client_id", &self.client_id),
            ("response_type", &self.response_type),
            ("redirect_uri", &self.redirect_uri),
            ("response_mode", &self.response_mode),
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
        ]
    }

    fn code(&self, app: &App, person: &Person) -> Result<Response> {
        let doc = json!({
            "challenge": self.code_challenge,
            "redirectUri": self.redirect_uri,
            "nonce": self.nonce,
            "scope": self.scope,
        });
        let code =
            app.with(|tx, now| secrets::issue(tx, "code", person, now + 10 * MINUTE, &doc))?;
        Ok(self.back(&[("code", &code), ("session_state", &rng::request_id())]))
    }

    fn error(&self, error: &str, description: &str) -> Response {
        self.back(&[("error", error), ("error_description", description)])
    }

    fn back(&self, answer: &[(&str, &str)]) -> Response {
        let mut pairs: Vec<String> = answer
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if !self.state.is_empty() {
            pairs.push(format!("state={}", encode(&self.state)));
        }
        let mark = if self.response_mode == "query" {
            '?'
        } else {
            '#'
        };
        redirect(&format!("{}{mark}{}", self.redirect_uri, pairs.join("&")))
    }
}

fn redirect(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    put(response.headers_mut(), "location", to);
    response
}

fn origin(app: &App, redirect_uri: &str) -> String {
    registration::origin_of(app, redirect_uri).unwrap_or_default()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let (_, value) = cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)?;
    Some(value.to_owned())
}

/// Everything but letters, digits and a few marks is escaped, as in a form.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
