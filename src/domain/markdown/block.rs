//! Which block a line starts, and how many lines it takes.

use super::Block;
use super::inline::inlines;
use super::list::{list, marker};
use super::table::table;

/// Quotes within quotes deeper than this are shown as text.
const QUOTE_DEPTH: u8 = 4;
pub(super) fn blocks(lines: &[&str], depth: u8) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (block, used) = block(&lines[at..], depth);
        out.extend(block);
        at += used.max(1);
    }
    out
}

/// The block the first line starts, and how many lines it takes.
fn block(lines: &[&str], depth: u8) -> (Option<Block>, usize) {
    let line = lines[0];
    if line.trim().is_empty() {
        return (None, 1);
    }
    if let Some(fence) = fence(line) {
        let closes = |line: &&str| line.trim() == fence;
        let end = lines[1..].iter().position(closes).map(|at| at + 1);
        let code = lines[1..end.unwrap_or(lines.len())].join("\n");
        return (
            Some(Block::Code(code)),
            end.map_or(lines.len(), |end| end + 1),
        );
    }
    if let Some((level, text)) = heading(line) {
        return (Some(Block::Heading(level, inlines(text))), 1);
    }
    if is_rule(line) {
        return (Some(Block::Rule), 1);
    }
    if depth < QUOTE_DEPTH && quoted(line).is_some() {
        let inner: Vec<&str> = lines.iter().map_while(|line| quoted(line)).collect();
        return (Some(Block::Quote(blocks(&inner, depth + 1))), inner.len());
    }
    if let Some(table) = table(lines) {
        return table;
    }
    if marker(line).is_some() {
        return list(lines);
    }
    let more = lines[1..]
        .iter()
        .take_while(|line| !interrupts(line, depth))
        .count();
    let text = lines[..=more]
        .iter()
        .map(|line| line.trim_start())
        .collect::<Vec<_>>()
        .join("\n");
    (Some(Block::Paragraph(inlines(text.trim_end()))), more + 1)
}

/// Whether a line ends the paragraph before it.
pub(super) fn interrupts(line: &str, depth: u8) -> bool {
    line.trim().is_empty()
        || fence(line).is_some()
        || heading(line).is_some()
        || is_rule(line)
        || (depth < QUOTE_DEPTH && quoted(line).is_some())
        || marker(line).is_some()
}

fn fence(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    // Backticks further on make it code within a line.
    let plain = |mark: &str| {
        line.strip_prefix(mark)
            .is_some_and(|rest| !rest.contains('`'))
    };
    if plain("```") {
        Some("```")
    } else if plain("~~~") {
        Some("~~~")
    } else {
        None
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.trim();
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let spaced = text.starts_with(' ');
    let text = text.trim_end_matches('#').trim();
    ((1..=6).contains(&level) && spaced && !text.is_empty()).then_some((level.min(4) as u8, text))
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first @ ('-' | '*' | '_')) = marks.next() else {
        return false;
    };
    let mut count = 1;
    marks.all(|c| {
        count += 1;
        c == first
    }) && count >= 3
}

fn quoted(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('>')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}
