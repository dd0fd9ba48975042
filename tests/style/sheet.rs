//! Stylesheets as far as the rules need them: blocks, declarations, names. Not a whole parser of CSS.

use std::fs;
use std::path::Path;

pub(crate) struct Sheet {
    pub(crate) name: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Sheet {
    pub(crate) fn all() -> Vec<Sheet> {
        let files = fs::read_dir(root().join("style")).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.map(|name| Sheet::read(&name)).collect()
    }

    pub(crate) fn read(name: &str) -> Sheet {
        let mut text = fs::read_to_string(root().join("style").join(name)).unwrap();
        while let Some(start) = text.find("/*") {
            let end = text[start..].find("*/").unwrap();
            text.replace_range(start..start + end + 2, "");
        }
        let name = name.to_owned();
        Sheet { name, text }
    }

    /// Every property and its value, wherever it stands.
    pub(crate) fn declarations(&self) -> impl Iterator<Item = (&str, &str)> {
        declarations(&self.text)
    }

    /// The declarations of the first block with this selector.
    pub(crate) fn declarations_of(&self, selector: &str) -> impl Iterator<Item = (&str, &str)> {
        declarations(self.inside(selector))
    }

    /// The innermost blocks, with their heads.
    pub(crate) fn rules(&self) -> Vec<(&str, Vec<&str>)> {
        let mut found = Vec::new();
        for before in self.text.split('}') {
            if let Some((heads, body)) = before.rsplit_once('{') {
                let head = heads.rsplit(['{', ';']).next().unwrap_or_default().trim();
                found.push((head, declarations(body).map(|(name, _)| name).collect()));
            }
        }
        found
    }

    /// What is between the braces after `head`, at any depth.
    pub(crate) fn inside(&self, head: &str) -> &str {
        let at = self
            .text
            .find(&format!("{head} {{"))
            .unwrap_or_else(|| panic!("{}: no {head}", self.name));
        let start = at + head.len() + 2;
        let mut depth = 1;
        let end = self.text[start..].find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0
        });
        &self.text[start..start + end.unwrap()]
    }

    /// The custom properties that are read.
    pub(crate) fn variables(&self) -> Vec<&str> {
        let after = self.text.split("var(").skip(1);
        after
            .map(|rest| rest.split([',', ')']).next().unwrap_or_default().trim())
            .collect()
    }

    /// The names of classes in selectors.
    pub(crate) fn classes(&self) -> Vec<String> {
        let heads = self
            .text
            .split('{')
            .map(|part| part.rsplit(['}', ';', '{']).next().unwrap_or_default());
        let heads = heads.filter(|head| !head.trim_start().starts_with('@'));
        let names = heads.flat_map(|head| {
            head.split('.').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                    .collect::<String>()
            })
        });
        names
            .filter(|name| !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()))
            .collect()
    }

    /// Selector and property of each declaration in rules whose selector has this word.
    pub(crate) fn rules_naming(&self, word: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (at, _) in self.text.match_indices(word) {
            let Some(open) = self.text[at..].find('{') else {
                continue;
            };
            let selector = self.text[at..at + open].trim();
            let body = self.text[at + open + 1..]
                .split('}')
                .next()
                .unwrap_or_default();
            found
                .extend(declarations(body).map(|(name, _)| (selector.to_owned(), name.to_owned())));
        }
        found
    }

    /// The heads of the statements that stand in no block.
    pub(crate) fn top_level(&self) -> Vec<&str> {
        let (mut depth, mut start, mut found) = (0, 0, Vec::new());
        for (at, c) in self.text.char_indices() {
            match c {
                '{' => {
                    if depth == 0 {
                        found.push(self.text[start..at].trim());
                    }
                    depth += 1;
                }
                '}' => {
                    depth -= 1;
                    start = at + 1;
                }
                ';' if depth == 0 => {
                    found.push(self.text[start..at].trim());
                    start = at + 1;
                }
                _ => {}
            }
        }
        found
    }
}

fn declarations(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(['{', '}', ';']).filter_map(|part| {
        let (name, value) = part.trim().split_once(": ")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        name.chars().all(plain).then_some((name, value.trim()))
    })
}

/// Everything that can wear a class or set a property: the portal's code and its page.
pub(crate) fn sources() -> String {
    let mut all = String::new();
    for top in ["src", "public", "index.html"] {
        add(&root().join(top), &mut all);
    }
    all
}

fn add(path: &Path, all: &mut String) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            add(&entry.unwrap().path(), all);
        }
    } else if let Ok(text) = fs::read_to_string(path) {
        all.push_str(&text);
        all.push('\n');
    }
}

/// Whether a text has this name as a whole.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(part);
        let after = text[at + word.len()..].chars().next().is_some_and(part);
        !before && !after
    })
}
