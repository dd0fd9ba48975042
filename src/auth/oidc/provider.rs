//! Talking to an OpenID provider: discovery, the token endpoint, and what it refuses.

use crate::domain::config::OidcConfig;
use crate::domain::error::ApiError;
use crate::domain::json::{self, Reader};
use crate::platform::location;
use gloo_net::http::{Method, RequestBuilder};
use lexicon::t;
use web_sys::{AbortSignal, RequestMode, RequestRedirect, UrlSearchParams};

const TIMEOUT_MS: u32 = 30_000;
const PROBE_MS: u32 = 5_000;

/// The endpoints a provider publishes.
#[derive(Clone)]
pub(super) struct Discovery {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) end_session_endpoint: Option<String>,
}

impl Discovery {
    /// Whether services behind it ask for claims: those of Microsoft Entra do.
    pub(super) fn takes_claims(&self) -> bool {
        let host = location::origin(&self.issuer).unwrap_or_default();
        [
            ".microsoftonline.com",
            ".microsoftonline.us",
            ".partner.microsoftonline.cn",
        ]
        .iter()
        .any(|known| host.ends_with(known))
    }
}

/// What a token endpoint gives.
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
    pub(super) expires_in: Option<i64>,
    /// What was granted, where that is told.
    pub(super) scope: Option<String>,
}

/// What is asked for beside the scopes of a service: who signs in, and that it can be renewed.
pub(super) const STANDARD: [&str; 3] = ["openid", "profile", "offline_access"];

/// What is exchanged for tokens.
pub(super) enum Grant<'a> {
    Code { code: &'a str, verifier: &'a str },
    Refresh { token: &'a str },
}

/// Why the provider gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ProviderError {
    /// A person has to sign in.
    NeedsPerson,
    /// A person has to prove more of themselves for this service: what, as it is to be told at the next sign-in.
    /// The other services go on.
    NeedsMore(Option<String>),
    /// Nobody has agreed to what the portal asks for.
    NoConsent,
    /// Whoever was asked said no, or is not let in; what the provider says of it.
    Declined(String),
    Unreachable {
        host: String,
    },
    /// It answers, but lets no page of this address read that.
    Closed {
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
        let line = description.lines().next().unwrap_or_default();
        match error {
            // Entra says so of a token, too, where nobody has consented to one service among several.
            "consent_required" => ProviderError::NoConsent,
            _ if description.contains("AADSTS65001") => ProviderError::NoConsent,
            "login_required" | "interaction_required" | "invalid_grant"
            | "account_selection_required" => ProviderError::NeedsPerson,
            "access_denied" => ProviderError::Declined(line.to_owned()),
            "temporarily_unavailable" | "server_error" => ProviderError::Failing { status: 503 },
            _ if description.contains("AADSTS9002326") => ProviderError::Refused(
                t!("The portal's address is not registered as a single-page application with the provider. An administrator can change its type to \"Single-page application\".").into(),
            ),
            _ if line.is_empty() => ProviderError::Refused(error.to_owned()),
            _ => ProviderError::Refused(line.to_owned()),
        }
    }

    /// What happened and what to do, for the sign-in page.
    pub(super) fn words(&self) -> String {
        match self {
            ProviderError::NeedsPerson | ProviderError::NeedsMore(_) => t!("Your sign-in has ended. Sign in again.").into(),
            ProviderError::NoConsent => t!("Nobody has agreed yet that the portal may use the services in your name. Sign in again and agree to it. If you are not asked, an administrator has to agree for you.").into(),
            ProviderError::Declined(said) => {
                let sentence = t!("The sign-in was cancelled, or you are not allowed in. Sign in when you are ready, or ask an administrator for access.");
                if said.is_empty() {
                    sentence.to_owned()
                } else {
                    t!("{sentence} The sign-in service says: {said}")
                }
            }
            ProviderError::Closed { host } => t!(
                "The sign-in service at {host} answers, but does not let this portal read that. An administrator has to allow the portal's address there (CORS), or correct auth.authority in config.json."
            ),
            ProviderError::Unreachable { host } => t!(
                "The sign-in service at {host} could not be reached. Check your network, then try again."
            ),
            ProviderError::Failing { status } => {
                t!("The sign-in service is failing ({status}). Try again in a minute.")
            }
            ProviderError::Refused(why) => t!("The sign-in service refused: {why}"),
            ProviderError::Untrusted(why) => {
                t!(
                    "The sign-in was stopped: {why}. Try again; if it happens again, tell your administrator."
                )
            }
        }
    }

    pub(super) fn into_api(self) -> ApiError {
        match self {
            ProviderError::Unreachable { .. } | ProviderError::Closed { .. } => ApiError::Offline,
            ProviderError::NoConsent => ApiError::Forbidden {
                message: t!("Nobody has agreed yet that the portal may use this service in your name. Sign out and in again and agree to it, or ask an administrator to agree for you.").into(),
                request_id: None,
            },
            ProviderError::Failing { status } => ApiError::Server {
                status,
                message: String::new(),
                request_id: None,
            },
            _ => ApiError::SignedOut { request_id: None },
        }
    }
}

/// Why there is no token for a service at a provider that gives one token, and nothing to get others by.
pub(super) fn unrenewable() -> ApiError {
    ApiError::Forbidden {
        message: t!("The sign-in service has given the portal no refresh token, and the one token that it gave is not good for this service. Tell your administrator: auth.parameters in config.json can ask for a refresh token, at many providers by the prompt \"consent\".").into(),
        request_id: None,
    }
}

/// Reads the provider's own description of itself.
pub(super) async fn discover(authority: &str) -> Result<Discovery, ProviderError> {
    let authority = location::absolute(authority).unwrap_or_else(|| authority.to_owned());
    let url = format!(
        "{}/.well-known/openid-configuration",
        authority.trim_end_matches('/')
    );
    let ask = || send(&url, RequestBuilder::new(&url), None);
    let (status, body) = match ask().await {
        // A connection that came back in between must not pass for a provider that is closed.
        Err(ProviderError::Unreachable { .. }) => match unread(&url).await {
            closed @ ProviderError::Closed { .. } => ask().await.map_err(|_| closed)?,
            other => return Err(other),
        },
        answer => answer?,
    };
    if !(200..300).contains(&status) {
        return Err(unwell(status));
    }
    let read = |wire: Reader<'_>| Discovery {
        issuer: wire.needed("issuer"),
        authorization_endpoint: wire.needed("authorization_endpoint"),
        token_endpoint: wire.needed("token_endpoint"),
        end_session_endpoint: wire.text("end_session_endpoint"),
    };
    json::read(&body, read).map_err(|_| {
        ProviderError::Untrusted(t!(
            "the configuration of the sign-in service could not be read"
        ))
    })
}

/// Exchanges a grant for a token that is good for the given scopes.
pub(super) async fn redeem(
    discovery: &Discovery,
    config: &OidcConfig,
    grant: &Grant<'_>,
    scopes: &[&str],
    claims: Option<String>,
) -> Result<Tokens, ProviderError> {
    let odd = |_| ProviderError::Untrusted(t!("the request could not be built"));
    let form = UrlSearchParams::new().map_err(odd)?;
    form.append("client_id", &config.client_id);
    form.append("scope", &scopes.join(" "));
    if let Some(claims) = claims {
        form.append("claims", &claims);
    }
    for (name, value) in &config.parameters {
        // Which service a token is for may be asked here, too.
        if ["audience", "resource"].contains(&name.as_str()) {
            form.append(name, value);
        }
    }
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
    let answer = send(url, builder, Some(form.to_string().into())).await;
    let (status, body) = match (answer, grant) {
        (Ok(answer), _) => answer,
        // A person who signs in needs to know why; renewing is tried again later, whatever the reason.
        (Err(ProviderError::Unreachable { .. }), Grant::Code { .. }) => {
            return Err(unread(url).await);
        }
        (Err(error), _) => return Err(error),
    };
    if (200..300).contains(&status) {
        let read = |wire: Reader<'_>| Tokens {
            access_token: wire.needed("access_token"),
            refresh_token: wire.text("refresh_token"),
            id_token: wire.text("id_token"),
            expires_in: wire.int("expires_in"),
            scope: wire.text("scope"),
        };
        return json::read(&body, read).map_err(|_| {
            ProviderError::Untrusted(t!("the answer of the sign-in service could not be read"))
        });
    }
    // Trouble may pass, whatever words come with it.
    if status == 429 || status >= 500 {
        return Err(unwell(status));
    }
    let said = |wire: Reader<'_>| {
        let description = wire.str("error_description").unwrap_or_default();
        let error = wire.needed("error");
        match ProviderError::code(&error, description) {
            ProviderError::NeedsPerson if of_this_service_alone(&error, wire) => {
                ProviderError::NeedsMore(wire.filled("claims"))
            }
            other => other,
        }
    };
    Err(json::read(&body, said).unwrap_or_else(|_| unwell(status)))
}

/// Whether a refusal is about the service that a token was wanted for. Entra's conditional access says so with
/// claims to meet or with a suberror, where the grant itself is still good.
fn of_this_service_alone(error: &str, wire: Reader<'_>) -> bool {
    let spent = ["bad_token", "token_expired"];
    let suberror = wire.filled("suberror");
    let more = suberror.is_some_and(|why| !spent.contains(&why.as_str()));
    error == "interaction_required" || more || wire.filled("claims").is_some()
}

/// A status without an explanation: trouble that may pass, or a refusal.
fn unwell(status: u16) -> ProviderError {
    if status == 429 || status >= 500 {
        ProviderError::Failing { status }
    } else {
        ProviderError::Refused(t!("status {status}"))
    }
}

/// Sends a request and returns status and body; where no answer can be read, nobody asks why. Everything
/// waits for a token, so a provider that hangs is given up.
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
        request.map_err(|_| ProviderError::Untrusted(t!("the request could not be built")))?;
    let no_answer = |_| ProviderError::Unreachable {
        host: location::origin(url).unwrap_or_default(),
    };
    let response = request.send().await.map_err(no_answer)?;
    let body = response.text().await.map_err(no_answer)?;
    Ok((response.status(), body))
}

/// Why there is no answer to read. To a page, a host that is not there and one that does not allow it
/// look the same; a question whose answer nobody may read comes through to the latter alone.
async fn unread(url: &str) -> ProviderError {
    let host = location::origin(url).unwrap_or_default();
    let signal = AbortSignal::timeout_with_u32(PROBE_MS);
    let probe = RequestBuilder::new(url)
        .abort_signal(Some(&signal))
        .mode(RequestMode::NoCors)
        .build();
    let answers = match probe {
        Ok(probe) => probe.send().await.is_ok(),
        Err(_) => false,
    };
    if answers {
        ProviderError::Closed { host }
    } else {
        ProviderError::Unreachable { host }
    }
}
