//! Starting other programs, and saying in a sentence what went wrong with them.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead, BufReader, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that reads nothing, started in the project's folder.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(crate::paths::root())
        .stdin(Stdio::null());
    command
}

/// Cargo, in the project's folder, with arguments as one would type them.
pub(crate) fn cargo(args: &str) -> Command {
    let mut command = program("cargo");
    command.args(args.split_whitespace());
    command
}

/// Runs a program whose output the person sees.
pub(crate) fn show(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed", line(command));
    }
    Ok(())
}

/// Runs a program and shows each line as it comes, after `see` has seen it too. True when it succeeded.
pub(crate) fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command))?;
    let output = child
        .stdout
        .take()
        .context("a piped program has an output")?;
    for text in BufReader::new(output).split(b'\n') {
        let text = text?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        see(&text);
    }
    Ok(child.wait()?.success())
}

/// Runs a program and returns what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::piped())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!(
            "`{}` failed: {}",
            line(command),
            tail(&String::from_utf8_lossy(&output.stderr))
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a long program silently; when it fails, the error ends with the last lines it printed.
pub(crate) fn quiet(command: &mut Command, log: &Path) -> Result<()> {
    let mut file = File::options()
        .create(true)
        .truncate(true)
        .read(true)
        .write(true)
        .open(log)?;
    let status = command
        .stdout(file.try_clone()?)
        .stderr(file.try_clone()?)
        .status()
        .with_context(|| cannot_start(command))?;
    if !status.success() {
        file.rewind()?;
        bail!(
            "`{}` failed:\n{}",
            line(command),
            tail(&std::io::read_to_string(file)?)
        );
    }
    Ok(())
}

/// The folder of the first program of this name on PATH.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).find(|folder| has_program(folder, name))
}

/// Whether a folder holds a program.
pub(crate) fn has_program(folder: &Path, name: &str) -> bool {
    folder.join(name).is_file()
        || folder
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
            .is_file()
}

/// PATH with these folders before it.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(
        folders.iter().cloned().chain(env::split_paths(&old)),
    )?)
}

/// Prints a part of a line at once, so that a person sees what is being waited for.
pub(crate) fn say(text: &str) {
    print!("{text}");
    std::io::stdout().flush().ok();
}

fn line(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    words.join(" ")
}

fn cannot_start(command: &Command) -> String {
    format!(
        "{} cannot be started",
        command.get_program().to_string_lossy()
    )
}

fn tail(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watching_sees_every_line_and_the_result() {
        let mut seen = Vec::new();
        let ok = watch(
            program("sh").args(["-c", "echo one; echo two; exit 3"]),
            |text| seen.push(text.to_owned()),
        );
        assert!(!ok.unwrap());
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_failure_is_one_sentence_with_the_last_lines() {
        let error = read(program("sh").args(["-c", "echo broken >&2; exit 1"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`sh -c echo broken >&2; exit 1` failed: broken"
        );
        let error = read(&mut program("no-such-program")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("no-such-program cannot be started")
        );
    }

    #[test]
    fn a_tail_is_twenty_lines() {
        let text: Vec<_> = (0..50).map(|n| n.to_string()).collect();
        assert_eq!(tail(&text.join("\n")).lines().count(), 20);
    }
}
