//! What the experts wrote about an incident: the investigation summary of a managed response.
//! Its actions are tasks (`domain::task`).

use super::machine::{Machine, Value};
use super::time::Timestamp;
use lexicon::t;

/// A device the experts looked at, and its part in the attack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvolvedDevice {
    pub id: String,
    pub name: String,
    pub role: Option<String>,
}

/// An indicator of attack or compromise. Never turned into a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// `sha256`, `ip`, `domain`, `url`, `account` or whatever the service names.
    pub kind: String,
    pub value: String,
    pub note: Option<String>,
}

/// One step of the attack or of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineEntry {
    pub at: Option<Timestamp>,
    pub text: String,
    pub device: Option<String>,
}

/// A published managed response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedResponse {
    /// The narrative, in Markdown.
    pub summary: String,
    pub devices: Vec<InvolvedDevice>,
    pub indicators: Vec<Indicator>,
    pub timeline: Vec<TimelineEntry>,
    pub published: Option<Timestamp>,
    pub published_by: Option<String>,
    pub awaiting_since: Option<Timestamp>,
}

/// What experts may not act on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusions {
    /// Device groups: id and name.
    pub device_groups: Vec<(String, String)>,
    pub high_value_devices: bool,
    /// The names of groups of users.
    pub user_groups: Vec<String>,
    pub high_value_users: bool,
}

impl Exclusions {
    /// The exclusion a device falls under, in words.
    pub fn of(&self, machine: &Machine) -> Option<String> {
        let same = |(id, name): &&(String, String)| {
            machine.group_id.as_deref() == Some(id) || machine.group.as_deref() == Some(name)
        };
        if let Some((_, name)) = self.device_groups.iter().find(same) {
            return Some(t!("excluded device group {name}"));
        }
        let valuable = self.high_value_devices && machine.value == Some(Value::High);
        valuable.then(|| t!("all high-value devices are excluded").to_owned())
    }

    /// Which devices are excluded, in words.
    pub fn of_devices(&self) -> Option<String> {
        let mut all: Vec<String> = self
            .device_groups
            .iter()
            .map(|(_, name)| name.clone())
            .collect();
        let valuable = self.high_value_devices;
        all.extend(valuable.then(|| t!("all high-value devices").to_owned()));
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// Which users are excluded, in words.
    pub fn of_users(&self) -> Option<String> {
        let mut all = self.user_groups.clone();
        let valuable = self.high_value_users;
        all.extend(valuable.then(|| t!("all high-value users").to_owned()));
        (!all.is_empty()).then(|| all.join(", "))
    }
}

impl Indicator {
    /// The value as it can be sent around without anything making a link of it, or fetching it.
    pub fn defanged(&self) -> String {
        let kind = self.kind.to_ascii_lowercase();
        if ["hash", "sha", "md5", "file", "path", "process", "registry"]
            .iter()
            .any(|plain| kind.contains(plain))
        {
            return self.value.clone();
        }
        let scheme = |text: &str, from: &str, to: &str| {
            let begins = text
                .get(..from.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(from));
            begins.then(|| format!("{to}{}", &text[from.len()..]))
        };
        let value = scheme(&self.value, "http", "hxxp")
            .or_else(|| scheme(&self.value, "ftp", "fxp"))
            .unwrap_or_else(|| self.value.clone());
        value
            .replace("://", "[://]")
            .replace('.', "[.]")
            .replace('@', "[@]")
    }
}

/// The indicators as a table for other programs, defanged.
pub fn indicators_csv(all: &[Indicator]) -> String {
    let row = |cells: [&str; 3]| cells.map(cell).join(",") + "\r\n";
    // The mark by which spreadsheets know UTF-8.
    let mut csv = "\u{feff}".to_owned();
    csv.push_str(&row([t!("Kind"), t!("Indicator"), t!("Note")]));
    for one in all {
        let note = one.note.as_deref().unwrap_or_default();
        csv.push_str(&row([&one.kind, &one.defanged(), note]));
    }
    csv
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula =
        text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(kind: &str, value: &str) -> Indicator {
        Indicator {
            kind: kind.into(),
            value: value.into(),
            note: None,
        }
    }

    #[test]
    fn nothing_makes_a_link_of_what_was_copied() {
        for (kind, value, defanged) in [
            (
                "url",
                "https://evil.example/a?b=1",
                "hxxps[://]evil[.]example/a?b=1",
            ),
            ("url", "HTTP://evil.example", "hxxp[://]evil[.]example"),
            ("ip", "203.0.113.7", "203[.]0[.]113[.]7"),
            ("domain", "evil.example", "evil[.]example"),
            ("account", "eve@evil.example", "eve[@]evil[.]example"),
            ("sha256", "ab.cd", "ab.cd"),
            ("fileName", "invoice.js", "invoice.js"),
            ("", "", ""),
            ("url", "ß", "ß"),
        ] {
            assert_eq!(indicator(kind, value).defanged(), defanged, "{kind}");
        }
    }

    #[test]
    fn a_table_of_indicators_holds_no_formula() {
        let mut formula = indicator("ip", "=HYPERLINK(\"x\")");
        formula.note = Some("  +1, \"quoted\"\nnext".into());
        let csv = indicators_csv(&[formula]);
        assert!(csv.starts_with('\u{feff}'));
        assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
        assert!(csv.contains("\"'  +1, \"\"quoted\"\"\nnext\""), "{csv}");
    }
}
