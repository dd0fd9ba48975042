//! Version numbers as programs print them.

use std::fmt;

/// Up to three numbers; those not told are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version(pub(crate) [u32; 3]);

impl Version {
    /// The first number in a text such as `rustc 1.95.0 (59807616e 2026-04-14)`, `v20.20.2` or
    /// `wasm-opt version 132 (version_132)`.
    pub(crate) fn find(text: &str) -> Option<Version> {
        text.split(|c: char| c.is_whitespace() || c == '(')
            .find_map(Version::parse)
    }

    fn parse(word: &str) -> Option<Version> {
        let word = word.strip_prefix('v').unwrap_or(word);
        // A suffix such as `-beta.1` or `+build` says nothing a minimum could be compared with.
        let word = word.split(['-', '+']).next()?;
        let mut numbers = [0; 3];
        for (place, part) in word.split('.').take(3).enumerate() {
            numbers[place] = part.parse().ok()?;
        }
        Some(Version(numbers))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [major, minor, 0] => write!(f, "{major}.{minor}"),
            [major, minor, patch] => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_in_what_programs_print() {
        for (text, expected) in [
            ("rustc 1.95.0 (59807616e 2026-04-14)", [1, 95, 0]),
            ("v20.20.2\n", [20, 20, 2]),
            ("11.19.1", [11, 19, 1]),
            ("Python 3.11.7", [3, 11, 7]),
            ("trunk 0.21.14", [0, 21, 14]),
            ("wasm-opt version 132 (version_132)", [132, 0, 0]),
            ("rustc 1.97.0-nightly (abc 2026-05-01)", [1, 97, 0]),
            (
                "Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)",
                [156, 0, 8078],
            ),
        ] {
            assert_eq!(Version::find(text), Some(Version(expected)), "{text}");
        }
        assert_eq!(Version::find("command not found"), None);
    }

    #[test]
    fn compares_by_number_not_by_letter() {
        assert!(Version([1, 100, 0]) > Version([1, 95, 0]));
        assert!(Version([0, 21, 14]) > Version([0, 21, 9]));
    }
}
