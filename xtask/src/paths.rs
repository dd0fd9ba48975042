//! Where things are: the project, what it builds, and the tools it keeps between clones.

use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    // `cargo run` names the folder at run time; the compiled-in one serves a program started by hand.
    let xtask =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let xtask = PathBuf::from(xtask);
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    // A relative folder means what cargo takes it for: relative to where the command was given.
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => env::current_dir().unwrap_or_else(|_| root()).join(folder),
        None => root().join("target"),
    }
}

/// The static bundle.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The portal in the pseudo-locale.
pub(crate) fn pseudo_dist() -> PathBuf {
    target().join("pseudo-dist")
}

/// The portal with its gallery.
pub(crate) fn gallery_dist() -> PathBuf {
    target().join("gallery-dist")
}

/// The browser tests, a package of their own.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests").join("e2e")
}

/// Tools live here, one folder per tool and version, shared by every clone of the project.
pub(crate) fn cache() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("MDR_PORTAL_CACHE") {
        return Ok(folder.into());
    }
    let caches = match env::var_os("XDG_CACHE_HOME") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => env::home_dir()
            .context("there is no home folder to keep the tools in: set MDR_PORTAL_CACHE")?
            .join(".cache"),
    };
    Ok(caches.join("mdr-portal"))
}
