//! What the charts weigh: the functions of plotters and of src/charts by their names in the linked program,
//! compressed by themselves.
//!
//! It is an estimate, and says so. wasm-opt makes these functions smaller afterwards, and beside the rest of the
//! program they compress better; on the other hand a generic function of a library that only charts use bears no
//! name of theirs and is not among them.

use crate::paths::target;
use crate::sizes::brotli;
use crate::trim::Reader;
use anyhow::{Context, Result};
use std::fs;

pub(super) const LABEL: &str = "charts, by name, brotli 11 (at most 40 kB)";

/// The bytes; `None` where the program has not been linked here.
pub(super) fn weigh() -> Result<Option<usize>> {
    let linked = target().join("wasm32-unknown-unknown/bundle/mdr-portal.wasm");
    if !linked.is_file() {
        return Ok(None);
    }
    let code = functions(&fs::read(linked)?, is_of_charts)?;
    Ok(Some(brotli(&code)?.len()))
}

fn is_of_charts(name: &str) -> bool {
    name.contains("plotters") || name.contains("mdr_portal") && name.contains("6charts")
}

const IMPORTS: u8 = 2;
const CODE: u8 = 10;
const CUSTOM: u8 = 0;
/// The part of the section "name" that names functions.
const OF_FUNCTIONS: u8 = 1;

/// The code of the functions whose name is wanted, one after another.
fn functions(program: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<u8>> {
    let mut program = Reader(program.get(8..).context("the wasm program is cut off")?);
    let (mut imported, mut bodies, mut chosen) = (0, Vec::new(), Vec::new());
    while !program.0.is_empty() {
        let (id, length) = (program.byte()?, program.number()?);
        let mut section = Reader(program.bytes(length)?);
        match id {
            IMPORTS => {
                for _ in 0..section.number()? {
                    section.name()?;
                    section.name()?;
                    imported += usize::from(section.import()?.first() == Some(&0));
                }
            }
            CODE => {
                for _ in 0..section.number()? {
                    let length = section.number()?;
                    bodies.push(section.bytes(length)?);
                }
            }
            CUSTOM if section.name()? == "name" => {
                while !section.0.is_empty() {
                    let (part, length) = (section.byte()?, section.number()?);
                    let mut names = Reader(section.bytes(length)?);
                    for _ in 0..if part == OF_FUNCTIONS {
                        names.number()?
                    } else {
                        0
                    } {
                        let (function, name) = (names.number()?, names.name()?);
                        chosen.extend(wanted(name).then_some(function));
                    }
                }
            }
            _ => {}
        }
    }
    let own = chosen.into_iter().filter_map(|at| at.checked_sub(imported));
    let code = own.filter_map(|at| bodies.get(at).copied());
    Ok(code.collect::<Vec<_>>().concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_their_names() {
        let mut program = b"\0asm\x01\0\0\0".to_vec();
        // One function is imported, two are here: "aa" and "bb", and the name of the second is wanted.
        program.extend(b"\x02\x07\x01\x01m\x01g\x00\x00");
        program.extend(b"\x0a\x07\x02\x02aa\x02bb");
        program.extend(b"\x00\x13\x04name\x01\x0c\x03\x00\x01x\x01\x01y\x02\x03ccc");
        assert_eq!(functions(&program, |name| name == "ccc").unwrap(), b"bb");
        assert_eq!(functions(&program, |name| name == "x").unwrap(), b"");
        assert!(functions(b"\0asm", |_| true).is_err());
    }

    #[test]
    fn a_chart_of_the_portal_is_one_and_a_chart_of_somebody_else_is_not() {
        assert!(is_of_charts("_ZN10mdr_portal6charts4plot4Plot17hf0E"));
        assert!(is_of_charts("_ZN8plotters7drawing4area4draw17h1E"));
        assert!(!is_of_charts("_ZN10mdr_portal5pages7reports17h1E"));
    }
}
