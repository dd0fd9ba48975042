//! Keys and pairs of keys: which command a press stands for.

/// A pair has to be pressed within so many milliseconds.
const PAIR_MS: f64 = 1_500.0;

/// What a press stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The command at this place.
    Command(usize),
    /// The first key of a pair.
    Begun,
    Nothing,
}

/// What has been pressed so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    first: Option<(String, f64)>,
}

impl Keys {
    /// Takes a key in, pressed at a time in milliseconds. `known` are keys, such as `j`, and pairs,
    /// such as `g h`; the last of equal ones counts, because it was offered last.
    pub fn press(&mut self, key: &str, at: f64, known: &[&str]) -> Heard {
        let first = self.first.take().filter(|(_, begun)| at - begun < PAIR_MS);
        let pair = first.map(|(first, _)| format!("{first} {key}"));
        let find = |keys: &str| known.iter().rposition(|known| *known == keys);
        if let Some(place) = pair.and_then(|pair| find(&pair)).or_else(|| find(key)) {
            return Heard::Command(place);
        }
        let mut pairs = known.iter().filter_map(|known| known.split_once(' '));
        if pairs.any(|(first, _)| first == key) {
            self.first = Some((key.to_owned(), at));
            return Heard::Begun;
        }
        Heard::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["j", "g h", "g i", "j"];

    #[test]
    fn a_key_and_a_pair_are_told_apart() {
        let mut keys = Keys::default();
        assert_eq!(keys.press("j", 0.0, &KNOWN), Heard::Command(3));
        assert_eq!(keys.press("g", 1.0, &KNOWN), Heard::Begun);
        assert_eq!(keys.press("i", 900.0, &KNOWN), Heard::Command(2));
        assert_eq!(keys.press("i", 901.0, &KNOWN), Heard::Nothing);
    }

    #[test]
    fn half_a_pair_is_forgotten() {
        let mut keys = Keys::default();
        keys.press("g", 0.0, &KNOWN);
        assert_eq!(keys.press("h", 2_000.0, &KNOWN), Heard::Nothing);
        keys.press("g", 3_000.0, &KNOWN);
        assert_eq!(keys.press("x", 3_001.0, &KNOWN), Heard::Nothing);
        assert_eq!(keys.press("h", 3_002.0, &KNOWN), Heard::Nothing);
        // The second key of no pair may be one by itself.
        keys.press("g", 4_000.0, &KNOWN);
        assert_eq!(keys.press("j", 4_001.0, &KNOWN), Heard::Command(3));
    }
}
