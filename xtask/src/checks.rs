//! The checks that run no test. Each looks at the sources or at the lock file and needs no browser.

use crate::command::{cargo, program, show};
use crate::paths::{e2e, root};
use crate::steps::Steps;
use crate::tools::MACHETE;
use crate::{bundle, licences};
use anyhow::Result;

pub(crate) fn run(steps: &mut Steps) {
    steps.check("format", || show(&mut cargo("fmt --all --check -- -l")));
    steps.check("clippy, native", || {
        let workspace = "clippy --quiet --workspace --all-targets -- -D warnings";
        show(&mut cargo(workspace))
    });
    // The portal alone: beside others, their features would be switched on for it too. With the gallery, which
    // the native run leaves out.
    steps.check("clippy, wasm", || {
        let portal = "clippy --quiet --package mdr-portal --features gallery --lib --bins --target";
        show(cargo(portal).args([bundle::TARGET, "--", "-D", "warnings"]))
    });
    steps.check("unused dependencies", || {
        let machete = MACHETE.installed()?.join("cargo-machete");
        show(program(machete).arg("--skip-target-dir").arg(root()))
    });
    steps.check("licences", licences::check);
    steps.check("types of the browser tests", types);
}

fn types() -> Result<()> {
    show(
        program("node")
            .args(["node_modules/typescript/bin/tsc", "--noEmit"])
            .current_dir(e2e()),
    )
}
