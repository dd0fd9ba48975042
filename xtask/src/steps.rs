//! Steps that run one after the other, each with a heading, its time and a result; a failing one does not hide the next.

use crate::totals::Totals;
use anyhow::Result;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(Default)]
pub(crate) struct Steps {
    totals: Totals,
    failures: Vec<String>,
}

impl Steps {
    /// Runs a step that only passes or fails. True when it passed.
    pub(crate) fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        self.tests(name, || work().map(|()| Totals::default()))
    }

    /// Runs a step that counts tests. True when none failed.
    pub(crate) fn tests(&mut self, name: &str, work: impl FnOnce() -> Result<Totals>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let result = work();
        let time = seconds(start.elapsed());
        let failure = match &result {
            Ok(totals) if totals.failed == 0 => None,
            Ok(totals) => Some(totals.to_string()),
            Err(error) => Some(format!("{error:#}")),
        };
        // A step that fails without naming a failing test counts as one, so that the last line tells of it.
        self.totals += result.unwrap_or(Totals {
            failed: 1,
            ..Totals::default()
        });
        match failure {
            None => println!("ok, {time}"),
            Some(reason) => {
                println!("FAILED, {time}: {reason}");
                self.failures.push(name.to_owned());
                return false;
            }
        }
        true
    }

    /// Names what failed. The last line is the totals and nothing else.
    pub(crate) fn finish(self) -> ExitCode {
        println!();
        for name in &self.failures {
            println!("failed: {name}");
        }
        println!("{}", self.totals);
        if self.failures.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn a_failing_step_is_counted_and_named() {
        let mut steps = Steps::default();
        assert!(steps.tests("two tests", || Ok(Totals {
            passed: 2,
            failed: 0,
            skipped: 1
        })));
        assert!(!steps.tests("a failing test", || Ok(Totals {
            passed: 1,
            failed: 1,
            skipped: 0
        })));
        assert!(!steps.check("a failing check", || bail!("no")));
        assert_eq!(
            steps.totals,
            Totals {
                passed: 3,
                failed: 2,
                skipped: 1
            }
        );
        assert_eq!(steps.failures, ["a failing test", "a failing check"]);
    }
}
