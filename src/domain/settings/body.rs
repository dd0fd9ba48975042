//! The settings as JSON: the same on the wire, in the draft on the server, and in what this device keeps.

use super::{Contact, Exclusions, Group, Hours, Permissions, Section, Sections, Span, Teams};
use crate::domain::json::{Json, Reader};

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reads one section into `into`, where it is there.
pub fn read(wire: Reader<'_>, section: Section, into: &mut Sections) {
    match section {
        Section::Permissions => {
            into.permissions = Permissions {
                investigate: flag(wire, "investigateAndGuide"),
                respond: flag(wire, "respondDirectly"),
            };
        }
        Section::Exclusions => {
            into.exclusions = Exclusions {
                devices: groups(wire, "deviceGroups", "name"),
                users: groups(wire, "userGroups", "displayName"),
                high_value_devices: flag(wire, "excludeAllHighValueDevices"),
                high_value_users: flag(wire, "excludeAllHighValueUsers"),
            };
        }
        Section::Contacts => {
            let mut contacts: Vec<(i64, Contact)> = wire
                .needed_list("contacts")
                .map(|wire| (wire.int("callOrder").unwrap_or(i64::MAX), contact(wire)))
                .collect();
            contacts.sort_by_key(|(order, _)| *order);
            into.contacts = contacts.into_iter().map(|(_, contact)| contact).collect();
        }
        Section::Teams => {
            into.teams = Teams {
                enabled: flag(wire, "enabled"),
                hunting: flag(wire, "huntingNotifications"),
            };
        }
    }
}

/// Reads the sections that are there, over what stands in `into`; whether there was any.
pub fn read_some(wire: Reader<'_>, into: &mut Sections) -> bool {
    let mut some = false;
    for section in Section::ALL {
        if let Some(wire) = wire.object(section.slug()) {
            read(wire, section, into);
            some = true;
        }
    }
    some
}

/// One section as the server takes it.
pub fn write(sections: &Sections, section: Section) -> String {
    match section {
        Section::Permissions => {
            let Permissions {
                investigate,
                respond,
            } = sections.permissions;
            format!(r#"{{"investigateAndGuide":{investigate},"respondDirectly":{respond}}}"#)
        }
        Section::Exclusions => {
            let all = &sections.exclusions;
            format!(
                r#"{{"deviceGroups":{},"userGroups":{},"excludeAllHighValueDevices":{},"excludeAllHighValueUsers":{}}}"#,
                list(all.devices.iter().map(|group| one_group(group, "name"))),
                list(
                    all.users
                        .iter()
                        .map(|group| one_group(group, "displayName"))
                ),
                all.high_value_devices,
                all.high_value_users,
            )
        }
        Section::Contacts => {
            let mut order = 0;
            let contacts = sections.contacts.iter().map(|contact| {
                order += i32::from(contact.incident);
                one_contact(contact, contact.incident.then_some(order))
            });
            format!(r#"{{"contacts":{}}}"#, list(contacts))
        }
        Section::Teams => {
            let Teams { enabled, hunting } = sections.teams;
            format!(r#"{{"enabled":{enabled},"huntingNotifications":{hunting}}}"#)
        }
    }
}

/// Those sections in one object, by name.
pub fn write_some(sections: &Sections, wanted: impl Fn(Section) -> bool) -> String {
    let wanted = Section::ALL.into_iter().filter(|section| wanted(*section));
    let members =
        wanted.map(|section| format!(r#""{}":{}"#, section.slug(), write(sections, section)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// One contact, as read.
pub fn contact(wire: Reader<'_>) -> Contact {
    let purposes = wire.texts("purposes").unwrap_or_default();
    let is_for = |purpose: &str| purposes.iter().any(|known| known == purpose);
    Contact {
        id: wire.text("id").unwrap_or_default(),
        kind: wire.text("kind").unwrap_or_else(|| "mail".into()),
        directory: wire.filled("directoryId"),
        name: wire.text("displayName").unwrap_or_default(),
        mail: wire.text("mail").unwrap_or_default(),
        phone: wire.text("phone").unwrap_or_default(),
        incident: is_for("incidentNotification"),
        review: is_for("serviceReview"),
        hours: wire.object("hours").map(hours),
        state: wire.text("state").unwrap_or_default(),
    }
}

/// One contact, written; its place among those called.
pub fn one_contact(contact: &Contact, order: Option<i32>) -> String {
    let optional = |name: &str, value: Option<&str>| match value {
        Some(value) => format!(r#""{name}":{},"#, quoted(value)),
        None => String::new(),
    };
    let purposes = [
        (contact.incident, r#""incidentNotification""#),
        (contact.review, r#""serviceReview""#),
    ];
    let purposes = purposes.into_iter().filter(|(is, _)| *is);
    let order = order.map_or("null".into(), |order| order.to_string());
    let hours = contact.hours.as_ref().map_or("null".into(), one_hours);
    format!(
        r#"{{{}"kind":{},{}"displayName":{},"mail":{},{}"purposes":{},"callOrder":{order},"hours":{hours}}}"#,
        optional("id", filled(&contact.id)),
        quoted(&contact.kind),
        optional("directoryId", contact.directory.as_deref()),
        quoted(&contact.name),
        quoted(&contact.mail),
        optional("phone", filled(&contact.phone)),
        list(purposes.map(|(_, name)| name.to_owned())),
    )
}

/// A JSON text.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// A member that is true.
pub fn flag(wire: Reader<'_>, name: &str) -> bool {
    *wire.raw().get(name) == Json::Bool(true)
}

fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn groups(wire: Reader<'_>, list: &'static str, name: &'static str) -> Vec<Group> {
    let one = |wire: Reader<'_>| {
        let id = wire.needed("id");
        Group {
            name: wire.filled(name).unwrap_or_else(|| id.clone()),
            id,
        }
    };
    wire.list(list).into_iter().flatten().map(one).collect()
}

fn one_group(group: &Group, name: &str) -> String {
    format!(
        r#"{{"id":{},"{name}":{}}}"#,
        quoted(&group.id),
        quoted(&group.name)
    )
}

fn hours(wire: Reader<'_>) -> Hours {
    let span = |wire: Reader<'_>| {
        let days = wire.texts("days").unwrap_or_default();
        let bit = |day: &String| DAYS.iter().position(|known| known == day);
        Span {
            days: days.iter().filter_map(bit).fold(0, |all, at| all | 1 << at),
            from: wire.str("from").and_then(minutes).unwrap_or_default(),
            to: wire.str("to").and_then(minutes).unwrap_or_default(),
        }
    };
    Hours {
        zone: wire.text("timeZone").unwrap_or_default(),
        spans: wire.list("spans").into_iter().flatten().map(span).collect(),
    }
}

fn one_hours(hours: &Hours) -> String {
    let span = |span: &Span| {
        let days = DAYS.iter().enumerate();
        let days = days.filter(|(at, _)| span.days & 1 << at != 0);
        format!(
            r#"{{"days":{},"from":"{}","to":"{}"}}"#,
            list(days.map(|(_, day)| quoted(day))),
            clock(span.from),
            clock(span.to)
        )
    };
    format!(
        r#"{{"timeZone":{},"spans":{}}}"#,
        quoted(&hours.zone),
        list(hours.spans.iter().map(span))
    )
}

/// `07:00` as minutes of the day.
pub fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minutes of the day as `07:00`.
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
