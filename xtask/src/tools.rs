//! The build tools, at pinned versions: where each is found, and how it is installed.
//!
//! A tool is built or unpacked into a folder beside its place and then renamed into it, so that a
//! folder with a tool's name always holds the whole tool.

use crate::command::{has_program, on_path, program, quiet, read};
use crate::paths::cache;
use crate::version::Version;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A tool of one version.
pub(crate) struct Tool {
    /// The package's name where it is published.
    pub(crate) package: &'static str,
    pub(crate) version: &'static str,
    /// The program that is looked for.
    program: &'static str,
    source: Source,
}

enum Source {
    /// Crates.io, and what `cargo install` is told besides the version.
    Crate(&'static [&'static str]),
    Npm,
    /// An environment of Python's of its own.
    PyPi,
}

/// The newest versions of its dependencies no longer build together: its own lock file is followed.
pub(crate) const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    program: "trunk",
    source: Source::Crate(&["--locked"]),
};

/// It must be of the very version of the `wasm-bindgen` library in Cargo.lock. Its own lock file is not
/// followed: that names releases of its last day, which a registry may not have yet.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    program: "wasm-bindgen",
    source: Source::Crate(&[]),
};

/// It brings `wasm-opt`; Trunk.toml names the same version.
pub(crate) const BINARYEN: Tool = Tool {
    package: "binaryen",
    version: "132.0.0",
    program: "wasm-opt",
    source: Source::Npm,
};

/// It makes one small file of JavaScript.
pub(crate) const ESBUILD: Tool = Tool {
    package: "esbuild",
    version: "0.28.2",
    program: "esbuild",
    source: Source::Npm,
};

/// It splits a wasm program into parts.
pub(crate) const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    source: Source::Crate(&["--features", "build-binary"]),
};

pub(crate) const MACHETE: Tool = Tool {
    package: "cargo-machete",
    version: "0.9.2",
    program: "cargo-machete",
    source: Source::Crate(&[]),
};

/// It makes requests of an API's document and holds the answers against it.
pub(crate) const SCHEMATHESIS: Tool = Tool {
    package: "schemathesis",
    version: "4.32.5",
    program: "schemathesis",
    source: Source::PyPi,
};

impl Tool {
    /// The folder of the tool's programs: in the cache, or on PATH when it is of this version there.
    pub(crate) fn find(&self) -> Result<Option<PathBuf>> {
        let cached = self.bin(&self.folder()?);
        if has_program(&cached, self.program) {
            return Ok(Some(cached));
        }
        // It is run by the Python it was installed for, which a program on PATH does not tell.
        if matches!(self.source, Source::PyPi) {
            return Ok(None);
        }
        let Some(folder) = on_path(self.program) else {
            return Ok(None);
        };
        let answer = read(program(folder.join(self.program)).arg("--version")).unwrap_or_default();
        Ok((Version::find(&answer) == Version::find(self.version)).then_some(folder))
    }

    /// The folder of a tool that set-up has been asked for.
    pub(crate) fn installed(&self) -> Result<PathBuf> {
        self.find()?.with_context(|| {
            format!(
                "{} {} is not installed: run `cargo xtask setup`",
                self.package, self.version
            )
        })
    }

    /// Installs the tool into the cache. Set-up's lock keeps a second one from doing the same.
    pub(crate) fn install(&self) -> Result<()> {
        let folder = self.folder()?;
        let staging = cache()?.join(format!(".{}-{}", self.package, self.version));
        // An installation that was broken off may have left its work behind.
        if staging.exists() {
            fs::remove_dir_all(&staging)?;
        }
        fs::create_dir_all(&staging)?;
        let result = self.install_into(&staging).and_then(|()| {
            // What stands there without its program was left by hand; a rename does not replace it.
            if folder.exists() {
                fs::remove_dir_all(&folder)?;
            }
            Ok(fs::rename(&staging, &folder)?)
        });
        if result.is_err() {
            fs::remove_dir_all(&staging).ok();
        }
        result.with_context(|| format!("{} {} could not be installed", self.package, self.version))
    }

    fn install_into(&self, folder: &Path) -> Result<()> {
        let log = folder.join("install.log");
        match &self.source {
            Source::Crate(options) => {
                let build = folder.join("build");
                let mut cargo = program("cargo");
                cargo.args(["install", self.package, "--version", self.version]);
                cargo.args(*options);
                cargo
                    .arg("--root")
                    .arg(folder)
                    .arg("--target-dir")
                    .arg(&build);
                // The project's own flags and profiles are none of a tool's business.
                cargo.current_dir(folder).env_remove("RUSTFLAGS");
                // A build tool needs to be there soon, not to be fast.
                for (setting, value) in [
                    ("OPT_LEVEL", "1"),
                    ("LTO", "off"),
                    ("CODEGEN_UNITS", "16"),
                    ("DEBUG", "0"),
                ] {
                    cargo.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
                }
                quiet(&mut cargo, &log)?;
                fs::remove_dir_all(build)?;
            }
            Source::Npm => {
                let mut npm = program("npm");
                npm.args(["install", "--no-save", "--no-package-lock", "--prefix"])
                    .arg(folder);
                npm.arg(format!("{}@{}", self.package, self.version));
                quiet(npm.current_dir(folder), &log)?;
            }
            Source::PyPi => {
                let mut venv = program("python3");
                quiet(venv.args(["-m", "venv"]).arg(folder), &log).context(
                    "Python makes no environment (Debian: `apt-get install python3-venv`)",
                )?;
                let mut pip = program(self.bin(folder).join("python"));
                pip.args(["-m", "pip", "install", "--disable-pip-version-check"]);
                pip.arg(format!("{}=={}", self.package, self.version));
                quiet(pip.current_dir(folder), &log)?;
            }
        }
        Ok(fs::remove_file(log)?)
    }

    fn folder(&self) -> Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.package, self.version)))
    }

    fn bin(&self, folder: &Path) -> PathBuf {
        match self.source {
            Source::Crate(_) | Source::PyPi => folder.join("bin"),
            Source::Npm => folder.join("node_modules").join(".bin"),
        }
    }
}
