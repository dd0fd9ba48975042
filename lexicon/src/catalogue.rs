//! The texts of one language: a JSON object from the English text, with its names in braces, to the
//! translated one, or to an object of its plural forms (`one`, `few`, `other` …).

use crate::pseudo;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

/// What a language has for the portal's texts.
pub(crate) enum Catalogue {
    English,
    Pseudo,
    Read(&'static HashMap<String, Value>),
}

/// What it has for one text.
#[derive(Debug, PartialEq)]
pub(crate) enum Entry {
    /// Nothing: the English text stands.
    AsWritten,
    Text(String),
    /// By the name of the form; `other` is the last.
    Forms(Vec<(String, String)>),
}

impl Catalogue {
    /// The language that `PORTAL_LANGUAGE` names; a problem says which file is wrong.
    pub(crate) fn of_the_build() -> Result<Catalogue, String> {
        match std::env::var("PORTAL_LANGUAGE").as_deref() {
            Err(_) | Ok("" | "en") => Ok(Catalogue::English),
            Ok("en-XA") => Ok(Catalogue::Pseudo),
            Ok(language) => {
                static TEXTS: OnceLock<Result<HashMap<String, Value>, String>> = OnceLock::new();
                let texts = TEXTS.get_or_init(|| read(language));
                texts.as_ref().map(Catalogue::Read).map_err(Clone::clone)
            }
        }
    }

    pub(crate) fn entry(&self, text: &str) -> Entry {
        match self {
            Catalogue::English => Entry::AsWritten,
            Catalogue::Pseudo => Entry::Text(pseudo::of(text)),
            Catalogue::Read(texts) => match texts.get(text) {
                Some(Value::String(translated)) => Entry::Text(translated.clone()),
                Some(Value::Object(forms)) => {
                    let text = |text: &Value| text.as_str().map(str::to_owned);
                    let mut forms: Vec<_> = forms
                        .iter()
                        .filter_map(|(form, value)| Some((form.clone(), text(value)?)))
                        .collect();
                    forms.sort_by_key(|(form, _)| form == "other");
                    Entry::Forms(forms)
                }
                _ => Entry::AsWritten,
            },
        }
    }
}

fn read(language: &str) -> Result<HashMap<String, Value>, String> {
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let path = Path::new(&root)
        .join("languages")
        .join(format!("{language}.json"));
    let wrong =
        |problem: String| format!("PORTAL_LANGUAGE={language}: {}: {problem}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))
}
