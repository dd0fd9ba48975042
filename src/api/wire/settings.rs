//! Documents of the settings. Their sections have one form everywhere, which `domain::settings::body` reads.

use super::incident::time;
use crate::domain::json::Reader;
use crate::domain::settings::body;
use crate::domain::settings::{
    AuditEntry, InForce, Section, Sections, ServerDraft, Stamp, TeamsState,
};

pub(crate) fn in_force(wire: Reader<'_>) -> InForce {
    let mut all = InForce::default();
    body::read_some(wire, &mut all.sections);
    let etags = wire.object("etags");
    for section in Section::ALL {
        let document = wire.object(section.slug());
        all.stamps.push(document.map(stamp).unwrap_or_default());
        let version = etags.and_then(|etags| etags.text(section.slug()));
        all.versions.push(version.unwrap_or_default());
    }
    if let Some(wire) = wire.object("teams") {
        all.teams = teams(wire);
    }
    if let Some(wizard) = wire.object("wizard") {
        all.complete = wizard.str("state") == Some("complete");
        all.completed = Stamp {
            at: time(wizard, "completedAt"),
            by: wizard.text("completedBy").unwrap_or_default(),
        };
    }
    all
}

/// The draft, over the sections in force; its version is in a header.
pub(crate) fn draft(wire: Reader<'_>, over: &Sections) -> ServerDraft {
    let mut sections = over.clone();
    let some = wire
        .object("sections")
        .is_some_and(|drafted| body::read_some(drafted, &mut sections));
    let step = wire.str("step").unwrap_or_default();
    let at = Section::ALL
        .iter()
        .position(|section| section.slug() == step);
    ServerDraft {
        step: at.unwrap_or(if step == "review" {
            Section::ALL.len()
        } else {
            0
        }),
        sections,
        empty: !some,
        stamp: stamp(wire),
        version: String::new(),
    }
}

pub(crate) fn audit_entry(wire: Reader<'_>, section: Section) -> AuditEntry {
    let by = wire.object("by");
    let read = |name| {
        let mut sections = Sections::default();
        if let Some(wire) = wire.object(name) {
            body::read(wire, section, &mut sections);
        }
        sections
    };
    AuditEntry {
        at: time(wire, "at"),
        by: by.and_then(|by| by.text("displayName")).unwrap_or_default(),
        role: by.and_then(|by| by.text("role")).unwrap_or_default(),
        before: read("before"),
        after: read("after"),
        first_run: wire.str("action") == Some("completed"),
    }
}

fn stamp(wire: Reader<'_>) -> Stamp {
    Stamp {
        at: time(wire, "updatedAt"),
        by: wire.text("updatedBy").unwrap_or_default(),
    }
}

fn teams(wire: Reader<'_>) -> TeamsState {
    let failure = wire.object("failure").map(|failure| {
        let text = |name| failure.text(name).unwrap_or_default();
        (text("code"), text("text"))
    });
    TeamsState {
        state: wire.text("state").unwrap_or_else(|| "off".into()),
        failure,
        url: wire.filled("teamWebUrl"),
        channel: wire.filled("channelName"),
        all_messages: wire.str("expertsRead") != Some("repliesOnly"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json::read;

    const SETTINGS: &str = include_str!("../../../tests/fixtures/settings.json");

    #[test]
    fn the_settings_keep_all_that_is_decided() {
        let all = read(SETTINGS, in_force).unwrap();
        assert!(all.complete && all.sections.permissions.respond);
        assert_eq!(all.completed.by, "Ada Lindqvist");
        assert_eq!(all.sections.exclusions.devices[0].name, "VIP laptops");
        assert_eq!(all.sections.exclusions.users[0].name, "Executives");
        let contacts = &all.sections.contacts;
        assert_eq!(
            contacts.iter().map(|c| &*c.name).collect::<Vec<_>>(),
            ["Contoso SOC", "Omar Haddad", "Ada Lindqvist"],
            "in the order they are called, whatever order they came in"
        );
        assert_eq!(contacts[1].hours.as_ref().unwrap().spans[0].to, 60);
        assert!(contacts[2].review && !contacts[2].incident && contacts[2].hours.is_none());
        assert_eq!(all.versions[2], "\"9379bb43\"");
        assert_eq!(all.stamps[0].by, "Gabriel Adeyemi");
        assert_eq!(
            (all.teams.state.as_str(), all.teams.all_messages),
            ("on", false)
        );
    }

    #[test]
    fn a_section_that_is_read_and_written_says_the_same() {
        let all = read(SETTINGS, in_force).unwrap();
        for section in Section::ALL {
            let body = body::write(&all.sections, section);
            let mut again = Sections::default();
            read(&body, |wire| body::read(wire, section, &mut again)).unwrap();
            assert!(all.sections.same(&again, section), "{body}");
        }
    }

    #[test]
    fn a_draft_stands_over_what_is_in_force() {
        let all = read(SETTINGS, in_force).unwrap();
        let text = r#"{"step":"review","updatedAt":null,"updatedBy":null,
            "sections":{"permissions":{"investigateAndGuide":true,"respondDirectly":false}}}"#;
        let drafted = read(text, |wire| draft(wire, &all.sections)).unwrap();
        assert_eq!((drafted.step, drafted.empty), (4, false));
        assert!(!drafted.sections.permissions.respond);
        assert_eq!(drafted.sections.contacts, all.sections.contacts);
        let text = r#"{"step":"permissions","sections":{},"updatedAt":null,"updatedBy":null}"#;
        let empty = read(text, |wire| draft(wire, &all.sections)).unwrap();
        assert!(empty.empty && empty.step == 0 && empty.sections == all.sections);
    }

    #[test]
    fn a_line_of_the_audit_says_before_and_after() {
        let text = r#"{"id":"a-1","at":"2026-11-21T07:42:09Z","section":"teams","action":"changed",
            "by":{"displayName":"Ada","mail":null,"role":"Security Administrator"},
            "before":{"enabled":false,"huntingNotifications":false},"after":{"enabled":true,"huntingNotifications":false},
            "changes":[{"pointer":"/enabled","before":false,"after":true}]}"#;
        let entry = read(text, |wire| audit_entry(wire, Section::Teams)).unwrap();
        assert!(!entry.before.teams.enabled && entry.after.teams.enabled && !entry.first_run);
        assert_eq!(
            (&*entry.by, &*entry.role),
            ("Ada", "Security Administrator")
        );
    }

    #[test]
    fn a_list_that_is_none_is_named() {
        let wrong = read(r#"{"contacts":{"contacts":7}}"#, in_force).unwrap_err();
        assert_eq!(wrong, "contacts.contacts is not a list");
    }
}
