//! Fewer files: the splitter writes what several parts share into a file for every combination of parts,
//! which with ten parts are a hundred. Here they become one for each part: what a part shares with those
//! that come after it.
//!
//! A part that is fetched early gets nothing but what it needs: all that is in the shared file named after
//! it, it needs itself. Later parts fetch a little more than they would have to, from files that are
//! usually here already.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{read, show};

/// The order in which parts are fetched; the others follow by name.
const EARLY: [&str; 4] = ["oidc", "corner", "queue", "home"];
/// Where the merged files import from.
const LINK: &str = "link";

/// One file that the splitter wrote: its number, and the parts that need it.
struct Chunk {
    number: String,
    parts: BTreeSet<String>,
}

impl Chunk {
    /// The part whose shared file it goes into.
    fn group(&self) -> &str {
        let early = EARLY.into_iter().find(|part| self.parts.contains(*part));
        early.unwrap_or_else(|| self.parts.first().map_or("", String::as_str))
    }
}

/// Merges the files beside `link`'s loader, and gives the loader for those that remain. `tool` starts a
/// program of Binaryen by its name.
pub(super) fn merge(link: &str, parts: &Path, tool: &dyn Fn(&str) -> Command) -> Result<String> {
    let (loader, chunks) = regroup(link)?;
    let mut groups = BTreeMap::<&str, Vec<String>>::new();
    for chunk in &chunks {
        let file = format!("chunk_{}.wasm", chunk.number);
        groups.entry(chunk.group()).or_default().push(file);
    }
    let hub = parts.join("hub.wasm");
    write_hub(&chunks, parts, &hub, tool)?;
    for (group, files) in groups {
        let mut merge = tool("wasm-merge");
        merge.args(FEATURES).arg(&hub).arg("__wasm_split");
        for file in &files {
            merge.arg(parts.join(file)).arg(file);
        }
        merge.arg("--output");
        show(merge.arg(parts.join(format!("shared_{group}.wasm"))))?;
        for file in files {
            fs::remove_file(parts.join(file))?;
        }
    }
    Ok(fs::remove_file(hub).map(|()| loader)?)
}

const FEATURES: [&str; 6] = [
    "--enable-mutable-globals",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// A module through which all files import the same memory, table and stack: merged as they are, each would
/// bring its own imports along.
fn write_hub(
    chunks: &[Chunk],
    parts: &Path,
    hub: &Path,
    tool: &dyn Fn(&str) -> Command,
) -> Result<()> {
    let mut imports = BTreeMap::new();
    for chunk in chunks {
        let file = parts.join(format!("chunk_{}.wasm", chunk.number));
        let text = read(tool("wasm-dis").args(FEATURES).arg(file))?;
        imports.extend(text.lines().filter_map(import));
    }
    let text = parts.join("hub.wat");
    fs::write(&text, hub_text(&imports))?;
    show(
        tool("wasm-as")
            .args(FEATURES)
            .arg(&text)
            .arg("--output")
            .arg(hub),
    )?;
    Ok(fs::remove_file(text)?)
}

/// An imported thing's name, its kind and its type, from a line of WebAssembly's text format.
fn import(line: &str) -> Option<(String, (String, String))> {
    let rest = line.trim().strip_prefix("(import \"__wasm_split\" \"")?;
    let (name, rest) = rest.split_once("\" (")?;
    let (kind, rest) = rest.split_once(' ')?;
    // After `$name`; the line ends the thing and the import.
    let (_, shape) = rest.split_once(' ')?;
    let shape = shape.trim_end().strip_suffix("))")?;
    Some((name.to_owned(), (kind.to_owned(), shape.to_owned())))
}

fn hub_text(imports: &BTreeMap<String, (String, String)>) -> String {
    let mut text = String::from("(module\n");
    for (name, (kind, shape)) in imports {
        text += &format!("(import \"{LINK}\" \"{name}\" ({kind} ${name} {shape}))\n");
    }
    for (name, (kind, _)) in imports {
        text += &format!("(export \"{name}\" ({kind} ${name}))\n");
    }
    text + ")\n"
}

/// The loader for the merged files, and the files that it was written for. They stand in it as
/// `/* part, part */` and `const __chunk_7 = makeLoad(…, []);`.
fn regroup(link: &str) -> Result<(String, Vec<Chunk>)> {
    let mut chunks = Vec::new();
    let mut loader = String::new();
    let mut template = None;
    let mut rest = link;
    while let Some((before, after)) = rest.split_once("/* ") {
        loader += before;
        let (parts, after) = after.split_once(" */\nconst __chunk_").context(ODD)?;
        let (number, after) = after.split_once(' ').context(ODD)?;
        let (body, after) = after.split_once(", []);\n").context(ODD)?;
        template.get_or_insert(body.replace(&format!("chunk_{number}."), "shared_GROUP."));
        chunks.push(Chunk {
            number: number.to_owned(),
            parts: parts.split(", ").map(str::to_owned).collect(),
        });
        rest = after;
    }
    let groups: BTreeSet<&str> = chunks.iter().map(Chunk::group).collect();
    for group in groups {
        let body = template
            .as_deref()
            .unwrap_or_default()
            .replace("GROUP", group);
        loader += &format!("const __shared_{group} {body}, []);\n");
    }
    loader += &with_groups(rest, &chunks);
    // The merged files import from the hub, which imports from the program.
    let own = "Object.assign(sharedImports.__wasm_split, {";
    if !loader.contains(own) || loader.contains("__chunk_") {
        bail!(ODD);
    }
    let loader = loader.replace(
        own,
        &format!("Object.assign(sharedImports.{LINK} = sharedImports.__wasm_split, {{"),
    );
    Ok((loader, chunks))
}

const ODD: &str = "the splitter's loader is not what it was: see xtask/src/split/chunks.rs";

/// The end of the loader, with a part's files replaced by their groups, each named once.
fn with_groups(text: &str, chunks: &[Chunk]) -> String {
    let group = |dependency: &str| {
        let number = dependency.strip_prefix("__chunk_")?;
        let chunk = chunks.iter().find(|chunk| chunk.number == number)?;
        Some(format!("__shared_{}", chunk.group()))
    };
    // A file that nobody has heard of stays, and is refused afterwards.
    let group = |dependency: &str| group(dependency).unwrap_or_else(|| dependency.to_owned());
    let line = |line: &str| match line
        .strip_prefix(", [")
        .and_then(|list| list.split_once(']'))
    {
        Some((list, end)) => {
            let groups: BTreeSet<String> = list
                .split(", ")
                .filter(|one| !one.is_empty())
                .map(group)
                .collect();
            let groups: Vec<String> = groups.into_iter().collect();
            format!(", [{}]{end}\n", groups.join(", "))
        }
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "\
Object.assign(sharedImports.__wasm_split, { memory,  });
/* corner, oidc, queue */
const __chunk_11 = makeLoad(() => {
    fetch(\"./chunk_11.wasm\");
}
, []);
/* corner, queue */
const __chunk_12 = makeLoad(() => {
    fetch(\"./chunk_12.wasm\");
}
, []);
/* corner, device, queue */
const __chunk_13 = makeLoad(() => {
    fetch(\"./chunk_13.wasm\");
}
, []);
export const __wasm_split_load_device = wrapAsyncCb(makeLoad(() => {
}
, [__chunk_13]));
export const __wasm_split_load_queue = wrapAsyncCb(makeLoad(() => {
}
, [__chunk_11, __chunk_12, __chunk_13]));
";

    #[test]
    fn what_is_shared_goes_with_the_part_that_comes_first() {
        let (loader, chunks) = regroup(LOADER).unwrap();
        assert_eq!(chunks.len(), 3);
        assert_eq!(
            loader,
            "\
Object.assign(sharedImports.link = sharedImports.__wasm_split, { memory,  });
const __shared_corner = makeLoad(() => {
    fetch(\"./shared_corner.wasm\");
}
, []);
const __shared_oidc = makeLoad(() => {
    fetch(\"./shared_oidc.wasm\");
}
, []);
export const __wasm_split_load_device = wrapAsyncCb(makeLoad(() => {
}
, [__shared_corner]));
export const __wasm_split_load_queue = wrapAsyncCb(makeLoad(() => {
}
, [__shared_corner, __shared_oidc]));
"
        );
    }

    #[test]
    fn another_loader_is_refused() {
        assert!(regroup("const loaders = {};").is_err());
        let unknown = LOADER.replace("[__chunk_13]", "[__chunk_99]");
        assert!(regroup(&unknown).is_err());
    }

    #[test]
    fn the_hub_passes_on_what_is_imported() {
        let line = " (import \"__wasm_split\" \"memory\" (memory $mimport$0 19))";
        let global = " (import \"__wasm_split\" \"sp\" (global $gimport$0 (mut i32)))";
        let imports = [line, global].into_iter().filter_map(import).collect();
        assert_eq!(
            hub_text(&imports),
            "(module\n(import \"link\" \"memory\" (memory $memory 19))\n(import \"link\" \"sp\" (global $sp (mut i32)))\n\
             (export \"memory\" (memory $memory))\n(export \"sp\" (global $sp))\n)\n"
        );
    }
}
