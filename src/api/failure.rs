//! An HTTP answer that is no success, as the one error of the portal. Understands the error bodies of
//! Graph, Defender for Endpoint, problem+json and OAuth; nothing here talks to the network.

use crate::domain::error::{ApiError, FieldError};
use crate::domain::json::Json;
use lexicon::t;

/// The parts of an answer that say what went wrong.
pub(crate) struct Failure<'a> {
    pub(crate) status: u16,
    /// Header `Retry-After`: seconds, possibly with a fraction.
    pub(crate) retry_after: Option<&'a str>,
    /// Header `request-id` or `x-request-id`.
    pub(crate) request_id: Option<String>,
    /// Header `WWW-Authenticate`.
    pub(crate) challenge: &'a str,
    pub(crate) body: &'a str,
}

/// Words it.
pub(crate) fn read(failure: &Failure<'_>) -> ApiError {
    let body = Json::parse(failure.body).unwrap_or(Json::Null);
    let nested = Some(body.get("error")).filter(|error| matches!(error, Json::Object(_)));
    let holder = nested.unwrap_or(&body);
    let code = text(holder, &["code", "error"]).unwrap_or_default();
    let message =
        text(holder, &["detail", "message", "error_description", "title"]).unwrap_or_default();
    let request_id = failure
        .request_id
        .clone()
        .or_else(|| request_id(&body, holder));
    match failure.status {
        // The services refuse in JSON: a proxy in between says something else by it.
        403 | 404 | 407 | 410 if is_web_page(failure.body) => ApiError::WebPage { request_id },
        // Not the sign-in has ended: another token for the same scopes would be refused as well.
        401 if [failure.challenge, &message].iter().any(|said| said.contains("udience")) => {
            ApiError::Forbidden {
                message: t!("The service refuses the portal's token, as it is meant for another service. Tell your administrator: the scopes in config.json (auth.scopes) may be wrong.").into(),
                request_id,
            }
        }
        401 => ApiError::SignedOut { request_id },
        // What a server says of a refusal is written for developers unless it is problem+json.
        403 => ApiError::Forbidden {
            message: if nested.is_some() {
                String::new()
            } else {
                message
            },
            request_id,
        },
        404 | 410 => ApiError::NotFound { request_id },
        // Defender for Endpoint says so of an action that is under way already.
        400 if code == "ActiveRequestAlreadyExists" => ApiError::Conflict {
            code,
            message,
            request_id,
        },
        409 | 412 => ApiError::Conflict {
            code,
            message,
            request_id,
        },
        400 | 413 | 422 | 428 => ApiError::Invalid {
            message,
            fields: fields(holder),
            request_id,
        },
        429 => ApiError::Busy {
            retry_after_ms: delay(failure.retry_after),
            request_id,
        },
        503 | 504 if failure.retry_after.is_some() => ApiError::Busy {
            retry_after_ms: delay(failure.retry_after),
            request_id,
        },
        200..=299 => ApiError::BadReply {
            at: t!("an error in place of data: {code}"),
            request_id,
        },
        status => ApiError::Server {
            status,
            message,
            request_id,
        },
    }
}

/// What may stand before a body's first mark.
const BLANK: [char; 5] = ['\u{feff}', ' ', '\t', '\r', '\n'];

/// Whether a body is a page for people. No JSON begins so.
pub(crate) fn is_web_page(body: &str) -> bool {
    body.trim_start_matches(BLANK).starts_with('<')
}

/// Whether a body reports an error, whatever status it came with. No data of the services begins so.
pub(crate) fn is_error(body: &str) -> bool {
    let mut rest = body;
    for mark in ["{", "\"error\"", ":", "{"] {
        match rest.trim_start_matches(BLANK).strip_prefix(mark) {
            Some(left) => rest = left,
            None => return false,
        }
    }
    true
}

/// `Retry-After` in milliseconds, rounded up: asking earlier counts against the quota.
fn delay(header: Option<&str>) -> Option<u64> {
    // Read as digits: a parser of floating point numbers would bring 12 kB of tables with it.
    let (whole, fraction) = header?
        .trim()
        .split_once('.')
        .unwrap_or((header?.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds: u64 = whole.parse().ok().filter(|seconds| *seconds <= 86_400)?;
    let (first, rest) = fraction.split_at(fraction.len().min(3));
    let thousandths: u64 = format!("{first:0<3}").parse().ok()?;
    let more = rest.bytes().any(|digit| digit != b'0');
    Some(seconds * 1_000 + thousandths + u64::from(more))
}

fn text(holder: &Json<'_>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| holder.get(name).as_text())
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

fn request_id(body: &Json<'_>, holder: &Json<'_>) -> Option<String> {
    ["innerError", "innererror"]
        .iter()
        .find_map(|name| text(holder.get(name), &["request-id", "requestId"]))
        .or_else(|| text(body, &["requestId", "correlation_id"]))
        .or_else(|| text(holder, &["target"]))
}

fn fields(holder: &Json<'_>) -> Vec<FieldError> {
    let errors = holder.get("errors").items();
    errors
        .iter()
        .filter_map(|error| {
            Some(FieldError {
                field: text(error, &["pointer", "field", "code"])?,
                detail: text(error, &["detail", "message"]).unwrap_or_default(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_body(status: u16, body: &str) -> ApiError {
        read(&Failure {
            status,
            retry_after: None,
            request_id: None,
            challenge: "",
            body,
        })
    }

    #[test]
    fn graph_errors_keep_their_request_id() {
        let body =
            r#"{"error":{"code":"NotFound","message":"x","innerError":{"request-id":"r-1"}}}"#;
        assert_eq!(
            read_body(404, body),
            ApiError::NotFound {
                request_id: Some("r-1".into())
            }
        );
        let older =
            r#"{"error":{"code":"BadRequest","message":"no","innererror":{"requestId":"r-2"}}}"#;
        assert_eq!(read_body(400, older).request_id(), Some("r-2"));
    }

    #[test]
    fn problem_json_brings_its_words_and_fields() {
        let body = r#"{"title":"Not allowed","detail":"Readers cannot act.","status":403,"requestId":"r"}"#;
        let ApiError::Forbidden {
            message,
            request_id,
        } = read_body(403, body)
        else {
            panic!()
        };
        assert_eq!(
            (message.as_str(), request_id.as_deref()),
            ("Readers cannot act.", Some("r"))
        );
        let invalid =
            r#"{"title":"Invalid","errors":[{"pointer":"/phone","detail":"not a number"}]}"#;
        let ApiError::Invalid { fields, .. } = read_body(422, invalid) else {
            panic!()
        };
        assert_eq!(fields[0].field, "/phone");
    }

    #[test]
    fn a_conflict_keeps_its_code() {
        let body = r#"{"error":{"code":"actionInProgress","message":"already"}}"#;
        let ApiError::Conflict { code, .. } = read_body(409, body) else {
            panic!()
        };
        assert_eq!(code, "actionInProgress");
    }

    #[test]
    fn a_device_that_is_at_it_already_is_a_conflict_and_no_refusal() {
        let body = r#"{"error":{"code":"ActiveRequestAlreadyExists","message":"Action is already in progress"}}"#;
        assert!(matches!(read_body(400, body), ApiError::Conflict { .. }));
        let other = r#"{"error":{"code":"InvalidInput","message":"no"}}"#;
        assert!(matches!(read_body(400, other), ApiError::Invalid { .. }));
    }

    #[test]
    fn delays_are_fractional_absent_or_nonsense() {
        let answer = |status, retry_after| {
            read(&Failure {
                status,
                retry_after,
                request_id: None,
                challenge: "",
                body: "",
            })
        };
        let busy = |retry_after| answer(429, retry_after);
        let wait = |ms| ApiError::Busy {
            retry_after_ms: ms,
            request_id: None,
        };
        assert_eq!(busy(Some("2.128")), wait(Some(2_128)));
        assert_eq!(busy(Some("0.0001")), wait(Some(1)));
        assert_eq!(busy(None), wait(None));
        assert_eq!(busy(Some("soon")), wait(None));
        assert_eq!(busy(Some("-5")), wait(None));
        for status in [503, 504] {
            assert_eq!(answer(status, Some("1.5")), wait(Some(1_500)));
            assert!(matches!(answer(status, None), ApiError::Server { .. }));
        }
    }

    #[test]
    fn a_web_page_in_the_services_place_is_not_taken_for_its_word() {
        let page = "\u{feff}\r\n<!DOCTYPE html><p>Blocked by policy";
        for status in [403, 404, 407] {
            let error = read_body(status, page);
            assert!(
                matches!(error, ApiError::WebPage { .. }),
                "{status}: {error:?}"
            );
        }
        assert!(matches!(read_body(403, ""), ApiError::Forbidden { .. }));
        assert!(matches!(read_body(404, "{}"), ApiError::NotFound { .. }));
    }

    #[test]
    fn an_error_that_comes_as_a_success_is_one() {
        let body = "\t{\n \"error\" : {\"code\":\"generalException\",\"message\":\"Later.\"}}";
        assert!(is_error(body));
        let ApiError::BadReply { at, .. } = read_body(200, body) else {
            panic!()
        };
        assert_eq!(at, "an error in place of data: generalException");
        for sound in [
            "",
            "{}",
            r#"{"errorHResult":0}"#,
            r#"{"error":null}"#,
            r#"{"value":[]}"#,
        ] {
            assert!(!is_error(sound), "{sound}");
        }
    }

    #[test]
    fn a_token_for_another_service_is_no_sign_in_that_has_ended() {
        let words = r#"{"error":{"code":"InvalidAuthenticationToken","message":"Access token validation failure. Invalid audience."}}"#;
        assert!(matches!(read_body(401, words), ApiError::Forbidden { .. }));
        let header = read(&Failure {
            status: 401,
            retry_after: None,
            request_id: None,
            challenge: r#"Bearer error="invalid_token", error_description="The audience 'x' is invalid""#,
            body: "",
        });
        let ApiError::Forbidden { message, .. } = header else {
            panic!()
        };
        assert!(message.contains("auth.scopes"), "{message}");
        let expired = r#"{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed."}}"#;
        assert!(matches!(
            read_body(401, expired),
            ApiError::SignedOut { .. }
        ));
    }

    #[test]
    fn a_page_of_html_or_nothing_is_a_server_error() {
        for body in [
            "<html>Bad gateway</html>",
            "",
            "[]",
            "null",
            "{\"error\":\"x\"}",
        ] {
            assert!(
                matches!(read_body(502, body), ApiError::Server { status: 502, .. }),
                "{body}"
            );
        }
    }
}
