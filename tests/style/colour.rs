//! Colours as the tokens write them, and how well one is seen on another.

/// Red, green and blue, 0 to 255.
pub(crate) type Colour = [u8; 3];

const NAMED: &str = "white black red green blue gray grey yellow orange purple navy teal silver maroon olive lime aqua fuchsia";

/// `light-dark(#…, #…)` or one colour for both.
pub(crate) fn of_both_themes(value: &str) -> Option<[Colour; 2]> {
    if let Some(pair) = value.strip_prefix("light-dark(") {
        let (light, dark) = pair.strip_suffix(')')?.split_once(',')?;
        return Some([hex(light.trim())?, hex(dark.trim())?]);
    }
    let one = hex(value)?;
    Some([one, one])
}

fn hex(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Whether a value says a colour itself instead of naming it.
pub(crate) fn is_raw(value: &str) -> bool {
    let functions = [
        "#", "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ];
    let words = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    functions.iter().any(|function| value.contains(function))
        || words
            .into_iter()
            .any(|word| NAMED.split(' ').any(|name| name == word))
}

/// WCAG's contrast ratio.
pub(crate) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn contrast_is_wcag_s() {
    let (black, white, grey) = ([0; 3], [255; 3], [0x76; 3]);
    assert!((contrast(black, white) - 21.0).abs() < 0.001);
    assert!((contrast(white, white) - 1.0).abs() < 0.001);
    assert!((contrast(grey, white) - 4.54).abs() < 0.01);
}
