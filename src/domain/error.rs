//! The one error every caller can branch on, and the only place that words it for people.
//! Turning an HTTP answer into one of these is `api::client`'s work.

/// One field that a server refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer or member name, as the server gave it.
    pub field: String,
    /// What the server said of it.
    pub detail: String,
}

/// Why a call to an API has no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The browser could not reach the host at all: no network, DNS, TLS, CORS or the page's CSP.
    Offline,
    /// No answer in time. A write may or may not have been carried out.
    TimedOut,
    /// The caller gave up, by navigating away. Never shown.
    Aborted,
    /// No valid sign-in (401), after one attempt to renew it.
    SignedOut { request_id: Option<String> },
    /// The server knows the person and refuses (403).
    Forbidden {
        message: String,
        request_id: Option<String>,
    },
    /// No such thing (404).
    NotFound { request_id: Option<String> },
    /// The state has moved on since it was read (409, 412).
    Conflict {
        code: String,
        message: String,
        request_id: Option<String>,
    },
    /// The server refused the content (400, 422).
    Invalid {
        message: String,
        fields: Vec<FieldError>,
        request_id: Option<String>,
    },
    /// Too many requests (429, or 503 with a delay). Milliseconds, where the server named a delay.
    Busy {
        retry_after_ms: Option<u64>,
        request_id: Option<String>,
    },
    /// The server failed (5xx) or answered a status nothing else fits.
    Server {
        status: u16,
        message: String,
        request_id: Option<String>,
    },
    /// An answer came that could not be read; `at` names where.
    BadReply { at: String },
    /// The answer exceeded the size the portal accepts.
    TooLarge { limit_mb: u32 },
    /// The deployment has no such API (its base URL is null in config.json).
    NotConfigured { what: &'static str },
}

/// An error in words: what happened, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What happened, a short sentence without a full stop.
    pub title: String,
    /// What to do next.
    pub advice: String,
    /// Quoted to support; shown small and copyable.
    pub request_id: Option<String>,
}

impl ApiError {
    /// True where the same call may succeed later without anything else changing.
    pub fn worth_retrying(&self) -> bool {
        matches!(
            self,
            ApiError::Offline
                | ApiError::TimedOut
                | ApiError::Busy { .. }
                | ApiError::Server { .. }
        )
    }

    /// True where a write may have been carried out although no good answer came: it has to be
    /// read back before anything is sent again.
    pub fn outcome_unknown(&self) -> bool {
        matches!(
            self,
            ApiError::Offline
                | ApiError::TimedOut
                | ApiError::Aborted
                | ApiError::Conflict { .. }
                | ApiError::Server { .. }
                | ApiError::BadReply { .. }
                | ApiError::TooLarge { .. }
        )
    }

    /// The words for a person. `what` completes "… could not be loaded" and is the caller's noun
    /// phrase in title case for a sentence start, such as "The incident".
    pub fn wording(&self, what: &str) -> Wording {
        let failed = |why: &str| format!("{what} could not be loaded: {why}");
        let (title, advice) = match self {
            ApiError::Offline => (
                failed("no connection"),
                "Check your network. If other pages work, the service may be blocked by a proxy; try again in a moment.".into(),
            ),
            ApiError::TimedOut => (
                failed("the service took too long"),
                "Try again. If it keeps happening, tell your administrator.".into(),
            ),
            ApiError::Aborted => (failed("the request was stopped"), "Try again.".into()),
            ApiError::SignedOut { .. } => (
                "Your sign-in has ended".into(),
                "Sign in again. You come back to this page.".into(),
            ),
            ApiError::Forbidden { message, .. } => (
                format!("No access to {}", sentence_middle(what)),
                or(message, "Your account lacks a role for it. Ask a Security Administrator for Security Reader or higher."),
            ),
            ApiError::NotFound { .. } => (
                format!("{what} was not found"),
                "It may have been merged or removed, or the address is mistyped. Go back to the list and look for it there.".into(),
            ),
            ApiError::Conflict { message, .. } => (
                format!("{what} has changed meanwhile"),
                or(message, "The latest state is shown. Look at it, then decide again."),
            ),
            ApiError::Invalid { message, fields, .. } => {
                let named: Vec<String> =
                    fields.iter().map(|f| format!("{}: {}", f.field, f.detail)).collect();
                let said = if named.is_empty() { message.clone() } else { named.join("; ") };
                ("The service refused the request".into(), or(&said, "Correct it and try again."))
            }
            ApiError::Busy { retry_after_ms, .. } => (
                "The service is busy".into(),
                match retry_after_ms {
                    Some(ms) => format!("It asks to wait {} s. Then try again.", ms.div_ceil(1000)),
                    None => "Wait a moment, then try again.".into(),
                },
            ),
            ApiError::Server { status, .. } => (
                failed(&format!("the service failed ({status})")),
                "Try again in a minute. If it keeps happening, send the request id to your administrator.".into(),
            ),
            ApiError::BadReply { at } => (
                failed("the answer could not be read"),
                format!("Tell your administrator: {at}."),
            ),
            ApiError::TooLarge { limit_mb } => (
                failed("the answer is too large"),
                format!("The portal accepts at most {limit_mb} MB. Narrow the range and try again."),
            ),
            ApiError::NotConfigured { what: api } => (
                format!("{what} is not available here"),
                format!("This deployment has no {api}. An administrator can set its address in config.json."),
            ),
        };
        Wording {
            title,
            advice,
            request_id: self.request_id().map(str::to_owned),
        }
    }

    /// The server's id of the failed request, where it sent one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            ApiError::SignedOut { request_id }
            | ApiError::Forbidden { request_id, .. }
            | ApiError::NotFound { request_id }
            | ApiError::Conflict { request_id, .. }
            | ApiError::Invalid { request_id, .. }
            | ApiError::Busy { request_id, .. }
            | ApiError::Server { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }
}

/// A noun phrase as it reads within a sentence: `The incident` becomes `the incident`.
fn sentence_middle(what: &str) -> String {
    let mut chars = what.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

fn or(said: &str, otherwise: &str) -> String {
    if said.trim().is_empty() {
        otherwise.to_owned()
    } else {
        said.to_owned()
    }
}
