//! `cargo xtask texts`: every text of the portal, as a catalogue in which each stands for itself.
//!
//! The compiler tells: with `PORTAL_TEXTS` set, the crate `lexicon` notes what it is asked to translate.

use crate::bundle::TARGET;
use crate::command::{cargo, quiet};
use crate::paths::target;
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::fs;

pub(crate) fn print() -> Result<()> {
    println!("{:#}", Value::Object(all()?));
    Ok(())
}

/// English to English; a text with a number to its two forms.
fn all() -> Result<Map<String, Value>> {
    // A name of its own each time: only a change of the variable makes the portal compile anew.
    let notes = target().join(format!("texts-{}.jsonl", std::process::id()));
    fs::create_dir_all(target())?;
    let mut check = cargo("check --quiet --package mdr-portal --target");
    check.arg(TARGET).env("PORTAL_TEXTS", &notes);
    quiet(&mut check, &target().join("texts.log"))?;
    let text = fs::read_to_string(&notes).context("the compiler noted no text")?;
    fs::remove_file(&notes)?;
    catalogue(&text)
}

fn catalogue(notes: &str) -> Result<Map<String, Value>> {
    let mut texts = Map::new();
    for line in notes.lines() {
        let forms: Vec<String> = serde_json::from_str(line)?;
        match forms.as_slice() {
            [one, other] => texts.insert(other.clone(), json!({ "one": one, "other": other })),
            [text] => texts.insert(text.clone(), json!(text)),
            _ => None,
        };
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_stands_once_for_itself() {
        let notes = "[\"Close\"]\n[\"{n} day\",\"{n} days\"]\n[\"Close\"]\n";
        let expected =
            json!({ "Close": "Close", "{n} days": { "one": "{n} day", "other": "{n} days" } });
        assert_eq!(Value::Object(catalogue(notes).unwrap()), expected);
    }
}
