//! The one error every caller can branch on, and the only place that words it for people.
//! Turning an HTTP answer into one of these is `api::client`'s work.

use super::fold::lower;
use super::text::visible;
use lexicon::t;

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
    /// It was broken off here: somebody stopped it, or its page went away.
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
    /// Too many requests (429, or 503 and 504 with a delay). Milliseconds, where the server named a delay.
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
    /// A web page came where data was asked for: something between here and the service answered.
    WebPage { request_id: Option<String> },
    /// An answer came that could not be read; `at` names what is wrong and where.
    BadReply {
        at: String,
        request_id: Option<String>,
    },
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
                | ApiError::WebPage { .. }
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
                | ApiError::WebPage { .. }
                | ApiError::BadReply { .. }
                | ApiError::TooLarge { .. }
        )
    }

    /// The words for a person. `what` completes "… could not be loaded" and is the caller's noun
    /// phrase in title case for a sentence start, such as "The incident".
    pub fn wording(&self, what: &str) -> Wording {
        let failed = |why: &str| t!("{what} could not be loaded: {why}");
        let (title, advice) = match self {
            ApiError::Offline => (
                failed(t!("no connection")),
                t!("Check your network. If other pages work, the service may be blocked by a proxy; try again in a moment.").into(),
            ),
            ApiError::TimedOut => (
                failed(t!("the service took too long")),
                t!("Try again. If it keeps happening, tell your administrator.").into(),
            ),
            ApiError::Aborted => (failed(t!("the request was stopped")), t!("Try again.").into()),
            ApiError::SignedOut { .. } => (
                t!("Your sign-in has ended").into(),
                t!("Sign in again. You come back to this page.").into(),
            ),
            ApiError::Forbidden { message, .. } => (
                t!("No access to {}", sentence_middle(what)),
                or(message, t!("Your account lacks a role for it. Ask a Security Administrator for Security Reader or higher.")),
            ),
            ApiError::NotFound { .. } => (
                t!("{what} was not found"),
                t!("It may have been merged or removed, or the address is mistyped. Go back to the list and look for it there.").into(),
            ),
            ApiError::Conflict { message, .. } => (
                t!("{what} has changed meanwhile"),
                says(message, t!("The latest state is shown. Look at it, then decide again.")),
            ),
            ApiError::Invalid { message, fields, .. } => {
                let named: Vec<String> =
                    fields.iter().map(|f| format!("{}: {}", f.field, f.detail)).collect();
                let said = if named.is_empty() { message.clone() } else { named.join("; ") };
                (t!("The service refused the request").into(), says(&said, t!("Correct it and try again.")))
            }
            ApiError::Busy { retry_after_ms, .. } => (
                t!("The service is busy").into(),
                match retry_after_ms {
                    Some(ms) => t!("It asks to wait {} s. Then try again.", ms.div_ceil(1000)),
                    None => t!("Wait a moment, then try again.").into(),
                },
            ),
            ApiError::Server { status, .. } => (
                failed(&t!("the service failed ({status})")),
                t!("Try again in a minute. If it keeps happening, send the request id to your administrator.").into(),
            ),
            ApiError::WebPage { .. } => (
                failed(t!("a web page came instead of data")),
                t!("A proxy or the sign-in page of your network may have answered in the service's place. Open any other website to see, then try again. If it stays so, tell your administrator.").into(),
            ),
            ApiError::BadReply { at, .. } => (
                failed(t!("the answer could not be understood")),
                t!("Tell your administrator: {at}."),
            ),
            ApiError::TooLarge { limit_mb } => (
                failed(t!("the answer is too large")),
                t!("The portal accepts at most {limit_mb} MB. Narrow the range and try again."),
            ),
            ApiError::NotConfigured { what: api } => (
                t!("{what} is not available here"),
                t!("This deployment has no {api}. An administrator can set its address in config.json."),
            ),
        };
        // A part of it is the server's.
        let advice = visible(&advice).into_owned();
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
            | ApiError::Server { request_id, .. }
            | ApiError::WebPage { request_id }
            | ApiError::BadReply { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }
}

/// A noun phrase as it reads within a sentence: `The incident` becomes `the incident`.
fn sentence_middle(what: &str) -> String {
    let mut chars = what.chars();
    chars
        .next()
        .map(|first| std::iter::once(lower(first)).chain(chars).collect())
        .unwrap_or_default()
}

/// What to do, after what the service said in words of its own.
fn says(said: &str, then: &str) -> String {
    let said = said.trim();
    match said.chars().last() {
        None => then.to_owned(),
        Some('.' | '!' | '?') => t!("It says: {said} {then}"),
        Some(_) => t!("It says: {said}. {then}"),
    }
}

fn or(said: &str, otherwise: &str) -> String {
    if said.trim().is_empty() {
        otherwise.to_owned()
    } else {
        said.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn id() -> Option<String> {
        Some("r-1".into())
    }

    /// One of each, as bare as it can come.
    fn every() -> Vec<ApiError> {
        vec![
            ApiError::Offline,
            ApiError::TimedOut,
            ApiError::Aborted,
            ApiError::SignedOut { request_id: id() },
            ApiError::Forbidden {
                message: String::new(),
                request_id: id(),
            },
            ApiError::NotFound { request_id: id() },
            ApiError::Conflict {
                code: String::new(),
                message: String::new(),
                request_id: id(),
            },
            ApiError::Invalid {
                message: String::new(),
                fields: Vec::new(),
                request_id: id(),
            },
            ApiError::Busy {
                retry_after_ms: None,
                request_id: id(),
            },
            ApiError::Server {
                status: 500,
                message: String::new(),
                request_id: id(),
            },
            ApiError::WebPage { request_id: id() },
            ApiError::BadReply {
                at: "value[3].severity is not a text".into(),
                request_id: id(),
            },
            ApiError::TooLarge { limit_mb: 20 },
            ApiError::NotConfigured {
                what: "Experts API (expertsBaseUrl)",
            },
        ]
    }

    #[test]
    fn every_error_says_what_happened_and_what_to_do_like_no_other() {
        let words: Vec<Wording> = every()
            .iter()
            .map(|error| error.wording("The incident"))
            .collect();
        for Wording { title, advice, .. } in &words {
            assert!(!title.is_empty() && !title.ends_with('.'), "{title}");
            assert!(advice.ends_with('.'), "{title}: {advice}");
        }
        let titles: HashSet<&str> = words.iter().map(|words| words.title.as_str()).collect();
        assert_eq!(titles.len(), words.len(), "{titles:?}");
    }

    #[test]
    fn the_id_of_the_request_comes_with_the_words() {
        let without = |error: &&ApiError| error.wording("The incident").request_id.is_none();
        let every = every();
        let without: Vec<_> = every.iter().filter(without).collect();
        let never_sent = |error: &ApiError| {
            matches!(
                error,
                ApiError::Offline
                    | ApiError::TimedOut
                    | ApiError::Aborted
                    | ApiError::TooLarge { .. }
                    | ApiError::NotConfigured { .. }
            )
        };
        assert!(without.iter().all(|error| never_sent(error)), "{without:?}");
    }

    #[test]
    fn a_delay_is_named_in_whole_seconds_and_never_too_short() {
        let wait = |ms| {
            let busy = ApiError::Busy {
                retry_after_ms: Some(ms),
                request_id: None,
            };
            busy.wording("The incident").advice
        };
        assert!(wait(2_128).contains("wait 3 s"), "{}", wait(2_128));
        assert!(wait(1).contains("wait 1 s"));
    }

    #[test]
    fn what_the_service_says_is_quoted_and_never_all_there_is() {
        let invalid = |message: &str, fields: Vec<FieldError>| {
            let error = ApiError::Invalid {
                message: message.into(),
                fields,
                request_id: None,
            };
            error.wording("The contact").advice
        };
        assert_eq!(
            invalid("Bad filter clause", vec![]),
            "It says: Bad filter clause. Correct it and try again."
        );
        let phone = FieldError {
            field: "/phone".into(),
            detail: "not a number".into(),
        };
        assert!(invalid("Invalid", vec![phone]).contains("/phone: not a number"));
    }
}
