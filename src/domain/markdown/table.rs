//! Tables: a head, a line of dashes, rows.

use super::Block;
use super::inline::inlines;

/// Columns of a table beyond this are shown in the last one.
const COLUMNS: usize = 24;

pub(super) fn table(lines: &[&str]) -> Option<(Option<Block>, usize)> {
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
