//! Marks within running text: **bold**, *emphasis*, `code`, links. One pass with a short stack of
//! open marks; a mark that is never closed turns back into the text it was.

use super::Inline;
use super::link::{address, host};

/// More open marks than this at once are text.
const DEPTH: usize = 8;
/// Code is fenced by at most this many backticks.
const FENCE: usize = 4;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Strong,
    Emphasis,
    Link,
}

impl Mark {
    fn text(self) -> &'static str {
        match self {
            Mark::Strong => "**",
            Mark::Emphasis => "*",
            Mark::Link => "[",
        }
    }
}

/// What is open: the innermost last. The first entry is the text itself.
struct Stack {
    bottom: Vec<Inline>,
    open: Vec<(Mark, Vec<Inline>)>,
}

impl Stack {
    fn top(&mut self) -> &mut Vec<Inline> {
        self.open
            .last_mut()
            .map_or(&mut self.bottom, |(_, inner)| inner)
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.top().last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.top().push(Inline::Text(text.to_owned())),
        }
    }

    fn push(&mut self, inline: Inline) {
        self.top().push(inline);
    }

    fn is_open(&self, mark: Mark) -> bool {
        self.open.iter().any(|(open, _)| *open == mark)
    }

    /// Takes what the innermost `mark` holds; marks opened within it and not closed become text.
    fn close(&mut self, mark: Mark) -> Vec<Inline> {
        while let Some((open, inner)) = self.open.pop() {
            if open == mark {
                return inner;
            }
            self.undo(open, inner);
        }
        Vec::new()
    }

    fn undo(&mut self, mark: Mark, inner: Vec<Inline>) {
        self.text(mark.text());
        for inline in inner {
            match inline {
                Inline::Text(text) => self.text(&text),
                other => self.push(other),
            }
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        while let Some((mark, inner)) = self.open.pop() {
            self.undo(mark, inner);
        }
        self.bottom
    }
}

pub(super) fn inlines(source: &str) -> Vec<Inline> {
    let mut stack = Stack {
        bottom: Vec::new(),
        open: Vec::new(),
    };
    // Whether a closing fence of this length was already looked for in vain.
    let mut unclosed = [false; FENCE + 1];
    let mut rest = source;
    let mut before = ' ';
    while let Some(at) = rest.find(['*', '`', '[', ']', '\\', '\n']) {
        let (plain, tail) = rest.split_at(at);
        stack.text(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let used = special(&mut stack, plain, tail, before, &mut unclosed);
        let (taken, left) = tail.split_at(used.min(tail.len()));
        before = taken.chars().next_back().unwrap_or(before);
        rest = left;
    }
    stack.text(rest);
    stack.finish()
}

/// Reads the special character `tail` starts with; returns how many bytes that took.
fn special(
    stack: &mut Stack,
    plain: &str,
    tail: &str,
    before: char,
    unclosed: &mut [bool; FENCE + 1],
) -> usize {
    let after = |width: usize| tail.get(width..).and_then(|rest| rest.chars().next());
    let first = tail.as_bytes().first().copied().unwrap_or(b' ');
    match first {
        b'\\' => match after(1) {
            // No other escapes: a backslash of a path must not vanish.
            Some(c @ ('*' | '`' | '[' | ']' | '|')) => {
                stack.text(c.encode_utf8(&mut [0; 4]));
                2
            }
            Some('\n') => {
                stack.push(Inline::Break);
                2
            }
            _ => {
                stack.text("\\");
                1
            }
        },
        b'\n' => {
            if plain.ends_with("  ") {
                stack.push(Inline::Break);
            } else {
                stack.text("\n");
            }
            1
        }
        b'`' => code(stack, tail, unclosed),
        b'*' => {
            let mark = if tail.starts_with("**") {
                Mark::Strong
            } else {
                Mark::Emphasis
            };
            let width = mark.text().len();
            let closes = stack.is_open(mark) && !before.is_whitespace();
            let opens = after(width).is_some_and(|c| !c.is_whitespace());
            if closes {
                let inner = stack.close(mark);
                stack.push(match mark {
                    Mark::Strong => Inline::Strong(inner),
                    _ => Inline::Emphasis(inner),
                });
            } else if opens && stack.open.len() < DEPTH && !stack.is_open(mark) {
                stack.open.push((mark, Vec::new()));
            } else {
                stack.text(mark.text());
            }
            width
        }
        b'[' => {
            if stack.open.len() < DEPTH {
                stack.open.push((Mark::Link, Vec::new()));
            } else {
                stack.text("[");
            }
            1
        }
        _ => link(stack, tail),
    }
}

fn code(stack: &mut Stack, tail: &str, unclosed: &mut [bool; FENCE + 1]) -> usize {
    let width = tail.bytes().take_while(|b| *b == b'`').count();
    let body = tail.get(width..).unwrap_or_default();
    let closing = match unclosed.get_mut(width) {
        Some(looked) if !*looked => {
            let found = run_of(body, width);
            *looked = found.is_none();
            found
        }
        _ => None,
    };
    match closing.and_then(|end| body.get(..end)) {
        Some(inner) => {
            // One space inside each fence is there to keep a backtick off it.
            let spaced = inner
                .strip_prefix(' ')
                .and_then(|inner| inner.strip_suffix(' '));
            let inner_text = spaced
                .filter(|inner| !inner.trim().is_empty())
                .unwrap_or(inner);
            stack.push(Inline::Code(inner_text.to_owned()));
            width + inner.len() + width
        }
        None => {
            stack.text(tail.get(..width).unwrap_or_default());
            width
        }
    }
}

/// Where a run of exactly `width` backticks starts.
fn run_of(text: &str, width: usize) -> Option<usize> {
    let mut run = 0;
    for (at, byte) in text.bytes().chain(std::iter::once(b' ')).enumerate() {
        if byte == b'`' {
            run += 1;
        } else if run == width {
            return Some(at - width);
        } else {
            run = 0;
        }
    }
    None
}

/// Reads `](address)`, or a bracket that is only a bracket.
fn link(stack: &mut Stack, tail: &str) -> usize {
    if !stack.is_open(Mark::Link) {
        stack.text("]");
        return 1;
    }
    let inner = stack.close(Mark::Link);
    let address = tail.strip_prefix("](").and_then(address);
    match address.and_then(|address| Some((address, host(address)?))) {
        Some((address, host)) if !inner.is_empty() && !holds_link(&inner) => {
            stack.push(Inline::Link {
                text: inner,
                href: address.to_owned(),
                host,
            });
            2 + address.len() + 1
        }
        _ => {
            stack.undo(Mark::Link, inner);
            stack.text("]");
            1
        }
    }
}

fn holds_link(inner: &[Inline]) -> bool {
    inner.iter().any(|inline| match inline {
        Inline::Link { .. } => true,
        Inline::Strong(inner) | Inline::Emphasis(inner) => holds_link(inner),
        _ => false,
    })
}
