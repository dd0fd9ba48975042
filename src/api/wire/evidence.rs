//! Evidence of any `@odata.type`: its members as they came, each by its path. What they mean is
//! `domain::evidence`'s; nothing is refused.

use crate::domain::evidence::Evidence;
use crate::domain::json::Json;

/// Reads one piece of evidence.
pub(super) fn read(wire: &Json<'_>) -> Evidence {
    let mut members = Vec::new();
    flatten("", wire, &mut members);
    Evidence(members)
}

fn flatten(path: &str, value: &Json<'_>, members: &mut Vec<(Box<str>, Box<str>)>) {
    let text = match value {
        Json::Null => return,
        Json::Bool(yes) => yes.to_string(),
        Json::Number(number) => decimal(*number),
        Json::Text(text) if text.trim().is_empty() => return,
        Json::Text(text) => text.to_string(),
        Json::List(items) => {
            for item in items {
                flatten(path, item, members);
            }
            return;
        }
        Json::Object(inner) => {
            for (name, value) in inner {
                let path = match path {
                    "" => name.to_string(),
                    holder => format!("{holder}.{name}"),
                };
                flatten(&path, value, members);
            }
            return;
        }
    };
    members.push((path.into(), text.into()));
}

/// A number in decimal, to four places: the evidence's fractions are places on Earth.
fn decimal(number: f64) -> String {
    if number.abs() > 9e11 {
        // Whole, as far as it is exact.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "beyond that no id is exact"
        )]
        return (number as i64).to_string();
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let scaled = (number * 10_000.0).round() as i64;
    let sign = if scaled < 0 { "-" } else { "" };
    let (whole, places) = (scaled.abs() / 10_000, scaled.abs() % 10_000);
    if places == 0 {
        return format!("{sign}{whole}");
    }
    let text = format!("{sign}{whole}.{places:04}");
    text.trim_end_matches('0').to_owned()
}
