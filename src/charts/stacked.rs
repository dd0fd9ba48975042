//! A chart of stacked bars with its legend, tooltip, keyboard and table of figures.

use super::bars::{self, Palette, Pattern, TEXT, grouped};
use super::canvas::{Draw, canvas};
use super::hidpi::HiDpi;
use super::scale::Layout;
use crate::platform::observe;
use crate::ui::env;
use leptos::{ev, prelude::*};
use plotters::style::RGBColor;
use std::sync::Arc;

/// One series, the same in every bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in legend and table.
    pub name: String,
    /// The token of its colour: `--chart-1` to `--chart-4`.
    pub colour: &'static str,
    /// How it is told apart without colour.
    pub pattern: Pattern,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Short, under the bar: "21 Nov".
    pub label: String,
    /// In full, in tooltip and table: "Sat 21 Nov 2026".
    pub name: String,
    /// One per series, in their order.
    pub segments: Vec<Segment>,
}

/// One piece of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// How many.
    pub value: u32,
    /// The list it counts.
    pub href: Option<String>,
}

/// The chart.
#[component]
pub fn StackedBars(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// One sentence that says what it shows, such as "98 incidents in 30 days, most on 3 Nov".
    #[prop(into)]
    summary: Signal<String>,
    /// What the first column of the table is, such as "Day".
    #[prop(into)]
    points_are: String,
    /// The series, from the bottom up.
    #[prop(into)]
    series: Signal<Vec<Series>>,
    /// The bars.
    #[prop(into)]
    points: Signal<Vec<Point>>,
    /// Called with the address of the piece clicked or chosen by Enter.
    #[prop(into)]
    on_open: Callback<String>,
) -> impl IntoView {
    let layout = RwSignal::new(None::<Layout>);
    let at = RwSignal::new(None::<Spot>);
    let env = env();
    let draw: Draw = Arc::new(move |backend, element| {
        let marked = at.get().map(|spot| spot.point);
        let points = points.read();
        let labels: Vec<String> = points.iter().map(|point| point.label.clone()).collect();
        let values: Vec<Vec<u32>> = points
            .iter()
            .map(|p| p.segments.iter().map(|s| s.value).collect())
            .collect();
        let palette = palette(&backend, element, &series.read());
        let font = format!("{TEXT}px {}", palette.family);
        let widest = labels
            .iter()
            .map(|label| backend.width_of(label, &font))
            .max()
            .unwrap_or(0);
        let (width, height) = (element.client_width(), element.client_height());
        let laid = Layout::new(width, height, &values, widest);
        // A canvas that cannot be drawn on leaves the table, which says the same.
        drop(bars::draw(backend, &laid, &labels, &palette, marked));
        if layout.with_untracked(|known| known.as_ref() != Some(&laid)) {
            layout.set(Some(laid));
        }
    });
    let read_out = move |spot: Spot| {
        let points = points.read_untracked();
        let Some(point) = points.get(spot.point) else {
            return;
        };
        let series = series.read_untracked();
        let parts = series.iter().zip(&point.segments);
        let parts: Vec<String> = parts
            .map(|(s, v)| format!("{} {}", v.value, s.name))
            .collect();
        env.announce(format!("{}: {}", point.name, parts.join(", ")));
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = points.read_untracked().len();
        let all = series.read_untracked().len();
        let Some(last) = count.checked_sub(1) else {
            return;
        };
        let now = at.get_untracked().unwrap_or(Spot {
            point: 0,
            series: 0,
        });
        let moved = match event.key().as_str() {
            "ArrowRight" if at.get_untracked().is_some() => Spot {
                point: (now.point + 1).min(last),
                ..now
            },
            "ArrowLeft" => Spot {
                point: now.point.saturating_sub(1),
                ..now
            },
            "ArrowUp" => Spot {
                series: (now.series + 1).min(all.saturating_sub(1)),
                ..now
            },
            "ArrowDown" => Spot {
                series: now.series.saturating_sub(1),
                ..now
            },
            "Home" => Spot { point: 0, ..now },
            "End" => Spot { point: last, ..now },
            "ArrowRight" => now,
            "Enter" => {
                if let Some(href) = href_at(&points.read_untracked(), now) {
                    on_open.run(href);
                }
                return;
            }
            "Escape" => {
                at.set(None);
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(Some(moved));
        read_out(moved);
    };
    let over = RwSignal::new(false);
    let hover = move |event: ev::PointerEvent| {
        let (x, y) = (event.offset_x(), event.offset_y());
        let found = layout.with_untracked(|layout| {
            let layout = layout.as_ref()?;
            let piece = layout.piece_at(x, y);
            let series = piece.map_or(0, |piece| piece.series);
            Some((
                Spot {
                    point: layout.point_at(x, y)?,
                    series,
                },
                piece.is_some(),
            ))
        });
        over.set(found.is_some_and(|(_, on_piece)| on_piece));
        let spot = found.map(|(spot, _)| spot);
        if at.get_untracked() != spot {
            at.set(spot);
        }
    };
    let click = move |event: ev::MouseEvent| {
        let piece = layout.with_untracked(|layout| {
            layout
                .as_ref()
                .and_then(|layout| layout.piece_at(event.offset_x(), event.offset_y()))
        });
        let spot = piece.map(|piece| Spot {
            point: piece.point,
            series: piece.series,
        });
        if let Some(href) = spot.and_then(|spot| href_at(&points.read_untracked(), spot)) {
            on_open.run(href);
        }
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <span class="chart-title">{move || title.get()}</span>
                <ul class="legend">
                    {move || series.get().into_iter().map(legend).collect_view()}
                </ul>
            </figcaption>
            <div
                class="chart-stage"
                class:pointing=move || over.get()
                tabindex="0"
                role="application"
                aria-roledescription="chart"
                aria-label=move || {
                    format!("{}. Arrow keys read the bars, Enter opens the list.", title.get())
                }
                on:keydown=keys
                on:pointermove=hover
                on:pointerleave=move |_| {
                    over.set(false);
                    at.set(None);
                }
                on:focusout=move |_| {
                    let _ = at.try_set(None);
                }
                on:click=click
            >
                {canvas(summary, draw)}
                {move || {
                    let (spot, layout) = (at.get()?, layout.get()?);
                    let point = points.read().get(spot.point)?.clone();
                    Some(tooltip(spot, &layout, point, &series.read()))
                }}
            </div>
            <details class="chart-data">
                <summary>"Show data"</summary>
                {move || table(&points_are, &title.get(), &series.read(), &points.read())}
            </details>
        </figure>
    }
    .into_any()
}

/// The piece being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spot {
    point: usize,
    series: usize,
}

fn href_at(points: &[Point], spot: Spot) -> Option<String> {
    points
        .get(spot.point)?
        .segments
        .get(spot.series)?
        .href
        .clone()
}

fn palette(backend: &HiDpi, element: &web_sys::HtmlElement, series: &[Series]) -> Palette {
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

fn legend(series: Series) -> AnyView {
    view! { <li>{swatch(&series)} {series.name}</li> }.into_any()
}

fn tooltip(spot: Spot, layout: &Layout, point: Point, series: &[Series]) -> AnyView {
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

fn table(points_are: &str, title: &str, series: &[Series], points: &[Point]) -> AnyView {
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
                {cells.collect_view()}
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
                        {heads.collect_view()}
                        <th scope="col" class="end">"Total"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
