//! A request held against the document, in the order the refusals are of use to a client: who may
//! call, the path, the query, the headers, the body.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value, json};

use super::contract::{Operation, document::Parameter, schema::Mistake};
use crate::{people::Person, refusal::Refusal};

const LARGEST_JSON: usize = 256 << 10;
const LARGEST_FILE: usize = 10 << 20;

pub fn role(operation: &Operation, person: &Person) -> Result<(), Refusal> {
    if person.reaches(operation.level) {
        return Ok(());
    }
    Err(Refusal::forbidden(format!(
        "Your role {} cannot do this. {}",
        person.role_name(),
        operation.level.who()
    )))
}

pub fn path(operation: &Operation, values: &BTreeMap<String, String>) -> Result<(), Refusal> {
    for parameter in parameters(operation, "path") {
        let value = values.get(&parameter.name).cloned().unwrap_or_default();
        if !parameter.schema.mistakes(&json!(value)).is_empty() {
            return Err(Refusal::not_found("There is nothing under this id."));
        }
    }
    Ok(())
}

pub fn query(operation: &Operation, raw: &str) -> Result<Map<String, Value>, Refusal> {
    let mut query = Map::new();
    let mut wrong = Vec::new();
    let given: Vec<(String, String)> = serde_urlencoded(raw);
    for parameter in parameters(operation, "query") {
        let mut values = given.iter().filter(|(name, _)| *name == parameter.name);
        let value = match (values.next(), values.next()) {
            (Some(_), Some(_)) => {
                wrong.push(mistake(
                    &parameter.name,
                    "repeated",
                    "The parameter is there twice.",
                ));
                continue;
            }
            (Some((_, text)), None) => typed(parameter, text),
            (None, _) if parameter.required => {
                wrong.push(mistake(
                    &parameter.name,
                    "required",
                    "The parameter is missing.",
                ));
                continue;
            }
            (None, _) => match parameter.schema.default() {
                Some(default) => default.clone(),
                None => continue,
            },
        };
        let mistakes = parameter.schema.mistakes(&value);
        wrong.extend(
            mistakes
                .into_iter()
                .map(|it| mistake(&parameter.name, &it.code, &it.detail)),
        );
        query.insert(parameter.name.clone(), value);
    }
    match wrong.first().map(|first| first.pointer.clone()) {
        None => Ok(query),
        Some(name) => Err(invalid(&name, wrong)),
    }
}

pub fn headers(operation: &Operation, headers: &HeaderMap) -> Result<(), Refusal> {
    for parameter in parameters(operation, "header") {
        let value = headers
            .get(&parameter.name)
            .and_then(|value| value.to_str().ok());
        match value {
            None if !parameter.required => {}
            None if parameter.name == "If-Match" => {
                return Err(Refusal::new(
                    StatusCode::PRECONDITION_REQUIRED,
                    "preconditionRequired",
                    "This request needs If-Match with the ETag that was read.",
                ));
            }
            None => {
                let text = format!(
                    "This request needs {} {}.",
                    article(&parameter.name),
                    parameter.name
                );
                let code = match parameter.name.as_str() {
                    "Idempotency-Key" => "idempotencyKeyMissing",
                    _ => "invalidParameter",
                };
                return Err(Refusal::new(StatusCode::BAD_REQUEST, code, text));
            }
            Some(value) => {
                let mistakes = parameter.schema.mistakes(&json!(value));
                if !mistakes.is_empty() {
                    return Err(invalid(&parameter.name, mistakes));
                }
            }
        }
    }
    Ok(())
}

/// The body as JSON; null where the operation takes none, or a file.
pub fn body(operation: &Operation, headers: &HeaderMap, bytes: &[u8]) -> Result<Value, Refusal> {
    let Some(expected) = &operation.body else {
        return Ok(Value::Null);
    };
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if !kind.eq_ignore_ascii_case(&expected.media) {
        let text = format!("The body must be {}.", expected.media);
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Refusal::new(status, "unsupportedMediaType", text));
    }
    let file = !expected.media.ends_with("json");
    let largest = if file { LARGEST_FILE } else { LARGEST_JSON };
    if bytes.len() > largest {
        let text = format!("The body is larger than {largest} bytes.");
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "contentTooLarge",
            text,
        ));
    }
    if file {
        return Ok(Value::Null);
    }
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| Refusal::bad_request(format!("The body is not JSON: {error}.")))?;
    match expected.schema.mistakes(&value) {
        none if none.is_empty() => Ok(value),
        mistakes => Err(unprocessable(
            "invalidBody",
            "The body is not what it may be.",
            mistakes,
        )),
    }
}

pub fn unprocessable(code: &'static str, text: &str, mistakes: Vec<Mistake>) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code, text).with(errors(mistakes))
}

/// A rule that the schema cannot tell: one mistake, with its own code.
pub fn rule(pointer: impl Into<String>, code: &'static str, text: &str) -> Refusal {
    unprocessable(code, text, vec![mistake(&pointer.into(), code, text)])
}

pub fn invalid_parameter(name: &str, code: &'static str, text: &str) -> Refusal {
    let errors = errors(vec![mistake(name, code, text)]);
    Refusal::new(StatusCode::BAD_REQUEST, code, text).with(errors)
}

fn invalid(name: &str, mistakes: Vec<Mistake>) -> Refusal {
    let text = format!("The parameter '{name}' is not what it may be.");
    Refusal::new(StatusCode::BAD_REQUEST, "invalidParameter", text).with(errors(mistakes))
}

fn errors(mistakes: Vec<Mistake>) -> Value {
    let error =
        |it: Mistake| json!({ "pointer": it.pointer, "code": it.code, "detail": it.detail });
    json!({ "errors": mistakes.into_iter().map(error).collect::<Vec<_>>() })
}

fn mistake(pointer: &str, code: &str, detail: &str) -> Mistake {
    Mistake {
        pointer: pointer.to_owned(),
        code: code.to_owned(),
        detail: detail.to_owned(),
    }
}

fn parameters<'a>(operation: &'a Operation, place: &'a str) -> impl Iterator<Item = &'a Parameter> {
    operation
        .parameters
        .iter()
        .filter(move |it| it.place == place)
}

fn typed(parameter: &Parameter, text: &str) -> Value {
    let typed = match parameter.schema.kind() {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    typed.unwrap_or_else(|| text.into())
}

fn serde_urlencoded(raw: &str) -> Vec<(String, String)> {
    let uri = format!("/?{raw}")
        .parse::<axum::http::Uri>()
        .unwrap_or_default();
    axum::extract::Query::try_from_uri(&uri)
        .map(|query| query.0)
        .unwrap_or_default()
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    }
}
