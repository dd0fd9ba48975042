//! The parts of a chart that are HTML, and the colours of the part that is not.

use super::{Point, Series};
use crate::charts::bars::{Palette, Pattern, grouped};
use crate::charts::hidpi::HiDpi;
use crate::charts::scale::Layout;
use crate::platform::observe;
use crate::ui::dynamic::CollectAny;
use leptos::prelude::*;
use plotters::style::RGBColor;

/// The piece being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) point: usize,
    pub(super) series: usize,
}

pub(super) fn href_at(points: &[Point], spot: Spot) -> Option<String> {
    points
        .get(spot.point)?
        .segments
        .get(spot.series)?
        .href
        .clone()
}

pub(super) fn palette(
    backend: &HiDpi,
    element: &web_sys::HtmlElement,
    series: &[Series],
) -> Palette {
    let colour = |token: &str| {
        let (red, green, blue) = backend.colour(&observe::colour(element, token));
        RGBColor(red, green, blue)
    };
    Palette {
        surface: colour("--surface"),
        text: colour("--text-subtle"),
        line: colour("--chart-line"),
        axis: colour("--border-strong"),
        marked: colour("--surface-hover"),
        series: series
            .iter()
            .map(|series| (colour(series.colour), series.pattern))
            .collect(),
        family: observe::token(element, "font-family"),
    }
}

fn swatch(series: &Series) -> AnyView {
    let class = match series.pattern {
        Pattern::Solid => "swatch",
        Pattern::Hatched => "swatch hatched",
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
                    <span class="figure">{grouped(segment.value)}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    // Kept inside the chart: it hangs left of bars in its right half.
    let flip = layout.middle(spot.point) > (layout.plot.left + layout.plot.right) / 2;
    view! {
        <div
            class="chart-tip"
            class:flip=flip
            aria-hidden="true"
            style:left=format!("{}px", layout.middle(spot.point))
            style:top=format!("{}px", layout.bar_top(spot.point).clamp(8, 96))
        >
            <p>{point.name}</p>
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

pub(super) fn table(points_are: &str, title: &str, series: &[Series], points: &[Point]) -> AnyView {
    let heads = series.iter().map(|series| {
        view! { <th scope="col" class="end">{series.name.clone()}</th> }
    });
    let rows = points.iter().map(|point| {
        let total: u32 = point
            .segments
            .iter()
            .fold(0, |sum, s| sum.saturating_add(s.value));
        let cells = point.segments.iter().map(|segment| {
            let figure = grouped(segment.value);
            let inside = match &segment.href {
                Some(href) => view! { <a href=href.clone()>{figure}</a> }.into_any(),
                None => figure.into_any(),
            };
            view! { <td class="end">{inside}</td> }
        });
        view! {
            <tr>
                <th scope="row">{point.name.clone()}</th>
                {cells.collect_any()}
                <td class="end">{grouped(total)}</td>
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
                        <th scope="col" class="end">"Total"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
