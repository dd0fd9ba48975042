//! `$search` of the directory: `"property:text"` joined by AND and OR. Names and descriptions are
//! searched word by word, everything else from its beginning.

use serde_json::Value;

/// Each of the words joined by OR, of which each of those joined by AND must be found.
#[derive(Debug)]
pub struct Search(Vec<Vec<Clause>>);

#[derive(Debug)]
struct Clause {
    property: String,
    words: Vec<String>,
}

const BY_WORD: [&str; 2] = ["displayName", "description"];

/// The error is what Graph would say.
pub fn parse(text: &str, properties: &[&str]) -> Result<Search, String> {
    let mut alternatives = vec![Vec::new()];
    let mut rest = text.trim();
    loop {
        let (clause, after) = clause(rest, text, properties)?;
        if let Some(last) = alternatives.last_mut() {
            last.push(clause);
        }
        rest = after.trim_start();
        if rest.is_empty() {
            return Ok(Search(alternatives));
        }
        if let Some(after) = rest.strip_prefix("OR ") {
            alternatives.push(Vec::new());
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix("AND ") {
            rest = after.trim_start();
        } else {
            return Err(syntax(text, rest));
        }
    }
}

fn clause<'a>(
    rest: &'a str,
    whole: &str,
    properties: &[&str],
) -> Result<(Clause, &'a str), String> {
    let Some(quoted) = rest.strip_prefix('"') else {
        let at = rest.find(':').map_or(rest, |colon| &rest[colon..]);
        return Err(syntax(whole, at));
    };
    let mut inner = String::new();
    let mut chars = quoted.char_indices();
    let end = loop {
        match chars.next() {
            Some((at, '"')) => break at,
            Some((_, '\\')) => inner.extend(chars.next().map(|(_, escaped)| escaped)),
            Some((_, other)) => inner.push(other),
            None => {
                return Err(format!(
                    "There is an unterminated string literal in '{whole}'."
                ));
            }
        }
    };
    let Some((property, wanted)) = inner.split_once(':') else {
        return Err(format!(
            "Search clause '{inner}' must name a property: \"displayName:{inner}\"."
        ));
    };
    if !properties.contains(&property) {
        return Err(format!("Property '{property}' does not support search."));
    }
    let clause = Clause {
        property: property.to_owned(),
        words: words(wanted),
    };
    Ok((clause, &quoted[end + 1..]))
}

fn syntax(whole: &str, rest: &str) -> String {
    let at = whole.len() - rest.len().min(whole.len());
    let found = rest.chars().next().unwrap_or(' ');
    format!("Syntax error: character '{found}' is not valid at position {at} in '{whole}'.")
}

impl Search {
    pub fn finds(&self, entry: &Value) -> bool {
        self.0
            .iter()
            .any(|all| all.iter().all(|clause| clause.finds(entry)))
    }
}

impl Clause {
    fn finds(&self, entry: &Value) -> bool {
        let Some(text) = entry[&self.property].as_str() else {
            return false;
        };
        if !BY_WORD.contains(&self.property.as_str()) {
            return text.to_lowercase().starts_with(&self.words.join(" "));
        }
        let there = words(text);
        self.words
            .iter()
            .all(|word| there.iter().any(|other| other.starts_with(word.as_str())))
    }
}

/// Lower-cased words. Of a mail address the marks belong to it, so it is split at blanks alone.
fn words(text: &str) -> Vec<String> {
    let address = text.contains('@') || text.contains('.');
    text.split(|mark: char| mark.is_whitespace() || (!address && "-_'/,".contains(mark)))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
