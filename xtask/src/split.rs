//! Lazy pages: each in a wasm file of its own, loaded when it is first opened.
//!
//! Trunk knows nothing of it. It is given a `wasm-bindgen` that splits the program first: this very program
//! under that name. Afterwards the parts are optimised and laid beside Trunk's files. All of it happens only
//! when the portal has the cargo feature `split`; a plain `trunk build` leaves the feature off and makes one file.

mod chunks;

use crate::command::{cargo, program, quiet, read, show};
use crate::paths::{root, target};
use crate::sizes::files;
use crate::tools::{BINARYEN, ESBUILD, WASM_BINDGEN, WASM_SPLIT};
use crate::trim::trim;
use anyhow::{Context, Result};
use serde_json::Value;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What loads the parts; the main program imports it by this name.
const LINK: &str = "__wasm_split.js";

const WASM_BINDGEN_VARIABLE: &str = "XTASK_WASM_BINDGEN";
const WASM_SPLIT_VARIABLE: &str = "XTASK_WASM_SPLIT";
const BINARYEN_VARIABLE: &str = "XTASK_BINARYEN";
const ESBUILD_VARIABLE: &str = "XTASK_ESBUILD";

/// Whether the portal has lazy pages.
pub(crate) fn is_wanted() -> Result<bool> {
    let metadata = read(&mut cargo("metadata --no-deps --format-version 1"))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages
        .any(|package| package["name"] == "mdr-portal" && package["features"]["split"].is_array()))
}

/// Makes Trunk build for splitting; returns the folder that must come first on its PATH.
pub(crate) fn prepare(trunk: &mut Command) -> Result<PathBuf> {
    let folder = target().join("split");
    fs::create_dir_all(&folder)?;
    fs::copy(
        env::current_exe()?,
        folder.join(format!("wasm-bindgen{}", env::consts::EXE_SUFFIX)),
    )?;
    trunk.args(["--features", "split"]);
    trunk.env(
        WASM_BINDGEN_VARIABLE,
        WASM_BINDGEN.installed()?.join("wasm-bindgen"),
    );
    trunk.env(
        WASM_SPLIT_VARIABLE,
        WASM_SPLIT.installed()?.join("wasm-split-cli"),
    );
    trunk.env(BINARYEN_VARIABLE, BINARYEN.installed()?);
    trunk.env(ESBUILD_VARIABLE, ESBUILD.installed()?.join("esbuild"));
    // The splitter follows relocations and names; wasm-bindgen and wasm-opt drop them later.
    trunk.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        // The variable takes the place of the flags in .cargo/config.toml: both are said here.
        "--cfg erase_components -Clink-args=--emit-relocs",
    );
    trunk
        .env_remove("RUSTFLAGS")
        .env("CARGO_PROFILE_BUNDLE_STRIP", "none");
    Ok(folder)
}

/// Whether this program was started as the `wasm-bindgen` of `prepare`.
pub(crate) fn is_wasm_bindgen() -> bool {
    let name = env::args_os().next().map(PathBuf::from);
    name.is_some_and(|name| name.file_stem().is_some_and(|stem| stem == "wasm-bindgen"))
}

/// Splits the program that is the input, and runs the real wasm-bindgen on what remains.
pub(crate) fn run_as_wasm_bindgen() -> Result<()> {
    let mut args: Vec<String> = env::args().skip(1).collect();
    let Some(input) = args.iter().position(|arg| arg.ends_with(".wasm")) else {
        // Trunk asks for its version.
        return show(started(WASM_BINDGEN_VARIABLE)?.args(args));
    };
    let value = |option: &str| {
        let values = args.iter().find_map(|arg| arg.strip_prefix(option));
        values.map(str::to_owned)
    };
    let name = value("--out-name=").context("Trunk gave wasm-bindgen no --out-name")?;
    let out = value("--out-dir=").context("Trunk gave wasm-bindgen no --out-dir")?;
    let out = PathBuf::from(out);
    let parts = out.join("split");
    fs::remove_dir_all(&parts).ok();
    let mut splitter = started(WASM_SPLIT_VARIABLE)?;
    splitter.arg(&args[input]).arg(&parts);
    show(splitter.args(["--target", "web", "--out-name", &name]))?;
    args[input] = parts.join(format!("{name}.wasm")).display().to_string();
    args.push("--keep-lld-exports".into());
    show(started(WASM_BINDGEN_VARIABLE)?.args(args))?;

    let link = fs::read_to_string(parts.join(LINK))?;
    let binaryen = env::var_os(BINARYEN_VARIABLE).map(PathBuf::from);
    let binaryen = binaryen.with_context(|| format!("{BINARYEN_VARIABLE} is not set"))?;
    let link = chunks::merge(&link, &parts, &|name| program(binaryen.join(name)))?;
    fs::write(out.join(LINK), loader(&link))?;
    let log = parts.join("esbuild.log");
    trim(&out, &name, started(ESBUILD_VARIABLE)?, &log)?;
    Ok(fs::remove_file(out.join(LINK))?)
}

fn started(variable: &str) -> Result<Command> {
    Ok(Command::new(
        env::var_os(variable).with_context(|| format!("{variable} is not set"))?,
    ))
}

/// Optimises the parts and lays them into dist/ beside Trunk's files.
pub(crate) fn finish(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(root().join("index.html"))?;
    let flags = flags(&page).context("index.html has no data-wasm-opt-params")?;
    for part in files(&target().join("wasm-bindgen/release/split"))? {
        let name = part.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("split_") || name.starts_with("shared_") {
            let mut optimiser = program(BINARYEN.installed()?.join("wasm-opt"));
            optimiser
                .arg("-Os")
                .args(&flags)
                .arg(&part)
                .arg("--output")
                .arg(dist.join(&*name));
            quiet(&mut optimiser, &target().join("split.log"))?;
        }
    }
    Ok(())
}

/// What loads the parts, without the browser's streaming compiler: that refuses a part which a server
/// sends under another type than `application/wasm`, and the program itself runs under any.
fn loader(text: &str) -> String {
    text.replace(
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    )
}

/// The flags that Trunk gives to wasm-opt: index.html alone says them.
fn flags(page: &str) -> Option<Vec<&str>> {
    let (_, rest) = page.split_once("data-wasm-opt-params=\"")?;
    Some(rest.split('"').next()?.split_whitespace().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_are_those_of_the_page() {
        let page = "<link data-wasm-opt=\"z\"\n data-wasm-opt-params=\"--enable-sign-ext\n  --enable-multivalue\">";
        assert_eq!(
            flags(page).unwrap(),
            ["--enable-sign-ext", "--enable-multivalue"]
        );
        assert_eq!(flags("<link>"), None);
    }

    #[test]
    fn parts_load_under_any_type() {
        let load = loader("async (imports) => (WebAssembly.instantiateStreaming(src, imports));");
        let plain = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
        assert_eq!(load, format!("async (imports) => ({plain});"));
    }

    #[test]
    fn a_test_is_not_wasm_bindgen() {
        assert!(!is_wasm_bindgen());
    }
}
