//! Where things are on a chart of stacked bars, and what is under a pointer. Pure arithmetic.

/// Room for the value axis's figures beside the plot, in px.
const GUTTER: i32 = 44;
/// Room for the labels under the plot.
const FOOT: i32 = 26;
/// Room over the plot, so that the top figure is not cut.
const HEAD: i32 = 10;
/// Widest bar.
const WIDEST: i32 = 40;

/// A box in whole px: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Area {
    fn contains(&self, x: i32, y: i32) -> bool {
        (self.left..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }
}

/// One piece of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) point: usize,
    pub(super) series: usize,
    pub(super) area: Area,
}

/// A chart laid out for one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// Where bars are drawn.
    pub(super) plot: Area,
    /// Values of the lines across, from 0 to the top.
    pub(super) ticks: Vec<u32>,
    /// All pieces, bar by bar from the bottom up; those of value 0 are left out.
    pub(super) pieces: Vec<Piece>,
    /// Every how many bars a label is shown.
    pub(super) label_step: usize,
    points: usize,
}

impl Layout {
    /// Lays out bars of these values (`values[point][series]`) on a canvas of this size, with
    /// labels about `label_width` px wide.
    pub(super) fn new(width: i32, height: i32, values: &[Vec<u32>], label_width: i32) -> Layout {
        let plot = Area {
            left: GUTTER,
            top: HEAD,
            right: width - 4,
            bottom: height - FOOT,
        };
        let sum = |bar: &Vec<u32>| {
            bar.iter()
                .fold(0_u32, |sum, value| sum.saturating_add(*value))
        };
        let most = values.iter().map(sum).max().unwrap_or(0);
        let ticks = ticks(most);
        let mut layout = Layout {
            plot,
            ticks,
            pieces: Vec::new(),
            label_step: 1,
            points: values.len(),
        };
        let band = layout.band_width().max(1.0);
        layout.label_step = (f64::from(label_width + 12) / band).ceil().max(1.0) as usize;
        for (point, bar) in values.iter().enumerate() {
            let (left, right) = layout.bar(point);
            let mut below = 0_u32;
            for (series, value) in bar.iter().enumerate().filter(|(_, value)| **value > 0) {
                let bottom = layout.y(below);
                below = below.saturating_add(*value);
                // A value of one must not vanish beside a thousand.
                let top = layout.y(below).min(bottom - 2);
                let area = Area {
                    left,
                    top,
                    right,
                    bottom,
                };
                layout.pieces.push(Piece {
                    point,
                    series,
                    area,
                });
            }
        }
        layout
    }

    fn band_width(&self) -> f64 {
        f64::from(self.plot.right - self.plot.left) / self.points.max(1) as f64
    }

    /// The middle of a bar.
    pub(super) fn middle(&self, point: usize) -> i32 {
        self.plot.left + (self.band_width() * (point as f64 + 0.5)) as i32
    }

    /// A bar's left and right edge.
    pub(super) fn bar(&self, point: usize) -> (i32, i32) {
        let width = ((self.band_width() * 0.64) as i32).clamp(2, WIDEST);
        let left = self.middle(point) - width / 2;
        (left, left + width)
    }

    /// The height a value is drawn at.
    pub(super) fn y(&self, value: u32) -> i32 {
        let top = f64::from(self.ticks.last().copied().unwrap_or(1).max(1));
        let height = f64::from(self.plot.bottom - self.plot.top);
        self.plot.bottom - (height * f64::from(value) / top).round() as i32
    }

    /// Where a bar's pile ends.
    pub(super) fn bar_top(&self, point: usize) -> i32 {
        let own = self.pieces.iter().filter(|piece| piece.point == point);
        own.map(|piece| piece.area.top)
            .min()
            .unwrap_or(self.plot.bottom)
    }

    /// The point whose band this is.
    pub(super) fn point_at(&self, x: i32, y: i32) -> Option<usize> {
        if !self.plot.contains(x, y) {
            return None;
        }
        let at = (f64::from(x - self.plot.left) / self.band_width()) as usize;
        (at < self.points).then_some(at)
    }

    /// The piece under the pointer.
    pub(super) fn piece_at(&self, x: i32, y: i32) -> Option<Piece> {
        self.pieces
            .iter()
            .find(|piece| piece.area.contains(x, y))
            .copied()
    }
}

/// Round values from 0 to at least `most`, three to six of them.
fn ticks(most: u32) -> Vec<u32> {
    let rough = f64::from(most.max(4)) / 4.0;
    let unit = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * unit);
    let step = step
        .filter(|step| *step >= rough && step.fract() == 0.0)
        .fold(f64::MAX, f64::min);
    let step = if step < f64::from(u32::MAX) {
        step as u32
    } else {
        most.max(1)
    };
    let count = most.max(1).div_ceil(step.max(1));
    (0..=count).map(|at| at.saturating_mul(step)).collect()
}

/// The strokes of a 45° hatching within an area, each from point to point.
pub(super) fn hatching(area: Area, gap: i32) -> Vec<((i32, i32), (i32, i32))> {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    let mut out = Vec::new();
    // Anchored at the canvas, not at the area, so that stacked areas line up.
    let first = (gap - (area.left + area.bottom).rem_euclid(gap)).rem_euclid(gap);
    let mut at = first;
    while at < width + height {
        let start = if at <= width {
            (area.left + at, area.bottom)
        } else {
            (area.right, area.bottom - (at - width))
        };
        let end = if at <= height {
            (area.left, area.bottom - at)
        } else {
            (area.left + (at - height), area.top)
        };
        if start != end {
            out.push((start, end));
        }
        at += gap;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round_and_reach_the_top() {
        assert_eq!(ticks(0), [0, 1]);
        assert_eq!(ticks(3), [0, 1, 2, 3]);
        assert_eq!(ticks(9), [0, 5, 10]);
        assert_eq!(ticks(98), [0, 25, 50, 75, 100]);
        assert_eq!(ticks(431), [0, 200, 400, 600]);
    }

    #[test]
    fn a_pointer_over_a_piece_finds_it() {
        let values = vec![vec![2, 2], vec![0, 4]];
        let layout = Layout::new(400, 200, &values, 40);
        assert_eq!(layout.pieces.len(), 3);
        for piece in &layout.pieces {
            let x = (piece.area.left + piece.area.right) / 2;
            let y = (piece.area.top + piece.area.bottom) / 2;
            assert_eq!(layout.piece_at(x, y), Some(*piece));
            assert_eq!(layout.point_at(x, y), Some(piece.point));
        }
        assert_eq!(layout.point_at(2, 100), None);
    }

    proptest! {
        #[test]
        fn bars_stay_on_the_plot(
            width in 60_i32..2_000, height in 60_i32..600,
            values in proptest::collection::vec(proptest::collection::vec(0_u32..100_000, 2), 0..200),
        ) {
            let layout = Layout::new(width, height, &values, 40);
            for piece in &layout.pieces {
                prop_assert!(piece.area.bottom <= layout.plot.bottom);
                prop_assert!(piece.area.top < piece.area.bottom);
            }
        }

        #[test]
        fn hatching_stays_inside(left in 0_i32..50, top in 0_i32..50, width in 1_i32..60, height in 1_i32..60) {
            let area = Area { left, top, right: left + width, bottom: top + height };
            for (start, end) in hatching(area, 5) {
                for (x, y) in [start, end] {
                    prop_assert!(x >= area.left && x <= area.right && y >= area.top && y <= area.bottom);
                }
            }
        }
    }
}
