//! The columns an index is made of: texts in one buffer, and values as small codes.

use super::order::Order;
use crate::domain::fold::fold;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Sets a row's value, or adds it behind the last one. Returns whether it is another than before.
pub(super) fn write<T: PartialEq>(column: &mut Vec<T>, row: usize, value: T) -> bool {
    match column.get_mut(row) {
        Some(held) if *held == value => return false,
        Some(held) => *held = value,
        None => column.push(value),
    }
    true
}

/// Texts one after another in one buffer; once there they do not change.
#[derive(Default)]
pub(super) struct Texts {
    buffer: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends
            .push(u32::try_from(self.buffer.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn get(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.buffer[from as usize..self.ends[at] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Distinct texts by code: most names, tags and people come up more than once, and each is folded,
/// searched and sorted only once.
#[derive(Default)]
pub(super) struct Names {
    values: Vec<Rc<str>>,
    codes: HashMap<Rc<str>, u32>,
    /// In lower case.
    folded: Texts,
    /// The first bytes of the folded texts, as most comparisons end within them.
    starts: Vec<u64>,
    order: RefCell<Order>,
}

impl Names {
    pub(super) fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let code = self.values.len() as u32;
        let value: Rc<str> = text.into();
        self.codes.insert(value.clone(), code);
        self.values.push(value);
        let folded = fold(text);
        let mut start = [0; 8];
        for (to, from) in start.iter_mut().zip(folded.bytes()) {
            *to = from;
        }
        self.starts.push(u64::from_be_bytes(start));
        self.folded.push(&folded);
        code
    }

    pub(super) fn get(&self, code: u32) -> &str {
        &self.values[code as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// For each code whether its text is wanted.
    pub(super) fn admits(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<bool> {
        self.values.iter().map(|value| wanted(value)).collect()
    }

    /// For each code whether its folded text contains another one.
    pub(super) fn contain(&self, needle: &str) -> Vec<bool> {
        (0..self.len())
            .map(|code| contains(self.folded.get(code), needle))
            .collect()
    }

    /// For each code its place in alphabetical order, ignoring case.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut order = self.order.borrow_mut();
        let folded = |at: usize| self.folded.get(at);
        if !order.is_fresh(self.len()) {
            order.refresh(self.len(), &|a, b| {
                let starts = self.starts[a].cmp(&self.starts[b]);
                starts.then_with(|| folded(a).cmp(folded(b)))
            });
        }
        let mut ranks = vec![0; self.len()];
        let (mut rank, mut last) = (0, None);
        for code in order.numbers() {
            let text = folded(*code as usize);
            rank += u32::from(last.is_some_and(|last| last != text));
            last = Some(text);
            ranks[*code as usize] = rank;
        }
        ranks
    }
}

/// Whether a text contains another one. Searchers of the standard library prepare themselves for each
/// text anew, which takes longer than the search in a short one.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    let Some((first, rest)) = needle.as_bytes().split_first() else {
        return true;
    };
    let mut left = text.as_bytes();
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = &left[at + 1..];
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

/// One of a few values a row, stored as a code.
pub(super) struct Palette<T> {
    values: Vec<T>,
    codes: Vec<u32>,
}

impl<T> Default for Palette<T> {
    fn default() -> Self {
        Palette {
            values: Vec::new(),
            codes: Vec::new(),
        }
    }
}

impl<T: Clone + PartialEq> Palette<T> {
    pub(super) fn get(&self, row: usize) -> &T {
        &self.values[self.codes[row] as usize]
    }

    /// Sets a row's value, and returns whether it is another than before.
    pub(super) fn set(&mut self, row: usize, value: &T) -> bool {
        let code = self.find(value).unwrap_or_else(|| {
            self.values.push(value.clone());
            self.values.len() as u32 - 1
        });
        write(&mut self.codes, row, code)
    }

    pub(super) fn codes(&self) -> &[u32] {
        &self.codes
    }

    pub(super) fn find(&self, value: &T) -> Option<u32> {
        let at = self.values.iter().position(|held| held == value)?;
        Some(at as u32)
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    /// For each code whether its value is wanted.
    pub(super) fn admits(&self, wanted: impl Fn(&T) -> bool) -> Vec<bool> {
        self.values.iter().map(wanted).collect()
    }

    /// For each code the rank of its value.
    pub(super) fn ranks(&self, rank: impl Fn(&T) -> usize) -> Vec<u32> {
        self.values.iter().map(|value| rank(value) as u32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_differ_in_case_only_share_a_rank() {
        let mut names = Names::default();
        for name in ["beta", "Alpha", "alpha", "ALPHABET", "Beta", "alpha "] {
            names.code(name);
        }
        assert_eq!(names.ranks(), [3, 0, 0, 2, 3, 1]);
        names.code("aardvark");
        assert_eq!(names.ranks(), [4, 1, 1, 3, 4, 2, 0]);
    }

    proptest! {
        #[test]
        fn a_text_contains_what_the_standard_library_finds(text in "[ab\u{e9}]{0,12}", needle in "[ab\u{e9}]{0,4}") {
            prop_assert_eq!(contains(&text, &needle), text.contains(&needle));
        }
    }
}
