//! `cargo xtask setup`: checks what must be there and installs what is missing, once per machine.

use crate::command::{on_path, program, quiet, read, say};
use crate::paths::{cache, e2e, target};
use crate::tools::{
    BINARYEN, ESBUILD, MACHETE, SCHEMATHESIS, TRUNK, Tool, WASM_BINDGEN, WASM_SPLIT,
};
use crate::{bundle, prerequisites, split};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What the set-up is for; tests need all that the bundle needs, and more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Bundle,
    Tests,
}

pub(crate) fn run(purpose: For) -> Result<()> {
    prerequisites::check()?;
    // Two set-ups at a time would build every tool twice; the second waits and finds them.
    fs::create_dir_all(cache()?)?;
    let lock = File::create(cache()?.join("lock"))?;
    if lock.try_lock().is_err() {
        println!("waiting for another set-up to end");
        lock.lock()?;
    }

    rust_parts(purpose)?;
    for tool in [&TRUNK, &WASM_BINDGEN, &BINARYEN, &ESBUILD] {
        ensure(tool)?;
    }
    if split::is_wanted()? {
        ensure(&WASM_SPLIT)?;
    }
    if purpose == For::Tests {
        ensure(&MACHETE)?;
        ensure(&SCHEMATHESIS)?;
        node_packages()?;
        chromium()?;
    }
    Ok(())
}

/// The browser that runs the tests: what CHROMIUM names, or the first of the usual names on PATH.
pub(crate) fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(named.into());
    }
    ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .into_iter()
        .find_map(|name| Some(on_path(name)?.join(name)))
}

fn ensure(tool: &Tool) -> Result<()> {
    if tool.find()?.is_none() {
        installing(&format!("{} {}", tool.package, tool.version), || {
            tool.install()
        })?;
    }
    Ok(())
}

/// The wasm32 target, and for the checks clippy and rustfmt: all are parts of the Rust toolchain.
fn rust_parts(purpose: For) -> Result<()> {
    let sysroot = read(program("rustc").args(["--print", "sysroot"]))?;
    let sysroot = Path::new(sysroot.trim());
    if !sysroot
        .join("lib/rustlib")
        .join(bundle::TARGET)
        .join("lib")
        .is_dir()
    {
        rustup(&["target", "add", bundle::TARGET])?;
    }
    for (component, file) in [("clippy", "cargo-clippy"), ("rustfmt", "rustfmt")] {
        if purpose == For::Tests && !crate::command::has_program(&sysroot.join("bin"), file) {
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(args: &[&str]) -> Result<()> {
    installing(args[2], || quiet(program("rustup").args(args), &log()?))
}

/// Playwright, axe and TypeScript, as package-lock.json pins them.
fn node_packages() -> Result<()> {
    let lock = fs::read_to_string(e2e().join("package-lock.json"))?;
    // npm empties node_modules before it begins; the copy of the lock file is written when it is done.
    let stamp = e2e().join("node_modules").join(".installed-from.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    installing("Playwright, axe and TypeScript", || {
        let mut npm = program("npm");
        quiet(
            npm.args(["ci", "--no-audit", "--no-fund"])
                .current_dir(e2e()),
            &log()?,
        )?;
        Ok(fs::write(&stamp, &lock)?)
    })
}

fn chromium() -> Result<()> {
    if find_chromium().is_some() {
        return Ok(());
    }
    let command = "apt-get update && apt-get install -y chromium chromium-driver";
    if !is_debian() {
        bail!(
            "the browser tests need Chromium or Chrome: install one, and set CHROMIUM to its program if it is not on PATH"
        );
    }
    if read(program("id").arg("-u"))?.trim() != "0" {
        bail!("the browser tests need Chromium: run `sudo sh -c '{command}'`");
    }
    installing("Chromium", || {
        let mut shell = program("sh");
        quiet(
            shell
                .args(["-c", command])
                .env("DEBIAN_FRONTEND", "noninteractive"),
            &log()?,
        )
    })
}

fn is_debian() -> bool {
    // Ubuntu and others call themselves like Debian, but their Chromium is not a package of apt's.
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

fn log() -> Result<PathBuf> {
    fs::create_dir_all(target())?;
    Ok(target().join("setup.log"))
}

/// One line per installation, with the time it took.
fn installing(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    say(&format!("installing {what} … "));
    let start = Instant::now();
    let result = work();
    println!(
        "{} after {} s",
        if result.is_ok() { "done" } else { "failed" },
        start.elapsed().as_secs()
    );
    result.with_context(|| format!("set-up stopped at {what}"))
}
