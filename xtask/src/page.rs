//! What the page asks for beside the program, made smaller once Trunk is done: one stylesheet in place of
//! one for each file, and boot.js without its comments.

use crate::command::{program, quiet};
use crate::paths::target;
use crate::tools::ESBUILD;
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

pub(crate) fn tidy(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page)?;
    let (sheets, text) = one_stylesheet(&text).context("index.html asks for no stylesheet")?;
    let mut all = String::new();
    for sheet in &sheets.files {
        let file = dist.join(sheet);
        all.push_str(&fs::read_to_string(&file)?);
        fs::remove_file(file)?;
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), all)?;
    fs::write(page, text.replace(PLACE, &format!("{}{name}", sheets.base)))?;

    let boot = dist.join("boot.js");
    let mut esbuild = program(ESBUILD.installed()?.join("esbuild"));
    esbuild.args(["--minify", "--allow-overwrite"]);
    esbuild
        .arg(&boot)
        .arg(format!("--outfile={}", boot.display()));
    quiet(&mut esbuild, &target().join("esbuild.log"))
}

/// The stylesheets of a page, in its order.
#[derive(Debug, PartialEq)]
struct Sheets {
    /// What stands before their names in the page.
    base: String,
    files: Vec<String>,
}

/// Stands for the address of the one stylesheet.
const PLACE: &str = "{style}";

/// The page with one link where it had several; `None` where it has none. The browser checks no
/// `integrity` of it: it comes from where the page itself comes from.
fn one_stylesheet(page: &str) -> Option<(Sheets, String)> {
    let mut sheets = Sheets {
        base: String::new(),
        files: Vec::new(),
    };
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find("<link ") {
        let end = start + rest[start..].find('>')? + 1;
        let (before, tag) = (&rest[..start], &rest[start..end]);
        out.push_str(before);
        let address = tag
            .split([' ', '>'])
            .find_map(|part| part.strip_prefix("href="));
        match address.map(|address| address.trim_matches('"')) {
            Some(address) if tag.contains("stylesheet") => {
                let (base, file) = address.split_at(address.rfind('/').map_or(0, |at| at + 1));
                if sheets.files.is_empty() {
                    base.clone_into(&mut sheets.base);
                    out.push_str(&format!("<link href={PLACE} rel=stylesheet>"));
                }
                sheets.files.push(file.to_owned());
            }
            _ => out.push_str(tag),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (!sheets.files.is_empty()).then_some((sheets, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_one_link_to_its_styles_where_the_first_stood() {
        let page = "<link href=a.svg rel=icon><link href=/p/a-1.css integrity=x rel=stylesheet><link href=\"/p/b.css\" rel=stylesheet><i>";
        let (sheets, text) = one_stylesheet(page).unwrap();
        assert_eq!(sheets.files, ["a-1.css", "b.css"]);
        assert_eq!(sheets.base, "/p/");
        let expected = "<link href=a.svg rel=icon><link href={style} rel=stylesheet><i>";
        assert_eq!(text, expected);
        assert_eq!(one_stylesheet("<link href=a.svg rel=icon>"), None);
    }
}
