//! The texts as they stand in Rust's source.

use std::io::Write;

/// Adds a text, or the two forms of one, to the file that `PORTAL_TEXTS` names, as a line of JSON: from it
/// `cargo xtask texts` makes what a translator starts with.
pub(crate) fn note(forms: &[&str]) -> Result<(), String> {
    let Ok(path) = std::env::var("PORTAL_TEXTS") else {
        return Ok(());
    };
    let line = format!("{}\n", serde_json::json!(forms));
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(&path);
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .map_err(|error| format!("PORTAL_TEXTS={path}: {error}"))
}

/// The text that a string literal stands for; `None` for any other literal.
pub(crate) fn value(source: &str) -> Option<String> {
    if let Some(raw) = source.strip_prefix('r') {
        let inner = raw.trim_matches('#');
        return Some(inner.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    }
    let inner = source.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut signs = inner.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            text.push(sign);
            continue;
        }
        match signs.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            '0' => text.push('\0'),
            // A line that goes on in the next one.
            '\n' => while signs.next_if(|sign| sign.is_whitespace()).is_some() {},
            'u' => {
                let code: String = signs
                    .by_ref()
                    .skip(1)
                    .take_while(|sign| *sign != '}')
                    .collect();
                text.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
            }
            other => text.push(other),
        }
    }
    Some(text)
}

/// Whether names are to be filled in.
pub(crate) fn has_places(text: &str) -> bool {
    text.replace("{{", "").contains('{')
}

#[cfg(test)]
mod tests {
    use super::{has_places, value};

    #[test]
    fn a_literal_is_read_as_the_compiler_reads_it() {
        assert_eq!(
            value(r#""a \"b\" \u{2026}\n""#).as_deref(),
            Some("a \"b\" …\n")
        );
        assert_eq!(value("\"one \\\n    line\"").as_deref(), Some("one line"));
        assert_eq!(value("r#\"as \\ is\"#").as_deref(), Some("as \\ is"));
        assert_eq!(value("12"), None);
        assert!(has_places("{count} left") && !has_places("{{}}"));
    }
}
