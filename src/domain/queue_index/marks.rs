//! What the report knows of incidents beside their own members: words such as `category=Malware`, from
//! their alerts and tasks. They come later than the rows, and only for those somebody has asked for.

use super::{QueueIndex, Row};
use crate::domain::id::IncidentId;
use crate::domain::time::Timestamp;
use std::ops::Range;

impl QueueIndex {
    /// Says all that is known of an incident's alerts and tasks. Returns whether that is another than before;
    /// never for an incident that is not here.
    pub fn mark(&mut self, id: &IncidentId, words: &[String]) -> bool {
        let Some(row) = self.by_id.get(id).map(|row| *row as usize) else {
            return false;
        };
        if self.marks.len() <= row {
            self.marks.resize(row + 1, None);
        }
        let codes: Box<[u32]> = words.iter().map(|word| self.words.code(word)).collect();
        if self.marks[row].as_ref() == Some(&codes) {
            return false;
        }
        self.marks[row] = Some(codes);
        true
    }

    /// The incidents that a report counts: the experts' work that was created in a time.
    pub fn counted(&self, time: Range<Timestamp>) -> impl Iterator<Item = Row<'_>> {
        let rows = self.experts.iter().zip(&self.created).enumerate();
        let wanted = time.start.0..time.end.0;
        let counted = rows.filter(move |(_, (experts, at))| **experts && wanted.contains(at));
        counted.map(|(at, _)| Row { index: self, at })
    }

    /// All words by their codes, as name and value.
    pub fn words(&self) -> Vec<(&str, &str)> {
        let codes = 0..self.words.len() as u32;
        codes.map(|code| self.word(code)).collect()
    }

    /// A word, as name and value.
    pub fn word(&self, code: u32) -> (&str, &str) {
        self.words.get(code).split_once('=').unwrap_or_default()
    }

    /// The row of an incident.
    pub fn row_of(&self, id: &IncidentId) -> Option<Row<'_>> {
        self.row(*self.by_id.get(id)?)
    }
}

impl<'a> Row<'a> {
    /// When it was created.
    pub fn created(self) -> Timestamp {
        Timestamp(self.index.created[self.at])
    }

    /// Whether it is the experts' work.
    pub fn of_experts(self) -> bool {
        self.index.experts[self.at]
    }

    /// The codes of its words; `None` before they are known.
    pub fn marks(self) -> Option<&'a [u32]> {
        self.index.marks.get(self.at)?.as_deref()
    }
}
