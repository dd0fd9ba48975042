//! The report: figures, each of which is the number of incidents or tasks that `list` gives for the
//! same range and filters. `range` is when, `cases` the incidents as the report sees them.

pub mod assets;
pub mod cases;
pub mod list;
pub mod range;
pub mod required;
pub mod summary;
pub mod tactics;
pub mod trends;

use serde_json::{Map, Value};

/// How often each word comes up.
pub fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    let mut counts = std::collections::BTreeMap::<&str, i64>::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let told = counts
        .into_iter()
        .map(|(word, count)| (word.to_owned(), count.into()));
    told.collect::<Map<_, _>>().into()
}

/// The same for words that are all told, even those that never come up.
pub fn tally_of<'a>(all: &[&str], words: impl Iterator<Item = &'a str>) -> Value {
    let words: Vec<&str> = words.collect();
    let count = |wanted: &str| words.iter().filter(|word| **word == wanted).count();
    let told = all
        .iter()
        .map(|word| ((*word).to_owned(), count(word).into()));
    told.collect::<Map<_, _>>().into()
}

pub const SEVERITIES: [&str; 4] = ["high", "medium", "low", "informational"];

/// The mean of nothing is nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().sum();
    (!values.is_empty()).then(|| rounded(sum / values.len() as f64))
}

pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.len().saturating_sub(1) / 2, values.len() / 2);
    Some(rounded((values.get(low)? + values.get(high)?) / 2.0))
}

pub fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
