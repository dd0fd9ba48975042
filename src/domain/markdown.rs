//! The Markdown subset experts write in: headings, paragraphs, lists with one nesting, quotes,
//! tables, fenced code and the marks of `inline`. Everything else stays visible text. Linear in
//! the input's length and free of panics, because what it reads may be written by an attacker.
//! Nothing becomes a link that was not written as one.

mod inline;

use inline::inlines;

/// A part of a text that stands on lines of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Level 1 to 4.
    Heading(u8, Vec<Inline>),
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list with bullets.
    Bullets(Vec<Item>),
    /// A list with numbers, from the first one on.
    Numbers(u32, Vec<Item>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Code, verbatim.
    Code(String),
    /// A line across.
    Rule,
    /// A table. Every row has as many cells as the head.
    Table {
        /// The headings.
        head: Vec<Vec<Inline>>,
        /// The rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its words.
    pub text: Vec<Inline>,
    /// A list under it.
    pub nested: Option<Box<Block>>,
}

/// A part of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words. A line end in them was one in the source.
    Text(String),
    /// A line end the writer asked for.
    Break,
    /// Code, verbatim.
    Code(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// Italic.
    Emphasis(Vec<Inline>),
    /// A link to an http, https or mailto address.
    Link {
        /// Its words.
        text: Vec<Inline>,
        /// Where to.
        href: String,
        /// The host it really leads to; none for mail.
        host: Option<String>,
    },
}

/// Quotes within quotes deeper than this are shown as text.
const QUOTE_DEPTH: u8 = 4;
/// Columns of a table beyond this are shown in the last one.
const COLUMNS: usize = 24;

/// Reads a text.
pub fn parse(source: &str) -> Vec<Block> {
    let lines: Vec<&str> = source.lines().collect();
    blocks(&lines, 0)
}

fn blocks(lines: &[&str], depth: u8) -> Vec<Block> {
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
fn interrupts(line: &str, depth: u8) -> bool {
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

/// A line that starts an entry of a list.
struct Marker<'a> {
    nested: bool,
    /// The number, for numbered lists.
    number: Option<u32>,
    text: &'a str,
}

fn marker(line: &str) -> Option<Marker<'_>> {
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

fn list<'a>(lines: &[&'a str]) -> (Option<Block>, usize) {
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

fn table(lines: &[&str]) -> Option<(Option<Block>, usize)> {
    let (head, rule) = (lines[0], lines.get(1)?);
    let is_rule = rule.contains('-') && rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if !head.contains('|') || !is_rule {
        return None;
    }
    let head = cells(head, COLUMNS);
    let columns = head.len();
    if cells(rule, usize::MAX).len().min(COLUMNS) != columns {
        return None;
    }
    let rows: Vec<_> = lines[2..]
        .iter()
        .take_while(|line| line.contains('|') && !line.trim().is_empty())
        .map(|line| {
            let mut row = cells(line, columns);
            row.resize(columns, "");
            row.into_iter().map(inlines).collect()
        })
        .collect();
    let used = rows.len() + 2;
    let head = head.into_iter().map(inlines).collect();
    Some((Some(Block::Table { head, rows }), used))
}

/// A row's cells, at most `most`: what is beyond stays in the last one.
fn cells(line: &str, most: usize) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut out = Vec::new();
    let (mut start, mut escaped, mut in_code) = (0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            '|' if !escaped && !in_code && out.len() + 1 < most => {
                out.push(line.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            '`' => in_code = !in_code,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    out.push(line.get(start..).unwrap_or_default().trim());
    out
}

#[cfg(test)]
mod tests;
