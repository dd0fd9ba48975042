//! Telephone numbers as the service dials them: E.164, a plus and at most fifteen digits.

use lexicon::t;

const FEWEST: usize = 5;
const MOST: usize = 15;

/// The number as it is dialled, from what somebody wrote: blanks, dashes, dots and brackets go, 00 is a
/// plus. A zero alone in brackets goes, too: it is dialled only where there is no code of a country before
/// it. Nothing for nothing; otherwise what is wrong with it.
pub fn dialled(written: &str) -> Result<String, &'static str> {
    let close: String = written.split_whitespace().collect();
    let sign = |c: char| "-./()\u{2010}\u{2011}\u{2013}".contains(c);
    let compact = close.replace("(0)", "").replace(sign, "");
    if compact.is_empty() {
        return Ok(compact);
    }
    let digits = match (compact.strip_prefix('+'), compact.strip_prefix("00")) {
        (Some(rest), _) | (None, Some(rest)) => rest,
        (None, None) => return Err(NO_COUNTRY),
    };
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(NOT_DIGITS);
    }
    if digits.starts_with('0') {
        return Err(NO_COUNTRY);
    }
    match digits.len() {
        FEWEST..=MOST => Ok(format!("+{digits}")),
        length if length < FEWEST => Err(TOO_SHORT),
        _ => Err(TOO_LONG),
    }
}

const NO_COUNTRY: &str = t!("Begin with a plus and the country's code, such as +43 1 555 0100.");
const NOT_DIGITS: &str = t!("Write digits only after the plus. An extension cannot be dialled.");
const TOO_SHORT: &str = t!("The number is too short.");
const TOO_LONG: &str = t!("The number is too long: at most 15 digits after the plus.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_becomes_what_is_dialled() {
        for (written, number) in [
            ("", ""),
            ("   ", ""),
            ("+43 1 555 0100", "+4315550100"),
            ("0043 (1) 555-0100", "+4315550100"),
            ("+1 212.555.0147", "+12125550147"),
            ("+44/20/7946 0018", "+442079460018"),
            ("+44 (0)20 7946 0018", "+442079460018"),
            ("0044 ( 0 ) 20 7946 0018", "+442079460018"),
            ("+43(0)1/555-0100", "+4315550100"),
            ("+43 (01) 555 0100", "+43015550100"),
            ("+12345", "+12345"),
            ("+123456789012345", "+123456789012345"),
        ] {
            assert_eq!(dialled(written), Ok(number.into()), "{written}");
        }
    }

    #[test]
    fn nonsense_is_told_what_is_wrong_with_it() {
        for (written, problem) in [
            ("5550100", NO_COUNTRY),
            ("0664 1234567", NO_COUNTRY),
            ("(0)664 1234567", NO_COUNTRY),
            ("+0664 1234567", NO_COUNTRY),
            ("call me", NO_COUNTRY),
            ("+43 SOC", NOT_DIGITS),
            ("+43 1 555 0100 ext 7", NOT_DIGITS),
            ("+４３１５５５０１００", NOT_DIGITS),
            ("+1234", TOO_SHORT),
            ("+", TOO_SHORT),
            ("+1234567890123456", TOO_LONG),
        ] {
            assert_eq!(dialled(written), Err(problem), "{written}");
        }
    }
}
