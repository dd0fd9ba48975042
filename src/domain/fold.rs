//! Letters without their case, for searching and for order. The standard library's tables of every
//! script cost the bundle 9 kB; here are the scripts of the languages people name devices and
//! incidents in, by rule. Other letters are compared as they are.

/// A text in lower case.
pub fn fold(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// A letter in lower case.
pub fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let by = |distance: u32| char::from_u32(code + distance).unwrap_or(letter);
    match code {
        0x41..=0x5a => by(32),
        0..=0xbf | 0xd7 => letter,
        // Latin-1, Greek, Cyrillic, Armenian: a fixed distance.
        0xc0..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => by(32),
        0x386 => 'ά',
        0x388..=0x38a => by(37),
        0x38c => 'ό',
        0x38e..=0x38f => by(63),
        0x400..=0x40f => by(80),
        0x531..=0x556 => by(48),
        // Pairs: the capital comes first, on an even place or on an odd one.
        0x130 => 'i',
        0x178 => 'ÿ',
        0x139..=0x148 | 0x179..=0x17e if code % 2 == 1 => by(1),
        0x139..=0x148 | 0x179..=0x17e => letter,
        0x100..=0x177
        | 0x218..=0x21b
        | 0x460..=0x481
        | 0x48a..=0x4bf
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff
            if code % 2 == 0 && code != 0x138 =>
        {
            by(1)
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_it_knows_are_folded_as_unicode_says() {
        let known = [
            0x0..=0x177,
            0x178..=0x17e,
            0x218..=0x21b,
            0x386..=0x3ab,
            0x400..=0x481,
            0x48a..=0x4bf,
            0x531..=0x556,
            0x1e00..=0x1e95,
            0x1ea0..=0x1eff,
        ];
        for letter in known.into_iter().flatten().filter_map(char::from_u32) {
            let unicode = letter.to_lowercase().next().unwrap();
            assert_eq!(
                lower(letter),
                unicode,
                "{letter} U+{:04X}",
                u32::from(letter)
            );
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        assert_eq!(
            fold("Ünïcode ΑΒΓ ДЕВ 漢字 🦀 İ"),
            "ünïcode αβγ дев 漢字 🦀 i"
        );
        let untouched = (0x2000..0x1_0000).filter_map(char::from_u32);
        assert!(untouched.into_iter().all(|letter| lower(letter) == letter));
    }
}
