//! How many tests passed, failed and were skipped, as the test programs tell it.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Totals {
    /// Reads a line of libtest: `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; …`.
    pub(crate) fn from_libtest(line: &str) -> Option<Totals> {
        let counts = line.strip_prefix("test result: ")?.split_once(". ")?.1;
        let count = |label: &str| {
            let text = counts
                .split(';')
                .find_map(|part| part.trim().strip_suffix(label))?;
            text.trim().parse().ok()
        };
        Some(Totals {
            passed: count("passed")?,
            failed: count("failed")?,
            skipped: count("ignored")?,
        })
    }

    /// Reads the report of Playwright's JSON reporter.
    pub(crate) fn from_playwright(report: &Value) -> Result<Totals> {
        let count = |name: &str| {
            report["stats"][name]
                .as_u64()
                .with_context(|| format!("Playwright's report does not tell stats.{name}"))
        };
        let mut totals = Totals {
            passed: count("expected")? + count("flaky")?,
            failed: count("unexpected")?,
            skipped: count("skipped")?,
        };
        // A spec file that does not load, or a run that is cut short, is an error beside the tests.
        totals.failed += report["errors"]
            .as_array()
            .map_or(0, |errors| errors.len() as u64);
        Ok(totals)
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Totals) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_libtest() {
        let line = "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 5 filtered out; finished in 0.20s";
        assert_eq!(
            Totals::from_libtest(line),
            Some(Totals {
                passed: 12,
                failed: 0,
                skipped: 3
            })
        );
        let line = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(
            Totals::from_libtest(line),
            Some(Totals {
                passed: 1,
                failed: 2,
                skipped: 0
            })
        );
        assert_eq!(Totals::from_libtest("test result_is_shown ... ok"), None);
    }

    #[test]
    fn reads_playwright() {
        let report = json!({
            "stats": {"expected": 7, "unexpected": 1, "flaky": 0, "skipped": 2},
            "errors": [{"message": "no"}],
        });
        assert_eq!(
            Totals::from_playwright(&report).unwrap(),
            Totals {
                passed: 7,
                failed: 2,
                skipped: 2
            }
        );
        assert!(Totals::from_playwright(&json!({})).is_err());
    }

    #[test]
    fn prints_the_last_line() {
        let mut totals = Totals {
            passed: 1,
            failed: 0,
            skipped: 2,
        };
        totals += Totals {
            passed: 3,
            failed: 1,
            skipped: 0,
        };
        assert_eq!(totals.to_string(), "4 passed, 1 failed, 2 skipped");
    }
}
