//! Bodies as no service should send them: members dropped, nulled, retyped, added, enumerations that
//! nobody knows, texts cut off. Each is read as a value or refused with the place; nothing panics.

use super::super::experts::managed_response;
use super::super::incident::{comment, incident};
use super::super::task::task;
use super::super::{directory, evidence};
use crate::api::failure::{self, Failure};
use crate::domain::json::{Reader, read};
use proptest::prelude::*;
use serde_json::{Value, json};

const BODIES: [&str; 4] = [
    include_str!("../../../../tests/fixtures/graph-incidents.json"),
    include_str!("../../../../tests/fixtures/graph-incident-with-alerts.json"),
    include_str!("../../../../tests/fixtures/incident-tasks.json"),
    include_str!("../../../../tests/fixtures/managed-response.json"),
];

/// What is done to one member or item, chosen by its place in the order of the body.
#[derive(Clone, Debug)]
enum Mutation {
    Drop,
    Replace(Value),
    Add(Value),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let values = prop_oneof![
        Just(Value::Null),
        Just(json!(true)),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!("unknownFutureValue")),
        Just(json!("0001-13-41T99:99:99Z")),
        Just(json!([])),
        Just(json!([[{}], null, 3])),
        Just(json!({"id": {"id": []}, "value": "x"})),
    ];
    values.prop_flat_map(|value| {
        prop_oneof![
            Just(Mutation::Drop),
            Just(Mutation::Replace(value.clone())),
            Just(Mutation::Add(value)),
        ]
    })
}

/// Applies a mutation to the place that a countdown reaches; true once that has happened.
fn apply(value: &mut Value, left: &mut usize, mutation: &Mutation) -> bool {
    match value {
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            for name in names {
                if *left == 0 {
                    match mutation {
                        Mutation::Drop => drop(members.remove(&name)),
                        Mutation::Replace(new) => drop(members.insert(name, new.clone())),
                        Mutation::Add(new) => drop(members.insert(format!("{name}X"), new.clone())),
                    }
                    return true;
                }
                *left -= 1;
                if members
                    .get_mut(&name)
                    .is_some_and(|inner| apply(inner, left, mutation))
                {
                    return true;
                }
            }
        }
        Value::Array(items) => {
            for at in 0..items.len() {
                if *left == 0 {
                    match mutation {
                        Mutation::Drop => drop(items.remove(at)),
                        Mutation::Replace(new) => items[at] = new.clone(),
                        Mutation::Add(new) => items.insert(at, new.clone()),
                    }
                    return true;
                }
                *left -= 1;
                if apply(&mut items[at], left, mutation) {
                    return true;
                }
            }
        }
        _ => {}
    }
    false
}

fn places(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(|inner| 1 + places(inner)).sum(),
        Value::Array(items) => items.iter().map(|inner| 1 + places(inner)).sum(),
        _ => 0,
    }
}

/// Reads a body as everything it might be, and everything that was read as a person would see it.
fn read_as_everything(body: &str) -> Vec<Result<(), String>> {
    fn shown(value: impl std::fmt::Debug) {
        drop(format!("{value:?}"));
    }
    let list = |item: fn(Reader<'_>)| {
        read(body, |page| {
            page.needed_list("value").for_each(item);
            page.text("@odata.nextLink");
        })
    };
    vec![
        list(|wire| {
            let incident = incident(wire);
            shown((
                incident.assets(),
                incident.status.label(),
                incident.tags().count(),
            ));
            shown(incident);
        }),
        list(|wire| shown(comment(wire))),
        list(|wire| shown(task(wire))),
        list(|wire| shown(directory::role(wire))),
        list(|wire| {
            let one = evidence::read(wire.raw());
            shown((
                one.kind(),
                one.name(),
                one.detail(),
                one.verdict(),
                one.remediation(),
            ));
            shown((one.asset(), one.facts()));
        }),
        read(body, |wire| shown(incident(wire))),
        read(body, |wire| shown(task(wire))),
        read(body, |wire| shown(managed_response(wire))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_body_is_a_value_or_an_error_that_names_where(
        which in 0..BODIES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), mutation()), 1..5),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
        status in prop::sample::select(vec![400_u16, 401, 403, 404, 409, 412, 422, 429, 500, 503]),
    ) {
        let mut body: Value = serde_json::from_str(BODIES[which]).unwrap();
        for (at, mutation) in &changes {
            let count = places(&body);
            if count > 0 {
                apply(&mut body, &mut at.index(count), mutation);
            }
        }
        let mut body = body.to_string();
        if let Some(at) = cut {
            let mut at = at.index(body.len());
            while !body.is_char_boundary(at) {
                at -= 1;
            }
            body.truncate(at);
        }
        for outcome in read_as_everything(&body) {
            if let Err(place) = outcome {
                // `value[3].severity is not a text`, or where the text is no JSON any more.
                let named = place.split_once(" is ").is_some_and(|(path, _)| !path.is_empty());
                prop_assert!(named || place.contains(" at line "), "{place}");
            }
        }
        // The same body as the answer to something that failed.
        let error = failure::read(&Failure { status, retry_after: None, request_id: None, challenge: "", body: &body });
        prop_assert!(!error.wording("The incident").title.is_empty());
    }
}
