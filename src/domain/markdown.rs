//! The Markdown subset experts write in: headings, paragraphs, lists with one nesting, quotes,
//! tables, fenced code and the marks of `inline`. Everything else stays visible text. Linear in
//! the input's length and free of panics, because what it reads may be written by an attacker.
//! Nothing becomes a link that was not written as one.

mod block;
mod inline;
mod link;
mod list;
mod table;

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

/// Reads a text.
pub fn parse(source: &str) -> Vec<Block> {
    let lines: Vec<&str> = source.lines().collect();
    block::blocks(&lines, 0)
}

#[cfg(test)]
mod tests;
