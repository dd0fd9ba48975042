//! What the report knows of incidents beside their own members: words such as `category=Malware`, from
//! their alerts and tasks. They come later than the rows, and only for those somebody has asked for.

use super::columns::Names;
use super::{QueueIndex, Row};
use crate::domain::id::IncidentId;
use crate::domain::report::required::Asked;
use crate::domain::report::{of_tasks, task_words};
use crate::domain::time::Timestamp;
use std::collections::BTreeMap;
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
        let codes = codes(&mut self.words, words);
        if self.marks[row].as_ref() == Some(&codes) {
            return false;
        }
        self.marks[row] = Some(codes);
        true
    }

    /// Says anew what is asked of the customer, of all incidents that have words: a task changes without its
    /// incident. Returns whether anything is another than before.
    pub fn ask(&mut self, asked: &BTreeMap<String, Asked>) -> bool {
        let nothing = codes(&mut self.words, &task_words(&Asked::default()));
        let mut changed = false;
        for (row, held) in self.marks.iter_mut().enumerate() {
            let Some(all) = held.as_deref() else { continue };
            let own = asked.get(self.ids.get(row));
            let own = own.map(|asked| codes(&mut self.words, &task_words(asked)));
            let last = own.as_deref().unwrap_or(&nothing);
            let of_alerts = |code: &u32| !of_tasks(self.words.get(*code));
            let first = &all[..all.iter().rposition(of_alerts).map_or(0, |at| at + 1)];
            if all[first.len()..] != *last {
                *held = Some([first, last].concat().into());
                changed = true;
            }
        }
        changed
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

fn codes(names: &mut Names, words: &[String]) -> Box<[u32]> {
    words.iter().map(|word| names.code(word)).collect()
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
