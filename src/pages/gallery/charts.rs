//! Charts of every shape, from none to five thousand points.

use super::state;
use crate::charts::Shape;
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;

const LOOKS: [(&str, &str, Pattern); 4] = [
    ("High", "--chart-4", Pattern::Solid),
    ("Medium", "--chart-1", Pattern::Hatched),
    ("Low", "--chart-2", Pattern::Back),
    ("Informational", "--chart-3", Pattern::Open),
];

fn series(count: usize) -> Vec<Series> {
    let looks = LOOKS.into_iter().take(count);
    looks
        .map(|(name, colour, pattern)| Series {
            name: name.into(),
            colour,
            pattern,
        })
        .collect()
}

fn points(count: usize, values: usize) -> Vec<Point> {
    let point = |at: usize| Point {
        label: format!("P{at}"),
        name: format!("Point {at}"),
        segments: (0..values)
            .map(|value| Segment::count((at * 7 + value * 5) % 23))
            .collect(),
    };
    (0..count).map(point).collect()
}

fn plot(title: &'static str, shape: Shape, count: usize, values: usize) -> AnyView {
    let view = view! {
        <Plot
            title
            summary=title
            points_are="Point"
            series=Signal::from(series(values))
            points=Signal::from(points(count, values))
            shape
            on_open=|_: String| ()
        />
    };
    state(title, view)
}

fn selection() -> AnyView {
    let chosen = RwSignal::new(vec![1_usize]);
    let view = view! {
        <Plot
            title="Selection"
            summary="Six points, of which some can be selected"
            points_are="Point"
            series=Signal::from(series(1))
            points=Signal::from(points(6, 1))
            chosen
            on_choose=Callback::new(move |points| chosen.set(points))
            on_open=|_: String| ()
        />
        <p>
            "Selected: "
            {move || chosen.get().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")}
        </p>
    };
    state("Selection", view)
}

pub(super) fn charts() -> AnyView {
    view! {
        {plot("Stacked", Shape::Stacked, 6, 4)}
        {plot("Side by side", Shape::Grouped, 6, 2)}
        {plot("Lines", Shape::Line, 6, 4)}
        {plot("Five thousand points", Shape::Line, 5_000, 1)}
        {plot("Nothing", Shape::Stacked, 0, 1)}
        {selection()}
    }
    .into_any()
}
