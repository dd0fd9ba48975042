//! The harness and the React peer: found beside the project, copied to where they may be built, and built once.

use super::folder;
use super::harness::App;
use crate::command::{program, quiet, say};
use crate::paths::root;
use crate::sizes::files;
use anyhow::{Context, Result};
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

pub(super) const MISSING: &str =
    "what the harness measures. It is looked for at ../shared/peers, or where PORTAL_PEERS says";

/// Where the harness is, if it is there.
pub(super) fn find() -> Option<PathBuf> {
    let folder = match env::var_os("PORTAL_PEERS") {
        Some(named) => PathBuf::from(named),
        None => root().join("../shared/peers"),
    };
    folder.join("measure.mjs").is_file().then_some(folder)
}

/// Where the harness is copied to.
pub(super) fn copy() -> PathBuf {
    folder().join("peers")
}

/// Copies, installs and builds, unless the copy is of the very same sources.
pub(super) fn prepare(source: &Path) -> Result<App> {
    let stamp = folder().join("peers.stamp");
    let sources = sources(source)?;
    let digest = digest(source, &sources)?;
    if fs::read_to_string(&stamp).ok().as_deref() != Some(&digest) {
        say("building the React peer … ");
        if copy().exists() {
            fs::remove_dir_all(copy())?;
        }
        for file in &sources {
            let to = copy().join(file.strip_prefix(source)?);
            fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
            // Not `fs::copy`: the shared files are read-only, their copies need not be.
            fs::write(to, fs::read(file)?)?;
        }
        let react = copy().join("react-fluent");
        npm(&["ci", "--no-audit", "--no-fund"], &copy())?;
        npm(&["ci", "--no-audit", "--no-fund"], &react)?;
        npm(&["run", "build"], &react)?;
        fs::write(stamp, digest)?;
        println!("done");
    }
    Ok(App {
        name: "React",
        adapter: "react-fluent.mjs",
        report_adapter: "react-fluent.mjs",
        dist: copy().join("react-fluent/dist"),
        queue: "/incidents",
    })
}

fn npm(args: &[&str], folder: &Path) -> Result<()> {
    let log = super::folder().join("npm.log");
    quiet(program("npm").args(args).current_dir(folder), &log)
}

/// Every file but recorded results and what somebody installed or built in place.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let made = ["results", "node_modules", "dist"];
    let mut all = files(folder)?;
    all.retain(|file| {
        let below = file.strip_prefix(folder).unwrap_or(file);
        !below
            .iter()
            .any(|part| made.iter().any(|name| part == *name))
    });
    Ok(all)
}

fn digest(folder: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        (file.strip_prefix(folder)?, fs::read(file)?).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_are_copied_and_a_changed_one_is_noticed() {
        let folder = env::temp_dir().join(format!("xtask-peers-{}", std::process::id()));
        fs::remove_dir_all(&folder).ok();
        for file in [
            "measure.mjs",
            "results/old.json",
            "react/dist/index.html",
            "react/node_modules/a/a.js",
            "react/src/a.ts",
        ] {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let sources = sources(&folder).unwrap();
        assert_eq!(
            sources,
            [folder.join("measure.mjs"), folder.join("react/src/a.ts")]
        );
        let before = digest(&folder, &sources).unwrap();
        fs::write(folder.join("react/src/a.ts"), "changed").unwrap();
        assert_ne!(digest(&folder, &sources).unwrap(), before);
        fs::remove_dir_all(&folder).unwrap();
    }
}
