//! The list of conversations: what of it is shown, in which groups, as its address says it.

use super::conversation::{Conversation, Kind, State};
use super::csv::{self, Value};
use super::fold;
use super::time::Timestamp;
use super::url_query::{self, Builder};
use lexicon::t;

const DAY_MS: i64 = 86_400_000;

/// What the list is put in groups by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    #[default]
    None,
    Status,
    Submitter,
    Reference,
}

impl Group {
    /// In the order they are offered.
    pub const ALL: [Group; 4] = [
        Group::None,
        Group::Status,
        Group::Submitter,
        Group::Reference,
    ];

    /// As written in addresses.
    pub fn slug(self) -> &'static str {
        ["", "status", "submitter", "reference"][self as usize]
    }

    /// As offered.
    pub fn label(self) -> &'static str {
        [
            t!("No groups"),
            t!("Status"),
            t!("Submitter"),
            t!("Reference"),
        ][self as usize]
    }
}

/// Periods that are offered, in days; 0 is any time.
pub const PERIODS: [i64; 4] = [0, 7, 30, 180];

/// What is shown of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageQuery {
    pub text: String,
    pub group: Group,
    /// A state's wire name, or empty for all.
    pub status: String,
    pub unread: bool,
    /// Updated in the last so many days; 0 is any time.
    pub days: i64,
}

impl MessageQuery {
    /// Reads an address's query; what it does not know it leaves out.
    pub fn parse(query: &str) -> MessageQuery {
        let mut parsed = MessageQuery::default();
        for (name, values) in url_query::parse(query) {
            let value = values.join(",");
            match name.as_str() {
                "q" => parsed.text = value,
                "group" => {
                    let known = Group::ALL.into_iter().find(|group| group.slug() == value);
                    parsed.group = known.unwrap_or_default();
                }
                "status" => parsed.status = value,
                "unread" => parsed.unread = value == "true",
                "days" => {
                    let days = value.parse().ok();
                    parsed.days = days.filter(|days| PERIODS.contains(days)).unwrap_or(0);
                }
                _ => {}
            }
        }
        parsed
    }

    /// The query of an address; what is at its default is left out.
    pub fn print(&self) -> String {
        let mut query = Builder::default();
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        query.list("q", filled(&self.text));
        query.list("group", filled(self.group.slug()));
        query.list("status", filled(&self.status));
        query.list("unread", self.unread.then_some("true"));
        query.list("days", (self.days > 0).then(|| self.days.to_string()));
        query.finish()
    }

    /// True where something may be hidden.
    pub fn filters(&self) -> bool {
        let MessageQuery {
            text,
            status,
            unread,
            days,
            ..
        } = self;
        !text.is_empty() || !status.is_empty() || *unread || *days > 0
    }

    fn fits(&self, one: &Conversation, now: Timestamp) -> bool {
        let wanted: String = self.text.trim().chars().map(fold::lower).collect();
        let has = |text: &str| {
            let text: String = text.chars().map(fold::lower).collect();
            text.contains(&wanted)
        };
        let texts = [&one.title, &one.submitter, &one.about.id, &one.about.name];
        let last = one.last.as_ref().map_or("", |(_, words)| words);
        (wanted.is_empty() || texts.into_iter().any(|text| has(text)) || has(last))
            && (self.status.is_empty() || one.state.wire() == self.status)
            && (!self.unread || one.unread > 0)
            && (self.days == 0 || one.updated.0 >= now.0 - self.days * DAY_MS)
    }

    /// What is shown, in groups with their headings; without groups there is one, without a heading.
    pub fn apply(&self, all: &[Conversation], now: Timestamp) -> Vec<(String, Vec<Conversation>)> {
        let mut groups: Vec<(usize, String, Vec<Conversation>)> = Vec::new();
        for one in all.iter().filter(|one| self.fits(one, now)) {
            let (rank, heading) = match self.group {
                Group::None => (0, String::new()),
                Group::Status => (one.state.rank(), one.state.label().into_owned()),
                Group::Submitter => (0, one.submitter.clone()),
                Group::Reference => (0, reference(one)),
            };
            match groups.iter_mut().find(|(_, known, _)| *known == heading) {
                Some((_, _, members)) => members.push(one.clone()),
                None => groups.push((rank, heading, vec![one.clone()])),
            }
        }
        groups.sort_by_key(|(rank, _, _)| *rank);
        let groups = groups.into_iter();
        groups
            .map(|(_, heading, members)| (heading, members))
            .collect()
    }
}

/// What a conversation is about, in words.
pub fn reference(one: &Conversation) -> String {
    let (id, name) = (&one.about.id, &one.about.name);
    match one.about.kind.as_str() {
        "incident" => t!("Incident {id}"),
        "general" | "" => t!("General").to_owned(),
        _ if !name.is_empty() => name.clone(),
        _ => id.clone(),
    }
}

/// What kind it is, in words.
pub fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Chat => t!("Managed response chat"),
        Kind::Inquiry => t!("Inquiry"),
    }
}

/// The states that can be asked for.
pub fn states() -> Vec<(String, String)> {
    let all = State::ALL.iter();
    all.map(|state| (state.wire().to_owned(), state.label().into_owned()))
        .collect()
}

/// What is shown, as a table for spreadsheets.
pub fn table(groups: &[(String, Vec<Conversation>)]) -> String {
    let columns = [
        t!("Topic"),
        t!("Kind"),
        t!("Status"),
        t!("Progress"),
        t!("Reference"),
        t!("Submitter"),
        t!("Updated (UTC)"),
        t!("Messages"),
        t!("Unread"),
    ];
    let count = |n: i64| usize::try_from(n).unwrap_or_default();
    let rows = groups.iter().flat_map(|(_, members)| members).map(|one| {
        let progress = one.progress.as_ref().map(|progress| progress.label());
        vec![
            Value::Text(one.title.clone()),
            kind_label(one.kind).into(),
            Value::Text(one.state.label().into_owned()),
            Value::Text(progress.unwrap_or_default().into_owned()),
            Value::Text(reference(one)),
            Value::Text(one.submitter.clone()),
            Value::Text(one.updated.rfc3339()),
            count(one.count).into(),
            one.unread.into(),
        ]
    });
    csv::csv(&columns, &rows.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::Subject;

    fn one(id: &str, state: State, submitter: &str, days_ago: i64, unread: usize) -> Conversation {
        Conversation {
            id: id.into(),
            kind: Kind::Inquiry,
            title: format!("Topic {id}"),
            about: Subject {
                kind: "incident".into(),
                id: "29".into(),
                name: String::new(),
            },
            state,
            progress: None,
            submitter: submitter.into(),
            updated: Timestamp(NOW.0 - days_ago * DAY_MS),
            due: None,
            last: Some(("Expert".into(), "The hash is known".into())),
            count: 2,
            read_up_to: 0,
            unread,
            feedback: None,
            languages: Vec::new(),
            contacts: Vec::new(),
            allowed: Vec::new(),
            denied: None,
        }
    }

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn all() -> Vec<Conversation> {
        vec![
            one("a", State::Closed, "Omar", 0, 0),
            one("b", State::Submitted, "Ada", 3, 2),
            one("c", State::Closed, "Ada", 40, 0),
        ]
    }

    fn shown(query: &str) -> Vec<(String, Vec<String>)> {
        let groups = MessageQuery::parse(query).apply(&all(), NOW).into_iter();
        let ids = |members: Vec<Conversation>| members.into_iter().map(|one| one.id).collect();
        groups
            .map(|(heading, members)| (heading, ids(members)))
            .collect()
    }

    #[test]
    fn every_view_comes_back_from_its_address() {
        for query in [
            "",
            "?q=hash&group=status&status=closed&unread=true&days=30",
            "?days=7",
        ] {
            assert_eq!(MessageQuery::parse(query).print(), query);
        }
        assert_eq!(MessageQuery::parse("?days=5&group=x&z=1").print(), "");
    }

    #[test]
    fn it_is_filtered_and_put_in_groups() {
        let group = |heading: &str, ids: &[&str]| {
            (
                heading.to_owned(),
                ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(shown(""), [group("", &["a", "b", "c"])]);
        assert_eq!(
            shown("?group=status"),
            [group("Submitted", &["b"]), group("Closed", &["a", "c"])]
        );
        assert_eq!(
            shown("?group=submitter&days=30"),
            [group("Omar", &["a"]), group("Ada", &["b"])]
        );
        assert_eq!(
            shown("?group=reference"),
            [group("Incident 29", &["a", "b", "c"])]
        );
        assert_eq!(shown("?unread=true"), [group("", &["b"])]);
        assert_eq!(shown("?status=closed&q=TOPIC+c"), [group("", &["c"])]);
        assert_eq!(shown("?q=known").len(), 1);
        assert!(shown("?q=nothing").is_empty());
    }

    #[test]
    fn the_export_has_a_line_for_each_that_is_shown() {
        let groups = MessageQuery::parse("?group=status").apply(&all(), NOW);
        assert_eq!(table(&groups).trim_end().lines().count(), 4);
    }
}
