//! A chart of stacked bars with its legend, tooltip, keyboard and table of figures.

mod parts;

use super::bars::{self, Pattern, TEXT};
use super::canvas::{Draw, canvas};
use super::scale::Layout;
use crate::reactive::{RwSignal, Signal};
use crate::ui::dynamic::CollectAny;
use crate::ui::env::env;
use leptos::{ev, prelude::*};
use parts::{Spot, href_at, legend, palette, table, tooltip};
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
                    {move || series.get().into_iter().map(legend).collect_any()}
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
