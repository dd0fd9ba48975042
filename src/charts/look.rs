//! The colours and the font of the page around a chart. Each is read once for each theme: asking for a
//! computed style makes the browser settle the style of the whole page at that moment.

use super::hidpi::HiDpi;
use crate::platform::observe;
use plotters::style::RGBColor;
use std::sync::{Arc, Mutex, PoisonError};
use web_sys::HtmlCanvasElement;

type Known = Arc<Mutex<Vec<(&'static str, String)>>>;

/// What has been read of one canvas's tokens.
#[derive(Clone)]
pub(super) struct Look {
    element: HtmlCanvasElement,
    known: Known,
}

impl Look {
    /// Of a canvas; `known` is what has been read of it already.
    pub(super) fn new(element: HtmlCanvasElement, known: Known) -> Look {
        Look { element, known }
    }

    /// The colour that a token stands for.
    pub(super) fn colour(&self, backend: &HiDpi, token: &'static str) -> RGBColor {
        let css = self.known(token, || observe::colour(&self.element, token));
        let (red, green, blue) = backend.colour(&css);
        RGBColor(red, green, blue)
    }

    /// The font family of the page around it.
    pub(super) fn family(&self) -> String {
        const FAMILY: &str = "font-family";
        self.known(FAMILY, || observe::token(&self.element, FAMILY))
    }

    fn known(&self, name: &'static str, read: impl FnOnce() -> String) -> String {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = known.iter().find(|(held, _)| *held == name) {
            return value.clone();
        }
        let value = read();
        known.push((name, value.clone()));
        value
    }
}
