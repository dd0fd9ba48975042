//! The index against plain passes over plain structs.

use super::*;
use crate::domain::queue_query::{Preset, Range};
use crate::domain::time::{DAY, Day};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn incident(id: &str, name: &str, status: Status, severity: Severity, days_ago: i64) -> Incident {
    Incident {
        id: IncidentId(id.into()),
        name: name.into(),
        status,
        severity,
        classification: Classification::NotSet,
        determination: Determination::NotSet,
        assigned_to: None,
        custom_tags: vec![],
        system_tags: vec![],
        created: NOW.plus(-days_ago * DAY),
        updated: NOW.plus(-days_ago * DAY),
        last_modified_by: None,
        description: None,
        summary: None,
        resolving_comment: None,
        redirect_to: None,
        priority_score: None,
        comments: vec![],
        alerts: None,
    }
}

fn sample() -> QueueIndex {
    let mut index = QueueIndex::default();
    let mut phish = incident(
        "7",
        "Phishing of Megan",
        Status::AwaitingAction,
        Severity::Medium,
        90,
    );
    phish.assigned_to = Some("Customer".into());
    phish.system_tags = vec!["Defender Experts".into()];
    index.put(&phish);
    index.put(&incident(
        "12",
        "Ransomware precursor",
        Status::Active,
        Severity::High,
        1,
    ));
    index.put(&incident(
        "103",
        "Password spray",
        Status::Resolved,
        Severity::Low,
        2,
    ));
    index.put(&incident(
        "104",
        "Old password spray",
        Status::Active,
        Severity::Low,
        40,
    ));
    index
}

fn ids(index: &QueueIndex, query: &QueueQuery) -> Vec<String> {
    let view = index.view(query, NOW, &Zone::utc());
    view.rows
        .iter()
        .map(|row| index.row(*row).unwrap().id().to_owned())
        .collect()
}

#[test]
fn the_default_view_never_hides_what_awaits_the_customer() {
    let index = sample();
    let view = index.view(&QueueQuery::default(), NOW, &Zone::utc());
    assert_eq!(ids(&index, &QueueQuery::default()), ["12", "7"]);
    assert_eq!(view.older_awaiting, 1);
}

#[test]
fn a_range_somebody_chose_is_taken_at_its_word() {
    let query = QueueQuery {
        range: Range::Last(Preset::Days7),
        ..QueueQuery::default()
    };
    assert_eq!(ids(&sample(), &query), ["12"]);
}

#[test]
fn search_finds_names_and_ids_without_case() {
    let everything = QueueQuery {
        status: None,
        range: Range::All,
        ..QueueQuery::default()
    };
    let search = |text: &str| QueueQuery {
        text: text.into(),
        ..everything.clone()
    };
    assert_eq!(ids(&sample(), &search("SPRAY")), ["103", "104"]);
    assert_eq!(ids(&sample(), &search("12")), ["12"]);
    assert!(ids(&sample(), &search("nothing like it")).is_empty());
}

#[test]
fn every_sort_orders_by_its_column_and_its_reverse_reverses() {
    let index = sample();
    for column in Column::ALL {
        let query = |descending| QueueQuery {
            status: None,
            range: Range::All,
            sort: Sort { column, descending },
            ..QueueQuery::default()
        };
        let mut reversed = ids(&index, &query(true));
        reversed.reverse();
        assert_eq!(ids(&index, &query(false)), reversed, "{column:?}");
    }
    let by = |column, descending| QueueQuery {
        status: None,
        range: Range::All,
        sort: Sort { column, descending },
        ..QueueQuery::default()
    };
    assert_eq!(
        ids(&index, &by(Column::Id, false)),
        ["7", "12", "103", "104"]
    );
    assert_eq!(ids(&index, &by(Column::Severity, true))[0], "12");
    assert_eq!(ids(&index, &by(Column::Status, true))[0], "7");
    assert_eq!(
        ids(&index, &by(Column::Name, false)),
        ["104", "103", "7", "12"]
    );
}

#[test]
fn an_update_moves_the_row_and_an_overtaken_answer_does_not() {
    let mut index = sample();
    let resolved = incident(
        "12",
        "Ransomware precursor",
        Status::Resolved,
        Severity::High,
        0,
    );
    assert!(index.put(&resolved));
    assert!(!index.put(&resolved), "the same again changes nothing");
    assert!(!index.put(&incident("12", "Older", Status::Active, Severity::High, 3)));
    assert_eq!(index.len(), 4);
    assert_eq!(ids(&index, &QueueQuery::default()), ["7"]);
}

#[test]
fn facets_count_under_the_other_filters() {
    let index = sample();
    let query = QueueQuery {
        severity: vec![Severity::High],
        range: Range::All,
        ..QueueQuery::default()
    };
    let facets = index.facets(&query, NOW, &Zone::utc());
    assert!(
        facets.severity.contains(&(Severity::Medium, 1)),
        "{:?}",
        facets.severity
    );
    assert!(
        facets.status.contains(&(Status::Active, 1)),
        "{:?}",
        facets.status
    );
    assert_eq!(facets.tags, [("Defender Experts".to_owned(), 0)]);
}

#[test]
fn each_bar_of_the_chart_counts_the_list_it_opens() {
    let index = sample();
    let zone = Zone::new("Test/Late", 11 * 60, vec![]);
    let today = zone.day(NOW);
    for count in index.per_day(Day(today.0 - 120), today, &zone) {
        for (status, bar) in [
            (Status::AwaitingAction, count.awaiting),
            (Status::Resolved, count.resolved),
        ] {
            let list = QueueQuery {
                status: Some(vec![status]),
                range: Range::Days(count.day, count.day),
                ..QueueQuery::default()
            };
            assert_eq!(index.count(&list, NOW, &zone), bar, "{}", count.day);
        }
    }
}

proptest! {
    #[test]
    fn a_view_is_what_a_plain_pass_finds(
        rows in proptest::collection::vec((0_u32..40, "[a-c ]{0,4}", 0_usize..5, 0_usize..5, 0_i64..60), 0..60),
        text in "[a-c]{0,2}",
        statuses in proptest::option::of(proptest::sample::subsequence(Status::ALL.to_vec(), 1..=3)),
        severities in proptest::sample::subsequence(Severity::ALL.to_vec(), 0..=2),
        days in 0_usize..6,
    ) {
        let mut index = QueueIndex::default();
        let mut plain: std::collections::BTreeMap<String, Incident> = Default::default();
        for (id, name, status, severity, age) in rows {
            let one = incident(&id.to_string(), &name, Status::ALL[status].clone(), Severity::ALL[severity].clone(), age);
            index.put(&one);
            let newer = plain.get(&one.id.0).is_none_or(|held| held.updated <= one.updated);
            if newer { plain.insert(one.id.0.clone(), one); }
        }
        let query = QueueQuery {
            text: text.clone(), status: statuses.clone(), severity: severities.clone(),
            range: Range::Last(Preset::ALL[days]), ..QueueQuery::default()
        };
        let from = query.range.bounds(NOW, &Zone::utc()).0;
        let mut expected: Vec<&Incident> = plain.values().filter(|i| {
            (i.name.contains(&text) || i.id.0.contains(&text))
                && statuses.as_ref().is_none_or(|s| s.contains(&i.status))
                && (severities.is_empty() || severities.contains(&i.severity))
                && (i.updated >= from || (query.keeps_old_awaiting() && i.awaits_customer()))
        }).collect();
        expected.sort_by_key(|i| (i.updated, i.id.order()));
        expected.reverse();
        let expected: Vec<String> = expected.into_iter().map(|i| i.id.0.clone()).collect();
        prop_assert_eq!(index.count(&query, NOW, &Zone::utc()), expected.len());
        prop_assert_eq!(ids(&index, &query), expected);
    }
}

#[test]
fn an_incident_leads_to_those_beside_it_in_a_list() {
    let index = sample();
    let rows = index.view(&QueueQuery::default(), NOW, &Zone::utc()).rows;
    let beside = |id: &str, by| index.beside(&IncidentId(id.into()), by, &rows);
    assert_eq!((beside("12", 1), beside("7", -1)), (Some("7"), Some("12")));
    assert_eq!((beside("12", -1), beside("7", 1)), (None, None));
    // Neither one that the list leaves out nor one that nobody knows.
    assert_eq!((beside("103", 1), beside("9", 1)), (None, None));
}

#[test]
fn counts_by_a_fact_are_the_lengths_of_the_lists_they_lead_to() {
    let mut index = sample();
    let mark = |index: &mut QueueIndex, id: &str, words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        index.mark(&IncidentId(id.into()), &words);
    };
    mark(&mut index, "12", &["asset=m1", "asset=m2", "category=m3"]);
    mark(&mut index, "103", &["asset=m1"]);
    mark(&mut index, "104", &["asset=m1"]);
    mark(&mut index, "7", &["asset=m2"]);
    let all = QueueQuery {
        range: Range::All,
        by_created: true,
        ..QueueQuery::default()
    };
    let recent = QueueQuery {
        range: Range::Last(Preset::Days30),
        ..all.clone()
    };
    for (query, expected) in [
        (all, vec![("m1".to_owned(), 2), ("m2".to_owned(), 2)]),
        (recent, vec![("m1".to_owned(), 1), ("m2".to_owned(), 1)]),
    ] {
        let counts = index.by_fact(&query, "asset", NOW, &Zone::utc());
        assert_eq!(counts, expected);
        for (asset, count) in counts {
            let list = QueueQuery {
                facts: vec![("asset", vec![asset])],
                ..query.clone()
            };
            assert_eq!(index.count(&list, NOW, &Zone::utc()), count);
        }
    }
}
