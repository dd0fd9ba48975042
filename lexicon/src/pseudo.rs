//! The pseudo-locale: texts that can be read, are as long as those of long languages, and cannot be
//! taken for English.

/// A text in the pseudo-locale. What stands in braces is a name and stays.
pub(crate) fn of(text: &str) -> String {
    let mut made = String::from("[");
    let (mut depth, mut letters) = (0_u32, 0);
    for sign in text.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letters += usize::from(depth == 0);
        made.push(if depth == 0 { accented(sign) } else { sign });
    }
    // Two fifths longer, as German and Finnish are.
    made.extend(std::iter::repeat_n('~', letters * 2 / 5));
    made.push(']');
    made
}

fn accented(sign: char) -> char {
    const PLAIN: &str = "aceghijklnorstuwyzACEGHIJKLNORSTUWYZ";
    const ACCENTED: &str = "áçéĝĥíĵķļñóŕšťúŵýžÁÇÉĜĤÍĴĶĻÑÓŔŠŤÚŴÝŽ";
    let at = PLAIN.chars().position(|plain| plain == sign);
    at.and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_stay_and_all_else_is_seen() {
        assert_eq!(
            super::of("Incident {id} was merged"),
            "[Íñçídéñť {id} ŵáš méŕĝéd~~~~~~~~]"
        );
        assert_eq!(super::of("{{x}}"), "[{{x}}]");
    }
}
