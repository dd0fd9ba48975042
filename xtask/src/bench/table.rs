//! What was measured, as a table for people and as JSON for whatever compares two of them.

use super::charts;
use super::figures::{FIGURES, Spread};
use super::files::Sent;
use super::folder;
use anyhow::Result;
use serde_json::{Value, json};
use std::fs;

/// Everything a run of the command found.
#[derive(Default)]
pub(super) struct Report {
    files: Vec<(&'static str, Vec<Sent>)>,
    sizes: Vec<(usize, Vec<Row>)>,
    charts: Option<usize>,
}

/// A figure of both apps.
struct Row {
    label: &'static str,
    /// How much of the peer's figure ours may be.
    allowed: f64,
    react: Spread,
    portal: Spread,
}

impl Row {
    /// Portal ÷ React; `None` where React needs nothing measurable, as with tasks too short for a browser to tell.
    fn ratio(&self) -> Option<f64> {
        let (react, portal) = (self.react.median, self.portal.median);
        (react > 0.0).then(|| portal / react)
    }

    fn holds(&self) -> Option<bool> {
        self.ratio().map(|ratio| ratio <= self.allowed)
    }

    fn print(&self) -> String {
        let ratio = self
            .ratio()
            .map_or("–".into(), |ratio| format!("{ratio:.2}"));
        let holds = self
            .holds()
            .map_or("–", |holds| if holds { "yes" } else { "NO" });
        line([
            self.label,
            &cell(self.react),
            &cell(self.portal),
            &ratio,
            &self.allowed.to_string(),
            holds,
        ])
    }

    fn json(&self) -> Value {
        let spread = |one: Spread| json!({ "median": one.median, "min": one.min, "max": one.max });
        json!({
            "figure": self.label,
            "react": spread(self.react),
            "portal": spread(self.portal),
            "ratio": self.ratio(),
            "allowed": self.allowed,
            "holds": self.holds(),
        })
    }
}

impl Report {
    pub(super) fn add_files(&mut self, app: &'static str, files: Vec<Sent>) {
        self.files.push((app, files));
    }

    /// Takes in the harness's results, one value a run; a figure that one app lacks is left out.
    pub(super) fn add_figures(&mut self, incidents: usize, react: &[Value], portal: &[Value]) {
        let rows = FIGURES.iter().filter_map(|figure| {
            Some(Row {
                label: figure.label,
                allowed: figure.allowed,
                react: figure.of(react)?,
                portal: figure.of(portal)?,
            })
        });
        self.sizes.push((incidents, rows.collect()));
    }

    /// Takes in what the charts weigh, where that is known.
    pub(super) fn add_charts(&mut self, bytes: Option<usize>) {
        self.charts = bytes;
    }

    pub(super) fn print(&self) {
        for (app, files) in &self.files {
            print!("\n{}", download(app, files));
        }
        if let Some(bytes) = self.charts {
            print!("\n{}", sent(charts::LABEL, bytes as u64));
        }
        if self.sizes.is_empty() {
            return;
        }
        print!(
            "\nMedian (lowest–highest sample); the last columns say how much portal ÷ React may be, and whether it is no more.\n"
        );
        for (incidents, rows) in &self.sizes {
            let title = format!("{incidents} incidents");
            print!(
                "\n{}",
                line([&title, "React", "portal", "ratio", "limit", "holds"])
            );
            rows.iter().for_each(|row| print!("{}", row.print()));
        }
    }

    pub(super) fn write(&self) -> Result<()> {
        let files = self.files.iter().map(|(app, files)| {
            let files = files
                .iter()
                .map(|file| json!({ "path": file.path, "bytes": file.bytes, "when": file.when }));
            json!({ "app": app, "files": files.collect::<Vec<_>>() })
        });
        let sizes = self.sizes.iter().map(|(incidents, rows)| {
            json!({ "incidents": incidents, "figures": rows.iter().map(Row::json).collect::<Vec<_>>() })
        });
        let report = json!({
            "downloads": files.collect::<Vec<_>>(),
            "measured": sizes.collect::<Vec<_>>(),
            "charts": self.charts,
        });
        let path = folder().join("report.json");
        fs::write(&path, format!("{report:#}\n"))?;
        println!("\nwritten to {}", path.display());
        Ok(())
    }
}

/// The files of an app, by when they are needed, with a sum for each time.
fn download(app: &str, files: &[Sent]) -> String {
    let mut text = String::new();
    for (when, title) in [
        ("first", "until the first row"),
        ("later", "right after it"),
        ("on demand", "on demand"),
    ] {
        let of_time = files.iter().filter(|file| file.when == when);
        let (mut all, mut lines) = (0, String::new());
        for file in of_time {
            all += file.bytes;
            lines += &sent(&format!("  {}", file.path), file.bytes);
        }
        if !lines.is_empty() {
            text += &sent(&format!("{app}, {title}, brotli 11"), all);
            text += &lines;
        }
    }
    text
}

fn sent(name: &str, bytes: u64) -> String {
    format!("{name:52}{:>8}.{} kB\n", bytes / 1000, bytes % 1000 / 100)
}

fn line([label, react, portal, ratio, limit, holds]: [&str; 6]) -> String {
    format!("{label:42}{react:>24}{portal:>24}{ratio:>8}{limit:>7}{holds:>7}\n")
}

fn cell(spread: Spread) -> String {
    let [median, min, max] = [spread.median, spread.min, spread.max].map(short);
    if min == max {
        median
    } else {
        format!("{median} ({min}–{max})")
    }
}

/// Three figures, as far as there are any.
fn short(value: f64) -> String {
    let places = match value.abs() {
        0.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(react: f64, portal: f64) -> Row {
        let spread = |median: f64| Spread {
            median,
            min: median,
            max: median,
        };
        Row {
            label: "keystroke to painted rows, ms",
            allowed: 1.2,
            react: spread(react),
            portal: spread(portal),
        }
    }

    #[test]
    fn a_fifth_more_than_the_peer_holds_and_no_more() {
        assert_eq!(row(10.0, 12.0).holds(), Some(true));
        assert_eq!(row(10.0, 12.1).holds(), Some(false));
        assert_eq!(row(10.0, 0.0).holds(), Some(true));
        assert_eq!(row(0.0, 55.0).holds(), None, "nothing to compare with");
    }

    #[test]
    fn a_row_says_both_spreads_and_the_verdict() {
        let mut row = row(44.12, 88.24);
        row.react.max = 123.4;
        let words: Vec<_> = row.print().split_whitespace().map(str::to_owned).collect();
        let tail = ["44.1", "(44.1–123)", "88.2", "2.00", "1.2", "NO"];
        assert_eq!(words[words.len() - tail.len()..], tail);
    }

    #[test]
    fn a_figure_that_only_one_app_has_is_no_row() {
        let figure = json!({ "median": 1.0, "min": 1.0, "max": 1.0 });
        let mut report = Report::default();
        let react = json!({ "figures": { "fcp": figure, "jump": figure } });
        let portal = json!({ "figures": { "fcp": figure } });
        report.add_figures(1_000, &[react], &[portal]);
        let labels: Vec<_> = report.sizes[0].1.iter().map(|row| row.label).collect();
        assert_eq!(labels, ["first contentful paint, ms"]);
    }

    #[test]
    fn files_are_summed_by_when_they_are_needed() {
        let file = |path: &str, bytes, when: &str| Sent {
            path: path.into(),
            bytes,
            when: when.into(),
        };
        let files = [
            file("app.wasm", 130_000, "first"),
            file("boot.js", 700, "first"),
            file("reports.wasm", 28_050, "on demand"),
        ];
        let text = download("portal", &files);
        let words: Vec<Vec<_>> = text
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(words[0][words[0].len() - 2..], ["130.7", "kB"]);
        assert_eq!(words[2], ["boot.js", "0.7", "kB"]);
        assert_eq!(
            words[3],
            ["portal,", "on", "demand,", "brotli", "11", "28.0", "kB"]
        );
        assert_eq!(words.len(), 5);
    }
}
