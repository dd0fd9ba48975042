use super::facts::{Change, changes, facts};
use super::work::Work;
use super::*;
use crate::domain::json;

fn soc() -> Contact {
    Contact {
        id: "c-soc".into(),
        kind: "group".into(),
        directory: Some("g-1".into()),
        name: "Contoso \"SOC\"".into(),
        mail: "soc@contoso.com".into(),
        phone: "+4315550100".into(),
        incident: true,
        review: false,
        hours: Some(Hours {
            zone: "Europe/Vienna".into(),
            spans: vec![
                Span {
                    days: 0b1_1111,
                    from: 420,
                    to: 1140,
                },
                Span {
                    days: 0b110_0000,
                    from: 0,
                    to: 0,
                },
            ],
        }),
        state: String::new(),
    }
}

fn ada() -> Contact {
    Contact {
        name: "Ada".into(),
        mail: "ada@contoso.com".into(),
        review: true,
        ..Contact::fresh()
    }
}

fn some() -> Sections {
    Sections {
        permissions: Permissions {
            investigate: true,
            respond: true,
        },
        exclusions: Exclusions {
            devices: vec![Group {
                id: "86".into(),
                name: "VIP laptops".into(),
            }],
            users: vec![Group {
                id: "u-1".into(),
                name: "Board\\\u{202e}".into(),
            }],
            high_value_devices: false,
            high_value_users: true,
        },
        contacts: vec![soc(), ada()],
        teams: Teams {
            enabled: true,
            hunting: false,
        },
    }
}

#[test]
fn everything_half_written_comes_back_from_the_device() {
    let work = Work {
        sections: some(),
        contact: Some((
            Some(1),
            Contact {
                phone: "call me \"maybe\"\n".into(),
                mail: "ada@".into(),
                incident: false,
                ..ada()
            },
        )),
        base: "\"v1\"".into(),
        ground: Sections {
            contacts: vec![ada()],
            ..Sections::default()
        },
        sent: r#"{"step":"review"}"#.into(),
        reached: 3,
        intent: Some(("key".into(), "\"v1\"".into())),
    };
    assert_eq!(Work::restored(&work.record()), Some(work));
    let bare = Work::default();
    assert_eq!(Work::restored(&bare.record()), Some(bare));
    assert_eq!(Work::restored("a note"), None);
}

#[test]
fn contacts_are_called_in_the_order_they_stand() {
    let body = body::write(&some(), Section::Contacts);
    assert!(
        body.contains(r#""callOrder":1"#) && body.contains(r#""callOrder":2"#),
        "{body}"
    );
    let mut swapped = some();
    swapped.contacts.swap(0, 1);
    let mut read = Sections::default();
    let body = body::write(&swapped, Section::Contacts);
    json::read(&body, |wire| body::read(wire, Section::Contacts, &mut read)).unwrap();
    assert_eq!(read.contacts, swapped.contacts);
    swapped.contacts[0].incident = false;
    let body = body::write(&swapped, Section::Contacts);
    assert!(
        body.contains(r#""callOrder":null"#) && !body.contains(r#""callOrder":2"#),
        "{body}"
    );
}

#[test]
fn what_would_change_is_what_differs_and_nothing_else() {
    let (before, mut after) = (some(), some());
    for section in Section::ALL {
        assert_eq!(changes(&before, &after, section), []);
        assert!(before.same(&after, section));
    }
    after.permissions.respond = false;
    after.exclusions.devices.clear();
    after.exclusions.users.push(Group {
        id: "u-2".into(),
        name: "Finance".into(),
    });
    after.contacts[1].phone = "+12345".into();
    after.teams.enabled = false;
    let change = |what: &str, before: &str, after: &str| Change {
        what: what.into(),
        before: before.into(),
        after: after.into(),
    };
    let of = |section| changes(&before, &after, section);
    assert_eq!(
        of(Section::Permissions),
        [change("Respond directly to active threats", "On", "Off")]
    );
    assert_eq!(
        of(Section::Exclusions),
        [
            change("Device group VIP laptops", "Excluded", ""),
            change("User group Finance", "", "Excluded"),
        ]
    );
    let contacts = of(Section::Contacts);
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0].what, "Ada (ada@contoso.com)");
    assert!(contacts[0].before.contains("no phone") && contacts[0].after.contains("+12345"));
    assert_eq!(
        of(Section::Teams),
        [change("Communicate on Teams", "On", "Off")]
    );
}

#[test]
fn groups_of_one_name_are_told_apart_and_one_that_was_renamed_is_the_same() {
    let group = |id: &str, name: &str| Group {
        id: id.into(),
        name: name.into(),
    };
    let with = |users: Vec<Group>| Sections {
        exclusions: Exclusions {
            users,
            ..Exclusions::default()
        },
        ..Sections::default()
    };
    let of = |before: &Sections, after: &Sections| -> Vec<[String; 3]> {
        let all = changes(before, after, Section::Exclusions).into_iter();
        all.map(|change| [change.what, change.before, change.after])
            .collect()
    };
    let wrong = with(vec![group("1", "Executives"), group("3", "Board")]);
    let right = with(vec![group("2", "Executives"), group("3", "Board of 2026")]);
    let change = |what: &str, before: &str, after: &str| [what, before, after].map(str::to_owned);
    assert_eq!(
        of(&wrong, &right),
        [
            change("User group Executives (1)", "Excluded", ""),
            change("User group Executives (2)", "", "Excluded"),
        ]
    );
    let both = with(vec![group("1", "Executives"), group("2", "Executives")]);
    assert_eq!(
        of(&both, &with(Vec::new()))[1],
        change("User group Executives (2)", "Excluded", "")
    );
    let names = facts(&both, Section::Exclusions);
    assert_eq!(names[0].0, "User group Executives (1)");
    assert_eq!(
        facts(&right, Section::Exclusions)[0].0,
        "User group Executives"
    );
}

#[test]
fn a_contact_that_was_told_meanwhile_has_not_been_changed() {
    let (before, mut after) = (some(), some());
    after.contacts[0].state = "notified".into();
    after.contacts[1].id = "c-new".into();
    assert!(before.same(&after, Section::Contacts));
    after.contacts.swap(0, 1);
    assert!(!before.same(&after, Section::Contacts), "the order counts");
}

#[test]
fn hours_are_said_in_few_words() {
    let told = facts(&some(), Section::Contacts);
    assert!(
        told[0]
            .1
            .ends_with("Mon–Fri 07:00–19:00, Sat, Sun all day (Europe/Vienna)"),
        "{}",
        told[0].1
    );
}

#[test]
fn what_could_not_be_sent_is_said_before_it_is_left() {
    let mut work = Work::default();
    assert_eq!(work.problem(Section::Permissions), None);
    assert!(
        work.problem(Section::Contacts)
            .unwrap()
            .contains("incident notification")
    );
    work.sections = some();
    assert_eq!(work.problem(Section::Contacts), None);
    work.contact = Some((None, Contact::fresh()));
    assert_eq!(
        work.problem(Section::Contacts),
        None,
        "an untouched form is nothing"
    );
    work.contact = Some((None, ada()));
    assert!(
        work.problem(Section::Contacts)
            .unwrap()
            .contains("half written")
    );
    work.sections.permissions = Permissions {
        investigate: false,
        respond: false,
    };
    assert!(work.problem(Section::Permissions).is_some());
}

#[test]
fn a_contact_that_is_being_changed_stays_itself_while_the_list_moves() {
    let named = |name: &str, incident| Contact {
        name: name.into(),
        mail: format!("{name}@contoso.com"),
        incident,
        ..Contact::fresh()
    };
    let mut work = Work::default();
    work.sections.contacts = vec![
        named("a", true),
        named("b", true),
        named("review", false),
        named("c", true),
    ];
    let order = |work: &Work| -> Vec<String> {
        let contacts = work.sections.contacts.iter();
        contacts.map(|contact| contact.name.clone()).collect()
    };
    let edited = |work: &Work| {
        let (at, _) = work.contact.as_ref()?;
        at.map(|at| order(work)[at].clone())
    };
    work.edit(1);
    work.contact.as_mut().unwrap().1.phone = "+1".into();
    work.swap(1, 1);
    assert_eq!(order(&work), ["a", "c", "review", "b"]);
    assert_eq!(edited(&work).as_deref(), Some("b"));
    work.swap(0, 1);
    assert_eq!(edited(&work).as_deref(), Some("b"));
    work.swap(1, 1);
    assert_eq!(order(&work), ["c", "b", "review", "a"]);
    assert_eq!(edited(&work).as_deref(), Some("b"));
    work.swap(3, 1);
    work.swap(0, -1);
    work.remove(9);
    assert_eq!(order(&work), ["c", "b", "review", "a"], "nowhere to go");
    work.remove(3);
    work.remove(0);
    assert_eq!(order(&work), ["b", "review"]);
    assert_eq!(edited(&work).as_deref(), Some("b"));
    work.remove(0);
    assert_eq!((order(&work), work.contact), (vec!["review".into()], None));
}

#[test]
fn a_contact_that_is_half_written_is_not_thrown_away_for_another() {
    let mut work = Work {
        sections: some(),
        ..Work::default()
    };
    work.edit(0);
    assert_eq!(work.half(), None, "nothing of it is only in the form");
    work.edit(1);
    assert_eq!(work.contact, Some((Some(1), ada())));
    work.contact.as_mut().unwrap().1.phone = "+43".into();
    let half = work.contact.clone();
    assert!(work.half().is_some());
    work.edit(0);
    work.edit(1);
    assert_eq!(work.contact, half);
    let name = Contact {
        name: "Night desk".into(),
        ..Contact::fresh()
    };
    work.contact = Some((None, name.clone()));
    work.edit(0);
    assert_eq!(work.contact, Some((None, name)));
    assert!(work.problem(Section::Contacts).is_some());
    assert_eq!(work.problem(Section::Teams), None);
}

#[test]
fn what_is_typed_while_it_is_saved_stays() {
    let sent = Work {
        sections: some(),
        base: "before".into(),
        ..Work::default()
    };
    let mut now = some();
    now.contacts[1].id = "c-ada".into();
    now.contacts[1].state = "pendingNotification".into();
    let mut work = sent.clone();
    assert!(work.settle(&sent, &now, "after".into()));
    assert_eq!((&work.sections, &*work.base), (&now, "after"));

    let mut work = sent.clone();
    work.sections.permissions.respond = false;
    work.contact = Some((None, ada()));
    let typed = work.clone();
    assert!(!work.says(&sent));
    assert!(!work.settle(&sent, &now, "after".into()));
    assert_eq!((&work.contact, &*work.base), (&typed.contact, "after"));
    assert!(!work.sections.permissions.respond);
    let ada = &work.sections.contacts[1];
    assert_eq!((&*ada.id, &*ada.state), ("c-ada", "pendingNotification"));
}

#[test]
fn another_address_is_no_longer_who_was_found() {
    let mut contact = soc();
    contact.address("soc@contoso.com".into());
    assert_eq!(contact, soc());
    contact.address("night@contoso.com".into());
    assert_eq!((&*contact.kind, contact.directory), ("mail", None));
}

#[test]
fn a_contact_is_checked_before_it_is_added() {
    let flaw = |contact: Contact| contact.checked(&[soc()]).unwrap_err().0;
    let with = |change: fn(&mut Contact)| {
        let mut contact = ada();
        change(&mut contact);
        contact
    };
    assert_eq!(flaw(with(|c| c.name = "  ".into())), Flaw::Name);
    for mail in [
        "",
        "ada",
        "ada@",
        "@contoso.com",
        "a b@contoso.com",
        "ädä@contoso.com",
        "a@b@c",
    ] {
        let contact = Contact {
            mail: mail.into(),
            ..ada()
        };
        assert_eq!(flaw(contact), Flaw::Mail, "{mail}");
    }
    assert_eq!(
        flaw(with(|c| c.mail = "SOC@contoso.com".into())),
        Flaw::Mail
    );
    assert_eq!(flaw(with(|c| c.phone = "call me".into())), Flaw::Phone);
    assert_eq!(
        flaw(with(|c| (c.incident, c.review) = (false, false))),
        Flaw::Purpose
    );
    assert_eq!(
        flaw(with(|c| c.hours = Some(Hours::default()))),
        Flaw::Hours
    );
    let added = with(|c| c.phone = "0043 1 555".into())
        .checked(&[soc()])
        .unwrap();
    assert_eq!(added.phone, "+431555");
}

#[test]
fn what_a_server_points_at_is_called_by_its_name() {
    let all = some();
    for (pointer, name) in [
        ("/exclusions/deviceGroups/0/id", Some("VIP laptops")),
        ("/deviceGroups/0/id", Some("VIP laptops")),
        ("/contacts/1/phone", Some("Ada")),
        ("/contacts/contacts/1/phone", Some("Ada")),
        ("/contacts/7/phone", None),
        ("/contacts/contacts", None),
        ("", None),
    ] {
        assert_eq!(all.culprit(pointer), name, "{pointer}");
    }
}

/// A form that was begun on what `some` says.
fn begun() -> Work {
    Work {
        sections: some(),
        ground: some(),
        ..Work::default()
    }
}

#[test]
fn what_was_saved_elsewhere_is_taken_up_where_nobody_has_touched_it_here() {
    let mut work = begun();
    work.sections.permissions.respond = false;
    let mut there = some();
    there.contacts = vec![ada()];
    there.teams.enabled = !there.teams.enabled;
    assert_eq!(work.rebase(&there, &[], &[]), None);
    assert!(work.sections.same(&there, Section::Contacts));
    assert!(work.sections.same(&there, Section::Teams));
    assert!(!work.sections.permissions.respond, "mine stays");
    // Once more nothing is left to take up.
    let before = work.clone();
    assert_eq!(work.rebase(&there, &[], &[]), None);
    assert_eq!(work, before);
}

#[test]
fn what_was_changed_here_and_there_is_a_conflict_in_that_section_alone() {
    let mut work = begun();
    work.sections.permissions.respond = false;
    work.sections.contacts = vec![];
    let mut there = some();
    there.contacts = vec![ada()];
    let theirs = work.rebase(&there, &[], &[]).unwrap();
    assert!(theirs.same(&there, Section::Contacts));
    assert!(!theirs.permissions.respond, "mine is nobody's conflict");
    assert!(work.sections.contacts.is_empty(), "mine stays meanwhile");
    // My own draft, whose answer did not come, is none.
    let ours = [Section::Contacts];
    assert_eq!(work.clone().rebase(&there, &[], &ours), None);
    // What somebody saved by itself is not of it.
    let elsewhere = work.clone().rebase(&there, &[], &[Section::Teams]);
    assert_eq!(elsewhere, Some(theirs.clone()));

    let mut mine = work.clone();
    mine.resolve(&theirs, true, "theirs".into());
    assert_eq!((&*mine.base, mine.sections.contacts.len()), ("theirs", 0));
    assert_eq!(mine.rebase(&there, &[], &[]), None);
    work.resolve(&theirs, false, "theirs".into());
    assert!(work.sections.same(&there, Section::Contacts));
    assert!(!work.sections.permissions.respond);
    assert_eq!(work.rebase(&there, &[], &[]), None);
}

#[test]
fn what_is_in_force_does_not_give_way_unseen_to_a_draft_that_it_has_overtaken() {
    // Nobody has filled in anything here: the draft is another administrator's.
    let mut work = begun();
    let mut there = some();
    there.contacts = vec![ada()];
    let theirs = work
        .rebase(&there, &[Section::Contacts], &Section::ALL)
        .unwrap();
    assert!(theirs.same(&there, Section::Contacts));
    assert!(work.sections.same(&some(), Section::Contacts));
}

#[test]
fn a_contact_that_is_being_written_keeps_its_list() {
    let mut work = begun();
    work.edit(0);
    let mut there = some();
    there.contacts = vec![ada()];
    assert!(work.rebase(&there, &[], &[]).is_some());
    assert!(work.sections.same(&some(), Section::Contacts));
}
