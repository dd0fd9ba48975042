//! A report as its address says it. Parsing and printing are inverse; what is at its default is not
//! printed, and a relative range stays one.

use crate::domain::incident::Classification;
use crate::domain::queue_query::{Preset, Range};
use crate::domain::time::Day;
use crate::domain::url_query::{self, Builder};

/// What of a report is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub range: Range,
    /// Beside the figures of as many days before.
    pub compare: bool,
    /// Incidents of one classification only, in the sections that let one choose.
    pub kind: Option<Classification>,
    /// All tactics, or only those that came up.
    pub all_tactics: bool,
    /// What is selected in a breakdown, by the name of its filter in the queue.
    pub selected: Vec<(&'static str, Vec<String>)>,
    /// The month whose completed tasks are listed, by its first day.
    pub tasks: Option<Day>,
    /// As a document to print.
    pub review: bool,
    /// Parameters that mean nothing here.
    pub ignored: Vec<String>,
}

/// The breakdowns and trends in which one can select.
pub const BREAKDOWNS: [&str; 4] = ["severity", "category", "source", "tactic"];

/// The usual ranges.
pub const PRESETS: [Preset; 4] = [
    Preset::Days7,
    Preset::Days30,
    Preset::Days90,
    Preset::Days180,
];

impl Default for View {
    fn default() -> View {
        View {
            range: Range::Last(Preset::Days30),
            compare: false,
            kind: None,
            all_tactics: true,
            selected: Vec::new(),
            tasks: None,
            review: false,
            ignored: Vec::new(),
        }
    }
}

impl View {
    /// Reads the query part of an address.
    pub fn parse(query: &str) -> View {
        let mut view = View::default();
        for (name, values) in url_query::parse(query) {
            let first = values.first().map(String::as_str).unwrap_or_default();
            let understood = match name.as_str() {
                "range" => match Range::parse(first) {
                    Some(range) if range != Range::All => {
                        view.range = range;
                        true
                    }
                    _ => false,
                },
                "compare" => {
                    view.compare = first == "previous";
                    view.compare
                }
                "type" => {
                    view.kind = (!first.is_empty()).then(|| Classification::parse(first));
                    view.kind.is_some()
                }
                "tactics" => {
                    view.all_tactics = first != "occurring";
                    !view.all_tactics
                }
                "tasks" => {
                    view.tasks = Day::parse(&format!("{first}-01"));
                    view.tasks.is_some()
                }
                "as" => {
                    view.review = first == "review";
                    view.review
                }
                name => match BREAKDOWNS.iter().find(|one| **one == name) {
                    Some(one) if !values.is_empty() => {
                        view.select(one, values);
                        true
                    }
                    _ => false,
                },
            };
            if !understood {
                view.ignored.push(name);
            }
        }
        view
    }

    /// The query part of an address.
    pub fn print(&self) -> String {
        let default = View::default();
        let mut query = Builder::default();
        query.list(
            "range",
            (self.range != default.range).then(|| self.range.slug()),
        );
        query.list("compare", self.compare.then_some("previous"));
        query.list("type", self.kind.as_ref().map(Classification::wire));
        query.list("tactics", (!self.all_tactics).then_some("occurring"));
        for (name, values) in &self.selected {
            query.list(name, values);
        }
        let month = self.tasks.map(|day| day.to_string()[..7].to_owned());
        query.list("tasks", month);
        query.list("as", self.review.then_some("review"));
        query.finish()
    }

    /// What is selected in a breakdown.
    pub fn selection(&self, name: &str) -> &[String] {
        let held = self.selected.iter().find(|(held, _)| *held == name);
        held.map_or(&[], |(_, values)| values)
    }

    /// Selects other values in a breakdown.
    pub fn select(&mut self, name: &'static str, values: Vec<String>) {
        self.selected.retain(|(held, _)| *held != name);
        if !values.is_empty() {
            self.selected.push((name, values));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_comes_back_from_its_address() {
        for address in [
            "",
            "?range=7d",
            "?range=2026-10-01..2026-10-31&as=review",
            "?range=2026-10-01..2026-10-31&compare=previous",
            "?tasks=2026-10",
            "?type=truePositive&tactics=occurring&severity=high,low&category=Credential+access",
            "?tactic=Impact,LateralMovement",
        ] {
            let view = View::parse(address);
            assert!(view.ignored.is_empty(), "{address}");
            assert_eq!(view.print(), address);
        }
    }

    #[test]
    fn what_means_nothing_is_reported_and_the_last_30_days_are_shown() {
        let view =
            View::parse("range=2026-11-21..2026-11-01&compare=me&type=&colour=red&tasks=soon");
        assert_eq!(view.range, View::default().range);
        assert_eq!(
            view.ignored,
            ["range", "compare", "type", "colour", "tasks"]
        );
        assert_eq!(View::parse("range=all").ignored, ["range"]);
    }
}
