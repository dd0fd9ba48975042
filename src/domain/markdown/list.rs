//! Lists with bullets or numbers, one nested in another.

use super::block::interrupts;
use super::inline::inlines;
use super::{Block, Item};

/// A line that starts an entry of a list.
pub(super) struct Marker<'a> {
    nested: bool,
    /// The number, for numbered lists.
    number: Option<u32>,
    text: &'a str,
}

pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let start = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - start.len();
    let nested = indent >= 2 || line.starts_with('\t');
    let bullet = ["- ", "* ", "+ ", "• "]
        .iter()
        .find_map(|mark| start.strip_prefix(mark));
    if let Some(text) = bullet {
        return Some(Marker {
            nested,
            number: None,
            text,
        });
    }
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let number = start
        .get(..digits)
        .filter(|d| (1..=6).contains(&d.len()))?
        .parse()
        .ok()?;
    let rest = start.get(digits..)?;
    let text = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    Some(Marker {
        nested,
        number: Some(number),
        text,
    })
}

/// Entries while they are gathered: their lines, and those of the list under them.
#[derive(Default)]
struct Gathered<'a> {
    lines: Vec<&'a str>,
    nested: Option<(Option<u32>, Vec<Vec<&'a str>>)>,
}

pub(super) fn list<'a>(lines: &[&'a str]) -> (Option<Block>, usize) {
    let first = marker(lines[0]).and_then(|marker| marker.number);
    let mut items: Vec<Gathered<'a>> = Vec::new();
    let mut used = 0;
    while used < lines.len() {
        let line = lines[used];
        if line.trim().is_empty() {
            // A blank line between entries of the same list is spacing.
            let goes_on = lines
                .get(used + 1)
                .and_then(|line| marker(line))
                .is_some_and(|next| next.nested || next.number.is_some() == first.is_some());
            if !goes_on {
                break;
            }
            used += 1;
            continue;
        }
        match (marker(line), items.last_mut()) {
            (Some(entry), Some(item)) if entry.nested => {
                let nested = item
                    .nested
                    .get_or_insert_with(|| (entry.number, Vec::new()));
                nested.1.push(vec![entry.text]);
            }
            (Some(entry), _) => {
                if entry.number.is_some() != first.is_some() {
                    break;
                }
                items.push(Gathered {
                    lines: vec![entry.text],
                    nested: None,
                });
            }
            (None, Some(item)) => {
                if interrupts(line, 0) {
                    break;
                }
                let nested = item.nested.as_mut().and_then(|(_, items)| items.last_mut());
                nested.unwrap_or(&mut item.lines).push(line.trim());
            }
            (None, None) => break,
        }
        used += 1;
    }
    let items = items.into_iter().map(|item| Item {
        text: inlines(&item.lines.join("\n")),
        nested: item.nested.map(|(number, entries)| {
            let plain = |lines: Vec<&str>| Item {
                text: inlines(&lines.join("\n")),
                nested: None,
            };
            Box::new(as_list(number, entries.into_iter().map(plain).collect()))
        }),
    });
    (Some(as_list(first, items.collect())), used)
}

fn as_list(number: Option<u32>, items: Vec<Item>) -> Block {
    match number {
        Some(start) => Block::Numbers(start, items),
        None => Block::Bullets(items),
    }
}
