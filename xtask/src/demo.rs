//! `cargo xtask demo`: the portal as its users see it, on a sandbox tenant.

use crate::command::{cargo, program, show};
use crate::paths::{dist, target};
use crate::{bundle, setup};
use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

pub(crate) struct Options {
    port: u16,
    db: PathBuf,
    /// What the sandbox takes as it is.
    passed_on: Vec<OsString>,
}

impl Options {
    pub(crate) fn parse(args: &mut lexopt::Parser) -> Result<Options> {
        let mut options = Options {
            port: 8790,
            db: target().join("sandbox.sqlite"),
            passed_on: Vec::new(),
        };
        while let Some(arg) = args.next()? {
            match arg {
                Long("port") => {
                    let port = args.value()?.string()?;
                    options.port = port
                        .parse()
                        .ok()
                        .context("--port takes a number up to 65535")?;
                }
                Long("db") => options.db = std::path::absolute(args.value()?)?,
                Long(count @ ("incidents" | "seed")) => {
                    let name = format!("--{count}");
                    let value = args.value()?.string()?;
                    let number: u64 = value
                        .parse()
                        .ok()
                        .with_context(|| format!("{name} takes a number"))?;
                    options
                        .passed_on
                        .extend([name.into(), number.to_string().into()]);
                }
                Long("reset") => options.passed_on.push("--reset".into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

pub(crate) fn run(options: &Options) -> Result<()> {
    // Before the long build, not after it.
    if TcpListener::bind(("127.0.0.1", options.port)).is_err() {
        bail!(
            "port {} is taken: stop what listens there, or choose another with `--port`",
            options.port
        );
    }
    setup::run(setup::For::Bundle)?;
    bundle::run()?;
    show(&mut cargo("build --quiet --package sandbox"))?;

    let mut sandbox = program(sandbox());
    sandbox.arg("--port").arg(options.port.to_string());
    sandbox
        .arg("--db")
        .arg(&options.db)
        .arg("--dist")
        .arg(dist())
        .args(&options.passed_on);
    become_program(&mut sandbox)
}

/// The sandbox as cargo builds it.
pub(crate) fn sandbox() -> PathBuf {
    target()
        .join("debug")
        .join(format!("sandbox{}", std::env::consts::EXE_SUFFIX))
}

/// The sandbox takes this process's place, so that stopping the demo stops the sandbox.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("the sandbox cannot be started")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    show(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Options> {
        Options::parse(&mut lexopt::Parser::from_args(words))
    }

    #[test]
    fn options_go_to_the_sandbox() {
        let options = parse(&[
            "--incidents",
            "50",
            "--port",
            "9000",
            "--reset",
            "--db",
            "/tmp/a.sqlite",
        ])
        .unwrap();
        assert_eq!(options.port, 9000);
        assert_eq!(options.db, PathBuf::from("/tmp/a.sqlite"));
        assert_eq!(options.passed_on, ["--incidents", "50", "--reset"]);
    }

    #[test]
    fn wrong_options_are_refused_in_a_sentence() {
        assert!(
            parse(&["--incidents", "many"])
                .err()
                .unwrap()
                .to_string()
                .contains("--incidents takes a number")
        );
        assert!(
            parse(&["--colour"])
                .err()
                .unwrap()
                .to_string()
                .contains("--colour")
        );
    }

    #[test]
    fn a_taken_port_stops_the_demo_before_it_builds() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = run(&parse(&["--port", &port.to_string()]).unwrap()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("port {port} is taken"))
        );
    }
}
