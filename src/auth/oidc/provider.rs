//! Talking to an OpenID provider: discovery, the token endpoint, and what an `id_token` must say.

use crate::domain::config::OidcConfig;
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use crate::domain::time::Timestamp;
use crate::platform::{clock, crypto, location};
use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortSignal, RequestRedirect, UrlSearchParams};

const TIMEOUT_MS: u32 = 30_000;

/// The endpoints a provider publishes.
#[derive(Clone)]
pub(super) struct Discovery {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) end_session_endpoint: Option<String>,
}

/// What a token endpoint gives.
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
    pub(super) expires_in: Option<i64>,
}

/// What is exchanged for tokens.
pub(super) enum Grant<'a> {
    Code { code: &'a str, verifier: &'a str },
    Refresh { token: &'a str },
}

/// Why the provider gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ProviderError {
    /// A person has to sign in or consent.
    NeedsPerson,
    Unreachable {
        host: String,
    },
    /// It is in trouble of its own, which may pass.
    Failing {
        status: u16,
    },
    /// It refused, and said why.
    Refused(String),
    /// Its answer makes no sense or fails a check.
    Untrusted(&'static str),
}

impl ProviderError {
    /// By the error code of OAuth and OpenID Connect.
    pub(super) fn code(error: &str, description: &str) -> ProviderError {
        match error {
            "login_required" | "interaction_required" | "consent_required" | "invalid_grant"
            | "account_selection_required" => ProviderError::NeedsPerson,
            "temporarily_unavailable" | "server_error" => ProviderError::Failing { status: 503 },
            _ if description.contains("AADSTS9002326") => ProviderError::Refused(
                "The portal's address is not registered as a single-page application with the provider. An administrator can change its type to \"Single-page application\".".into(),
            ),
            _ if description.is_empty() => ProviderError::Refused(error.to_owned()),
            _ => ProviderError::Refused(description.lines().next().unwrap_or(error).to_owned()),
        }
    }

    /// What happened and what to do, for the sign-in page.
    pub(super) fn words(&self) -> String {
        match self {
            ProviderError::NeedsPerson => "Your sign-in has ended. Sign in again.".into(),
            ProviderError::Unreachable { host } => format!(
                "The sign-in service at {host} could not be reached. Check your network, then try again."
            ),
            ProviderError::Failing { status } => {
                format!("The sign-in service is failing ({status}). Try again in a minute.")
            }
            ProviderError::Refused(why) => format!("The sign-in service refused: {why}"),
            ProviderError::Untrusted(why) => {
                format!(
                    "The sign-in was stopped because {why}. Try again; if it happens again, tell your administrator."
                )
            }
        }
    }

    pub(super) fn into_api(self) -> ApiError {
        match self {
            ProviderError::Unreachable { .. } => ApiError::Offline,
            ProviderError::Failing { status } => ApiError::Server {
                status,
                message: String::new(),
                request_id: None,
            },
            _ => ApiError::SignedOut { request_id: None },
        }
    }
}

/// Reads the provider's own description of itself.
pub(super) async fn discover(authority: &str) -> Result<Discovery, ProviderError> {
    let authority = location::absolute(authority).unwrap_or_else(|| authority.to_owned());
    let url = format!(
        "{}/.well-known/openid-configuration",
        authority.trim_end_matches('/')
    );
    let (status, body) = send(&url, RequestBuilder::new(&url), None).await?;
    if !(200..300).contains(&status) {
        return Err(unwell(status));
    }
    let read = |wire: Reader<'_>| Discovery {
        issuer: wire.needed("issuer"),
        authorization_endpoint: wire.needed("authorization_endpoint"),
        token_endpoint: wire.needed("token_endpoint"),
        end_session_endpoint: wire.text("end_session_endpoint"),
    };
    json::read(&body, read)
        .map_err(|_| ProviderError::Untrusted("its configuration could not be read"))
}

/// Exchanges a grant for a token that is good for the given scopes.
pub(super) async fn redeem(
    discovery: &Discovery,
    config: &OidcConfig,
    grant: &Grant<'_>,
    scopes: &[String],
) -> Result<Tokens, ProviderError> {
    let odd = |_| ProviderError::Untrusted("the request could not be built");
    let form = UrlSearchParams::new().map_err(odd)?;
    form.append("client_id", &config.client_id);
    form.append(
        "scope",
        &format!("openid profile offline_access {}", scopes.join(" ")),
    );
    match grant {
        Grant::Code { code, verifier } => {
            form.append("grant_type", "authorization_code");
            form.append("code", code);
            form.append("redirect_uri", &location::base());
            form.append("code_verifier", verifier);
        }
        Grant::Refresh { token } => {
            form.append("grant_type", "refresh_token");
            form.append("refresh_token", token);
        }
    }
    let url = &discovery.token_endpoint;
    let builder = RequestBuilder::new(url)
        .method(Method::POST)
        .header("Content-Type", "application/x-www-form-urlencoded");
    let (status, body) = send(url, builder, Some(form.to_string().into())).await?;
    if (200..300).contains(&status) {
        let read = |wire: Reader<'_>| Tokens {
            access_token: wire.needed("access_token"),
            refresh_token: wire.text("refresh_token"),
            id_token: wire.text("id_token"),
            expires_in: wire.int("expires_in"),
        };
        return json::read(&body, read)
            .map_err(|_| ProviderError::Untrusted("its answer could not be read"));
    }
    let said = |wire: Reader<'_>| {
        let description = wire.str("error_description").unwrap_or_default();
        ProviderError::code(&wire.needed("error"), description)
    };
    Err(json::read(&body, said).unwrap_or_else(|_| unwell(status)))
}

/// A status without an explanation: trouble that may pass, or a refusal.
fn unwell(status: u16) -> ProviderError {
    if status == 429 || status >= 500 {
        ProviderError::Failing { status }
    } else {
        ProviderError::Refused(format!("status {status}"))
    }
}

/// Sends a request and returns status and body. Everything waits for a token, so a provider that
/// hangs is given up.
async fn send(
    url: &str,
    builder: RequestBuilder,
    body: Option<String>,
) -> Result<(u16, String), ProviderError> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let builder = builder
        .abort_signal(Some(&signal))
        .redirect(RequestRedirect::Error);
    let request = match body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let request =
        request.map_err(|_| ProviderError::Untrusted("the request could not be built"))?;
    let unreachable = |_| ProviderError::Unreachable {
        host: location::origin(url).unwrap_or_default(),
    };
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let body = response.text().await.map_err(unreachable)?;
    Ok((status, body))
}

struct Claims {
    iss: String,
    aud: String,
    iat: Option<i64>,
    exp: i64,
    nonce: Option<String>,
    tid: Option<String>,
    sub: String,
}

/// Checks that the `id_token` is from this provider, for this portal, for this very sign-in, and still
/// good, and returns whom it names and when it was issued. Its signature is not checked: it came straight from the token endpoint over TLS.
pub(super) fn check_id_token(
    tokens: &Tokens,
    discovery: &Discovery,
    config: &OidcConfig,
    nonce: &str,
) -> Result<(String, Timestamp), ProviderError> {
    let token = tokens
        .id_token
        .as_deref()
        .ok_or(ProviderError::Untrusted("it named nobody"))?;
    let claims = token.split('.').nth(1).and_then(crypto::from_base64url);
    let read = |wire: Reader<'_>| Claims {
        iss: wire.needed("iss"),
        aud: wire.needed("aud"),
        iat: wire.int("iat"),
        exp: wire.int("exp").unwrap_or_default(),
        nonce: wire.text("nonce"),
        tid: wire.text("tid"),
        sub: wire.needed("sub"),
    };
    let claims = claims.and_then(|claims| json::read(&claims, read).ok());
    let claims = claims.ok_or(ProviderError::Untrusted("its statement could not be read"))?;
    // Entra's shared endpoints publish a template in place of a tenant.
    let issuer = discovery
        .issuer
        .replace("{tenantid}", claims.tid.as_deref().unwrap_or_default());
    if claims.iss != issuer {
        return Err(ProviderError::Untrusted("another provider issued it"));
    }
    if claims.aud != config.client_id {
        return Err(ProviderError::Untrusted(
            "it was issued for another application",
        ));
    }
    if claims.nonce.as_deref() != Some(nonce) {
        return Err(ProviderError::Untrusted("it belongs to another attempt"));
    }
    // The nonce is this attempt's, so the statement was made just now: the provider's clock says when
    // that was, and whether it still holds. This computer's may be wrong by a day.
    let issued = claims.iat.unwrap_or(clock::now() / 1_000);
    if claims.exp <= issued {
        return Err(ProviderError::Untrusted("it had expired when it came"));
    }
    let subject = format!("{}|{}", claims.iss, claims.sub);
    Ok((subject, Timestamp(issued * 1_000)))
}
