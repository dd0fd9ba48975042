//! The settings in words, and what differs between two of them: "what would change" before saving, both
//! versions after a conflict, and a line of the audit are all this.

use super::{Contact, Group, Hours, Section, Sections, Span, body};
use lexicon::t;

/// The names of the two permissions.
pub const INVESTIGATE: &str = t!("Investigate incidents and guide my responses");
pub const RESPOND: &str = t!("Respond directly to active threats");
/// The names of the two switches for what is of high value.
pub const HIGH_DEVICES: &str = t!("Exclude all high-value devices");
pub const HIGH_USERS: &str = t!("Exclude all high-value users");
/// The name of the connection to Teams, and of its notifications.
pub const TEAMS: &str = t!("Communicate on Teams");
pub const HUNTING: &str = t!("Notify me on Teams");
/// What a contact can be for.
pub const INCIDENT: &str = t!("Incident notification");
pub const REVIEW: &str = t!("Service review");

const ON: &str = t!("On");
const OFF: &str = t!("Off");
const EXCLUDED: &str = t!("Excluded");
const NO_HOURS: &str = t!("no hours stated");
const NO_PHONE: &str = t!("no phone");
const ALL_DAY: &str = t!("all day");
const DAYS: [&str; 7] = [
    t!("Mon"),
    t!("Tue"),
    t!("Wed"),
    t!("Thu"),
    t!("Fri"),
    t!("Sat"),
    t!("Sun"),
];

/// The short name of a weekday, Monday first.
pub fn day(at: usize) -> &'static str {
    DAYS.get(at).copied().unwrap_or_default()
}

/// What one thing was and is; empty where it was or is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub what: String,
    pub before: String,
    pub after: String,
}

/// What differs in a section. A group is the same by its id: its name may be another's, too.
pub fn changes(before: &Sections, after: &Sections, section: Section) -> Vec<Change> {
    let (old, mut new) = (told(before, after, section), told(after, before, section));
    let mut changes = Vec::new();
    for Fact { key, what, how } in old {
        let at = new.iter().position(|known| known.key == key);
        let after = at.map(|at| new.remove(at).how).unwrap_or_default();
        if how != after {
            changes.push(Change {
                what,
                before: how,
                after,
            });
        }
    }
    changes.extend(new.into_iter().map(|fact| Change {
        what: fact.what,
        before: String::new(),
        after: fact.how,
    }));
    changes
}

/// Everything a section says: what, and how it is.
pub fn facts(sections: &Sections, section: Section) -> Vec<(String, String)> {
    let told = told(sections, sections, section).into_iter();
    told.map(|fact| (fact.what, fact.how)).collect()
}

/// One thing that a section says.
struct Fact {
    /// What makes it the same thing in another version.
    key: String,
    what: String,
    how: String,
}

impl Fact {
    fn new(what: impl Into<String>, how: impl Into<String>) -> Fact {
        let what = what.into();
        Fact {
            key: what.clone(),
            what,
            how: how.into(),
        }
    }
}

/// Everything a section says, in words that tell it from what another version says.
fn told(sections: &Sections, other: &Sections, section: Section) -> Vec<Fact> {
    let switch = |name: &str, on: bool| Fact::new(name, if on { ON } else { OFF });
    match section {
        Section::Permissions => vec![
            switch(INVESTIGATE, sections.permissions.investigate),
            switch(RESPOND, sections.permissions.respond),
        ],
        Section::Exclusions => {
            let (all, other) = (&sections.exclusions, &other.exclusions);
            let devices = all.devices.iter().map(|group| {
                let name = told_apart(group, [&all.devices, &other.devices]);
                Fact {
                    key: format!("device {}", group.id),
                    ..Fact::new(t!("Device group {name}"), EXCLUDED)
                }
            });
            let users = all.users.iter().map(|group| {
                let name = told_apart(group, [&all.users, &other.users]);
                Fact {
                    key: format!("user {}", group.id),
                    ..Fact::new(t!("User group {name}"), EXCLUDED)
                }
            });
            let switches = [
                switch(HIGH_DEVICES, all.high_value_devices),
                switch(HIGH_USERS, all.high_value_users),
            ];
            devices.chain(users).chain(switches).collect()
        }
        Section::Contacts => {
            let mut order = 0_usize;
            let contacts = sections.contacts.iter().map(|contact| {
                order += usize::from(contact.incident);
                let (name, mail) = (&contact.name, &contact.mail);
                Fact::new(t!("{name} ({mail})"), about(contact, order))
            });
            contacts.collect()
        }
        Section::Teams => vec![
            switch(TEAMS, sections.teams.enabled),
            switch(HUNTING, sections.teams.hunting),
        ],
    }
}

/// The name of a group, with its id where another one of these has the same name.
fn told_apart(group: &Group, all: [&[Group]; 2]) -> String {
    let Group { id, name } = group;
    let twin = |other: &Group| other.name == *name && other.id != *id;
    if all.into_iter().flatten().any(twin) {
        t!("{name} ({id})")
    } else {
        name.clone()
    }
}

/// A contact in one line.
fn about(contact: &Contact, order: usize) -> String {
    let mut parts = Vec::new();
    if contact.incident {
        parts.push(t!("{INCIDENT}, call {order}"));
    }
    if contact.review {
        parts.push(REVIEW.into());
    }
    parts.push(match &contact.phone {
        none if none.is_empty() => NO_PHONE.into(),
        phone => phone.clone(),
    });
    parts.push(match &contact.hours {
        Some(hours) => in_words(hours),
        None => NO_HOURS.into(),
    });
    parts.join("; ")
}

/// `Mon–Fri 07:00–19:00 (Europe/Vienna)`.
pub fn in_words(hours: &Hours) -> String {
    let spans: Vec<String> = hours.spans.iter().map(span).collect();
    let (spans, zone) = (spans.join(", "), &hours.zone);
    t!("{spans} ({zone})")
}

fn span(span: &Span) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in (0..7).filter(|at| span.days & 1 << at != 0) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => runs.push((at, at)),
        }
    }
    let run = |(first, last): (usize, usize)| match last - first {
        0 => day(first).to_owned(),
        1 => format!("{}, {}", day(first), day(last)),
        _ => format!("{}–{}", day(first), day(last)),
    };
    let days: Vec<String> = runs.into_iter().map(run).collect();
    let days = days.join(", ");
    if span.from == 0 && span.to == 0 {
        return format!("{days} {ALL_DAY}");
    }
    format!("{days} {}–{}", body::clock(span.from), body::clock(span.to))
}
