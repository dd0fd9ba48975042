//! Leaving for the provider and coming back: what is remembered meanwhile, and the address that the
//! person returns to. The answer is taken out of the address before the router sees it.

use super::provider::{Discovery, STANDARD};
use crate::domain::config::OidcConfig;
use crate::domain::json::{self, Reader};
use crate::platform::storage::{self, Place};
use crate::platform::{crypto, location};
use lexicon::t;
use web_sys::{Url, UrlSearchParams};

/// Asks the provider for an answer without asking the person anything.
pub(super) const SILENT: &str = "none";

/// What one attempt needs when it comes back; kept for the tab, deleted when read.
pub(super) struct Pending {
    pub(super) verifier: String,
    pub(super) nonce: String,
    return_to: String,
    /// Nobody was to be asked anything.
    silent: bool,
}

/// What the provider sent back.
pub(super) enum Answer {
    Code {
        code: String,
        pending: Pending,
    },
    Refused {
        error: String,
        description: String,
        /// Nobody was to be asked anything.
        silent: bool,
    },
    /// It fits no attempt of this tab.
    Foreign,
}

fn pending(kept: Reader<'_>) -> Pending {
    Pending {
        verifier: kept.needed("verifier"),
        nonce: kept.needed("nonce"),
        return_to: kept.needed("return_to"),
        silent: kept.str("prompt") == Some(SILENT),
    }
}

fn name(state: &str) -> String {
    format!("mdr-sign-in-{state}")
}

/// Leaves for the provider's authorize page, with a `hint` at who is to sign in, or says what the browser lacks
/// for it.
pub(super) async fn leave(
    config: &OidcConfig,
    discovery: &Discovery,
    prompt: &str,
    claims: Option<String>,
    hint: Option<String>,
) -> Result<(), &'static str> {
    let secrets = async {
        let (state, nonce, verifier) = (crypto::random()?, crypto::random()?, crypto::random()?);
        let challenge = crypto::sha256(&verifier).await?;
        Some((state, nonce, verifier, challenge))
    };
    let Some((state, nonce, verifier, challenge)) = secrets.await else {
        return Err(t!(
            "The browser offers no cryptography here. Open the portal over https."
        ));
    };
    let return_to = location::href();
    let pending = json::object(&[
        ("verifier", &verifier),
        ("nonce", &nonce),
        ("return_to", &return_to),
        ("prompt", prompt),
    ]);
    if !storage::write(Place::Tab, &name(&state), &pending) {
        return Err(t!(
            "The browser refuses to keep anything for this address, or has no room left, and the way back from the sign-in page needs it. Allow site data for this address, then try again."
        ));
    }
    let Ok(url) = Url::new(&discovery.authorization_endpoint) else {
        return Err(t!(
            "The sign-in service does not tell where its sign-in page is. Tell your administrator."
        ));
    };
    let scopes = &config.scopes;
    let all = [
        &scopes.graph,
        &scopes.tasks,
        &scopes.experts,
        &scopes.endpoint,
    ];
    let scopes: Vec<&str> = all.into_iter().flatten().map(String::as_str).collect();
    let scope = format!("{} {}", STANDARD.join(" "), scopes.join(" "));
    let query = url.search_params();
    for (name, value) in [
        ("client_id", config.client_id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", &location::base()),
        ("response_mode", "fragment"),
        ("scope", &scope),
        ("state", &state),
        ("nonce", &nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ] {
        query.append(name, value);
    }
    if !prompt.is_empty() {
        query.append("prompt", prompt);
    }
    for (name, value) in [("claims", claims), ("login_hint", hint)] {
        if let Some(value) = value {
            query.append(name, &value);
        }
    }
    // The portal's own word of this attempt counts more.
    for (name, value) in &config.parameters {
        if !query.has(name) {
            query.append(name, value);
        }
    }
    location::leave(&url.href());
    Ok(())
}

/// The provider's answer, if the page was opened with one. The address is put back to where the
/// person was, whatever the answer says.
pub(super) fn answer() -> Option<Answer> {
    let fragment = UrlSearchParams::new_with_str(&location::fragment()).ok()?;
    let query = UrlSearchParams::new_with_str(&location::query()).ok()?;
    // Providers that know no fragment answer in the query.
    let said = [fragment, query]
        .into_iter()
        .find(|s| s.has("state") && (s.has("code") || s.has("error")))?;
    let state = name(&said.get("state")?);
    let kept = storage::read(Place::Tab, &state).and_then(|text| json::read(&text, pending).ok());
    storage::remove(Place::Tab, &state);
    let Some(pending) = kept else {
        location::replace(&location::base());
        return Some(Answer::Foreign);
    };
    location::replace(&pending.return_to);
    Some(match said.get("code") {
        Some(code) => Answer::Code { code, pending },
        None => Answer::Refused {
            error: said.get("error").unwrap_or_default(),
            description: said.get("error_description").unwrap_or_default(),
            silent: pending.silent,
        },
    })
}

/// The address that ends the provider's session and comes back here.
pub(super) fn end_session(endpoint: &str, client_id: &str) -> String {
    match Url::new(endpoint) {
        Ok(url) => {
            let query = url.search_params();
            query.append("client_id", client_id);
            query.append("post_logout_redirect_uri", &location::base());
            url.href()
        }
        Err(_) => location::base(),
    }
}
