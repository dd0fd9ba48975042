//! Text written by others, made safe to look at: characters that hide or reorder what stands
//! around them are replaced by a mark that names them. Not escaping: views never build markup.

use std::borrow::Cow;

/// `text` with control, invisible and direction-changing characters replaced by `⟨U+202E⟩` and the
/// like. Line ends and tabs stay. Borrowed where nothing had to be replaced.
pub fn visible(text: &str) -> Cow<'_, str> {
    let Some(first) = first_hidden(text) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    let (clean, rest) = text.split_at(first);
    out.push_str(clean);
    let mut before = clean.chars().next_back();
    for c in rest.chars() {
        if is_hidden(before, c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    Cow::Owned(out)
}

/// Whether `visible` would change the text.
pub fn hides_something(text: &str) -> bool {
    first_hidden(text).is_some()
}

/// The first letters of a name's first and last word, for a small circle; `?` where it has no letter.
pub fn initials(name: &str) -> String {
    let letter = |word: &str| {
        let first = word.chars().next().filter(|c| c.is_alphanumeric())?;
        Some(first)
    };
    let mut letters = name.split_whitespace().filter_map(letter);
    let first = letters.next();
    let both = first.into_iter().chain(letters.next_back());
    let both: String = both.collect();
    if both.is_empty() { "?".into() } else { both }
}

fn first_hidden(text: &str) -> Option<usize> {
    let mut before = None;
    text.char_indices().find_map(|(at, c)| {
        let hidden = is_hidden(before, c);
        before = Some(c);
        hidden.then_some(at)
    })
}

fn is_hidden(before: Option<char>, c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Joiners build emoji and words of many scripts; beside ASCII they only hide.
        '\u{200c}' | '\u{200d}' => before.is_none_or(|c| c.is_ascii()),
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in [
            "",
            "plain",
            "Größe\tund\nZeile",
            "日本語",
            "👩\u{200d}💻",
            "می\u{200c}خواهم",
        ] {
            assert!(
                matches!(visible(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn a_reversed_file_name_is_unmasked() {
        assert_eq!(visible("invoice\u{202e}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
        assert_eq!(visible("\u{0}a\u{1b}[31m"), "⟨U+0000⟩a⟨U+001B⟩[31m");
        assert_eq!(visible("pay\u{200d}pal"), "pay⟨U+200D⟩pal");
        assert_eq!(visible("a\u{e0041}"), "a⟨U+E0041⟩");
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, expected) in [
            ("Omar Haddad", "OH"),
            ("Ada", "A"),
            ("Maria del Pilar Ruiz (SOC)", "MR"),
            ("\u{202e}", "?"),
            ("", "?"),
            ("山田 太郎", "山太"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn what_comes_out_hides_nothing() {
        let all: String = (0..=0x10_ffff_u32).filter_map(char::from_u32).collect();
        assert!(!hides_something(&visible(&all)));
    }
}
