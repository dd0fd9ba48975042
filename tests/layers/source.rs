//! Reads Rust source well enough for the layer rules: which bytes are comments, strings or tests, and which paths it names.

use std::fs;
use std::ops::Range;
use std::path::Path;

/// A source file, and what of it a rule looks at. The three texts have the same length, so that a place in one is the same in all.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text without its comments and its tests.
    pub(crate) code: String,
    /// The code without what stands in its strings.
    pub(crate) bare: String,
    /// Where the strings of the code are, without their quotes.
    strings: Vec<Range<usize>>,
    test_lines: usize,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Source {
        let (comments, strings) = comments_and_strings(text);
        let mut code = blank(text, &comments);
        let tests = match is_test(path) {
            true => std::iter::once(0..text.len()).collect(),
            false => tests(&blank(&code, &strings)),
        };
        code = blank(&code, &tests);
        let outside = |range: &Range<usize>| !tests.iter().any(|test| test.contains(&range.start));
        let strings: Vec<_> = strings.into_iter().filter(outside).collect();
        Source {
            path: path.to_owned(),
            bare: blank(&code, &strings),
            test_lines: tests
                .iter()
                .map(|test| text[test.clone()].lines().count())
                .sum(),
            text: text.to_owned(),
            code,
            strings,
        }
    }

    /// Every file under `src`, by its path from the project's folder.
    pub(crate) fn all(root: &Path) -> Vec<Source> {
        let mut folders = vec![root.join("src")];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path
                        .strip_prefix(root)
                        .unwrap()
                        .to_string_lossy()
                        .replace('\\', "/");
                    found.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found
    }

    /// The modules the file stands in: `src/pages/home/text.rs` is `pages::home::text`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        if matches!(inner, "lib" | "main") {
            Vec::new()
        } else {
            inner.split('/').collect()
        }
    }

    /// A file that is nothing but the tests of the module above it.
    pub(crate) fn is_test(&self) -> bool {
        is_test(&self.path)
    }

    pub(crate) fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    pub(crate) fn lines_without_tests(&self) -> usize {
        self.text.lines().count() - self.test_lines
    }

    /// What stands in the strings, and where.
    pub(crate) fn literals(&self) -> impl Iterator<Item = (usize, &str)> {
        self.strings
            .iter()
            .map(|range| (range.start, &self.text[range.clone()]))
    }

    /// Where a word stands in the code. An end of it that is part of a name is the end of that name.
    pub(crate) fn words(&self, word: &str) -> Vec<usize> {
        let name_at = |at: usize| self.bare.as_bytes().get(at).copied().is_some_and(is_name);
        let begins_inside = |at: usize| at > 0 && name_at(at) && name_at(at - 1);
        let ends_inside = |end: usize| name_at(end - 1) && name_at(end);
        let places = self.bare.match_indices(word).map(|(at, _)| at);
        places
            .filter(|at| !begins_inside(*at) && !ends_inside(at + word.len()))
            .collect()
    }

    /// The paths that begin with `head`, groups spelled out: `crate::{a, b::c}` names `crate::a` and `crate::b::c`.
    pub(crate) fn paths(&self, head: &str) -> Vec<(usize, Vec<&str>)> {
        let mut found = Vec::new();
        for at in self.words(head) {
            // In `a::b`, `b` is not a path's head.
            if !self.bare[..at].ends_with("::") {
                walk(&self.bare, at, Vec::new(), &mut found);
            }
        }
        found
    }
}

/// Follows one path or group of paths from `at`; returns where it ends.
fn walk<'a>(
    bare: &'a str,
    at: usize,
    mut path: Vec<&'a str>,
    found: &mut Vec<(usize, Vec<&'a str>)>,
) -> usize {
    let skip = |at: usize| at + (bare[at..].len() - bare[at..].trim_start().len());
    let mut at = skip(at);
    if bare[at..].starts_with('{') {
        at += 1;
        while !bare[at..].starts_with('}') && at < bare.len() {
            at = walk(bare, at, path.clone(), found);
            // What is left of an item is a comma or an `as name`.
            at += bare[at..].find([',', '}']).unwrap_or(bare[at..].len());
            at = skip(at + usize::from(bare[at..].starts_with(',')));
        }
        return (at + 1).min(bare.len());
    }
    let name = &bare[at..at + bare[at..].bytes().take_while(|byte| is_name(*byte)).count()];
    let start = at;
    at += name.len();
    path.push(if name.is_empty() { "*" } else { name });
    match bare[skip(at)..].strip_prefix("::") {
        Some(rest) if !name.is_empty() && !rest.trim_start().starts_with('<') => {
            walk(bare, skip(at) + 2, path, found)
        }
        _ => {
            found.push((start, path));
            at
        }
    }
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn blank(text: &str, ranges: &[Range<usize>]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for byte in ranges.iter().flat_map(Clone::clone) {
        if bytes[byte] != b'\n' {
            bytes[byte] = b' ';
        }
    }
    String::from_utf8(bytes).expect("whole characters were blanked")
}

/// The inline `#[cfg(test)]` modules, each from its attribute to the brace that closes it at the left edge.
fn tests(bare: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, attribute) in bare.match_indices("#[cfg(test)]") {
        let after = bare[at + attribute.len()..].trim_start();
        let opens = after
            .lines()
            .next()
            .is_some_and(|line| line.contains("mod ") && line.ends_with('{'));
        if opens {
            let end = bare[at..]
                .find("\n}")
                .map_or(bare.len(), |length| at + length + 2);
            found.push(at..end);
        }
    }
    found
}

fn comments_and_strings(text: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let (mut comments, mut strings) = (Vec::new(), Vec::new());
    let find = |from: usize, what: &str| {
        text[from..]
            .find(what)
            .map_or(text.len(), |length| from + length)
    };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let after_name = at > 0 && is_name(bytes[at - 1]);
        if rest.starts_with("//") {
            let end = find(at, "\n");
            comments.push(at..end);
            at = end;
        } else if rest.starts_with("/*") {
            let end = (find(at, "*/") + 2).min(text.len());
            comments.push(at..end);
            at = end;
        } else if let Some(hashes) =
            raw_string(rest).filter(|_| !after_name || bytes[at - 1] == b'b')
        {
            let start = at + 2 + hashes;
            let end = find(start, &format!("\"{}", "#".repeat(hashes)));
            strings.push(start..end);
            at = end + 1 + hashes;
        } else if bytes[at] == b'"' {
            let mut end = at + 1;
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            strings.push(at + 1..end.min(text.len()));
            at = end + 1;
        } else if bytes[at] == b'\'' {
            at = after_character(text, at);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    (comments, strings)
}

/// How many `#` a raw string that begins here has.
fn raw_string(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix('r')?;
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// `'a'` is a character and `'a` a lifetime; only the first could hide a quote.
fn after_character(text: &str, at: usize) -> usize {
    let mut characters = text[at + 1..].char_indices();
    match characters.next() {
        Some((_, '\\')) => text[at + 3..]
            .find('\'')
            .map_or(text.len(), |length| at + 3 + length + 1),
        Some((_, _)) => match characters.next() {
            Some((close, '\'')) => at + 1 + close + 1,
            _ => at + 1,
        },
        None => text.len(),
    }
}

#[test]
fn comments_strings_and_tests_are_told_apart() {
    let source = Source::new(
        "src/domain/time.rs",
        "// one \"crate::a\"\nlet quote = '\"'; let b = r#\"two \" // \"#; /* three */ fn f<'a>() {}\n#[cfg(test)]\nmod tests {\n    let c = \"four\";\n}\nlet d = \"five\";\n",
    );
    assert_eq!(
        source.literals().map(|(_, text)| text).collect::<Vec<_>>(),
        ["two \" // ", "five"]
    );
    assert_eq!(source.bare.len(), source.text.len());
    assert!(!source.bare.contains("three") && !source.bare.contains("four"));
    assert!(source.bare.contains("fn f<'a>()"));
    assert_eq!(source.lines_without_tests(), 3);
    assert_eq!(source.line(source.text.find("five").unwrap()), 7);
}

#[test]
fn groups_of_paths_are_spelled_out() {
    let source = Source::new(
        "src/app.rs",
        "use crate::{a, b::{self, C as D},\n    e::*};\nlet x = crate::f::g::<T>(h::crate_name);",
    );
    let paths: Vec<_> = source
        .paths("crate")
        .into_iter()
        .map(|(at, path)| (source.line(at), path.join("::")))
        .collect();
    let expected = [
        (1, "crate::a"),
        (1, "crate::b::self"),
        (1, "crate::b::C"),
        (2, "crate::e::*"),
        (3, "crate::f::g"),
    ];
    assert_eq!(paths, expected.map(|(line, path)| (line, path.to_owned())));
}
