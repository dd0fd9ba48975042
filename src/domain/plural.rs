//! Which plural form a language asks for at a number. The rules are the browser's (Intl), given once at the
//! start; without them, as in native tests, they are those of English.

use std::sync::OnceLock;

/// From a number to the name of its form: `zero`, `one`, `two`, `few`, `many` or `other`.
type Rules = fn(usize) -> &'static str;

static RULES: OnceLock<Rules> = OnceLock::new();

/// Takes the rules of the bundle's language.
pub fn follow(rules: Rules) {
    // A second portal in the same document has the same language.
    RULES.get_or_init(|| rules);
}

/// The name of the form at a number.
pub fn form(count: usize) -> &'static str {
    match RULES.get() {
        Some(rules) => rules(count),
        None if count == 1 => "one",
        None => "other",
    }
}
