//! `$batch`: up to twenty requests in one, each answered as if it had come alone, in any order.

use std::collections::HashSet;

use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tower::ServiceExt;

use crate::{app::App, refusal::Refusal, web::hosts::FullPath};

const MOST: usize = 20;

#[derive(Deserialize)]
pub struct Batch {
    requests: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<String>,
}

pub async fn batch(
    State(app): State<App>,
    path: axum::http::Uri,
    headers: HeaderMap,
    body: Result<Json<Batch>, JsonRejection>,
) -> Result<Json<Value>, Refusal> {
    let Json(batch) = body.map_err(|_| Refusal::bad_request("Invalid batch payload format."))?;
    check(&batch.requests)?;
    let version = path.path().strip_suffix("/$batch").unwrap_or("/v1.0");
    let mut answers: Vec<Value> = Vec::new();
    for step in &batch.requests {
        let failed = step.depends_on.iter().any(|wanted| {
            let status = answers.iter().find(|it| it["id"] == wanted.as_str());
            status.is_none_or(|it| it["status"].as_u64().unwrap_or(500) >= 400)
        });
        answers.push(match failed {
            true => dependency(&step.id),
            false => answered(&app, version, step, &headers).await,
        });
    }
    // Graph promises no order, so nobody may rely on the one the requests were in.
    answers.reverse();
    Ok(Json(json!({ "responses": answers })))
}

fn check(steps: &[Step]) -> Result<(), Refusal> {
    if steps.is_empty() {
        return Err(Refusal::bad_request(
            "The batch request contains no requests.",
        ));
    }
    if steps.len() > MOST {
        return Err(Refusal::bad_request(format!(
            "Number of batch request steps exceeds the maximum value of {MOST}."
        )));
    }
    let mut seen = HashSet::new();
    for Step {
        id,
        method,
        url,
        headers,
        body,
        depends_on,
    } in steps
    {
        let refuse = |text: String| Err(Refusal::bad_request(text));
        if depends_on
            .iter()
            .any(|other| !seen.contains(other.as_str()))
        {
            return refuse(format!(
                "Write request id : {id} depends on a request that does not come before it."
            ));
        }
        if !seen.insert(id.as_str()) {
            return refuse(format!("Request id : {id} is not unique in the batch."));
        }
        let writes = !method.eq_ignore_ascii_case("get");
        let typed = headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("content-type"));
        if writes && body.is_some() != typed {
            return refuse(format!(
                "Write request id : {id} does not contain Content-Type header or body."
            ));
        }
        if !url.starts_with('/') || url.contains("$batch") {
            return refuse(format!("Request id : {id} has no valid url."));
        }
    }
    Ok(())
}

fn dependency(id: &str) -> Value {
    json!({
        "id": id,
        "status": 424,
        "headers": { "Content-Type": "application/json" },
        "body": { "error": {
            "code": "FailedDependency",
            "message": "The request it depends on failed.",
        }},
    })
}

async fn answered(app: &App, version: &str, step: &Step, outer: &HeaderMap) -> Value {
    let Ok(request) = request(version, step, outer) else {
        let message = format!("Request id : {} cannot be understood.", step.id);
        return json!({
            "id": step.id,
            "status": 400,
            "body": { "error": { "code": "BadRequest", "message": message } },
        });
    };
    let Ok(response) = super::single(app).oneshot(request).await;
    told(&step.id, response).await
}

/// The step as a request of its own, with what the batch says about the caller.
fn request(version: &str, step: &Step, outer: &HeaderMap) -> anyhow::Result<Request> {
    let uri = format!("{version}{}", escaped(&step.url));
    let body = step.body.as_ref().map(Value::to_string).unwrap_or_default();
    let mut request = Request::builder()
        .method(step.method.to_uppercase().parse::<Method>()?)
        .uri(&uri)
        .extension(FullPath(uri.clone()))
        .body(Body::from(body))?;
    for name in [header::HOST, header::AUTHORIZATION] {
        if let Some(value) = outer.get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    for (name, value) in &step.headers {
        let name: HeaderName = name.parse()?;
        let value: HeaderValue = value.as_str().unwrap_or_default().parse()?;
        request.headers_mut().insert(name, value);
    }
    Ok(request)
}

/// What stands in JSON as it is must be escaped where it becomes part of an address.
fn escaped(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

async fn told(id: &str, response: Response) -> Value {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut headers = Map::new();
    for (shown, name) in [
        ("Content-Type", "content-type"),
        ("Retry-After", "retry-after"),
        ("Location", "location"),
        ("ETag", "etag"),
        ("Preference-Applied", "preference-applied"),
    ] {
        if let Some(value) = parts.headers.get(name).and_then(|it| it.to_str().ok()) {
            headers.insert(shown.into(), value.into());
        }
    }
    let mut answer = json!({ "id": id, "status": parts.status.as_u16(), "headers": headers });
    if !bytes.is_empty() {
        let text = String::from_utf8_lossy(&bytes);
        answer["body"] = serde_json::from_str(&text).unwrap_or_else(|_| text.into());
    }
    answer
}
