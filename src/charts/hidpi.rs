//! plotters' canvas backend made sharp: the canvas holds device pixels, plotters sees CSS pixels.
//! Text is measured by the canvas itself; plotters' own way adds an element with an inline style
//! to the page, which the content security policy forbids.

use leptos::wasm_bindgen::JsCast;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type Failure = DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>;

/// A drawing backend over a canvas, in CSS pixels.
pub(super) struct HiDpi {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
}

impl HiDpi {
    /// Gives the canvas the pixels for its place on the page, and clears it; `None` without a 2d context.
    pub(super) fn new(canvas: &HtmlCanvasElement, size: (u32, u32), ratio: f64) -> Option<HiDpi> {
        let device = |css: u32| (f64::from(css) * ratio).round() as u32;
        let (width, height) = (device(size.0), device(size.1));
        // Setting even the same size gives it new memory.
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let context = canvas
            .get_context("2d")
            .ok()??
            .dyn_into::<CanvasRenderingContext2d>()
            .ok()?;
        context
            .set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)
            .ok()?;
        context.clear_rect(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        let inner = CanvasBackend::with_canvas_object(canvas.clone())?;
        Some(HiDpi {
            inner,
            context,
            size,
        })
    }

    /// Over a canvas that has been drawn on, to ask it for colours and widths.
    pub(super) fn over(canvas: &HtmlCanvasElement) -> Option<HiDpi> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let inner = CanvasBackend::with_canvas_object(canvas.clone())?;
        let size = (
            canvas.client_width().unsigned_abs(),
            canvas.client_height().unsigned_abs(),
        );
        Some(HiDpi {
            inner,
            context,
            size,
        })
    }

    /// How wide and high the drawing is, in CSS pixels.
    pub(super) fn size(&self) -> (i32, i32) {
        (self.size.0.cast_signed(), self.size.1.cast_signed())
    }

    /// A CSS colour as red, green and blue. The canvas does the reading, so every notation and
    /// the colours of a forced palette work.
    pub(super) fn colour(&self, css: &str) -> (u8, u8, u8) {
        self.context.set_fill_style_str(css);
        let read = self.context.fill_style().as_string().unwrap_or_default();
        let hex = |at: usize| {
            read.get(at..at + 2)
                .and_then(|two| u8::from_str_radix(two, 16).ok())
        };
        match (hex(1), hex(3), hex(5)) {
            (Some(red), Some(green), Some(blue)) => (red, green, blue),
            _ => (128, 128, 128),
        }
    }

    /// How wide `text` is in this font.
    pub(super) fn width_of(&self, text: &str, font: &str) -> i32 {
        self.context.set_font(font);
        self.context
            .measure_text(text)
            .map_or(0, |measured| measured.width().ceil() as i32)
    }
}

impl DrawingBackend for HiDpi {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Failure> {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<(), Failure> {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        if fill {
            return self.inner.draw_rect(upper_left, bottom_right, style, true);
        }
        // An outline lies between whole coordinates: half a pixel in, it is sharp and inside.
        let inner_corner = (bottom_right.0 - 1, bottom_right.1 - 1);
        drop(self.context.translate(0.5, 0.5));
        let drawn = self.inner.draw_rect(upper_left, inner_corner, style, false);
        drop(self.context.translate(-0.5, -0.5));
        drawn
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Failure> {
        // Like an outline, a path on whole coordinates is sharp half a pixel in.
        drop(self.context.translate(0.5, 0.5));
        let drawn = self.inner.draw_path(path, style);
        drop(self.context.translate(-0.5, -0.5));
        drawn
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.inner.fill_polygon(vert, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<(), Failure> {
        self.inner.draw_text(text, style, pos)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), Failure> {
        let font = format!("{}px {}", style.size(), style.family().as_str());
        Ok((
            self.width_of(text, &font).unsigned_abs(),
            style.size() as u32,
        ))
    }
}
