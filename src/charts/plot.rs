//! A chart with its legend, tooltip, keyboard, selection and table of figures.

mod parts;

use super::bars::{self, Pattern};
use super::canvas::{Draw, canvas, printed};
use super::hidpi::HiDpi;
use super::look::Look;
use super::save;
use super::scale::{Layout, Shape};
use crate::platform::{dom, intl};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, html, prelude::*};
use lexicon::t;
use parts::{FIRST, Spot, labels, legend, mark, moved, palette, table, tooltip};
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
    /// How many, or how much: what is drawn.
    pub value: u32,
    /// What is read instead, such as "3 h 6 min".
    pub words: Option<String>,
}

impl Segment {
    /// A count.
    pub fn count(value: usize) -> Segment {
        Segment {
            value: u32::try_from(value).unwrap_or(u32::MAX),
            words: None,
        }
    }

    /// What is read.
    pub(super) fn read(&self) -> String {
        self.words
            .clone()
            .unwrap_or_else(|| intl::number(self.value))
    }
}

/// The chart.
#[component]
pub fn Plot(
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
    /// The address of the list that a piece counts, by point and series: made when it is wanted.
    #[prop(optional, into)]
    list: Option<Callback<(usize, usize), Option<String>>>,
    /// Called with the address of the piece clicked or chosen by Enter.
    #[prop(into)]
    on_open: Callback<String>,
    /// How the values of a point stand to each other.
    #[prop(optional)]
    shape: Shape,
    /// Bars lie, each beside its label: for names that are long.
    #[prop(optional)]
    lying: bool,
    /// Its heading stands over it already and is not shown once more.
    #[prop(optional)]
    no_title: bool,
    /// The table has no column for sums: what is shown cannot be added up.
    #[prop(optional)]
    no_total: bool,
    /// The points that are chosen, by number.
    #[prop(optional, into)]
    chosen: Signal<Vec<usize>>,
    /// Chooses other points: by click, Space, or drawing over several. Then a click opens nothing.
    #[prop(optional, into)]
    on_choose: Option<Callback<Vec<usize>>>,
) -> impl IntoView {
    let layout = RwSignal::new(None::<Layout>);
    let at = RwSignal::new(None::<Spot>);
    let env = env();
    let stage = NodeRef::<html::Div>::new();
    // What is derived from a report is derived once for each change of it, not for each reader.
    let points = Memo::new(move |_| points.get());
    let href_at = move |point, series| list.and_then(|list| list.run((point, series)));
    let draw: Draw = Arc::new(move || {
        let (points, series) = (points.get(), series.get());
        Box::new(move |backend, look| {
            let palette = palette(&backend, look, &series);
            let (labels, widest) = labels(&backend, &palette, &points, lying);
            let (width, height) = backend.size();
            let laid = Layout::new(width, height, &values(&points), widest, shape, lying);
            // A canvas that cannot be drawn on leaves the table, which says the same.
            drop(bars::draw(backend, &laid, &labels, &palette));
            // The page may be gone by now.
            let _ = layout.try_maybe_update(|known| {
                let changed = known.as_ref() != Some(&laid);
                if changed {
                    *known = Some(laid);
                }
                changed
            });
        })
    });
    let drawn_on = move || {
        stage
            .try_get_untracked()
            .flatten()
            .and_then(|stage| canvas_in(&stage))
    };
    let as_svg = move || {
        let element = drawn_on()?;
        let laid = layout.get_untracked()?;
        let backend = HiDpi::over(&element)?;
        let look = Look::new(element.clone(), Arc::default());
        let palette = palette(&backend, &look, &series.read_untracked());
        let (labels, _) = labels(&backend, &palette, &points.read_untracked(), lying);
        Some(save::svg(backend.size(), &laid, &labels, &palette))
    };
    let read_out = move |spot: Spot| {
        let points = points.read_untracked();
        let Some(point) = points.get(spot.point) else {
            return;
        };
        let series = series.read_untracked();
        let parts = series.iter().zip(&point.segments);
        let parts: Vec<String> = parts
            .map(|(s, v)| format!("{} {}", v.read(), s.name))
            .collect();
        env.announce(format!("{}: {}", point.name, parts.join(", ")));
    };
    // One that is chosen already is taken away; several are added.
    let choose = move |from: usize, to: usize| {
        let Some(on_choose) = on_choose else { return };
        let mut now = chosen.get_untracked();
        if from == to && now.contains(&from) {
            now.retain(|point| *point != from);
        } else {
            now.extend(from.min(to)..=from.max(to));
            now.sort_unstable();
            now.dedup();
        }
        let name = points
            .read_untracked()
            .get(to)
            .map(|point| point.name.clone());
        let (name, count) = (name.unwrap_or_default(), now.len());
        env.announce(t!(
            count,
            "{name}. {count} selected",
            "{name}. {count} selected"
        ));
        on_choose.run(now);
    };
    let keys = move |event: ev::KeyboardEvent| {
        let size = (points.read_untracked().len(), series.read_untracked().len());
        let held = at.get_untracked();
        let now = held.unwrap_or(FIRST);
        if size.0 == 0 {
            return;
        }
        match event.key().as_str() {
            " " if on_choose.is_some() => {
                event.prevent_default();
                choose(now.point, now.point);
            }
            "Enter" => {
                if let Some(href) = href_at(now.point, now.series) {
                    on_open.run(href);
                }
            }
            "Escape" => at.set(None),
            key => {
                let Some(moved) = moved(key, lying, held, size) else {
                    return;
                };
                event.prevent_default();
                at.set(Some(moved));
                read_out(moved);
            }
        }
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
    let pressed = RwSignal::new(None::<usize>);
    let point_under = move |event: &ev::PointerEvent| {
        layout.with_untracked(|layout| {
            layout
                .as_ref()?
                .point_at(event.offset_x(), event.offset_y())
        })
    };
    let release = move |event: ev::PointerEvent| {
        if let (Some(from), Some(to)) = (pressed.get_untracked(), point_under(&event)) {
            choose(from, to);
        }
        pressed.set(None);
    };
    let click = move |event: ev::MouseEvent| {
        if on_choose.is_some() {
            return;
        }
        let piece = layout.with_untracked(|layout| {
            layout
                .as_ref()
                .and_then(|layout| layout.piece_at(event.offset_x(), event.offset_y()))
        });
        let spot = piece.map(|piece| Spot {
            point: piece.point,
            series: piece.series,
        });
        if let Some(href) = spot.and_then(|spot| href_at(spot.point, spot.series)) {
            on_open.run(href);
        }
    };
    let advice = if on_choose.is_some() {
        t!("Arrow keys read the bars, Space selects one.")
    } else {
        t!("Arrow keys read the bars, Enter opens the list.")
    };
    let label = Signal::derive(move || {
        let title = title.get();
        format!("{title}. {advice}")
    });
    let boxes = move || {
        let marked = at.get().map(|spot| spot.point);
        let chosen = chosen.read();
        layout.with(|layout| {
            let layout = layout.as_ref()?;
            let read = marked.map(|point| mark(layout, point, "chart-mark"));
            let chosen = chosen
                .iter()
                .map(|point| mark(layout, *point, "chart-mark chosen"));
            Some(read.into_iter().chain(chosen).collect::<Vec<_>>())
        })
    };
    let tip = move || {
        let spot = at.get()?;
        let point = points.read().get(spot.point)?.clone();
        layout.with(|layout| Some(tooltip(spot, layout.as_ref()?, point, &series.read())))
    };
    let (shown, details) = (RwSignal::new(false), NodeRef::<html::Details>::new());
    let printed = printed();
    let menu = save::menu(
        title,
        Callback::new(move |()| drawn_on()),
        Callback::new(move |()| as_svg()),
    );
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <span class="chart-title" class:visually-hidden=no_title>
                    {move || title.get()}
                </span>
                <ul class="legend">
                    {move || series.get().into_iter().map(legend).collect_any()}
                </ul>
                {menu}
            </figcaption>
            <div
                class="chart-stage"
                class:lying=lying
                class:pointing=move || over.get()
                tabindex="0"
                role="application"
                aria-roledescription=t!("chart")
                aria-label=move || label.get()
                node_ref=stage
                on:keydown=keys
                on:pointermove=hover
                on:pointerdown=move |event| pressed.set(point_under(&event))
                on:pointerup=release
                on:pointerleave=move |_| {
                    over.set(false);
                    at.set(None);
                    pressed.set(None);
                }
                on:focusout=move |_| {
                    let _ = at.try_set(None);
                }
                on:click=click
            >
                {canvas(summary, draw)}
                {dynamic(boxes)}
                {dynamic(tip)}
            </div>
            <details
                class="chart-data"
                on:toggle=move |_| shown.set(details.get_untracked().is_some_and(|it| it.open()))
                node_ref=details
            >
                <summary>{t!("Show data")}</summary>
                {dynamic(move || {
                    // On paper nobody can open it. Many points would be pages of them.
                    let now = shown.get() || printed.get() && points.read().len() <= FEW;
                    now.then(|| {
                        table(&points_are, &title.get(), &series.read(), &points.read(), &href_at, !no_total)
                    })
                })}
            </details>
        </figure>
    }
    .into_any()
}

/// So many points are few.
const FEW: usize = 100;
fn values(points: &[Point]) -> Vec<Vec<u32>> {
    let of = |point: &Point| point.segments.iter().map(|segment| segment.value).collect();
    points.iter().map(of).collect()
}

fn canvas_in(stage: &web_sys::HtmlElement) -> Option<web_sys::HtmlCanvasElement> {
    let found = dom::within(stage, "canvas").into_iter().next()?;
    found.dyn_into().ok()
}
