//! A drawing as an SVG text: what the canvas shows, to be saved. Whole pixels and opaque colours only, as
//! the charts use no others.

use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The drawing; a copy of this is the same one.
#[derive(Clone)]
pub(super) struct Svg {
    size: (u32, u32),
    out: Rc<RefCell<String>>,
}

impl Svg {
    /// An empty drawing of a size in px.
    pub(super) fn new(size: (u32, u32)) -> Svg {
        let (width, height) = size;
        let head = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
        );
        Svg {
            size,
            out: Rc::new(RefCell::new(head)),
        }
    }

    /// The text of what was drawn.
    pub(super) fn finish(&self) -> String {
        format!("{}</svg>\n", self.out.borrow())
    }

    fn add(&self, element: &str) -> Drawn {
        let mut out = self.out.borrow_mut();
        out.push_str(element);
        out.push('\n');
        Ok(())
    }
}

fn paint<S: BackendStyle>(style: &S, fill: bool) -> String {
    let (red, green, blue) = style.color().rgb;
    let colour = format!("#{red:02x}{green:02x}{blue:02x}");
    if fill {
        format!("fill=\"{colour}\"")
    } else {
        format!(
            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"",
            style.stroke_width()
        )
    }
}

/// Text as an element may hold it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn joined(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut points = String::new();
    for (x, y) in path {
        // Writing to a String cannot fail.
        points.push_str(&format!("{x},{y} "));
    }
    points.trim_end().to_owned()
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let (red, green, blue) = color.rgb;
        self.add(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" fill=\"#{red:02x}{green:02x}{blue:02x}\"/>"
        ))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        // An outline is within the corners, as on the canvas.
        let edge = i32::from(!fill);
        let (width, height) = ((to.0 - from.0 - edge).max(0), (to.1 - from.1 - edge).max(0));
        let (x, y, paint) = (from.0, from.1, paint(style, fill));
        self.add(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>"
        ))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let (points, paint) = (joined(path), paint(style, false));
        self.add(&format!("<polyline points=\"{points}\" {paint}/>"))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let paint = paint(style, fill);
        self.add(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>"
        ))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let (points, paint) = (joined(path), paint(style, true));
        self.add(&format!("<polygon points=\"{points}\" {paint}/>"))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let down = match style.anchor().v_pos {
            VPos::Top => "0.76em",
            VPos::Center => "0.35em",
            VPos::Bottom => "-0.24em",
        };
        let (red, green, blue) = style.color().rgb;
        let (size, family, text) = (
            style.size() as u32,
            escaped(style.family().as_str()),
            escaped(text),
        );
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" dy=\"{down}\" text-anchor=\"{anchor}\" font-size=\"{size}\" font-family=\"{family}\" fill=\"#{red:02x}{green:02x}{blue:02x}\">{text}</text>"
        ))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let size = style.size() as u32;
        let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Ok((letters.saturating_mul(size) * 6 / 10, size))
    }
}
