//! `cargo xtask …`: everything the project does besides compiling itself.
//!
//! One module per job. A job that fails ends in one sentence that says what to do, never in a backtrace.

mod bench;
mod bundle;
mod checks;
mod command;
mod demo;
mod licences;
mod naming;
mod page;
mod paths;
mod policy;
mod prerequisites;
mod reasons;
mod setup;
mod sizes;
mod split;
mod steps;
mod test;
mod texts;
mod tools;
mod totals;
mod trim;
mod version;

use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

  setup                 check what must be there, install the rest at pinned versions
  demo [options]        build the portal and show it on a sandbox tenant
        --incidents N   how many incidents the tenant has
        --seed S        another seed, another tenant
        --port P        where it listens (8790)
        --db FILE       where the tenant is kept (target/sandbox.sqlite)
        --reset         start the tenant afresh
  dist                  build the static bundle into dist/ and print its sizes
        --config FILE   print the content security policy for this config.json, too
  texts                 print every text of the portal, for a file in languages/
  lint                  the checks that run no test: format, clippy, dependencies, licences
  test [options]        lint, native tests and browser tests
        --native        only the checks and the native tests
        --e2e           only the browser tests
        --grep PATTERN  only the browser tests whose title matches
        --thorough      run every random schedule, not a sample of them
  bench [options]       measure the bundle beside the React peer in ../shared/peers
        --quick         two runs, and no waiting for a quiet machine
        --runs N        how many runs (5)
        --n LIST        how many incidents (1000,100000)
        --suite LIST    of cold, queue and report (all)
        --no-build      measure dist/ as it is
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    if split::is_wasm_bindgen() {
        return split::run_as_wasm_bindgen().map(|()| ExitCode::SUCCESS);
    }
    let mut args = lexopt::Parser::from_env();
    let Some(first) = args.next()? else {
        bail!("a command is missing.\n\n{HELP}");
    };
    let command = match first {
        Short('h') | Long("help") => "help".into(),
        Value(word) => word.string()?,
        other => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "help" => print!("{HELP}"),
        "setup" => {
            no_more(&mut args)?;
            setup::run(setup::For::Tests)?;
            println!("Everything is set up.");
        }
        "demo" => demo::run(&demo::Options::parse(&mut args)?)?,
        "dist" => {
            let config = match args.next()? {
                Some(Long("config")) => Some(std::path::absolute(args.value()?)?),
                Some(other) => return Err(other.unexpected().into()),
                None => None,
            };
            no_more(&mut args)?;
            setup::run(setup::For::Bundle)?;
            bundle::run()?;
            config.map_or(Ok(()), |config| policy::print(&config))?;
        }
        "texts" => {
            no_more(&mut args)?;
            texts::print()?;
        }
        "lint" => {
            no_more(&mut args)?;
            return test::lint();
        }
        "bench" => bench::run(&bench::Options::parse(&mut args)?)?,
        "test" => return test::run(&test::Options::parse(&mut args)?),
        other => bail!("there is no command {other:?}.\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_more(args: &mut lexopt::Parser) -> Result<()> {
    match args.next()? {
        Some(arg) => Err(arg.unexpected().into()),
        None => Ok(()),
    }
}
