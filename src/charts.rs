//! Charts: plotters draws onto a canvas; everything one reads, focuses or clicks is HTML beside
//! it. What the figures mean is the caller's business, and where a click leads too.

pub mod bars;
mod canvas;
pub mod gauge;
mod hidpi;
mod look;
pub mod plot;
mod save;
mod scale;
mod svg;

pub use scale::Shape;
