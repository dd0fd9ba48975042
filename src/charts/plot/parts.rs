//! The parts of a chart that are HTML, and the colours of the part that is not.

use super::{Point, Series};
use crate::charts::bars::{Palette, Pattern, TEXT};
use crate::charts::hidpi::HiDpi;
use crate::charts::look::Look;
use crate::charts::scale::Layout;
use crate::platform::intl;
use crate::ui::dynamic::CollectAny;
use leptos::prelude::*;
use lexicon::t;

/// The piece being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) point: usize,
    pub(super) series: usize,
}

pub(super) fn palette(backend: &HiDpi, look: &Look, series: &[Series]) -> Palette {
    let colour = |token| look.colour(backend, token);
    Palette {
        surface: colour("--surface"),
        text: colour("--text-subtle"),
        line: colour("--chart-line"),
        axis: colour("--border-strong"),
        series: series
            .iter()
            .map(|series| (colour(series.colour), series.pattern))
            .collect(),
        family: look.family(),
        number: intl::number,
    }
}

fn swatch(series: &Series) -> AnyView {
    let class = match series.pattern {
        Pattern::Solid => "swatch",
        Pattern::Hatched => "swatch hatched",
        Pattern::Back => "swatch hatched back",
        Pattern::Open => "swatch open",
    };
    let colour = format!("var({})", series.colour);
    view! { <span class=class aria-hidden="true" style:color=colour></span> }.into_any()
}

pub(super) fn legend(series: Series) -> AnyView {
    view! { <li>{swatch(&series)} {series.name}</li> }.into_any()
}

pub(super) fn tooltip(spot: Spot, layout: &Layout, point: Point, series: &[Series]) -> AnyView {
    let rows: Vec<AnyView> = series
        .iter()
        .zip(point.segments)
        .enumerate()
        .rev()
        .map(|(at, (series, segment))| {
            view! {
                <li class:chosen=at == spot.series>
                    {swatch(series)}
                    <span>{series.name.clone()}</span>
                    <span class="tabular">{segment.read()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    // Kept inside the chart: it hangs left of bars in its right half.
    let (left, top) = layout.tip(spot.point);
    let flip = left > (layout.plot.left + layout.plot.right) / 2;
    view! {
        <div
            class="chart-tip"
            class:flip=flip
            aria-hidden="true"
            style:left=format!("{left}px")
            style:top=format!("{}px", top.clamp(8, 96.max(layout.plot.bottom - 120)))
        >
            <p>{point.name}</p>
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

/// The labels, cut where they have to fit beside lying bars, and how wide they are.
pub(super) fn labels(
    backend: &HiDpi,
    palette: &Palette,
    points: &[Point],
    lying: bool,
) -> (Vec<String>, i32) {
    let font = format!("{TEXT}px {}", palette.family);
    let mut labels: Vec<String> = points.iter().map(|point| point.label.clone()).collect();
    let room = match lying {
        true => Layout::widest_label(backend.size().0),
        false => i32::MAX,
    };
    let mut widest = 0;
    for label in labels.iter_mut().take(MEASURED) {
        let width = backend.width_of(label, &font);
        if width > room {
            *label = cut(label, width, room);
        }
        widest = widest.max(width.min(room));
    }
    (labels, widest)
}

/// As much of a text as has room, where all of it is so wide.
fn cut(text: &str, width: i32, room: i32) -> String {
    let letters = text.chars().count();
    let share = f64::from(room) / f64::from(width.max(1));
    let fit = (letters as f64 * share) as usize;
    let start: String = text.chars().take(fit.saturating_sub(2).max(1)).collect();
    format!("{}…", start.trim_end())
}

/// Of so many labels the widest is looked for; there is no room for more.
const MEASURED: usize = 60;
/// Where reading begins.
pub(super) const FIRST: Spot = Spot {
    point: 0,
    series: 0,
};

/// Where a key leads from what is being read, among so many points and series. The arrows point the way the
/// bars stand.
pub(super) fn moved(
    key: &str,
    lying: bool,
    held: Option<Spot>,
    (points, series): (usize, usize),
) -> Option<Spot> {
    let Spot { point, series: own } = held.unwrap_or(FIRST);
    let [next, previous, more, less] = match lying {
        true => ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"],
        false => ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"],
    };
    let (last, most) = (points.saturating_sub(1), series.saturating_sub(1));
    let (point, series) = match key {
        "Home" => (0, own),
        "End" => (last, own),
        key if key == next && held.is_none() => (point, own),
        key if key == next => ((point + 1).min(last), own),
        key if key == previous => (point.saturating_sub(1), own),
        key if key == more => (point, (own + 1).min(most)),
        key if key == less => (point, own.saturating_sub(1)),
        _ => return None,
    };
    Some(Spot { point, series })
}

/// A box around a point of the chart.
pub(super) fn mark(layout: &Layout, point: usize, class: &'static str) -> AnyView {
    let (from, to) = layout.bar(point);
    let (from, to, plot) = (from - 4, to + 4, layout.plot);
    let (left, right, top, bottom) = match layout.lying {
        // Bars that lie stand closer together.
        true => (plot.left, plot.right, from + 2, to - 2),
        false => (from, to, plot.top, plot.bottom),
    };
    view! {
        <div
            class=class
            style:left=format!("{left}px")
            style:width=format!("{}px", right - left)
            style:top=format!("{top}px")
            style:height=format!("{}px", bottom - top)
        ></div>
    }
    .into_any()
}

pub(super) fn table(
    points_are: &str,
    title: &str,
    series: &[Series],
    points: &[Point],
    list: &dyn Fn(usize, usize) -> Option<String>,
    total: bool,
) -> AnyView {
    // The sum of one thing is that thing.
    let total = total && series.len() > 1;
    let total_head = total.then(|| view! { <th scope="col" class="end">{t!("Total")}</th> });
    let heads = series.iter().map(|series| {
        view! { <th scope="col" class="end">{series.name.clone()}</th> }
    });
    let rows = points.iter().enumerate().map(|(at, point)| {
        let values = point.segments.iter().map(|segment| segment.value);
        let sum = values.fold(0, u32::saturating_add);
        let sum = total.then(|| view! { <td class="end">{intl::number(sum)}</td> });
        let cells = point.segments.iter().enumerate().map(|(series, segment)| {
            let figure = segment.read();
            let inside = match list(at, series) {
                Some(href) => view! { <a href=href>{figure}</a> }.into_any(),
                None => figure.into_any(),
            };
            view! { <td class="end">{inside}</td> }
        });
        view! {
            <tr>
                <th scope="row">{point.name.clone()}</th>
                {cells.collect_any()}
                {sum}
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=format!("{title}, data")>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{points_are.to_owned()}</th>
                        {heads.collect_any()}
                        {total_head}
                    </tr>
                </thead>
                <tbody>{rows.collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_the_way_the_bars_stand() {
        let at = |point, series| Some(Spot { point, series });
        let size = (3, 2);
        assert_eq!(moved("ArrowRight", false, None, size), at(0, 0));
        assert_eq!(moved("ArrowRight", false, at(0, 0), size), at(1, 0));
        assert_eq!(moved("ArrowRight", false, at(2, 0), size), at(2, 0));
        assert_eq!(moved("ArrowUp", false, at(1, 0), size), at(1, 1));
        assert_eq!(moved("ArrowDown", true, at(1, 0), size), at(2, 0));
        assert_eq!(moved("ArrowRight", true, at(1, 1), size), at(1, 1));
        assert_eq!(moved("End", true, None, size), at(2, 0));
        assert_eq!(moved("x", false, None, size), None);
    }

    #[test]
    fn a_label_that_is_too_wide_ends_in_dots() {
        assert_eq!(cut("Defender for Cloud Apps", 230, 100), "Defender…");
        assert_eq!(cut("W", 50, 10), "W…");
    }
}
