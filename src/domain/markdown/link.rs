//! The address of a link: where it ends, whether it may be followed, which host it leads to.

use crate::domain::text::hides_something;

/// A longer address is text.
const ADDRESS: usize = 2_000;

/// The address up to its closing bracket. One pair of brackets may stand in it.
pub(super) fn address(text: &str) -> Option<&str> {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        match c {
            ')' if inside => inside = false,
            ')' => return text.get(..at).filter(|address| !hides_something(address)),
            '(' if inside => return None,
            '(' => inside = true,
            '<' | '>' | '"' => return None,
            c if c.is_whitespace() => return None,
            _ if at > ADDRESS => return None,
            _ => {}
        }
    }
    None
}

/// `None` where the address may not be a link; otherwise the host it leads to (none for mail).
pub(super) fn host(address: &str) -> Option<Option<String>> {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("mailto:") {
        return Some(None);
    }
    let rest = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))?;
    // Browsers take a backslash for a slash, and what stands before an @ for a user name.
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority
        .rsplit('@')
        .next()
        .filter(|host| !host.is_empty())?;
    Some(Some(host.to_owned()))
}
