//! The deployment's settings: `config.json`, read once at start. Unknown members are ignored; a wrong
//! one stops the start with its name, what is wrong with it and an example.

use super::json::Json;
use lexicon::t;
use std::borrow::Cow;

/// The services a token can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    Graph,
    Tasks,
    Experts,
    Endpoint,
}

/// How the portal gets its tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum AuthConfig {
    /// Authorization code with PKCE at an OpenID provider.
    Oidc(OidcConfig),
    /// The page around the portal gives them: by a function that it mounts the portal with, or, where the
    /// portal is in a frame, by a message port.
    Host(HostConfig),
    /// None: a cookie, or a proxy that adds the credential.
    None,
}

/// An OpenID provider and this portal's registration with it.
#[derive(Clone, Debug, PartialEq)]
pub struct OidcConfig {
    pub authority: String,
    pub client_id: String,
    pub scopes: Scopes,
    /// What it is to be told beside at every sign-in, by name.
    pub parameters: Vec<(String, String)>,
}

/// The page around the portal.
#[derive(Clone, Debug, PartialEq)]
pub struct HostConfig {
    /// Who may frame the portal and give it tokens.
    pub origins: Vec<String>,
    pub scopes: Scopes,
}

/// What to ask for when a token is for a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Scopes {
    pub graph: Vec<String>,
    pub tasks: Vec<String>,
    pub experts: Vec<String>,
    pub endpoint: Vec<String>,
}

impl Resource {
    /// All of them.
    pub const ALL: [Resource; 4] = [
        Resource::Graph,
        Resource::Tasks,
        Resource::Experts,
        Resource::Endpoint,
    ];

    /// Its name in `config.json` and towards a page around the portal.
    pub fn name(self) -> &'static str {
        ["graph", "tasks", "experts", "endpoint"][self as usize]
    }
}

impl Scopes {
    /// Those of a resource.
    pub fn of(&self, resource: Resource) -> &[String] {
        match resource {
            Resource::Graph => &self.graph,
            Resource::Tasks => &self.tasks,
            Resource::Experts => &self.experts,
            Resource::Endpoint => &self.endpoint,
        }
    }
}

/// `config.json` as the portal understands it. Base URLs are as written: they may be relative.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub graph_base: String,
    pub graph_page_size: u32,
    /// `None` is no budget.
    pub graph_requests_per_minute: Option<u32>,
    pub tasks_base: Option<String>,
    pub experts_base: Option<String>,
    pub endpoint_base: Option<String>,
    pub auth: AuthConfig,
}

/// What is wrong with `config.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The member's path, such as `auth.clientId`; empty for the file as a whole.
    pub member: String,
    pub problem: String,
    /// How it should look.
    pub example: String,
}

type Checked<T> = Result<T, ConfigError>;

/// Reads and checks the file's text.
pub fn parse(text: &str) -> Checked<Config> {
    if text.trim_start().starts_with('<') {
        let problem = t!(
            "The server sent a web page instead of the file, as it does where the file is missing beside index.html."
        );
        return wrong("", problem, EXAMPLE);
    }
    let root = match Json::parse(text) {
        Ok(root @ Json::Object(_)) => root,
        Ok(_) => return wrong("", t!("It is not an object with members."), EXAMPLE),
        Err(error) => return wrong("", t!("It is not valid JSON: {error}."), EXAMPLE),
    };
    let auth = object_at(&root, "auth", AUTH_EXAMPLE)?;
    let kind = text_at(auth, "auth.kind", "\"oidc\"")?;
    let auth = match kind.as_str() {
        "none" => AuthConfig::None,
        "oidc" => AuthConfig::Oidc(OidcConfig {
            authority: url_at(
                auth,
                "auth.authority",
                "\"https://login.microsoftonline.com/<tenant>/v2.0\"",
            )?,
            client_id: text_at(
                auth,
                "auth.clientId",
                "\"11111111-2222-3333-4444-555555555555\"",
            )?,
            scopes: scopes(auth)?,
            parameters: parameters(auth)?,
        }),
        "host" => AuthConfig::Host(HostConfig {
            origins: match member(&root, "host") {
                Json::Null => Vec::new(),
                host => texts_at(host, "host.origins", "[\"https://portal.example.com\"]")?,
            },
            scopes: scopes(auth)?,
        }),
        other => {
            let problem = t!("\"{other}\" is not a way to sign in this portal knows.");
            return wrong("auth.kind", problem, "\"oidc\", \"host\" or \"none\"");
        }
    };
    let config = Config {
        graph_base: url_at(
            &root,
            "graphBaseUrl",
            "\"https://graph.microsoft.com/v1.0\"",
        )?,
        graph_page_size: match member(&root, "graphPageSize") {
            Json::Null => 50,
            value => number(value, "graphPageSize", 1, 5_000, "50")?,
        },
        graph_requests_per_minute: match member(&root, "graphRequestsPerMinute") {
            Json::Null => None,
            value => Some(number(value, "graphRequestsPerMinute", 1, 100_000, "60")?),
        },
        tasks_base: optional_url(
            &root,
            "tasksBaseUrl",
            "\"https://experts.example.com/beta\" or null",
        )?,
        experts_base: optional_url(
            &root,
            "expertsBaseUrl",
            "\"https://experts.example.com/v1\" or null",
        )?,
        endpoint_base: optional_url(
            &root,
            "endpointBaseUrl",
            "\"https://relay.example.com/api\" or null",
        )?,
        auth,
    };
    every_service_has_scopes(&config)?;
    Ok(config)
}

/// Microsoft Entra takes a question for a token that names no scope for one after Graph's, and what it answers
/// must not be shown to anybody else. A page around the portal knows by itself what each service needs.
fn every_service_has_scopes(config: &Config) -> Checked<()> {
    let AuthConfig::Oidc(oidc) = &config.auth else {
        return Ok(());
    };
    for (resource, base) in [
        (Resource::Tasks, &config.tasks_base),
        (Resource::Experts, &config.experts_base),
        (Resource::Endpoint, &config.endpoint_base),
    ] {
        let mut scopes = oidc.scopes.of(resource).iter();
        if base.is_some() && scopes.all(|scope| scope.trim().is_empty()) {
            let problem = t!("It must name a scope of the service.");
            return wrong(
                &["auth.scopes.", resource.name()].concat(),
                problem,
                SCOPES_EXAMPLE,
            );
        }
    }
    Ok(())
}

const SCOPES_EXAMPLE: &str = "[\"api://<app>/access\"]";
const AUTH_EXAMPLE: &str = r#"{ "kind": "none" }"#;

/// A whole file that passes.
pub const EXAMPLE: &str = r#"{
  "graphBaseUrl": "https://graph.microsoft.com/v1.0",
  "tasksBaseUrl": null,
  "expertsBaseUrl": "https://experts.example.com/v1",
  "auth": {
    "kind": "oidc",
    "authority": "https://login.microsoftonline.com/<tenant>/v2.0",
    "clientId": "<app id>",
    "scopes": { "graph": ["User.Read", "SecurityIncident.ReadWrite.All"], "experts": ["api://<app>/access"] }
  }
}"#;

fn wrong<T>(member: &str, problem: impl Into<String>, example: &str) -> Checked<T> {
    Err(ConfigError {
        member: member.into(),
        problem: problem.into(),
        example: example.into(),
    })
}

/// The last part of a dotted path, looked up in the value that holds it.
fn member<'a>(holder: &'a Json<'a>, path: &str) -> &'a Json<'a> {
    holder.get(path.rsplit('.').next().unwrap_or(path))
}

fn text_at(holder: &Json<'_>, path: &str, example: &str) -> Checked<String> {
    match member(holder, path) {
        Json::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Json::Null => wrong(path, t!("It is missing."), example),
        _ => wrong(path, t!("It must be a text that is not empty."), example),
    }
}

fn url_at(holder: &Json<'_>, path: &str, example: &str) -> Checked<String> {
    let url = text_at(holder, path, example)?;
    match url_problem(&url) {
        Some(problem) => wrong(path, problem, example),
        None => Ok(url.trim_end_matches('/').to_owned()),
    }
}

/// What is wrong with a base address, absolute or relative to the portal's own.
fn url_problem(url: &str) -> Option<&'static str> {
    if url.contains(char::is_whitespace) {
        return Some(t!("It has a space in it."));
    }
    if url.contains(['?', '#']) {
        return Some(t!(
            "It must end with its path, without a query or a fragment."
        ));
    }
    let (start, _) = url.split_once('/').unwrap_or((url, ""));
    let Some((scheme, rest)) = url.split_once(':').filter(|_| start.contains(':')) else {
        // A host's name without a scheme would be taken for a folder beside index.html.
        let top = start.rsplit_once('.').map_or("", |(_, top)| top);
        let named = top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        let host = url.starts_with("//") || named;
        return host.then_some(t!("It lacks its scheme: write https:// before it."));
    };
    if !matches!(scheme, "http" | "https") {
        return Some(t!(
            "It must be an http or https address, or a relative one."
        ));
    }
    let host = rest.strip_prefix("//").unwrap_or_default();
    (host.is_empty() || host.starts_with(['/', ':'])).then_some(t!("It names no host."))
}

/// A member that holds others.
fn object_at<'a>(holder: &'a Json<'a>, path: &str, example: &str) -> Checked<&'a Json<'a>> {
    match member(holder, path) {
        found @ Json::Object(_) => Ok(found),
        Json::Null => wrong(path, t!("It is missing."), example),
        _ => wrong(path, t!("It must be an object with members."), example),
    }
}

fn optional_url(holder: &Json<'_>, path: &str, example: &str) -> Checked<Option<String>> {
    match member(holder, path) {
        Json::Null => Ok(None),
        _ => url_at(holder, path, example).map(Some),
    }
}

fn number(value: &Json<'_>, path: &str, least: u32, most: u32, example: &str) -> Checked<u32> {
    match value.as_int().and_then(|n| u32::try_from(n).ok()) {
        Some(n) if (least..=most).contains(&n) => Ok(n),
        _ => wrong(
            path,
            t!("It must be a whole number from {least} to {most}."),
            example,
        ),
    }
}

fn scopes(auth: &Json<'_>) -> Checked<Scopes> {
    let held = match member(auth, "auth.scopes") {
        Json::Null => &Json::Null,
        _ => object_at(auth, "auth.scopes", "{ \"graph\": [\"User.Read\"] }")?,
    };
    let of = |path| texts_at(held, path, SCOPES_EXAMPLE);
    Ok(Scopes {
        graph: of("auth.scopes.graph")?,
        tasks: of("auth.scopes.tasks")?,
        experts: of("auth.scopes.experts")?,
        endpoint: of("auth.scopes.endpoint")?,
    })
}

/// What a provider is to be told beside, each under its name.
fn parameters(auth: &Json<'_>) -> Checked<Vec<(String, String)>> {
    let path = "auth.parameters";
    let text = |(name, value): &(Cow<'_, str>, Json<'_>)| {
        let value = value.as_text()?.to_owned();
        Some((name.to_string(), value))
    };
    let read = match member(auth, path) {
        Json::Null => Some(Vec::new()),
        Json::Object(members) => members.iter().map(text).collect(),
        _ => None,
    };
    match read {
        Some(read) => Ok(read),
        None => wrong(
            path,
            t!("It must be an object of texts."),
            r#"{ "prompt": "consent" }"#,
        ),
    }
}

/// A list of texts, empty where there is none.
fn texts_at(holder: &Json<'_>, path: &str, example: &str) -> Checked<Vec<String>> {
    match member(holder, path) {
        Json::Null => Ok(Vec::new()),
        Json::List(texts) if texts.iter().all(|s| s.as_text().is_some()) => Ok(texts
            .iter()
            .filter_map(|s| s.as_text().map(str::to_owned))
            .collect()),
        _ => wrong(path, t!("It must be a list of texts."), example),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_example_passes_and_defaults_hold() {
        let config = parse(EXAMPLE).unwrap();
        assert_eq!(
            (config.graph_page_size, config.graph_requests_per_minute),
            (50, None)
        );
        assert_eq!(config.tasks_base, None);
        let AuthConfig::Oidc(oidc) = config.auth else {
            panic!("oidc expected")
        };
        assert_eq!(oidc.scopes.of(Resource::Experts), ["api://<app>/access"]);
        assert!(oidc.scopes.of(Resource::Tasks).is_empty());
        assert!(oidc.parameters.is_empty());
    }

    #[test]
    fn what_a_provider_is_to_be_told_beside_is_taken_as_it_stands() {
        let mut root: Value = serde_json::from_str(EXAMPLE).unwrap();
        root["auth"]["parameters"] =
            serde_json::json!({ "prompt": "consent", "audience": "https://api" });
        let AuthConfig::Oidc(oidc) = parse(&root.to_string()).unwrap().auth else {
            panic!("oidc expected")
        };
        let told = [("audience", "https://api"), ("prompt", "consent")];
        let mut read = oidc.parameters;
        read.sort();
        assert_eq!(read, told.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    /// What is said of the example with one member changed.
    fn edited(path: &str, value: Value) -> ConfigError {
        let mut root: Value = serde_json::from_str(EXAMPLE).unwrap();
        let mut at = &mut root;
        for name in path.split('.') {
            at = &mut at[name];
        }
        *at = value;
        parse(&root.to_string()).unwrap_err()
    }

    #[test]
    fn each_wrong_member_is_named_with_what_is_wrong_and_an_example() {
        let none = || Value::Null;
        for (path, value, words) in [
            ("graphBaseUrl", none(), "missing"),
            ("graphBaseUrl", 7.into(), "must be a text"),
            ("graphBaseUrl", "  ".into(), "not empty"),
            (
                "graphBaseUrl",
                "javascript:alert(1)".into(),
                "http or https",
            ),
            (
                "graphBaseUrl",
                "localhost:8080/v1.0".into(),
                "http or https",
            ),
            (
                "graphBaseUrl",
                "graph.microsoft.com/v1.0".into(),
                "lacks its scheme",
            ),
            (
                "graphBaseUrl",
                "//graph.microsoft.com".into(),
                "lacks its scheme",
            ),
            ("graphBaseUrl", "https://".into(), "no host"),
            ("graphBaseUrl", "https:/v1.0".into(), "no host"),
            (
                "graphBaseUrl",
                "https://graph .microsoft.com".into(),
                "space",
            ),
            (
                "graphBaseUrl",
                "https://graph.microsoft.com/?v=1".into(),
                "without a query",
            ),
            ("graphPageSize", "fifty".into(), "from 1 to 5000"),
            ("graphPageSize", 0.into(), "from 1 to 5000"),
            ("graphPageSize", 2.5.into(), "whole number"),
            ("graphRequestsPerMinute", (-1).into(), "from 1 to 100000"),
            (
                "tasksBaseUrl",
                "tasks.example.com".into(),
                "lacks its scheme",
            ),
            ("expertsBaseUrl", 7.into(), "must be a text"),
            ("endpointBaseUrl", 7.into(), "must be a text"),
            ("auth", none(), "missing"),
            ("auth", "oidc".into(), "must be an object"),
            ("auth.kind", none(), "missing"),
            (
                "auth.kind",
                "magic".into(),
                "\"magic\" is not a way to sign in",
            ),
            ("auth.authority", none(), "missing"),
            (
                "auth.authority",
                "login.example.com".into(),
                "lacks its scheme",
            ),
            ("auth.clientId", "".into(), "not empty"),
            ("auth.scopes", "User.Read".into(), "must be an object"),
            ("auth.scopes.graph", "User.Read".into(), "list of texts"),
            ("auth.scopes.tasks", serde_json::json!([7]), "list of texts"),
            (
                "auth.parameters",
                "prompt=consent".into(),
                "an object of texts",
            ),
            (
                "auth.parameters",
                serde_json::json!({ "max_age": 600 }),
                "an object of texts",
            ),
        ] {
            let error = edited(path, value);
            assert_eq!(error.member, path);
            assert!(error.problem.contains(words), "{path}: {}", error.problem);
            assert!(!error.example.is_empty(), "{path}");
        }
    }

    #[test]
    fn a_service_without_scopes_is_refused_where_its_tokens_are_asked_for_by_them() {
        let text = |base: &str, scopes: Value, kind: &str| {
            let mut root: Value = serde_json::from_str(EXAMPLE).unwrap();
            root[base] = "https://service.example.com/v1".into();
            root["auth"]["scopes"] = scopes;
            root["auth"]["kind"] = kind.into();
            parse(&root.to_string())
        };
        let experts = || serde_json::json!(["api://<app>/access"]);
        for (name, scopes) in [
            ("tasks", serde_json::json!({ "experts": experts() })),
            (
                "tasks",
                serde_json::json!({ "experts": experts(), "tasks": [] }),
            ),
            ("experts", serde_json::json!({ "experts": ["", " "] })),
            ("experts", Value::Null),
            ("endpoint", serde_json::json!({ "experts": experts() })),
        ] {
            let base = format!("{name}BaseUrl");
            let error = text(&base, scopes.clone(), "oidc").unwrap_err();
            assert_eq!(error.member, format!("auth.scopes.{name}"));
            assert!(error.problem.contains("a scope of the service"), "{name}");
            // The page around knows by itself what each service needs.
            assert!(text(&base, scopes, "host").is_ok());
        }
    }

    #[test]
    fn a_page_in_place_of_the_file_is_told_from_broken_json() {
        assert!(
            parse("<!doctype html>")
                .unwrap_err()
                .problem
                .contains("web page")
        );
        assert!(parse("{").unwrap_err().problem.contains("JSON"));
        assert!(parse("").unwrap_err().problem.contains("JSON"));
        assert!(parse("[]").unwrap_err().problem.contains("an object"));
    }

    #[test]
    fn relative_addresses_and_no_sign_in_pass() {
        for (written, read) in [
            ("graph/v1.0", "graph/v1.0"),
            ("v1.0", "v1.0"),
            ("./v1.0/", "./v1.0"),
            ("../graph", "../graph"),
            ("http://[::1]:8080/v1.0", "http://[::1]:8080/v1.0"),
        ] {
            let text = format!(r#"{{"graphBaseUrl":"{written}","auth":{{"kind":"none"}}}}"#);
            assert_eq!(parse(&text).unwrap().graph_base, read);
        }
        let config = parse(r#"{"graphBaseUrl":"/graph/v1.0/","auth":{"kind":"none"}}"#).unwrap();
        assert_eq!(
            (config.graph_base.as_str(), config.auth),
            ("/graph/v1.0", AuthConfig::None)
        );
    }
}
