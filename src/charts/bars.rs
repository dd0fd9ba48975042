//! Drawing stacked bars on any plotters backend: the browser's canvas, or a recording one in tests.

use super::scale::{Layout, hatching};
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
}

/// The size of all text on a chart, in px.
pub(super) const TEXT: i32 = 12;
const HATCH_GAP: i32 = 5;

/// The colours of one drawing, read from the tokens.
pub(super) struct Palette {
    pub(super) surface: RGBColor,
    pub(super) text: RGBColor,
    pub(super) line: RGBColor,
    pub(super) axis: RGBColor,
    pub(super) marked: RGBColor,
    pub(super) series: Vec<(RGBColor, Pattern)>,
    /// The font family of the page around the chart.
    pub(super) family: String,
}

/// Draws axis, bars and labels; `marked` is the bar being read.
pub(super) fn draw<B: DrawingBackend>(
    backend: B,
    layout: &Layout,
    labels: &[String],
    palette: &Palette,
    marked: Option<usize>,
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
    if let Some(point) = marked {
        let (left, right) = layout.bar(point);
        let band = [(left - 4, plot.top), (right + 4, plot.bottom)];
        root.draw(&Rectangle::new(band, palette.marked.filled()))?;
    }
    for (at, tick) in layout.ticks.iter().enumerate() {
        let y = layout.y(*tick);
        let colour = if at == 0 { palette.axis } else { palette.line };
        // A box, because a line on a whole coordinate is smeared over two rows of pixels.
        let line = [(plot.left, y), (plot.right, y + 1)];
        root.draw(&Rectangle::new(line, colour.filled()))?;
        let style = words(HPos::Right, VPos::Center);
        root.draw(&Text::new(grouped(*tick), (plot.left - 8, y), style))?;
    }
    for piece in &layout.pieces {
        let Some((colour, pattern)) = palette.series.get(piece.series) else {
            continue;
        };
        let area = piece.area;
        // The gap above tells stacked pieces apart even where their colours cannot.
        let gap = i32::from(area.bottom - area.top > 3);
        let corners = [(area.left, area.top + gap), (area.right, area.bottom)];
        match pattern {
            Pattern::Solid => root.draw(&Rectangle::new(corners, colour.filled()))?,
            Pattern::Hatched => {
                root.draw(&Rectangle::new(corners, palette.surface.filled()))?;
                let inside = super::scale::Area {
                    top: area.top + gap,
                    ..area
                };
                for (from, to) in hatching(inside, HATCH_GAP) {
                    root.draw(&PathElement::new([from, to], colour.stroke_width(1)))?;
                }
                root.draw(&Rectangle::new(corners, colour.stroke_width(1)))?;
            }
        }
    }
    for (point, label) in labels.iter().enumerate().step_by(layout.label_step) {
        let at = (layout.middle(point), plot.bottom + 8);
        root.draw(&Text::new(
            label.clone(),
            at,
            words(HPos::Center, VPos::Top),
        ))?;
    }
    root.present()
}

/// A number with a thin space between groups of three digits.
pub(super) fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
