//! What an `id_token` must say, and whom it names.

use super::provider::{Discovery, ProviderError, Tokens};
use crate::domain::config::OidcConfig;
use crate::domain::json::{self, Json, Reader};
use crate::domain::time::Timestamp;
use crate::platform::{clock, crypto};
use lexicon::t;

struct Claims {
    iss: String,
    /// Whom it is meant for. Some providers tell a single one as a list.
    aud: Vec<String>,
    azp: Option<String>,
    iat: Option<i64>,
    exp: i64,
    nonce: Option<String>,
    tid: Option<String>,
    sub: String,
    hint: Option<String>,
}

/// Who has signed in.
pub(super) struct Identity {
    /// The provider's own name for them, the same at every sign-in.
    pub(super) subject: String,
    /// By what it knows them again at the next one.
    pub(super) hint: Option<String>,
    /// When that was, by the provider's clock.
    pub(super) issued: Timestamp,
}

/// Checks that the `id_token` is from this provider, for this portal, for this very sign-in, and still
/// good, and returns whom it names. Its signature is not checked: it came straight from the token endpoint over TLS.
pub(super) fn check(
    tokens: &Tokens,
    discovery: &Discovery,
    config: &OidcConfig,
    nonce: &str,
) -> Result<Identity, ProviderError> {
    let token = tokens
        .id_token
        .as_deref()
        .ok_or(ProviderError::Untrusted(t!("the answer names nobody")))?;
    let claims = token.split('.').nth(1).and_then(crypto::from_base64url);
    let read = |wire: Reader<'_>| Claims {
        iss: wire.needed("iss"),
        aud: match wire.raw().get("aud") {
            Json::List(_) => wire.texts("aud").unwrap_or_default(),
            _ => vec![wire.needed("aud")],
        },
        azp: wire.text("azp"),
        iat: wire.int("iat"),
        exp: wire.int("exp").unwrap_or_default(),
        nonce: wire.text("nonce"),
        tid: wire.text("tid"),
        sub: wire.needed("sub"),
        hint: wire
            .filled("login_hint")
            .or_else(|| wire.filled("preferred_username")),
    };
    let claims = claims.and_then(|claims| json::read(&claims, read).ok());
    let claims = claims.ok_or(ProviderError::Untrusted(t!(
        "the answer of the sign-in service could not be read"
    )))?;
    // Entra's shared endpoints publish a template in place of a tenant.
    let issuer = discovery
        .issuer
        .replace("{tenantid}", claims.tid.as_deref().unwrap_or_default());
    if claims.iss != issuer {
        return Err(ProviderError::Untrusted(t!(
            "another provider issued the answer"
        )));
    }
    // Meant for several, it has to name the one that asked for it.
    let ours = |id: &String| *id == config.client_id;
    let asked = claims.aud.len() < 2 || claims.azp.as_ref().is_some_and(ours);
    if !asked || !claims.aud.iter().any(ours) {
        return Err(ProviderError::Untrusted(t!(
            "the answer is meant for another application"
        )));
    }
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(ProviderError::Untrusted(t!(
            "the answer belongs to another attempt"
        )));
    }
    // The nonce is this attempt's, so the statement was made just now: the provider's clock says when
    // that was, and whether it still holds. This computer's may be wrong by a day.
    let issued = claims.iat.unwrap_or(clock::now() / 1_000);
    if claims.exp <= issued {
        return Err(ProviderError::Untrusted(t!(
            "the answer had expired when it came"
        )));
    }
    Ok(Identity {
        subject: format!("{}|{}", claims.iss, claims.sub),
        hint: claims.hint,
        issued: Timestamp(issued * 1_000),
    })
}
