//! Where things are on a chart, and what is under a pointer. Pure arithmetic.

/// Room for the value axis's figures beside the plot, in px.
const GUTTER: i32 = 44;
/// Room for the labels under the plot.
const FOOT: i32 = 26;
/// Room for one label over another.
const LINE: i32 = 14;
/// Room beside the plot, so that the last label is not cut.
const MARGIN: i32 = 20;
/// Room over the plot, so that the top figure is not cut.
const HEAD: i32 = 10;
/// Half the width of what is around a point of a line.
pub(super) const NEAR: i32 = 4;
/// Widest bar.
const WIDEST: i32 = 40;

/// How the values of a point stand to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// On top of each other.
    #[default]
    Stacked,
    /// Side by side.
    Grouped,
    /// Each series is a line through its points.
    Line,
}

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
    pub(super) shape: Shape,
    /// Bars grow from left to right, each beside its label: there names may be long.
    pub(super) lying: bool,
    points: usize,
}

impl Layout {
    /// Lays out bars of these values (`values[point][series]`) on a canvas of this size, with
    /// labels about `label_width` px wide.
    pub(super) fn new(
        width: i32,
        height: i32,
        values: &[Vec<u32>],
        label_width: i32,
        shape: Shape,
        lying: bool,
    ) -> Layout {
        let gutter = match lying {
            true => (label_width + 16).min(Layout::widest_label(width) + 16),
            false => GUTTER,
        };
        let plot = Area {
            left: gutter,
            top: HEAD,
            right: width - MARGIN,
            bottom: height - FOOT,
        };
        let height_of = |bar: &Vec<u32>| {
            let all = bar.iter().copied();
            match shape {
                Shape::Stacked => all.fold(0_u32, u32::saturating_add),
                Shape::Grouped | Shape::Line => all.max().unwrap_or(0),
            }
        };
        let most = values.iter().map(height_of).max().unwrap_or(0);
        let ticks = ticks(most);
        let mut layout = Layout {
            plot,
            ticks,
            pieces: Vec::new(),
            label_step: 1,
            shape,
            lying,
            points: values.len(),
        };
        let band = layout.band_width().max(1.0);
        let room = if lying { LINE } else { label_width + 12 };
        layout.label_step = (f64::from(room) / band).ceil().max(1.0) as usize;
        for (point, bar) in values.iter().enumerate() {
            layout.place(point, bar);
        }
        layout
    }

    /// How wide a label beside lying bars may be on a canvas of this width.
    pub(super) fn widest_label(width: i32) -> i32 {
        width * 2 / 5
    }

    fn place(&mut self, point: usize, values: &[u32]) {
        let (left, right) = self.bar(point);
        let each = (right - left) / i32::try_from(values.len().max(1)).unwrap_or(1);
        let mut below = 0_u32;
        for (series, value) in values.iter().enumerate() {
            let y = self.at(*value);
            let beside = left + each * i32::try_from(series).unwrap_or(0);
            let bottom = self.at(below);
            let area = match self.shape {
                _ if self.lying && *value == 0 => continue,
                Shape::Grouped if self.lying => Area {
                    left: self.plot.left,
                    top: beside,
                    right: y.max(self.plot.left + 2),
                    bottom: beside + (each - 1).max(1),
                },
                _ if self.lying => {
                    below = below.saturating_add(*value);
                    Area {
                        left: bottom,
                        top: left,
                        right: self.at(below).max(bottom + 2),
                        bottom: right,
                    }
                }
                Shape::Line => Area {
                    left: self.middle(point) - NEAR,
                    top: y - NEAR,
                    right: self.middle(point) + NEAR,
                    bottom: y + NEAR,
                },
                // What is nothing has no bar.
                _ if *value == 0 => continue,
                Shape::Grouped => Area {
                    left: beside,
                    top: y.min(self.plot.bottom - 2),
                    right: beside + (each - 1).max(1),
                    bottom: self.plot.bottom,
                },
                Shape::Stacked => {
                    below = below.saturating_add(*value);
                    Area {
                        left,
                        // A value of one must not vanish beside a thousand.
                        top: self.at(below).min(bottom - 2),
                        right,
                        bottom,
                    }
                }
            };
            self.pieces.push(Piece {
                point,
                series,
                area,
            });
        }
    }

    /// Along which the points stand: from, to.
    fn side(&self) -> (i32, i32) {
        match self.lying {
            true => (self.plot.top, self.plot.bottom),
            false => (self.plot.left, self.plot.right),
        }
    }

    fn band_width(&self) -> f64 {
        let (from, to) = self.side();
        f64::from(to - from) / self.points.max(1) as f64
    }

    /// How many points there are.
    pub(super) fn points(&self) -> usize {
        self.points
    }

    /// The middle of a bar, along the side on which the points stand.
    pub(super) fn middle(&self, point: usize) -> i32 {
        self.side().0 + (self.band_width() * (point as f64 + 0.5)) as i32
    }

    /// A bar's edges along that side.
    pub(super) fn bar(&self, point: usize) -> (i32, i32) {
        let widest = match self.shape {
            Shape::Grouped => WIDEST * 2,
            _ => WIDEST,
        };
        let width = ((self.band_width() * 0.64) as i32).clamp(2, widest);
        let left = self.middle(point) - width / 2;
        (left, left + width)
    }

    /// Where a value is drawn: its height, or of lying bars how far it is to the right.
    pub(super) fn at(&self, value: u32) -> i32 {
        let top = f64::from(self.ticks.last().copied().unwrap_or(1).max(1));
        let part = |whole: i32| (f64::from(whole) * f64::from(value) / top).round() as i32;
        match self.lying {
            true => self.plot.left + part(self.plot.right - self.plot.left),
            false => self.plot.bottom - part(self.plot.bottom - self.plot.top),
        }
    }

    /// Where what is read about a point is shown: beside the end of its pile.
    pub(super) fn tip(&self, point: usize) -> (i32, i32) {
        let own = self.of_point(point).iter();
        if self.lying {
            let end = own.map(|piece| piece.area.right).max();
            return (end.unwrap_or(self.plot.left), self.bar(point).0);
        }
        let top = own.map(|piece| piece.area.top).min();
        (self.middle(point), top.unwrap_or(self.plot.bottom))
    }

    /// The point whose band this is.
    pub(super) fn point_at(&self, x: i32, y: i32) -> Option<usize> {
        if !self.plot.contains(x, y) {
            return None;
        }
        let along = if self.lying { y } else { x };
        let at = (f64::from(along - self.side().0) / self.band_width()) as usize;
        (at < self.points).then_some(at)
    }

    /// The piece under the pointer; of a line the one nearest to it in its point.
    pub(super) fn piece_at(&self, x: i32, y: i32) -> Option<Piece> {
        let point = self.point_at(x, y)?;
        let own = self.of_point(point).iter();
        if self.shape == Shape::Line {
            let nearest = own.min_by_key(|piece| (piece.area.top + NEAR - y).abs());
            return nearest.copied();
        }
        own.copied().find(|piece| piece.area.contains(x, y))
    }

    /// The pieces of one point, which stand next to each other.
    fn of_point(&self, point: usize) -> &[Piece] {
        let from = self.pieces.partition_point(|piece| piece.point < point);
        let to = self.pieces.partition_point(|piece| piece.point <= point);
        &self.pieces[from..to]
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

/// A 45° hatching within an area, as one path: up a stroke, along the edge, down the next. A chart has thousands
/// of strokes, and each would be a drawing of its own.
pub(super) fn hatching(area: Area, gap: i32) -> Vec<(i32, i32)> {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    let mut path = Vec::new();
    // Anchored at the canvas, not at the area, so that stacked areas line up.
    let first = (gap - (area.left + area.bottom).rem_euclid(gap)).rem_euclid(gap);
    let (mut at, mut up) = (first, true);
    while at < width + height {
        let from = match at <= width {
            true => (area.left + at, area.bottom),
            false => (area.right, area.bottom - (at - width)),
        };
        let to = match at <= height {
            true => (area.left, area.bottom - at),
            false => (area.left + (at - height), area.top),
        };
        // The way to this stroke turns with the edge.
        let passed = |corner: i32| (at - gap..at).contains(&corner) && at > first;
        match up {
            true if passed(width) => path.push((area.right, area.bottom)),
            false if passed(height) => path.push((area.left, area.top)),
            _ => {}
        }
        path.extend(if up { [from, to] } else { [to, from] });
        (at, up) = (at + gap, !up);
    }
    path
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
        let layout = Layout::new(400, 200, &values, 40, Shape::Stacked, false);
        assert_eq!(layout.pieces.len(), 3);
        for piece in &layout.pieces {
            let x = (piece.area.left + piece.area.right) / 2;
            let y = (piece.area.top + piece.area.bottom) / 2;
            assert_eq!(layout.piece_at(x, y), Some(*piece));
            assert_eq!(layout.point_at(x, y), Some(piece.point));
        }
        assert_eq!(layout.point_at(2, 100), None);
    }

    #[test]
    fn a_pointer_over_a_lying_piece_finds_it_beside_its_label() {
        let values = vec![vec![2, 2], vec![0, 4], vec![1, 0]];
        for shape in [Shape::Stacked, Shape::Grouped] {
            let layout = Layout::new(400, 200, &values, 90, shape, true);
            assert_eq!(layout.pieces.len(), 4);
            for piece in &layout.pieces {
                let x = (piece.area.left + piece.area.right) / 2;
                let y = (piece.area.top + piece.area.bottom) / 2;
                assert_eq!(layout.piece_at(x, y), Some(*piece));
            }
            assert_eq!(layout.plot.left, 106, "the labels have room");
        }
        let narrow = Layout::new(300, 200, &values, 900, Shape::Stacked, true);
        assert_eq!(narrow.plot.left, 136, "and leave room for the bars");
    }

    #[test]
    fn a_pointer_anywhere_over_a_line_finds_the_nearest_series() {
        let values = vec![vec![10, 0], vec![0, 10], vec![5, 5]];
        let layout = Layout::new(400, 200, &values, 40, Shape::Line, false);
        assert_eq!(layout.pieces.len(), 6);
        let at = |point, y| {
            layout
                .piece_at(layout.middle(point), y)
                .map(|piece| piece.series)
        };
        assert_eq!(
            (at(0, layout.plot.top + 2), at(0, layout.plot.bottom - 2)),
            (Some(0), Some(1))
        );
        assert_eq!(at(1, layout.plot.top + 2), Some(1));
    }

    #[test]
    fn five_thousand_points_are_found_as_fast_as_five() {
        let values: Vec<Vec<u32>> = (0..5_000).map(|at| vec![at % 97]).collect();
        let layout = Layout::new(1_000, 240, &values, 40, Shape::Line, false);
        let found = layout
            .piece_at(layout.middle(4_321), 100)
            .map(|piece| piece.point);
        assert!(
            found.is_some_and(|point| point.abs_diff(4_321) < 8),
            "{found:?}"
        );
    }

    proptest! {
        #[test]
        fn bars_stay_on_the_plot(
            shape in proptest::sample::select(vec![Shape::Stacked, Shape::Grouped]),
            lying in proptest::bool::ANY,
            width in 60_i32..2_000, height in 60_i32..600,
            values in proptest::collection::vec(proptest::collection::vec(0_u32..100_000, 2), 0..200),
        ) {
            let layout = Layout::new(width, height, &values, 40, shape, lying);
            for piece in &layout.pieces {
                prop_assert!(piece.area.bottom <= layout.plot.bottom + i32::from(lying) * 2);
                prop_assert!(piece.area.left >= layout.plot.left || !lying);
                prop_assert!(piece.area.top < piece.area.bottom && piece.area.left < piece.area.right);
            }
        }

        #[test]
        fn hatching_stays_inside(left in 0_i32..50, top in 0_i32..50, width in 1_i32..60, height in 1_i32..60) {
            let area = Area { left, top, right: left + width, bottom: top + height };
            let path = hatching(area, 5);
            for (x, y) in &path {
                prop_assert!(*x >= area.left && *x <= area.right && *y >= area.top && *y <= area.bottom);
            }
            // Every step is a stroke or lies on the edge.
            for step in path.windows(2) {
                let (across, down) = (step[1].0 - step[0].0, step[1].1 - step[0].1);
                let on_edge = across == 0 && [area.left, area.right].contains(&step[0].0)
                    || down == 0 && [area.top, area.bottom].contains(&step[0].1);
                prop_assert!(across == down || on_edge, "{:?} in {:?}", step, area);
            }
        }
    }
}
