use super::*;
use crate::domain::evidence::{Asset, AssetKind};
use crate::domain::machine::tests::action;
use crate::domain::machine::{MachineAction, Standing};
use crate::domain::time::Timestamp;

fn machine(id: &str, name: &str, risk: Level, seen: i64) -> Machine {
    Machine {
        id: id.into(),
        name: name.into(),
        health: Some(Health::Active),
        onboarding: None,
        risk: Some(risk),
        exposure: None,
        value: Some(Value::Normal),
        group_id: Some("12".into()),
        group: Some("Servers".into()),
        os: Some("Linux".into()),
        version: None,
        first_seen: None,
        last_seen: Some(Timestamp(seen)),
        address: Some("10.1.2.3".into()),
        external_address: None,
        directory_id: None,
        tags: vec!["Production".into()],
    }
}

fn fleet() -> Fleet {
    let mut one = machine("c", "Alpha", Level::Low, 3);
    one.group = None;
    one.tags.clear();
    one.os = Some("Windows11".into());
    let mut two = machine("a", "beta", Level::High, 2);
    two.value = Some(Value::High);
    two.health = Some(Health::Inactive);
    let mut three = machine("b", "Gamma", Level::Unknown("Severe".into()), 1);
    three.last_seen = None;
    let mut fleet = Fleet::default();
    fleet.take(vec![one, two]);
    fleet.take(vec![three]);
    fleet
}

fn beside() -> Beside {
    Beside {
        incidents: Some(vec![("b".into(), 2), ("c".into(), 1)]),
        isolation: vec![("b".into(), Isolation::Isolated)],
    }
}

fn shown(query: &str) -> String {
    let shown = DeviceQuery::parse(query).apply(&fleet(), &beside());
    shown.iter().map(|one| one.machine.id.clone()).collect()
}

#[test]
fn every_view_comes_back_from_its_address() {
    for query in [
        "",
        "?q=a&risk=high&tag=Crown+jewel&incidents=open&sort=name&device=d1",
        "?isolation=isolated&sort=-seen",
    ] {
        assert_eq!(DeviceQuery::parse(query).print(), query);
    }
    let nonsense = DeviceQuery::parse("?sort=-shoe&colour=red&incidents=2");
    assert_eq!(nonsense, DeviceQuery::default());
    let mut query = DeviceQuery::parse("?tag=a&risk=low");
    assert_eq!(query.print(), "?risk=low&tag=a", "one view, one address");
    query.only("risk", String::new());
    assert_eq!(query.print(), "?tag=a");
    assert!(query.filtered() && !DeviceQuery::parse("?sort=name&device=a").filtered());
}

#[test]
fn what_is_most_endangered_comes_first_and_what_nobody_knows_last() {
    assert_eq!(shown(""), "acb");
    assert_eq!(shown("?sort=risk"), "bca");
    assert_eq!(shown("?sort=name"), "cab", "whatever the case");
    assert_eq!(shown("?sort=-seen"), "cab");
    assert_eq!(shown("?sort=-incidents"), "bca");
    assert_eq!(shown("?sort=-isolation"), "bca");
    assert_eq!(shown("?sort=-health"), "acb");
    assert_eq!(shown("?sort=-value"), "acb");
    assert_eq!(shown("?sort=group"), "cab", "a number is a name, too");
}

#[test]
fn a_heading_turns_the_order_round() {
    let mut query = DeviceQuery::default();
    query.order("risk");
    assert_eq!(query.sort, ("risk", false));
    query.order("seen");
    assert_eq!(query.sort, ("seen", true));
    query.order("name");
    assert_eq!(query.sort, ("name", false));
    query.order("shoe");
    assert_eq!(query.sort, ("name", false));
}

#[test]
fn search_and_filters_leave_out_what_does_not_fit() {
    assert_eq!(shown("?q=BETA"), "a");
    for system in ["windows+11", "windows11"] {
        assert_eq!(shown(&format!("?q={system}")), "c");
    }
    assert_eq!(shown("?q=10.1.2.3&sort=name"), "cab");
    assert_eq!(shown("?q=product&sort=name"), "ab");
    assert_eq!(shown("?risk=high"), "a");
    assert_eq!(shown("?risk=Severe"), "b");
    assert_eq!(shown("?group=Servers&sort=name"), "ab");
    assert_eq!(shown("?group=12"), "c");
    assert_eq!(shown("?tag=Production&health=active"), "b");
    assert_eq!(shown("?system=Windows11"), "c");
    assert_eq!(shown("?isolation=isolated"), "b");
    assert_eq!(shown("?incidents=open"), "cb");
    assert_eq!(shown("?risk=none"), "");
    let unknown = Beside::default();
    let threatened = DeviceQuery::parse("?incidents=open");
    assert!(
        threatened.apply(&fleet(), &unknown).is_empty(),
        "nobody knows yet which have any"
    );
}

#[test]
fn filters_offer_what_there_is() {
    let wires = |filter| {
        let values = fleet().values(filter, &beside()).into_iter();
        values.map(|(wire, _)| wire).collect::<Vec<_>>()
    };
    assert_eq!(wires("risk"), ["high", "low", "Severe"]);
    assert_eq!(wires("group"), ["12", "Servers"]);
    assert_eq!(wires("tag"), ["Production"]);
    assert_eq!(wires("isolation"), ["isolated"]);
    assert_eq!(
        fleet().values("value", &beside())[0].1,
        Value::High.label(),
        "in words"
    );
}

#[test]
fn a_device_that_two_pages_name_is_there_once() {
    let mut fleet = fleet();
    fleet.take(vec![machine("a", "moved", Level::Low, 9)]);
    assert_eq!(fleet.devices().len(), 3);
    assert_eq!(fleet.find("a").unwrap().machine.name, "beta");
    assert_eq!(fleet.find("z"), None);
    let asset = |id: &str, kind| Asset {
        kind,
        id: id.into(),
        name: format!("{id}!"),
    };
    fleet.hear_of(&[
        asset("a", AssetKind::Device),
        asset("y", AssetKind::Device),
        asset("z", AssetKind::User),
    ]);
    assert_eq!(fleet.devices().len(), 4);
    assert_eq!(fleet.find("y").unwrap().machine.name, "y!");
}

#[test]
fn isolation_is_what_the_actions_of_a_device_tell() {
    let of = |actions: &[(&str, &str, Standing, i64)]| {
        let all = actions.iter().map(|(machine, kind, standing, at)| {
            ((*machine).to_owned(), action(kind, standing.clone(), *at))
        });
        isolations(all.collect::<Vec<(String, MachineAction)>>())
    };
    use Standing::{Cancelled, Failed, Pending, Succeeded};
    let told = of(&[
        ("m2", "Isolate", Pending, 10),
        ("m1", "Isolate", Succeeded, 10),
        ("m3", "Isolate", Succeeded, 10),
        ("m3", "Unisolate", Succeeded, 20),
        ("m4", "Isolate", Succeeded, 10),
        ("m4", "Unisolate", Pending, 20),
        ("m5", "Isolate", Failed, 10),
        ("m6", "Isolate", Succeeded, 10),
        ("m6", "Unisolate", Cancelled, 20),
    ]);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(id, isolation)| (id.as_str(), isolation.slug()))
        .collect();
    assert_eq!(
        told,
        [
            ("m1", "isolated"),
            ("m2", "isolating"),
            ("m4", "releasing"),
            ("m6", "isolated"),
        ]
    );
}

#[test]
fn the_table_has_a_row_for_every_device_and_leaves_open_what_nobody_knows() {
    let all = DeviceQuery::parse("?sort=name").apply(&fleet(), &beside());
    let csv = table(&all, &beside());
    let lines: Vec<&str> = csv.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[3],
        "Gamma,b,Unknown (Severe),,2,Isolated,Active,Normal,Linux,,Servers,Production,10.1.2.3,"
    );
    assert!(lines[1].starts_with("Alpha,c,Low,,1,,Active,"));
    let unknown = table(&all, &Beside::default());
    assert!(unknown.contains("\r\nAlpha,c,Low,,,,Active,"));
}
