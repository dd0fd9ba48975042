//! `cargo xtask dist`: the static bundle in dist/, built by Trunk with the pinned tools.

use crate::command::{cargo, path_with, program, quiet, show};
use crate::paths::{dist, gallery_dist, pseudo_dist, root, target};
use crate::tools::{BINARYEN, TRUNK, WASM_BINDGEN};
use crate::{naming, page, sizes, split};
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::Command;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What the bundle is made of; a build whose inputs did not change is left as it is.
const INPUTS: [&str; 17] = [
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "languages",
    "lexicon",
    "Trunk.toml",
    "index.html",
    "src",
    "style",
    "public",
    "xtask/src/bundle.rs",
    "xtask/src/naming.rs",
    "xtask/src/page.rs",
    "xtask/src/split.rs",
    "xtask/src/split",
    "xtask/src/tools.rs",
    "xtask/src/trim.rs",
];

pub(crate) fn run() -> Result<()> {
    let stamp = target().join("bundle.stamp");
    let inputs = digest_of_inputs()?;
    if fs::read_to_string(&stamp).is_ok_and(|old| Some(old) == stamp_of(inputs)) {
        println!("The bundle in {} is up to date.", dist().display());
        return Ok(());
    }
    build()?;
    page::tidy(&dist())?;
    naming::move_to_own_folder(&dist())?;
    sizes::compress(&dist())?;
    let new = stamp_of(inputs).context("Trunk left no dist/index.html")?;
    Ok(fs::write(stamp, new)?)
}

/// The portal with its gallery, for the specs of the components: unoptimised, in a folder of its own.
pub(crate) fn gallery() -> Result<()> {
    let (mut trunk, tools) = trunk()?;
    trunk
        .args(["--features", "gallery", "--dist"])
        .arg(gallery_dist());
    show(trunk.env("PATH", path_with(&tools)?))
}

/// The portal in the pseudo-locale, for the spec that finds texts nobody could translate: unoptimised too.
pub(crate) fn pseudo() -> Result<()> {
    let (mut trunk, tools) = trunk()?;
    trunk
        .env("PORTAL_LANGUAGE", "en-XA")
        .arg("--dist")
        .arg(pseudo_dist());
    show(trunk.env("PATH", path_with(&tools)?))
}

/// Trunk's `build`, and the folders of the tools that it needs on its PATH.
fn trunk() -> Result<(Command, Vec<PathBuf>)> {
    // Trunk is kept off the network, and cargo with it: what is not here yet is fetched before.
    fs::create_dir_all(target())?;
    let log = target().join("fetch.log");
    quiet(cargo("fetch --target").arg(TARGET), &log)?;

    let mut trunk = program("trunk");
    trunk.args(["build", "--offline", "--skip-version-check"]);
    // Trunk takes the usual `NO_COLOR=1` for a mistake.
    trunk.env_remove("NO_COLOR");
    let tools = vec![
        TRUNK.installed()?,
        WASM_BINDGEN.installed()?,
        BINARYEN.installed()?,
    ];
    Ok((trunk, tools))
}

fn build() -> Result<()> {
    let (mut trunk, mut tools) = trunk()?;
    trunk.arg("--release");
    let split = split::is_wanted()?;
    if split {
        tools.insert(0, split::prepare(&mut trunk)?);
    }
    show(trunk.env("PATH", path_with(&tools)?))?;
    if split {
        split::finish(&dist())
    } else {
        Ok(())
    }
}

/// Says which inputs dist/ was made from, and which dist/ that was.
fn stamp_of(inputs: u64) -> Option<String> {
    let page = fs::read(dist().join("index.html")).ok()?;
    let mut hasher = DefaultHasher::new();
    (inputs, page).hash(&mut hasher);
    Some(format!("{:016x}", hasher.finish()))
}

fn digest_of_inputs() -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    std::env::var("PORTAL_LANGUAGE").ok().hash(&mut hasher);
    for input in INPUTS {
        let path = root().join(input);
        let files = if path.is_dir() {
            sizes::files(&path)?
        } else {
            vec![path]
        };
        for file in files {
            file.strip_prefix(root()).unwrap_or(&file).hash(&mut hasher);
            fs::read(&file).unwrap_or_default().hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}
