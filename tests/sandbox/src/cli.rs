//! The command line: options, their defaults and the usage text.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use lexopt::prelude::*;

pub const USAGE: &str = "\
Usage: sandbox [options]
  --port N             port for all four origins (8790)
  --db PATH            database file, or :memory: (target/sandbox.sqlite)
  --reset              generate the tenant anew even if the database has one
  --incidents N        size of a new tenant, at least 20 (2000)
  --seed N             seed of a new tenant (1)
  --dist DIR           folder of the built portal to serve
  --max-page N         most incidents Graph returns per page (50)
  --action-seconds N   how long a response action takes (4.5)
  --quiet              print nothing but errors";

#[derive(Clone, Debug)]
pub struct Options {
    pub port: u16,
    pub db: String,
    pub reset: bool,
    /// None: not given, so whatever an existing tenant has is fine.
    pub incidents: Option<usize>,
    pub seed: Option<u64>,
    pub dist: Option<PathBuf>,
    pub max_page: usize,
    pub action_seconds: f64,
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8790,
            db: "target/sandbox.sqlite".into(),
            reset: false,
            incidents: None,
            seed: None,
            dist: None,
            max_page: 50,
            action_seconds: 4.5,
            quiet: false,
        }
    }
}

pub enum Command {
    Run(Options),
    Help,
}

pub fn parse(args: impl IntoIterator<Item = String>) -> Result<Command> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser.next()? {
        match arg {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("db") => options.db = parser.value()?.string()?,
            Long("reset") => options.reset = true,
            Long("incidents") => options.incidents = Some(parser.value()?.parse()?),
            Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Long("dist") => options.dist = Some(parser.value()?.into()),
            Long("max-page") => options.max_page = parser.value()?.parse()?,
            Long("action-seconds") => options.action_seconds = parser.value()?.parse()?,
            Long("quiet") => options.quiet = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            Value(value) => bail!("'{}' is not an option.", value.to_string_lossy()),
            Long(name) => bail!("There is no option --{name}."),
            Short(name) => bail!("There is no option -{name}."),
        }
    }
    check(&options)?;
    Ok(Command::Run(options))
}

fn check(options: &Options) -> Result<()> {
    if options.incidents.is_some_and(|n| n < 20) {
        bail!("--incidents must be at least 20: the showcase incidents need their place.");
    }
    if options.max_page == 0 {
        bail!("--max-page must be at least 1.");
    }
    if !(options.action_seconds.is_finite() && options.action_seconds >= 0.0) {
        return Err(anyhow!("--action-seconds must be a number, 0 or more."));
    }
    Ok(())
}
