//! `cargo xtask bench`: how fast and how heavy the bundle is, beside a React app that does the same work.
//!
//! The harness and that peer are kept beside the project (`../shared/peers`, or what `PORTAL_PEERS` names); our
//! part is one adapter. What the harness does not know comes from the scripts in tests/bench.

mod charts;
mod figures;
mod files;
mod harness;
mod peers;
mod table;

use crate::paths::target;
use crate::{bundle, setup};
use anyhow::{Context, Result, bail};
use harness::{App, Harness};
use lexopt::prelude::*;
use std::fs;
use std::path::PathBuf;

/// The harness's suites that both apps have a part for.
const SUITES: [&str; 3] = ["cold", "queue", "report"];

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    runs: usize,
    sizes: Vec<usize>,
    suite: String,
    build: bool,
    /// Measure at once, however busy the machine is.
    quick: bool,
}

impl Options {
    pub(crate) fn parse(args: &mut lexopt::Parser) -> Result<Options> {
        let (mut quick, mut build, mut runs) = (false, true, None);
        let mut sizes = vec![1_000, 100_000];
        let mut suite = SUITES.join(",");
        while let Some(arg) = args.next()? {
            match arg {
                Long("quick") => quick = true,
                Long("no-build") => build = false,
                Long("runs") => {
                    let number = args.value()?.string()?.parse().ok();
                    let number = number.filter(|runs| *runs > 0);
                    runs = Some(number.context("--runs takes a number above 0")?);
                }
                Long("n") => {
                    let list = args.value()?.string()?;
                    let numbers = list.split(',').map(|n| n.trim().parse().ok());
                    let numbers: Option<Vec<usize>> = numbers.collect();
                    sizes = numbers.context("--n takes numbers with commas between them")?;
                }
                Long("suite") => {
                    suite = args.value()?.string()?;
                    if let Some(other) = suite.split(',').find(|one| !SUITES.contains(one)) {
                        bail!(
                            "there is no suite {other:?}: choose of {}",
                            SUITES.join(",")
                        );
                    }
                }
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Options {
            runs: runs.unwrap_or(if quick { 2 } else { 5 }),
            sizes,
            suite,
            build,
            quick,
        })
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(setup::For::Tests)?;
    if options.build {
        bundle::run()?;
    }
    fs::create_dir_all(folder())?;
    let mut report = table::Report::default();

    let portal = App::portal()?;
    let Some(source) = peers::find() else {
        report.add_files(portal.name, files::list(&portal)?);
        report.add_charts(charts::weigh()?);
        report.print();
        println!("\nskipped: {}", peers::MISSING);
        return report.write();
    };
    let react = peers::prepare(&source)?;
    for app in [&react, &portal] {
        report.add_files(app.name, files::list(app)?);
    }
    for &incidents in &options.sizes {
        let harness = Harness::start(incidents, [&react, &portal])?;
        let [react, portal] = harness.measure(options)?;
        report.add_figures(incidents, &react, &portal);
    }
    report.add_charts(charts::weigh()?);
    report.print();
    report.write()
}

/// Where the command keeps what it makes.
fn folder() -> PathBuf {
    target().join("bench")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&mut lexopt::Parser::from_args(words))
    }

    #[test]
    fn a_quick_run_is_a_short_one_unless_told_otherwise() {
        let usual = Options {
            runs: 5,
            sizes: vec![1_000, 100_000],
            suite: "cold,queue,report".into(),
            build: true,
            quick: false,
        };
        assert_eq!(parse(&[]).unwrap(), usual);
        assert_eq!(parse(&["--quick"]).unwrap().runs, 2);
        assert_eq!(parse(&["--runs", "3", "--quick"]).unwrap().runs, 3);
        let narrow = parse(&["--n", "1000, 10000", "--suite", "cold", "--no-build"]).unwrap();
        let expected = Options {
            sizes: vec![1_000, 10_000],
            suite: "cold".into(),
            build: false,
            ..usual
        };
        assert_eq!(narrow, expected);
    }

    #[test]
    fn what_cannot_be_measured_is_refused() {
        for words in [
            ["--runs", "0"],
            ["--runs", "few"],
            ["--n", "many"],
            ["--suite", "floor"],
        ] {
            assert!(parse(&words).is_err(), "{words:?}");
        }
    }
}
