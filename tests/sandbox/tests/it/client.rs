//! A client for the tests: requests by host, answers as JSON, tokens without the sign-in.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use sandbox::{
    app::{App, Sandbox},
    cli::Options,
    web::{hosts, server::Hangup},
};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) const OPERATOR: &str = "Omar Haddad";
pub(crate) const READER: &str = "Rhea Novak";

pub(crate) const ADMINISTRATOR: &str = "Ada Lindqvist";

pub(crate) struct Client {
    app: App,
    router: Router,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) hung_up: bool,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub(crate) fn rows(&self) -> Vec<Value> {
        self.json()["value"].as_array().cloned().unwrap_or_default()
    }

    /// The code of a problem.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Graph's error code and message.
    pub(crate) fn error(&self) -> (String, String) {
        let error = &self.json()["error"];
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("message"))
    }
}

/// One request, built up by what it has.
pub(crate) struct Ask<'a> {
    client: &'a Client,
    method: &'static str,
    host: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: String,
    watched: bool,
}

impl Client {
    pub(crate) fn new(incidents: usize) -> Self {
        Self::with(Options {
            incidents: Some(incidents),
            ..Options::default()
        })
    }

    pub(crate) fn with(options: Options) -> Self {
        let (app, _) = Sandbox::open(Options {
            db: ":memory:".into(),
            ..options
        })
        .unwrap();
        let router = hosts::router(&app);
        Self { app, router }
    }

    /// For answers that have no end.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    pub(crate) fn ask(
        &self,
        method: &'static str,
        host: &'static str,
        path: impl Into<String>,
    ) -> Ask<'_> {
        Ask {
            client: self,
            method,
            host,
            path: path.into(),
            headers: Vec::new(),
            body: String::new(),
            watched: true,
        }
    }

    pub(crate) async fn token(&self, person: &str, resource: &str) -> String {
        let body = json!({ "person": person, "resource": resource });
        let answer = self
            .ask("POST", "login", "/sandbox/tokens")
            .json(&body)
            .send()
            .await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// A token with which only this was consented to.
    pub(crate) async fn scoped(&self, person: &str, resource: &str, scope: &str) -> String {
        let body = json!({ "person": person, "resource": resource, "scope": scope });
        let answer = self
            .ask("POST", "login", "/sandbox/tokens")
            .json(&body)
            .send()
            .await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn read(&self, token: &str, host: &'static str, path: &str) -> Answer {
        self.ask("GET", host, path).bearer(token).send().await
    }

    pub(crate) async fn write(
        &self,
        token: &str,
        (method, host): (&'static str, &'static str),
        path: &str,
        body: Value,
    ) -> Answer {
        self.ask(method, host, path)
            .bearer(token)
            .json(&body)
            .send()
            .await
    }

    pub(crate) async fn steer(&self, path: &str, body: Value) {
        let answer = self
            .ask("POST", "portal", format!("/sandbox/{path}"))
            .json(&body)
            .send()
            .await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }

    pub(crate) async fn look(&self, path: &str) -> Value {
        self.ask("GET", "portal", format!("/sandbox/{path}"))
            .send()
            .await
            .json()
    }

    /// The id of a showcase incident, and of one of its tasks by the beginning of its name.
    pub(crate) async fn showcase(&self, name: &str, task: &str) -> (String, String) {
        let all = self.look("showcase").await;
        let tasks = all[name]["tasks"].as_object().unwrap();
        let id = tasks
            .iter()
            .find(|(text, _)| text.starts_with(task))
            .map(|(_, id)| id.clone());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&all[name]["id"]), text(&id.unwrap_or_default()))
    }

    pub(crate) async fn pass(&self, seconds: f64) {
        self.steer("clock", json!({ "advanceSeconds": seconds }))
            .await;
    }
}

impl Ask<'_> {
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub(crate) fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string();
        self.header("content-type", "application/json")
    }

    /// For the test of what is asserted about all others.
    pub(crate) fn unwatched(mut self) -> Self {
        self.watched = false;
        self
    }

    /// A body of any kind; its type is told by a header.
    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    pub(crate) fn form(mut self, pairs: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        self.body = pairs.join("&");
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    pub(crate) async fn send(self) -> Answer {
        let mut request = Request::builder()
            .method(self.method)
            .uri(&self.path)
            .header("host", format!("{}.localhost:8790", self.host));
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        let response = self.client.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        // Whatever a test is about, the Experts API keeps to its document.
        if self.watched && !self.path.starts_with("/sandbox/") {
            assert_eq!(self.client.app.disagreements.all(), Vec::<String>::new());
        }
        Answer {
            status: parts.status,
            hung_up: parts.extensions.get::<Hangup>().is_some(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

/// The path and query of a link, which must lead to the origin named.
pub(crate) fn local(link: &Value, host: &str) -> Option<String> {
    let rest = link
        .as_str()?
        .strip_prefix(&format!("http://{host}.localhost:8790"));
    Some(rest.unwrap().to_owned())
}

/// Enough of URL escaping for what tests send.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
