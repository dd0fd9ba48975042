//! The columns an index is made of: texts in one buffer, and values as small codes.

use std::collections::HashMap;
use std::hash::Hash;

/// Texts of all rows in one buffer. A changed text goes to the end; the buffer is rebuilt when more
/// than half of it is abandoned.
#[derive(Default)]
pub(super) struct TextColumn {
    buffer: String,
    spans: Vec<(u32, u32)>,
    live: usize,
}

impl TextColumn {
    pub(super) fn get(&self, row: usize) -> &str {
        let (from, to) = self.spans[row];
        &self.buffer[from as usize..to as usize]
    }

    /// Sets a row's text; rows are added at the end only.
    pub(super) fn set(&mut self, row: usize, text: &str) {
        if row < self.spans.len() {
            if self.get(row) == text {
                return;
            }
            self.live -= self.get(row).len();
        }
        let span = Self::append(&mut self.buffer, text);
        if row < self.spans.len() {
            self.spans[row] = span;
        } else {
            self.spans.push(span);
        }
        self.live += text.len();
        if self.buffer.len() > 4_096 && self.live * 2 < self.buffer.len() {
            self.compact();
        }
    }

    fn append(buffer: &mut String, text: &str) -> (u32, u32) {
        let at = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let from = at(buffer.len());
        buffer.push_str(text);
        (from, at(buffer.len()))
    }

    fn compact(&mut self) {
        let mut buffer = String::with_capacity(self.live);
        for (from, to) in &mut self.spans {
            (*from, *to) = Self::append(&mut buffer, &self.buffer[*from as usize..*to as usize]);
        }
        self.buffer = buffer;
    }
}

/// Distinct values by code, in order of first appearance.
pub(super) struct Interner<T> {
    values: Vec<T>,
    codes: HashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Interner {
            values: Vec::new(),
            codes: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    pub(super) fn code(&mut self, value: &T) -> u32 {
        if let Some(code) = self.codes.get(value) {
            return *code;
        }
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.codes.insert(value.clone(), code);
        code
    }

    pub(super) fn find(&self, value: &T) -> Option<u32> {
        self.codes.get(value).copied()
    }

    pub(super) fn value(&self, code: u32) -> &T {
        &self.values[code as usize]
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}

/// One value a row, stored as a code.
pub(super) struct Palette<T> {
    interner: Interner<T>,
    codes: Vec<u32>,
}

impl<T> Default for Palette<T> {
    fn default() -> Self {
        Palette {
            interner: Interner::default(),
            codes: Vec::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Palette<T> {
    pub(super) fn get(&self, row: usize) -> &T {
        self.interner.value(self.codes[row])
    }

    /// Sets a row's value; rows are added at the end only.
    pub(super) fn set(&mut self, row: usize, value: &T) {
        let code = self.interner.code(value);
        if row < self.codes.len() {
            self.codes[row] = code;
        } else {
            self.codes.push(code);
        }
    }

    pub(super) fn code_at(&self, row: usize) -> u32 {
        self.codes[row]
    }

    pub(super) fn find(&self, value: &T) -> Option<u32> {
        self.interner.find(value)
    }

    pub(super) fn values(&self) -> &[T] {
        self.interner.values()
    }

    /// For each code whether its value is wanted.
    pub(super) fn admits(&self, wanted: impl Fn(&T) -> bool) -> Vec<bool> {
        self.values().iter().map(wanted).collect()
    }

    /// For each code the rank of its value.
    pub(super) fn ranks(&self, rank: impl Fn(&T) -> usize) -> Vec<usize> {
        self.values().iter().map(rank).collect()
    }
}

impl Palette<String> {
    /// For each code its place in alphabetical order, ignoring case.
    pub(super) fn alphabetical(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.values().len()).collect();
        order.sort_by_cached_key(|code| self.values()[*code].to_lowercase());
        let mut place = vec![0; order.len()];
        for (rank, code) in order.into_iter().enumerate() {
            place[code] = rank;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_texts_do_not_pile_up() {
        let mut column = TextColumn::default();
        for round in 0..100 {
            for row in 0..20 {
                column.set(row, &format!("row {row} in round {round:0>100}"));
            }
        }
        assert!(
            column.buffer.len() <= 2 * column.live + 4_096,
            "{}",
            column.buffer.len()
        );
        assert_eq!(column.get(7), format!("row 7 in round {:0>100}", 99));
    }
}
