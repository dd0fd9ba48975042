//! Which of the harness's figures are compared, and what several runs make of one.

use serde_json::Value;

/// Clicks on headers as both adapters name them: severity, name, last update, each twice. The third is the first
/// time the list is sorted by a text.
const CLICKS: usize = 6;
const FIRST_TEXT_SORT: usize = 2;

/// A figure of the table.
pub(super) struct Figure {
    pub(super) label: &'static str,
    source: Source,
    /// From the harness's unit to the one in the label.
    scale: f64,
    /// How much of the peer's figure it may be.
    pub(super) allowed: f64,
}

/// How much worse than the peer a figure may be, unless it says otherwise.
const ALLOWED: f64 = 1.2;

enum Source {
    /// The sum of these of the harness's figures; those after the first may be missing.
    Sum(&'static [&'static str]),
    FirstTextSort,
    OtherSorts,
}

const fn figure(label: &'static str, keys: &'static [&'static str]) -> Figure {
    Figure {
        label,
        source: Source::Sum(keys),
        scale: 1.0,
        allowed: ALLOWED,
    }
}

/// In the order of the table.
pub(super) const FIGURES: [Figure; 18] = [
    Figure {
        scale: 1e-3,
        ..figure("app until the first row, headers too, kB", &["appBytes"])
    },
    figure("first contentful paint, ms", &["fcp"]),
    figure("first row painted, ms", &["firstRow"]),
    figure("main thread until the first row, ms", &["coldTask"]),
    figure("all loaded and shown, ms", &["allLoaded"]),
    figure("longest task while loading, ms", &["loadLongestTask"]),
    figure(
        "JS heap and wasm memory, MiB",
        &["loadedHeap", "loadedWasmMemory"],
    ),
    figure("JS heap alone, MiB", &["loadedHeap"]),
    figure("memory of the tab (PSS), MiB", &["loadedRendererPss"]),
    figure("keystroke to painted rows, ms", &["filterKey"]),
    Figure {
        source: Source::FirstTextSort,
        ..figure("first text sort, ms", &[])
    },
    Figure {
        source: Source::OtherSorts,
        ..figure("other sorts, ms", &[])
    },
    figure("filter to painted rows, ms", &["selectFilter"]),
    figure("scroll, main thread a frame, ms", &["scrollMainPerFrame"]),
    figure("scroll, slowest frame, ms", &["frameWorst"]),
    figure("jump to a far row, ms", &["jump"]),
    Figure {
        allowed: 0.5,
        ..figure("report opened, CPU x4, ms", &["reportOpen"])
    },
    Figure {
        allowed: 0.6,
        ..figure("range to repainted charts, CPU x4, ms", &["chartRedraw"])
    },
];

/// What one run or several say about a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) min: f64,
    pub(super) max: f64,
}

impl Figure {
    /// The figure of several results of the harness, each of one run; `None` where it was not measured.
    pub(super) fn of(&self, results: &[Value]) -> Option<Spread> {
        let runs: Vec<Spread> = results.iter().filter_map(|one| self.of_run(one)).collect();
        let medians: Vec<f64> = runs.iter().map(|run| run.median).collect();
        Some(Spread {
            median: median(&medians)? * self.scale,
            min: runs.iter().map(|run| run.min).reduce(f64::min)? * self.scale,
            max: runs.iter().map(|run| run.max).reduce(f64::max)? * self.scale,
        })
    }

    fn of_run(&self, result: &Value) -> Option<Spread> {
        match &self.source {
            Source::Sum(keys) => {
                let mut parts = keys.iter().map(|key| of_harness(&result["figures"][key]));
                let first = parts.next()??;
                Some(parts.flatten().fold(first, |sum, part| Spread {
                    median: sum.median + part.median,
                    min: sum.min + part.min,
                    max: sum.max + part.max,
                }))
            }
            Source::FirstTextSort => spread(&[clicks(result)?[FIRST_TEXT_SORT]]),
            Source::OtherSorts => {
                let mut others = clicks(result)?;
                others.remove(FIRST_TEXT_SORT);
                spread(&others)
            }
        }
    }
}

fn of_harness(figure: &Value) -> Option<Spread> {
    let member = |name: &str| figure[name].as_f64();
    Some(Spread {
        median: member("median")?,
        min: member("min")?,
        max: member("max")?,
    })
}

/// The sorts of a run. The harness leaves out a click that changed nothing: then none can be told from another.
fn clicks(result: &Value) -> Option<Vec<f64>> {
    let sorts = result["raw"][0]["sort"].as_array()?;
    let times: Option<Vec<f64>> = sorts.iter().map(Value::as_f64).collect();
    times.filter(|times| times.len() == CLICKS)
}

fn spread(values: &[f64]) -> Option<Spread> {
    Some(Spread {
        median: median(values)?,
        min: values.iter().copied().reduce(f64::min)?,
        max: values.iter().copied().reduce(f64::max)?,
    })
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn find(label: &str) -> &'static Figure {
        static ALL: &[Figure] = &FIGURES;
        ALL.iter().find(|f| f.label.starts_with(label)).unwrap()
    }

    fn run(heap: f64, sorts: &[f64]) -> Value {
        json!({
            "figures": {
                "loadedHeap": { "median": heap, "min": heap, "max": heap },
                "filterKey": { "median": heap, "min": heap - 1.0, "max": heap + 5.0 },
            },
            "raw": [{ "sort": sorts }],
        })
    }

    #[test]
    fn several_runs_are_the_median_of_medians_and_the_worst_sample() {
        let runs = [run(10.0, &[]), run(30.0, &[]), run(12.0, &[])];
        let expected = Spread {
            median: 12.0,
            min: 9.0,
            max: 35.0,
        };
        assert_eq!(find("keystroke").of(&runs), Some(expected));
        assert_eq!(find("all loaded").of(&runs), None);
        assert_eq!(find("keystroke").of(&[]), None);
    }

    #[test]
    fn memory_is_that_of_both_languages() {
        let mut portal = run(2.0, &[]);
        portal["figures"]["loadedWasmMemory"] = json!({ "median": 40.0, "min": 40.0, "max": 40.0 });
        let memory = find("JS heap and wasm");
        assert_eq!(memory.of(&[portal]).map(|spread| spread.median), Some(42.0));
        assert_eq!(
            memory.of(&[run(62.0, &[])]).map(|spread| spread.median),
            Some(62.0)
        );
    }

    #[test]
    fn the_first_sort_by_name_is_told_from_the_others() {
        let runs = [run(1.0, &[20.0, 10.0, 116.0, 12.0, 30.0, 14.0])];
        let first = find("first text sort").of(&runs).unwrap();
        assert_eq!((first.median, first.max), (116.0, 116.0));
        let others = find("other sorts").of(&runs).unwrap();
        assert_eq!((others.median, others.max), (14.0, 30.0));
        // A click that did nothing.
        assert_eq!(
            find("first text sort").of(&[run(1.0, &[20.0, 10.0, 12.0])]),
            None
        );
    }
}
