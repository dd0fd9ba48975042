//! `cargo xtask test`: the checks, the native tests and the browser tests, and their totals on the last line.

use crate::command::{cargo, program, show, watch};
use crate::paths::{e2e, gallery_dist, pseudo_dist, target};
use crate::steps::Steps;
use crate::tools::SCHEMATHESIS;
use crate::totals::Totals;
use crate::{bundle, checks, demo, reasons, setup};
use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use std::env;
use std::fs;
use std::process::ExitCode;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    native: bool,
    e2e: bool,
    grep: Option<String>,
    thorough: bool,
}

impl Options {
    pub(crate) fn parse(args: &mut lexopt::Parser) -> Result<Options> {
        let mut options = Options::default();
        while let Some(arg) = args.next()? {
            match arg {
                Long("native") => options.native = true,
                Long("e2e") => options.e2e = true,
                Long("grep") => options.grep = Some(args.value()?.string()?),
                Long("thorough") => options.thorough = true,
                other => return Err(other.unexpected().into()),
            }
        }
        // Only browser tests have titles to choose by; neither half named means both.
        options.e2e |= options.grep.is_some();
        if !options.native && !options.e2e {
            (options.native, options.e2e) = (true, true);
        }
        Ok(options)
    }
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let mut steps = Steps::default();
    if steps.check("set-up", || setup::run(setup::For::Tests)) {
        if options.native {
            checks::run(&mut steps);
            native(&mut steps, options);
            steps.check("the Experts API against its document", || contract(options));
        }
        if options.e2e {
            in_browser(&mut steps, options);
        }
    }
    Ok(steps.finish())
}

pub(crate) fn lint() -> Result<ExitCode> {
    setup::run(setup::For::Tests)?;
    let mut steps = Steps::default();
    checks::run(&mut steps);
    Ok(steps.finish())
}

/// Package by package: in one run, the features of one would be switched on for the others.
fn native(steps: &mut Steps, options: &Options) {
    for package in ["mdr-portal", "lexicon", "sandbox", "xtask"] {
        steps.tests(&format!("tests of {package}"), || {
            let mut command = cargo("test --quiet --no-fail-fast --package");
            command.arg(package);
            if options.thorough {
                command.env("PORTAL_THOROUGH", "1");
            }
            // The portal's ignored tests are those that need the shared fixtures.
            if package == "mdr-portal" && env::var_os("PORTAL_FIXTURES").is_some() {
                command.args(["--", "--include-ignored"]);
            }
            let mut totals = Totals::default();
            let ok = watch(&mut command, |line| {
                totals += Totals::from_libtest(line).unwrap_or_default();
            })?;
            if !ok && totals.failed == 0 {
                bail!("the tests of {package} did not run");
            }
            Ok(totals)
        });
    }
}

/// Schemathesis asks a sandbox of its own for everything the document has.
fn contract(options: &Options) -> Result<()> {
    show(&mut cargo("build --quiet --package sandbox"))?;
    let mut python = program(SCHEMATHESIS.installed()?.join("python"));
    python
        .arg("tests/sandbox/contract/run.py")
        .env("SANDBOX_BIN", demo::sandbox());
    if options.thorough {
        python.env("PORTAL_THOROUGH", "1");
    }
    show(&mut python)
}

fn in_browser(steps: &mut Steps, options: &Options) {
    let built = steps.check("bundle", bundle::run)
        && steps.check("gallery", bundle::gallery)
        && steps.check("pseudo-locale", bundle::pseudo)
        && steps.check("sandbox", || {
            show(&mut cargo("build --quiet --package sandbox"))
        });
    if built {
        steps.tests("browser tests", || playwright(options));
    }
}

fn playwright(options: &Options) -> Result<Totals> {
    let report = target().join("e2e").join("report.json");
    // An old report must not be taken for this run's.
    fs::remove_file(&report).ok();
    let mut command = program("node");
    command
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(e2e());
    command.env(
        "CHROMIUM",
        setup::find_chromium().context("there is no Chromium: run `cargo xtask setup`")?,
    );
    command
        .env("SANDBOX_BIN", demo::sandbox())
        .env("GALLERY_DIST", gallery_dist())
        .env("PSEUDO_DIST", pseudo_dist())
        .env("E2E_OUTPUT", target().join("e2e"));
    if let Some(pattern) = &options.grep {
        command.args(["--grep", pattern]);
    }
    if options.thorough {
        command.env("PORTAL_THOROUGH", "1");
    }
    let status = command.status().context("node cannot be started")?;
    let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let report = serde_json::from_str(&text).context("Playwright's report is not JSON")?;
    for reason in reasons::from_playwright(&report) {
        println!("{reason}");
    }
    let totals = Totals::from_playwright(&report)?;
    if !status.success() && totals.failed == 0 {
        bail!("Playwright ended with {status}");
    }
    Ok(totals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Options {
        Options::parse(&mut lexopt::Parser::from_args(words)).unwrap()
    }

    #[test]
    fn everything_runs_unless_a_half_is_named() {
        let both = Options {
            native: true,
            e2e: true,
            ..Options::default()
        };
        assert_eq!(parse(&[]), both);
        assert_eq!(
            parse(&["--thorough"]),
            Options {
                thorough: true,
                ..both
            }
        );
        assert_eq!(
            parse(&["--native"]),
            Options {
                native: true,
                ..Options::default()
            }
        );
        assert_eq!(
            parse(&["--e2e"]),
            Options {
                e2e: true,
                ..Options::default()
            }
        );
        assert_eq!(
            parse(&["--grep", "signs in"]),
            Options {
                e2e: true,
                grep: Some("signs in".into()),
                ..Options::default()
            }
        );
    }
}
