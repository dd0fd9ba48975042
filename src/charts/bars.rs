//! Drawing bars and lines on any plotters backend: the browser's canvas, a drawing to be saved, or a
//! recording one in tests.

use super::scale::{Layout, NEAR, Shape, hatching};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// How a series is told apart without its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// Filled.
    #[default]
    Solid,
    /// Outlined, with strokes across.
    Hatched,
    /// The same, the other way.
    Back,
    /// Outlined.
    Open,
}

/// The size of all text on a chart, in px.
pub(super) const TEXT: i32 = 12;
const HATCH_GAP: i32 = 5;
/// So many points of a line have marks; of more they would hide the line.
const MARKED: usize = 60;

/// The colours of one drawing, read from the tokens.
pub(super) struct Palette {
    pub(super) surface: RGBColor,
    pub(super) text: RGBColor,
    pub(super) line: RGBColor,
    pub(super) axis: RGBColor,
    pub(super) series: Vec<(RGBColor, Pattern)>,
    /// The font family of the page around the chart.
    pub(super) family: String,
    /// How numbers are written where the chart is read.
    pub(super) number: fn(u32) -> String,
}

/// Draws surface, axis, bars or lines, and labels.
pub(super) fn draw<B: DrawingBackend>(
    backend: B,
    layout: &Layout,
    labels: &[String],
    palette: &Palette,
) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    let root = backend.into_drawing_area();
    let plot = layout.plot;
    let words = |h, v| {
        TextStyle::from(FontDesc::new(
            FontFamily::Name(&palette.family),
            f64::from(TEXT),
            FontStyle::Normal,
        ))
        .color(&palette.text)
        .pos(Pos::new(h, v))
    };
    root.fill(&palette.surface)?;
    for (at, tick) in layout.ticks.iter().enumerate() {
        let place = layout.at(*tick);
        let colour = if at == 0 { palette.axis } else { palette.line };
        // A box, because a line on a whole coordinate is smeared over two rows of pixels.
        let (line, figure, style) = match layout.lying {
            true => (
                [(place, plot.top), (place + 1, plot.bottom)],
                (place, plot.bottom + 8),
                words(HPos::Center, VPos::Top),
            ),
            false => (
                [(plot.left, place), (plot.right, place + 1)],
                (plot.left - 8, place),
                words(HPos::Right, VPos::Center),
            ),
        };
        root.draw(&Rectangle::new(line, colour.filled()))?;
        root.draw(&Text::new((palette.number)(*tick), figure, style))?;
    }
    for piece in layout.pieces.iter().filter(|_| layout.shape != Shape::Line) {
        let Some((colour, pattern)) = palette.series.get(piece.series) else {
            continue;
        };
        let area = piece.area;
        // The gap at the end tells stacked pieces apart even where their colours cannot.
        let gap = i32::from(layout.shape == Shape::Stacked && area.bottom - area.top > 3);
        let inside = match layout.lying {
            true => super::scale::Area {
                right: area.right - gap,
                ..area
            },
            false => super::scale::Area {
                top: area.top + gap,
                ..area
            },
        };
        let corners = [(inside.left, inside.top), (inside.right, inside.bottom)];
        if *pattern == Pattern::Solid {
            root.draw(&Rectangle::new(corners, colour.filled()))?;
            continue;
        }
        root.draw(&Rectangle::new(corners, palette.surface.filled()))?;
        // The way from stroke to stroke lies on the outline, which is within the corners.
        let within = super::scale::Area {
            right: inside.right - 1,
            bottom: inside.bottom - 1,
            ..inside
        };
        let mut strokes = match pattern {
            Pattern::Hatched | Pattern::Back => hatching(within, HATCH_GAP),
            Pattern::Solid | Pattern::Open => Vec::new(),
        };
        if *pattern == Pattern::Back {
            for (x, _) in &mut strokes {
                *x = within.left + within.right - *x;
            }
        }
        if !strokes.is_empty() {
            root.draw(&PathElement::new(strokes, colour.stroke_width(1)))?;
        }
        root.draw(&Rectangle::new(corners, colour.stroke_width(1)))?;
    }
    for (series, (colour, pattern)) in palette.series.iter().enumerate() {
        if layout.shape != Shape::Line {
            break;
        }
        let own = layout.pieces.iter().filter(|piece| piece.series == series);
        let points: Vec<(i32, i32)> = own
            .map(|piece| (piece.area.left + NEAR, piece.area.top + NEAR))
            .collect();
        let marks = points.clone();
        root.draw(&PathElement::new(points, colour.stroke_width(2)))?;
        for (x, y) in marks.into_iter().filter(|_| layout.points() <= MARKED) {
            let corners = [(x - 3, y - 3), (x + 4, y + 4)];
            let fill = match pattern {
                Pattern::Solid => *colour,
                _ => palette.surface,
            };
            match pattern {
                Pattern::Solid | Pattern::Open => {
                    root.draw(&Circle::new((x, y), 4, fill.filled()))?;
                    root.draw(&Circle::new((x, y), 4, colour.stroke_width(1)))?;
                }
                Pattern::Hatched | Pattern::Back => {
                    root.draw(&Rectangle::new(corners, fill.filled()))?;
                    root.draw(&Rectangle::new(corners, colour.stroke_width(1)))?;
                }
            }
        }
    }
    for (point, label) in labels.iter().enumerate().step_by(layout.label_step) {
        let middle = layout.middle(point);
        let (at, style) = match layout.lying {
            true => ((plot.left - 8, middle), words(HPos::Right, VPos::Center)),
            false => ((middle, plot.bottom + 8), words(HPos::Center, VPos::Top)),
        };
        root.draw(&Text::new(label.clone(), at, style))?;
    }
    root.present()
}

#[cfg(test)]
mod tests;
