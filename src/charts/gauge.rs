//! A half ring that shows how much of a target is reached, and a small line of how something went. Both
//! are pictures only: the numbers stand beside them in words.

use super::canvas::canvas;
use crate::reactive::Signal;
use leptos::prelude::AnyView;
use plotters::prelude::*;
use std::f64::consts::PI;
use std::sync::Arc;

/// Points of a half ring: enough to look round at its size.
const STEPS: u32 = 48;

/// The half ring: `value` of `whole`, with a mark at `target`. `label` says all of it in words.
pub fn gauge(label: Signal<String>, numbers: Signal<(usize, usize, usize)>) -> AnyView {
    canvas(
        label,
        Arc::new(move || {
            let (value, target, whole) = numbers.get();
            Box::new(move |backend, look| {
                let reached = if value >= target {
                    "--chart-2"
                } else {
                    "--chart-1"
                };
                let tokens = [reached, "--chart-line", "--text"];
                let [fill, empty, mark] = tokens.map(|token| look.colour(&backend, token));
                // A picture that cannot be drawn is missed by nobody: its words stand beside it.
                drop(ring(backend, [value, target, whole], [fill, empty, mark]));
            })
        }),
    )
}

/// The line of how something went, oldest first.
pub fn spark(label: Signal<String>, values: Signal<Vec<usize>>) -> AnyView {
    canvas(
        label,
        Arc::new(move || {
            let values = values.get();
            Box::new(move |backend, look| {
                let line = look.colour(&backend, "--chart-1");
                drop(path(backend, &values, line));
            })
        }),
    )
}

type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

fn ring<B: DrawingBackend>(
    backend: B,
    [value, target, whole]: [usize; 3],
    [fill, empty, mark]: [RGBColor; 3],
) -> Drawn<B> {
    let root = backend.into_drawing_area();
    let (width, height) = root.dim_in_pixel();
    let outer = f64::from(height.saturating_sub(6))
        .min(f64::from(width) / 2.0 - 4.0)
        .max(8.0);
    let inner = outer * 0.72;
    let centre = (f64::from(width) / 2.0, outer + 3.0);
    let share = |number: usize| part(number, whole);
    root.draw(&Polygon::new(
        arc(centre, inner, outer, 0.0, 1.0),
        empty.filled(),
    ))?;
    if value > 0 {
        let points = arc(centre, inner, outer, 0.0, share(value));
        root.draw(&Polygon::new(points, fill.filled()))?;
    }
    let at = share(target);
    let tick = arc(
        centre,
        inner - 3.0,
        outer + 3.0,
        (at - 0.006).max(0.0),
        (at + 0.006).min(1.0),
    );
    root.draw(&Polygon::new(tick, mark.filled()))?;
    root.present()
}

/// How much of a whole, at most all of it.
fn part(number: usize, whole: usize) -> f64 {
    let (number, whole) = (number.min(whole), whole.max(1));
    #[expect(clippy::cast_precision_loss, reason = "counts of devices")]
    let part = number as f64 / whole as f64;
    part
}

/// The outline of a part of a half ring, from left to right.
fn arc((x, y): (f64, f64), inner: f64, outer: f64, from: f64, to: f64) -> Vec<(i32, i32)> {
    let point = |radius: f64, share: f64| {
        let angle = PI * (1.0 + share);
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let point = (
            (x + radius * angle.cos()).round() as i32,
            (y + radius * angle.sin()).round() as i32,
        );
        point
    };
    let share = |step: u32| from + (to - from) * f64::from(step) / f64::from(STEPS);
    let there = (0..=STEPS).map(|step| point(outer, share(step)));
    let back = (0..=STEPS).rev().map(|step| point(inner, share(step)));
    there.chain(back).collect()
}

fn path<B: DrawingBackend>(backend: B, values: &[usize], colour: RGBColor) -> Drawn<B> {
    let root = backend.into_drawing_area();
    let (width, height) = root.dim_in_pixel();
    let points = line(values, width, height);
    root.draw(&PathElement::new(points.clone(), colour.stroke_width(2)))?;
    if let Some(last) = points.last() {
        root.draw(&Circle::new(*last, 3, colour.filled()))?;
    }
    root.present()
}

/// The points of a line over the whole of a place, with room for its end.
fn line(values: &[usize], width: u32, height: u32) -> Vec<(i32, i32)> {
    let (low, high) = (
        values.iter().min().copied().unwrap_or(0),
        values.iter().max().copied().unwrap_or(0),
    );
    let last = values.len().saturating_sub(1);
    let place = |share: f64, room: u32| {
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let place = 4 + (share * f64::from(room.saturating_sub(8))).round() as i32;
        place
    };
    let point = |(at, value): (usize, &usize)| {
        let up = if high == low {
            0.5
        } else {
            part(value - low, high - low)
        };
        (place(part(at, last), width), place(1.0 - up, height))
    };
    values.iter().enumerate().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fills_its_place_and_stands_upright() {
        assert_eq!(line(&[2, 4, 3], 108, 48), [(4, 44), (54, 4), (104, 24)]);
        assert_eq!(line(&[7, 7], 108, 48), [(4, 24), (104, 24)]);
        assert_eq!(line(&[], 108, 48), []);
    }

    #[test]
    fn a_ring_is_half_filled_at_half_and_never_more_than_full() {
        let right = |value: usize| {
            let points = arc((50.0, 50.0), 30.0, 40.0, 0.0, part(value, 100));
            points.iter().map(|(x, _)| *x).max()
        };
        assert_eq!(right(50), Some(50));
        assert_eq!(right(100), Some(90));
        assert_eq!(right(300), Some(90));
        assert_eq!(part(0, 0), 0.0);
    }
}
