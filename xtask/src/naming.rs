//! Puts the wasm files and their JavaScript into a folder named after what is in them.
//!
//! Trunk names them after the wasm file as it was before wasm-bindgen and wasm-opt, so that other content
//! may come under an old name, and a browser that keeps files for ever would mix the two (trunk#1028).
//! In a folder of their own the files get back the names by which they know one another: no file's content
//! changes but that of index.html, and every `integrity` in it stays true.

use crate::sizes::files;
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

pub(crate) fn move_to_own_folder(dist: &Path) -> Result<()> {
    let all = files(dist)?;
    let wasm = all
        .iter()
        .filter_map(|file| file.file_name()?.to_str()?.strip_suffix("_bg.wasm"));
    let trunks = wasm.into_iter().find(|stem| name_and_hash(stem).is_some());
    let trunks = trunks.context("Trunk left no …-<hash>_bg.wasm in dist/")?;
    let (name, _) = name_and_hash(trunks).context("the name was found by its hash")?;

    let mut moves: Vec<(&PathBuf, String)> = Vec::new();
    let mut hasher = DefaultHasher::new();
    for file in &all {
        let path = file
            .strip_prefix(dist)?
            .to_string_lossy()
            .replace('\\', "/");
        let ours =
            path.starts_with(trunks) || path.starts_with("snippets/") || path.ends_with(".wasm");
        if ours {
            (&path, fs::read(file)?).hash(&mut hasher);
            moves.push((file, path.replace(trunks, name)));
        }
    }
    let folder = format!("app-{:016x}", hasher.finish());
    for (from, to) in moves {
        let to = dist.join(&folder).join(to);
        fs::create_dir_all(to.parent().unwrap_or(dist))?;
        fs::rename(from, to)?;
    }

    let page = dist.join("index.html");
    let text = fs::read_to_string(&page)?;
    let text = text
        .replace(trunks, &format!("{folder}/{name}"))
        .replace("snippets/", &format!("{folder}/snippets/"));
    Ok(fs::write(page, text)?)
}

/// The parts of a name such as `mdr-portal-d2a9b8c1f0e37465`; Trunk leaves out a hash's leading zeros.
fn name_and_hash(stem: &str) -> Option<(&str, &str)> {
    let (name, hash) = stem.rsplit_once('-')?;
    let is_hash = hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some((name, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "d2a9b8c1f0e37465";

    #[test]
    fn a_hash_is_hexadecimal_digits_at_the_end() {
        assert_eq!(
            name_and_hash(&format!("mdr-portal-{OLD}")),
            Some(("mdr-portal", OLD))
        );
        assert_eq!(
            name_and_hash(&format!("app-{}", &OLD[1..])),
            Some(("app", &OLD[1..]))
        );
        assert_eq!(name_and_hash("mdr-portal"), None);
    }

    /// Lays out what Trunk leaves, moves it, and returns index.html.
    fn moved(dist: &Path, wasm: &str) -> String {
        fs::remove_dir_all(dist).ok();
        fs::create_dir_all(dist.join("snippets/dom-1")).unwrap();
        let page = format!(
            "<link href=/snippets/dom-1/a.js><script data-js=/app-{OLD}.js data-wasm=/app-{OLD}_bg.wasm>"
        );
        for (name, content) in [
            (format!("app-{OLD}_bg.wasm"), wasm),
            (format!("app-{OLD}.js"), "import './snippets/dom-1/a.js'"),
            ("split_reports.wasm".into(), "chunk"),
            ("snippets/dom-1/a.js".into(), "snippet"),
            ("boot.js".into(), "boot"),
            ("index.html".into(), &page),
        ] {
            fs::write(dist.join(name), content).unwrap();
        }
        move_to_own_folder(dist).unwrap();
        fs::read_to_string(dist.join("index.html")).unwrap()
    }

    #[test]
    fn the_folder_is_named_after_its_content() {
        let dist = std::env::temp_dir().join(format!("xtask-naming-{}", std::process::id()));
        let first = moved(&dist, "one");
        let folder = first.split('/').nth(1).unwrap();
        let expected = format!(
            "<link href=/{folder}/snippets/dom-1/a.js><script data-js=/{folder}/app.js data-wasm=/{folder}/app_bg.wasm>"
        );
        assert_eq!(first, expected);
        let left: Vec<_> = files(&dist)
            .unwrap()
            .iter()
            .map(|file| file.strip_prefix(&dist).unwrap().to_owned())
            .collect();
        let inside = [
            "app.js",
            "app_bg.wasm",
            "snippets/dom-1/a.js",
            "split_reports.wasm",
        ];
        let inside = inside.map(|name| PathBuf::from(folder).join(name));
        assert_eq!(
            left,
            [&inside[..], &["boot.js".into(), "index.html".into()]].concat()
        );

        assert_ne!(
            moved(&dist, "two"),
            first,
            "other content comes under another name"
        );
        assert_eq!(
            moved(&dist, "one"),
            first,
            "the same content comes under the same name"
        );
        fs::remove_dir_all(&dist).unwrap();
    }
}
