//! The deployment's settings: `config.json`, read once at start. Unknown members are ignored; a wrong
//! one stops the start with its name, what is wrong with it and an example.

use super::json::Json;

/// The services a token can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    Graph,
    Tasks,
    Experts,
}

/// How the portal gets its tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum AuthConfig {
    /// Authorization code with PKCE at an OpenID provider.
    Oidc(OidcConfig),
    /// None: a cookie, or a proxy that adds the credential.
    None,
}

/// An OpenID provider and this portal's registration with it.
#[derive(Clone, Debug, PartialEq)]
pub struct OidcConfig {
    pub authority: String,
    pub client_id: String,
    pub graph: Vec<String>,
    pub tasks: Vec<String>,
    pub experts: Vec<String>,
}

impl OidcConfig {
    /// The scopes to ask for when a token is for a resource.
    pub fn scopes(&self, resource: Resource) -> &[String] {
        match resource {
            Resource::Graph => &self.graph,
            Resource::Tasks => &self.tasks,
            Resource::Experts => &self.experts,
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
    let root = Json::parse(text).map_err(|error| {
        let html = text.trim_start().starts_with('<');
        ConfigError {
            member: String::new(),
            problem: if html {
                "The server sent a web page instead of the file.".into()
            } else {
                format!("It is not valid JSON: {error}.")
            },
            example: EXAMPLE.into(),
        }
    })?;
    let auth = member(&root, "auth");
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
            graph: scopes_at(auth, "auth.scopes.graph")?,
            tasks: scopes_at(auth, "auth.scopes.tasks")?,
            experts: scopes_at(auth, "auth.scopes.experts")?,
        }),
        other => {
            let problem = format!("\"{other}\" is not a way to sign in this portal knows.");
            return wrong("auth.kind", problem, "\"oidc\" or \"none\"");
        }
    };
    Ok(Config {
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
        auth,
    })
}

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
        Json::Null => wrong(path, "It is missing.", example),
        _ => wrong(path, "It must be a text that is not empty.", example),
    }
}

fn url_at(holder: &Json<'_>, path: &str, example: &str) -> Checked<String> {
    let url = text_at(holder, path, example)?;
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let relative = scheme.is_none_or(|s| s.contains('/'));
    if relative || matches!(scheme, Some("http" | "https")) {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        wrong(
            path,
            "It must be an http or https address, or a relative one.",
            example,
        )
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
            format!("It must be a whole number from {least} to {most}."),
            example,
        ),
    }
}

fn scopes_at(auth: &Json<'_>, path: &str) -> Checked<Vec<String>> {
    match member(member(auth, "scopes"), path) {
        Json::Null => Ok(Vec::new()),
        Json::List(scopes) if scopes.iter().all(|s| s.as_text().is_some()) => Ok(scopes
            .iter()
            .filter_map(|s| s.as_text().map(str::to_owned))
            .collect()),
        _ => wrong(
            path,
            "It must be a list of texts.",
            "[\"api://<app>/access\"]",
        ),
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
        assert_eq!(oidc.scopes(Resource::Experts), ["api://<app>/access"]);
        assert!(oidc.scopes(Resource::Tasks).is_empty());
    }

    #[test]
    fn each_wrong_member_is_named_with_an_example() {
        let edit = |path: &[&str], value: Value| {
            let mut root: Value = serde_json::from_str(EXAMPLE).unwrap();
            let mut at = &mut root;
            for name in path {
                at = &mut at[*name];
            }
            *at = value;
            parse(&root.to_string()).unwrap_err()
        };
        for (path, value) in [
            (&["graphBaseUrl"][..], Value::Null),
            (&["graphBaseUrl"], "javascript:alert(1)".into()),
            (&["graphPageSize"], "fifty".into()),
            (&["graphRequestsPerMinute"], (-1).into()),
            (&["expertsBaseUrl"], 7.into()),
            (&["auth", "kind"], "magic".into()),
            (&["auth", "clientId"], "".into()),
            (&["auth", "scopes", "graph"], "User.Read".into()),
        ] {
            let error = edit(path, value);
            assert_eq!(error.member, path.join("."));
            assert!(
                !error.problem.is_empty() && !error.example.is_empty(),
                "{error:?}"
            );
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
    }

    #[test]
    fn relative_addresses_and_no_sign_in_pass() {
        let config = parse(r#"{"graphBaseUrl":"/graph/v1.0/","auth":{"kind":"none"}}"#).unwrap();
        assert_eq!(
            (config.graph_base.as_str(), config.auth),
            ("/graph/v1.0", AuthConfig::None)
        );
    }
}
