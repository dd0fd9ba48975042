//! What must be on a machine before the project can set up the rest by itself.

use crate::command::{program, read};
use crate::version::Version;
use anyhow::{Result, bail};
use std::thread;

struct Prerequisite {
    program: &'static str,
    minimum: Option<Version>,
    remedy: &'static str,
}

const RUST: &str = "install Rust by rustup (https://rustup.rs), or run `rustup update stable`";
const NODE: &str =
    "install Node.js 20 or newer with npm (https://nodejs.org, or your system's packages)";

const PREREQUISITES: [Prerequisite; 7] = [
    Prerequisite {
        program: "rustup",
        minimum: None,
        remedy: RUST,
    },
    Prerequisite {
        program: "cargo",
        minimum: Some(Version([1, 95, 0])),
        remedy: RUST,
    },
    Prerequisite {
        program: "rustc",
        minimum: Some(Version([1, 95, 0])),
        remedy: RUST,
    },
    Prerequisite {
        program: "cc",
        minimum: None,
        remedy: "install a C compiler (Debian: `apt-get install build-essential`; macOS: `xcode-select --install`)",
    },
    Prerequisite {
        program: "node",
        minimum: Some(Version([20, 0, 0])),
        remedy: NODE,
    },
    Prerequisite {
        program: "npm",
        minimum: Some(Version([9, 0, 0])),
        remedy: NODE,
    },
    Prerequisite {
        program: "python3",
        minimum: Some(Version([3, 11, 0])),
        remedy: "install Python 3.11 or newer (https://python.org, or your system's packages)",
    },
];

/// Fails with one sentence for each program that is missing or too old.
pub(crate) fn check() -> Result<()> {
    // Node and Python take a moment to say their version: they are asked all at once.
    let problems: Vec<String> = thread::scope(|scope| {
        let asked = PREREQUISITES
            .each_ref()
            .map(|one| scope.spawn(|| one.problem(version_of(one.program))));
        asked
            .into_iter()
            .filter_map(|thread| thread.join().ok().flatten())
            .collect()
    });
    if !problems.is_empty() {
        bail!("this machine is not ready.\n  {}", problems.join("\n  "));
    }
    Ok(())
}

/// What a program says about its version; nothing when it is missing.
fn version_of(name: &str) -> Option<String> {
    read(program(name).arg("--version")).ok()
}

impl Prerequisite {
    fn problem(&self, answer: Option<String>) -> Option<String> {
        let Prerequisite {
            program,
            minimum,
            remedy,
        } = self;
        let Some(answer) = answer else {
            return Some(format!("{program} is missing: {remedy}."));
        };
        let minimum = (*minimum)?;
        match Version::find(&answer) {
            Some(found) if found >= minimum => None,
            Some(found) => Some(format!(
                "{program} {found} is too old, {minimum} is needed: {remedy}."
            )),
            None => Some(format!(
                "{program} does not say its version, {minimum} is needed: {remedy}."
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_is_a_sentence_that_says_what_to_do() {
        let node = Prerequisite {
            program: "node",
            minimum: Some(Version([20, 0, 0])),
            remedy: "install it",
        };
        assert_eq!(node.problem(Some("v20.1.0".into())), None);
        assert_eq!(node.problem(None).unwrap(), "node is missing: install it.");
        assert_eq!(
            node.problem(Some("v18.2.0".into())).unwrap(),
            "node 18.2 is too old, 20.0 is needed: install it."
        );
        assert_eq!(
            node.problem(Some("?".into())).unwrap(),
            "node does not say its version, 20.0 is needed: install it."
        );
    }
}
