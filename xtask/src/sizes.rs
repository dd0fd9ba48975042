//! Brotli copies of the bundle's files for servers that send them, and what the bundle weighs.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What compresses well and nobody edits after the build: a copy of config.json or of the page would keep
/// the old one alive.
const COMPRESSED: [&str; 4] = ["wasm", "js", "css", "svg"];

/// Bytes as built and as sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    raw: usize,
    brotli: usize,
}

/// Writes `file.br` beside every file worth it and prints the sizes.
pub(crate) fn compress(dist: &Path) -> Result<()> {
    let mut sizes: BTreeMap<&str, Size> = BTreeMap::new();
    for file in files(dist)? {
        let name = file.to_string_lossy();
        let Some((_, extension)) = name.rsplit_once('.') else {
            continue;
        };
        if !COMPRESSED.contains(&extension) {
            continue;
        }
        let content = fs::read(&file)?;
        let smaller = brotli(&content)?;
        let size = sizes.entry(kind(&name)).or_default();
        size.raw += content.len();
        size.brotli += smaller.len();
        fs::write(format!("{name}.br"), smaller)?;
    }
    print!("{}", table(&sizes));
    Ok(())
}

/// How the table calls a file. Only one wasm file is part of the first download.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("wasm") if name.ends_with("_bg.wasm") => "wasm",
        Some("wasm") => "lazy wasm",
        Some("js") => "js",
        Some("css") => "css",
        _ => "other",
    }
}

/// Every file under a folder, in one order on every machine.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

pub(crate) fn brotli(mut content: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content, &mut out, &params)?;
    Ok(out)
}

fn table(sizes: &BTreeMap<&str, Size>) -> String {
    let mut text = format!("{:10}{:>10}{:>12}\n", "bundle", "raw", "brotli");
    let mut all = Size::default();
    for kind in ["wasm", "js", "css", "lazy wasm", "other"] {
        let Some(size) = sizes.get(kind) else {
            continue;
        };
        all.raw += size.raw;
        all.brotli += size.brotli;
        text += &row(kind, *size);
    }
    text + &row("all", all)
}

fn row(name: &str, size: Size) -> String {
    format!(
        "{name:10}{:>10}{:>12}\n",
        kilobytes(size.raw),
        kilobytes(size.brotli)
    )
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_makes_text_smaller() {
        let text = "incident ".repeat(100);
        assert!(brotli(text.as_bytes()).unwrap().len() < 40);
    }

    #[test]
    fn the_table_names_what_is_there_and_all() {
        let size = |raw, brotli| Size { raw, brotli };
        let sizes = [
            ("wasm", size(404_250, 133_000)),
            ("lazy wasm", size(80_000, 28_000)),
            ("other", size(1_000, 500)),
        ];
        let text = table(&BTreeMap::from(sizes));
        let expected = "\
bundle           raw      brotli
wasm        404.2 kB    133.0 kB
lazy wasm    80.0 kB     28.0 kB
other         1.0 kB      0.5 kB
all         485.2 kB    161.5 kB
";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_first_download_is_told_from_what_comes_later() {
        assert_eq!(kind("dist/app-1/mdr-portal_bg.wasm"), "wasm");
        assert_eq!(kind("dist/app-1/split_reports.wasm"), "lazy wasm");
        assert_eq!(kind("dist/favicon.svg"), "other");
    }
}
