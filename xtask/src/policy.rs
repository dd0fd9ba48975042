//! The content security policy that goes with a config.json, for the web server that holds the bundle.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Prints the header for the configuration in a file.
pub(crate) fn print(config: &Path) -> Result<()> {
    let text = fs::read_to_string(config)
        .with_context(|| format!("{} cannot be read", config.display()))?;
    let config: Value =
        serde_json::from_str(&text).with_context(|| format!("{} is not JSON", config.display()))?;
    println!("Content-Security-Policy: {}", policy(&config)?);
    Ok(())
}

fn policy(config: &Value) -> Result<String> {
    let addresses = [
        &config["graphBaseUrl"],
        &config["tasksBaseUrl"],
        &config["expertsBaseUrl"],
        &config["endpointBaseUrl"],
        &config["auth"]["authority"],
    ];
    let mut apis = BTreeSet::new();
    for address in addresses.into_iter().filter_map(Value::as_str) {
        apis.extend(origin(address)?);
    }
    let mut hosts = BTreeSet::new();
    for address in config["host"]["origins"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        hosts.extend(origin(address)?);
    }
    let apis: String = apis.iter().map(|origin| format!(" {origin}")).collect();
    let hosts = match hosts.is_empty() {
        true => "'none'".to_owned(),
        false => hosts.into_iter().collect::<Vec<_>>().join(" "),
    };
    Ok(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src 'self'{apis}; base-uri 'self'; form-action 'none'; frame-ancestors {hosts}"
    ))
}

/// The origin of an address; nothing when it is relative, and so of the portal's own origin.
fn origin(address: &str) -> Result<Option<String>> {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Ok(None);
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What is printed becomes a header: nothing may end a directive or begin another.
    let plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    };
    if !matches!(scheme, "https" | "http") || host.is_empty() || !plain(host) {
        bail!("{address:?} is not the address of a server");
    }
    Ok(Some(format!("{scheme}://{host}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_every_origin_once() {
        let config = json!({
            "graphBaseUrl": "https://graph.microsoft.com/v1.0",
            "tasksBaseUrl": null,
            "expertsBaseUrl": "https://experts.example.com/v1",
            "endpointBaseUrl": "/relay",
            "auth": { "authority": "https://login.microsoftonline.com/common/v2.0" },
            "host": { "origins": ["https://soc.example.com"] },
        });
        let policy = policy(&config).unwrap();
        assert!(policy.contains(
            "connect-src 'self' https://experts.example.com https://graph.microsoft.com https://login.microsoftonline.com;"
        ));
        assert!(policy.ends_with("frame-ancestors https://soc.example.com"));
    }

    #[test]
    fn nobody_frames_a_portal_without_hosts() {
        let policy = policy(&json!({ "graphBaseUrl": "/graph" })).unwrap();
        assert!(policy.contains("connect-src 'self';"));
        assert!(policy.ends_with("frame-ancestors 'none'"));
    }

    #[test]
    fn an_address_cannot_add_to_the_policy() {
        assert!(policy(&json!({ "graphBaseUrl": "https://a; script-src *" })).is_err());
        assert!(policy(&json!({ "graphBaseUrl": "javascript://a" })).is_err());
    }
}
