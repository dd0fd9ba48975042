//! What the first download is made of, and what comes later: told by tests/bench/bytes.mjs.

use super::harness::{App, chromium};
use crate::command::{program, read};
use crate::paths::root;
use anyhow::{Context, Result};
use serde_json::Value;

/// A file of a built app, in bytes as sent with brotli 11.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) path: String,
    pub(super) bytes: u64,
    /// "first", "later" or "on demand".
    pub(super) when: String,
}

/// Every file of an app.
pub(super) fn list(app: &App) -> Result<Vec<Sent>> {
    let mut script = program("node");
    script
        .arg(root().join("tests/bench/bytes.mjs"))
        .arg(&app.dist)
        .arg(app.queue)
        .env("CHROMIUM", chromium()?);
    parse(&read(&mut script)?)
}

fn parse(text: &str) -> Result<Vec<Sent>> {
    let list: Vec<Value> = serde_json::from_str(text).context("bytes.mjs printed no list")?;
    let sent = list.iter().map(|file| {
        Some(Sent {
            path: file["path"].as_str()?.to_owned(),
            bytes: file["bytes"].as_u64()?,
            when: file["when"].as_str()?.to_owned(),
        })
    });
    let sent: Option<Vec<Sent>> = sent.collect();
    sent.context("bytes.mjs printed a file without its path, its bytes or its time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_script_prints() {
        let text = r#"[{"path":"boot.js","bytes":675,"when":"first"}]"#;
        let expected = Sent {
            path: "boot.js".into(),
            bytes: 675,
            when: "first".into(),
        };
        assert_eq!(parse(text).unwrap(), [expected]);
        assert!(parse(r#"[{"path":"boot.js"}]"#).is_err());
    }
}
