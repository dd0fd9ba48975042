//! Makes what wasm-bindgen wrote smaller, before Trunk takes it up: the names by which the program and its
//! JavaScript know one another become short (each carries a hash, in both files), the JavaScript becomes
//! one minified file, and what the program offers to nobody is no longer exported, so that wasm-opt drops it.

use crate::command::quiet;
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What boot.js, a host page and the parts use of the JavaScript.
const OFFERED: &str = "default, initSync, mount, unmount";

/// Rewrites `{name}_bg.wasm` and `{name}.js` in a folder, where everything that the latter imports lies, too.
pub(crate) fn trim(folder: &Path, name: &str, mut esbuild: Command, log: &Path) -> Result<()> {
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let script = folder.join(format!("{name}.js"));
    let (program, short) = shorten_imports(&fs::read(&wasm)?)?;
    fs::write(&script, rename(&fs::read_to_string(&script)?, &short))?;

    let entry = folder.join(format!("{name}.entry.js"));
    let text = format!("export {{ {OFFERED} }} from \"./{name}.js\";\n");
    fs::write(&entry, text)?;
    let bundle = folder.join(format!("{name}.min.js"));
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--minify",
        "--log-level=warning",
    ]);
    esbuild
        .arg(format!("--outfile={}", bundle.display()))
        .arg(&entry);
    quiet(&mut esbuild, log)?;
    fs::remove_file(entry)?;
    fs::rename(bundle, &script)?;

    let text = fs::read_to_string(&script)?;
    let used: Vec<&str> = names(&text).collect();
    let program = keep_exports(&program, |name| used.contains(&name))?;
    Ok(fs::write(wasm, program)?)
}

/// Gives each function that wasm-bindgen imports a short name, and says which.
fn shorten_imports(program: &[u8]) -> Result<(Vec<u8>, HashMap<String, String>)> {
    let mut short = HashMap::new();
    let program = sections(program, |id, body| {
        if id != IMPORTS {
            return Ok(body.to_vec());
        }
        let mut reader = Reader(body);
        let count = reader.number()?;
        let mut out = Vec::new();
        number(&mut out, count);
        for _ in 0..count {
            let (module, name) = (reader.name()?, reader.name()?);
            let kind = reader.import()?;
            let next = format!("_{:x}", short.len());
            let name = match name.starts_with("__wb") {
                true => short.entry(name.to_owned()).or_insert(next).as_str(),
                false => name,
            };
            text(&mut out, module);
            text(&mut out, name);
            out.extend(kind);
        }
        Ok(out)
    })?;
    Ok((program, short))
}

/// Leaves out the functions that are exported under a name that is not to be kept.
fn keep_exports(program: &[u8], keep: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    sections(program, |id, body| {
        if id != EXPORTS {
            return Ok(body.to_vec());
        }
        let mut reader = Reader(body);
        let mut kept = Vec::new();
        let mut count = 0;
        for _ in 0..reader.number()? {
            let (name, kind, index) = (reader.name()?, reader.byte()?, reader.number()?);
            if kind != FUNCTION || keep(name) {
                text(&mut kept, name);
                kept.push(kind);
                number(&mut kept, index);
                count += 1;
            }
        }
        let mut out = Vec::new();
        number(&mut out, count);
        out.extend(kept);
        Ok(out)
    })
}

/// The same text with other identifiers.
fn rename(script: &str, names: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(start) = rest.find(is_in_name) {
        let (before, name) = rest.split_at(start);
        let end = name.find(|c| !is_in_name(c)).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        out.push_str(before);
        out.push_str(names.get(name).map_or(name, String::as_str));
        rest = after;
    }
    out + rest
}

fn names(script: &str) -> impl Iterator<Item = &str> {
    script
        .split(|c| !is_in_name(c))
        .filter(|name| !name.is_empty())
}

fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const FUNCTION: u8 = 0;

/// The program with each section's body made anew.
fn sections(program: &[u8], make: impl FnMut(u8, &[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let mut make = make;
    let Some((head, rest)) = program.split_at_checked(8) else {
        bail!("this is no wasm program");
    };
    let mut out = head.to_vec();
    let mut reader = Reader(rest);
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let length = reader.number()?;
        let body = make(id, reader.bytes(length)?)?;
        out.push(id);
        number(&mut out, body.len());
        out.extend(body);
    }
    Ok(out)
}

fn number(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len());
    out.extend(text.as_bytes());
}

/// What is left to read of a section, or of a program, in the encoding of the WebAssembly specification, chapter 5.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self
            .0
            .split_at_checked(count)
            .context("the wasm program is cut off")?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(crate) fn byte(&mut self) -> Result<u8> {
        Ok(self.bytes(1)?[0])
    }

    pub(crate) fn number(&mut self) -> Result<usize> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        bail!("a number in the wasm program has no end")
    }

    pub(crate) fn name(&mut self) -> Result<&'a str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.bytes(length)?)?)
    }

    /// What is imported: its kind, and its type.
    pub(crate) fn import(&mut self) -> Result<&'a [u8]> {
        let start = self.0;
        match self.byte()? {
            FUNCTION => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 => drop(self.bytes(2)?),
            kind => bail!("the wasm program imports something of an unknown kind, {kind}"),
        }
        Ok(&start[..start.len() - self.0.len()])
    }

    fn limits(&mut self) -> Result<()> {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: [u8; 8] = *b"\0asm\x01\0\0\0";

    fn program(id: u8, body: &[u8]) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        out.push(id);
        number(&mut out, body.len());
        out.extend(body);
        // Another section, which nobody may touch.
        out.extend([0, 2, 1, b'x']);
        out
    }

    #[test]
    fn imports_get_short_names_and_all_else_stays() {
        let body = b"\x03\x01m\x0a__wbg_f_ab\x00\x05\x01m\x01g\x00\x06\x01n\x03mem\x02\x01\x01\x02";
        let (out, names) = shorten_imports(&program(IMPORTS, body)).unwrap();
        let expected = b"\x03\x01m\x02_0\x00\x05\x01m\x01g\x00\x06\x01n\x03mem\x02\x01\x01\x02";
        assert_eq!(out, program(IMPORTS, expected));
        assert_eq!(names, HashMap::from([("__wbg_f_ab".into(), "_0".into())]));
    }

    #[test]
    fn whole_names_are_renamed_in_the_script() {
        let names = HashMap::from([("__wbg_f".to_owned(), "_0".to_owned())]);
        let script = "{ __wbg_f: () => wasm.__wbg_f_free(\"__wbg_f\") }";
        assert_eq!(
            rename(script, &names),
            "{ _0: () => wasm.__wbg_f_free(\"_0\") }"
        );
    }

    #[test]
    fn functions_that_nobody_names_are_not_exported() {
        let body = b"\x03\x01a\x00\x01\x01b\x00\x02\x01t\x01\x00";
        let out = keep_exports(&program(EXPORTS, body), |name| name == "b").unwrap();
        assert_eq!(out, program(EXPORTS, b"\x02\x01b\x00\x02\x01t\x01\x00"));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        assert!(shorten_imports(b"\0asm").is_err());
        assert!(shorten_imports(&program(IMPORTS, b"\x01\x05m")).is_err());
    }
}
