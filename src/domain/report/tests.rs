//! The figures against plain passes over plain incidents, and against the lists they open.

use super::required::{Action, State};
use super::*;
use crate::domain::evidence::Asset;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Classification, Determination, Incident, Status};
use crate::domain::queue_index::QueueIndex;
use crate::domain::queue_query::{Preset, QueueQuery, Range};
use crate::domain::severity::Severity;
use crate::domain::time::{DAY, Day, Zone};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_795_260_000_000);

fn incident(id: usize, status: Status, severity: Severity, created: Timestamp) -> Incident {
    Incident {
        id: IncidentId(id.to_string()),
        name: format!("Incident {id}"),
        status,
        severity,
        classification: Classification::TruePositive,
        determination: Determination::NotSet,
        assigned_to: None,
        custom_tags: vec![],
        system_tags: vec!["Defender Experts".into()],
        created,
        updated: NOW,
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

fn asset(kind: AssetKind, id: &str, name: &str) -> Asset {
    Asset {
        kind,
        id: id.into(),
        name: name.into(),
    }
}

/// A tenant: incidents, what their alerts say, and the customer's tasks.
#[derive(Default)]
struct Tenant {
    index: QueueIndex,
    assets: Assets,
    actions: Vec<Action>,
}

impl Tenant {
    fn put(&mut self, one: &Incident, alerts: &AlertFacts, states: &[State]) {
        self.index.put(one);
        self.assets.learn(&alerts.assets);
        let action = |state: &State| Action {
            incident: one.id.clone(),
            title: "Isolate".into(),
            state: *state,
            created: Some(one.created),
            modified: Some(one.created.plus(600_000)),
        };
        let own: Vec<Action> = states.iter().map(action).collect();
        let asked = required::by_incident(&own);
        let asked = asked.get(one.id.as_str()).copied().unwrap_or_default();
        self.index.mark(&one.id, &words(alerts, Some(&asked)));
        self.actions.extend(own);
    }

    fn report(&self, period: Period) -> Report {
        figures(
            &self.index,
            period,
            NOW,
            Ok(()),
            Ok(&self.actions),
            &self.assets,
        )
    }

    fn length(&self, period: &Period, facts: &[(&'static str, &str)]) -> usize {
        let mut list = period.list();
        let facts = facts
            .iter()
            .map(|(name, value)| (*name, vec![(*value).to_owned()]));
        list.facts.extend(facts);
        self.index.count(&list, NOW, &Zone::utc())
    }
}

fn last_30() -> Period {
    Period::of(Range::Last(Preset::Days30), NOW, &Zone::utc())
}

fn facts(categories: &[&str]) -> AlertFacts {
    AlertFacts {
        categories: categories.iter().map(|one| (*one).to_owned()).collect(),
        sources: vec!["microsoftDefenderForEndpoint".into()],
        assets: vec![],
    }
}

#[test]
fn an_empty_range_has_dashes_not_a_hundred_percent() {
    let report = Tenant::default().report(last_30());
    assert_eq!((report.investigated, report.resolved), (0, 0));
    assert_eq!(
        measure::percent(measure::share(report.resolved, report.investigated)),
        "–"
    );
    assert_eq!(
        report
            .severity
            .iter()
            .map(|tally| tally.count)
            .sum::<usize>(),
        0
    );
    assert!(check::disagreements(&report).is_empty());
}

#[test]
fn merged_incidents_and_those_of_others_do_not_count_and_reopened_ones_once() {
    let mut tenant = Tenant::default();
    let at = NOW.plus(-DAY);
    tenant.put(
        &incident(1, Status::Resolved, Severity::High, at),
        &facts(&["Malware"]),
        &[],
    );
    tenant.put(
        &incident(2, Status::Redirected, Severity::High, at),
        &facts(&["Malware"]),
        &[],
    );
    let mut own = incident(3, Status::Resolved, Severity::High, at);
    own.system_tags.clear();
    own.custom_tags.push("Defender Experts".into());
    tenant.put(&own, &facts(&["Malware"]), &[]);
    assert_eq!(tenant.report(last_30()).resolved, 1);
    let mut reopened = incident(1, Status::Active, Severity::High, at);
    reopened.updated = NOW.plus(1);
    tenant.index.put(&reopened);
    let report = tenant.report(last_30());
    assert_eq!((report.investigated, report.resolved), (1, 0));
    assert_eq!(report.direct, Ok(0));
}

#[test]
fn without_tasks_the_split_is_not_known_and_not_guessed() {
    let mut tenant = Tenant::default();
    let one = incident(1, Status::Resolved, Severity::High, NOW.plus(-DAY));
    tenant.index.put(&one);
    tenant
        .index
        .mark(&one.id, &words(&facts(&["Malware"]), None));
    let report = figures(
        &tenant.index,
        last_30(),
        NOW,
        Ok(()),
        Err(Why::Tasks),
        &tenant.assets,
    );
    assert_eq!(
        (report.direct, report.helped),
        (Err(Why::Tasks), Err(Why::Tasks))
    );
    assert_eq!(report.times, Err(Why::Service));
    assert_eq!(report.required, Err(Why::Tasks));
    assert_eq!(report.category.map(|all| all.len()), Ok(1));
}

#[test]
fn four_hundred_categories_and_one_that_nobody_knows_are_all_told() {
    let mut tenant = Tenant::default();
    for at in 0..400 {
        let one = incident(
            at,
            Status::Resolved,
            Severity::Unknown("critical".into()),
            NOW.plus(-DAY),
        );
        tenant.put(&one, &facts(&[&format!("Category{at:03}"), "Shared"]), &[]);
    }
    let report = tenant.report(last_30());
    let category = report.category.clone().unwrap();
    assert_eq!(category.len(), 401);
    assert_eq!(
        category[0],
        Tally {
            key: "Shared".into(),
            count: 400
        }
    );
    assert_eq!(check::balance(&category, 400).more, 400);
    // A severity of the future is a row of its own, by its own word, and opens its own list.
    let future = report.severity.last().unwrap();
    assert_eq!((future.key.as_str(), future.count), ("critical", 400));
    let mut list = last_30().list();
    list.severity = vec![Severity::parse(&future.key)];
    assert_eq!(tenant.index.count(&list, NOW, &Zone::utc()), 400);
    assert_eq!(tenant.length(&last_30(), &[("category", "Category007")]), 1);
}

#[test]
fn what_is_not_set_and_what_nobody_knows_has_its_cells_its_months_and_its_lists() {
    let mut tenant = Tenant::default();
    let kinds = [
        (Severity::NotSet, Classification::NotSet),
        (Severity::Unknown("critical".into()), Classification::NotSet),
        (Severity::High, Classification::Unknown("benign".into())),
        (
            Severity::Unknown("critical".into()),
            Classification::TruePositive,
        ),
    ];
    for (id, (severity, class)) in kinds.into_iter().enumerate() {
        let mut one = incident(id, Status::Resolved, severity, NOW.plus(-DAY));
        one.classification = class;
        tenant.put(&one, &facts(&["Malware"]), &[State::Pending]);
    }
    let (period, report) = (last_30(), tenant.report(last_30()));
    let cells = report.cells.clone().unwrap();
    assert_eq!(cells.iter().map(|cell| cell.count).sum::<usize>(), 4);
    for cell in &cells {
        let words = [
            ("category", &*cell.category),
            ("classification", &*cell.classification),
        ];
        let mut list = period.list();
        let facts = words.map(|(name, value)| (name, vec![value.to_owned()]));
        list.facts.extend(facts);
        list.severity = vec![Severity::parse(&cell.severity)];
        assert_eq!(
            tenant.index.count(&list, NOW, &Zone::utc()),
            cell.count,
            "{cell:?}"
        );
    }
    let grid = Grid::of(&cells, &Classification::NotSet);
    let known = ["high", "medium", "low", "informational"];
    assert_eq!(
        grid.severities,
        [&known[..], &["unknown", "critical"]].concat()
    );
    assert_eq!(grid.rows, [("Malware".to_owned(), vec![0, 0, 0, 0, 1, 1])]);
    assert_eq!(
        Grid::of(&cells, &Classification::FalsePositive).severities,
        known
    );
    let benign = Classification::Unknown("benign".into());
    assert_eq!(unknown_types(&cells), [benign]);

    let keys = |all: &[Tally]| {
        all.iter()
            .map(|one| (one.key.clone(), one.count))
            .collect::<Vec<_>>()
    };
    let told = |all: &[(&str, usize)]| {
        all.iter()
            .map(|(key, count)| ((*key).to_owned(), *count))
            .collect::<Vec<_>>()
    };
    let last = [
        ("high", 1),
        ("medium", 0),
        ("low", 0),
        ("informational", 0),
        ("unknown", 1),
        ("critical", 2),
    ];
    assert_eq!(keys(&report.severity), told(&last));
    assert_eq!(keys(&report.required.unwrap().severity()), told(&last));
    let periods = months(NOW, &Zone::utc());
    let months = trends(&tenant.index, &periods, NOW, None, Ok(()), Ok(&[])).months;
    assert_eq!(keys(&months[5].severity), told(&last));
    assert_eq!(
        keys(&months[5].classification)[3..],
        told(&[("unknown", 2), ("benign", 1)])
    );
}

#[test]
fn a_grid_has_the_most_frequent_category_first() {
    let cell = |category: &str, severity: &str, count| Cell {
        classification: "truePositive".into(),
        severity: severity.into(),
        category: category.into(),
        count,
    };
    let cells = [
        cell("Impact", "low", 2),
        cell("Malware", "high", 1),
        cell("Malware", "low", 2),
    ];
    let rows = Grid::of(&cells, &Classification::TruePositive).rows;
    assert_eq!(rows[0], ("Malware".to_owned(), vec![1, 0, 2, 0]));
    assert_eq!(rows[1], ("Impact".to_owned(), vec![0, 0, 2, 0]));
}

#[test]
fn an_asset_without_a_name_has_its_id() {
    let mut tenant = Tenant::default();
    let alerts = AlertFacts {
        assets: vec![
            asset(AssetKind::Device, "d1", "d1"),
            asset(AssetKind::User, "u1", "Omar"),
        ],
        ..facts(&[])
    };
    tenant.put(
        &incident(1, Status::Active, Severity::High, NOW.plus(-DAY)),
        &alerts,
        &[],
    );
    let report = tenant.report(last_30());
    assert_eq!(report.devices.unwrap()[0].name, "d1");
    assert_eq!(report.users.unwrap()[0].name, "Omar");
    tenant.assets.learn(&[
        asset(AssetKind::Device, "d1", "srv-1"),
        asset(AssetKind::Device, "d1", "other"),
    ]);
    assert_eq!(tenant.report(last_30()).devices.unwrap()[0].name, "srv-1");
}

#[test]
fn a_report_that_disagrees_with_its_parts_is_found_out() {
    let mut report = Tenant::default().report(last_30());
    report.investigated = 10;
    report.resolved = 9;
    report.direct = Ok(5);
    report.helped = Ok(5);
    report.claimed = Some(9_512);
    report.severity = vec![Tally {
        key: "high".into(),
        count: 12,
    }];
    report.category = Ok(vec![Tally {
        key: "Malware".into(),
        count: 10,
    }]);
    let found = check::disagreements(&report);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].contains("make 10, not 9"));
    assert!(found[1].contains("95.12 %"));
}

/// A zone from jiff's transitions.
fn zone(name: &str) -> Zone {
    let tz = jiff::tz::TimeZone::get(name).unwrap();
    let from = jiff::Timestamp::from_millisecond(NOW.0 - 800 * DAY).unwrap();
    let to = jiff::Timestamp::from_millisecond(NOW.0 + 800 * DAY).unwrap();
    let initial = tz.to_offset(from).seconds() / 60;
    let changes = tz.following(from).take_while(|one| one.timestamp() < to);
    let changes = changes.map(|one| {
        (
            Timestamp(one.timestamp().as_millisecond()),
            one.offset().seconds() / 60,
        )
    });
    Zone::new(name, initial, changes.collect())
}

#[test]
fn ranges_are_whole_days_across_clock_changes_and_years() {
    let vienna = zone("Europe/Vienna");
    let day = |text: &str| Day::parse(text).unwrap();
    let autumn = Period::new(day("2026-10-25"), day("2026-10-25"), &vienna);
    assert_eq!(autumn.end.0 - autumn.start.0, 25 * 3_600_000);
    let spring = Period::new(day("2026-03-29"), day("2026-03-29"), &vienna);
    assert_eq!(spring.end.0 - spring.start.0, 23 * 3_600_000);
    let over = Period::new(day("2025-12-20"), day("2026-01-10"), &vienna);
    assert_eq!(over.previous(&vienna).to, day("2025-12-19"));
    assert_eq!(over.previous(&vienna).days(), over.days());
    assert_eq!(over.previous(&vienna).end, over.start);
    let months = months(Timestamp(day("2026-02-15").0 as i64 * DAY), &vienna);
    let firsts: Vec<String> = months.iter().map(|month| month.from.to_string()).collect();
    assert_eq!(
        firsts,
        [
            "2025-09-01",
            "2025-10-01",
            "2025-11-01",
            "2025-12-01",
            "2026-01-01",
            "2026-02-01"
        ]
    );
    assert!(months.windows(2).all(|two| two[0].end == two[1].start));
    assert_eq!(
        over.part("2026-01", &vienna)
            .map(|part| (part.from, part.to)),
        Some((day("2026-01-01"), day("2026-01-10")))
    );
    assert_eq!(over.part("2026-02", &vienna), None);
    assert_eq!(over.part("nonsense", &vienna), None);
}

#[test]
fn a_relative_range_ends_with_today_in_the_zone() {
    // 23:30 in UTC is tomorrow in Auckland.
    let late = Timestamp(Day::parse("2026-11-21").unwrap().0 as i64 * DAY + 84_600_000);
    let of = |zone: &Zone| Period::of(Range::Last(Preset::Days7), late, zone);
    assert_eq!(of(&Zone::utc()).to.to_string(), "2026-11-21");
    assert_eq!(of(&zone("Pacific/Auckland")).to.to_string(), "2026-11-22");
    assert_eq!(of(&Zone::utc()).days(), 7);
}

#[test]
fn tasks_by_month_count_by_when_they_were_completed() {
    let mut tenant = Tenant::default();
    let at = |text: &str| Timestamp(Day::parse(text).unwrap().0 as i64 * DAY);
    let mut one = incident(1, Status::Resolved, Severity::High, at("2026-10-31"));
    one.created = at("2026-11-01").plus(-60_000);
    tenant.put(
        &one,
        &facts(&["Impact"]),
        &[State::Completed, State::Skipped],
    );
    let periods = months(NOW, &Zone::utc());
    let months = trends(
        &tenant.index,
        &periods,
        NOW,
        None,
        Ok(()),
        Ok(&tenant.actions),
    )
    .months;
    let [.., october, november] = &months[..] else {
        panic!()
    };
    assert_eq!((october.investigated, november.investigated), (1, 0));
    assert_eq!(
        (october.tasks, november.tasks),
        (Ok((0, None)), Ok((1, Some(100))))
    );
    assert!(october.complete && !november.complete);
    let none = trends(
        &tenant.index,
        &periods,
        NOW,
        Some(&Classification::FalsePositive),
        Ok(()),
        Err(Why::Tasks),
    );
    assert_eq!(none.months[4].investigated, 0);
}

#[test]
fn trends_are_of_the_months_asked_for_however_old_is_what_was_read() {
    let mut tenant = Tenant::default();
    let one = incident(1, Status::Resolved, Severity::High, NOW.plus(-40 * DAY));
    tenant.put(&one, &facts(&["Impact"]), &[]);
    let (periods, read) = (months(NOW, &Zone::utc()), NOW.plus(-30 * DAY));
    let made = trends(&tenant.index, &periods, read, None, Ok(()), Ok(&[]));
    let firsts =
        |all: &mut dyn Iterator<Item = Period>| all.map(|one| one.from).collect::<Vec<_>>();
    assert_eq!(
        firsts(&mut made.months.iter().map(|month| month.period)),
        firsts(&mut periods.into_iter())
    );
    assert_eq!(made.generated, read);
    assert_eq!(
        made.months
            .iter()
            .map(|month| month.investigated)
            .sum::<usize>(),
        1
    );
    // What was read before a month was over does not tell all of it.
    let complete: Vec<bool> = made.months.iter().map(|month| month.complete).collect();
    assert_eq!(complete, [true, true, true, true, false, false]);
}

#[test]
fn a_task_that_changes_without_its_incident_changes_the_lists_it_is_in() {
    let mut tenant = Tenant::default();
    let at = NOW.plus(-DAY);
    let one = incident(1, Status::Resolved, Severity::High, at);
    tenant.put(
        &one,
        &facts(&["Malware"]),
        &[State::Pending, State::Pending],
    );
    let other = incident(2, Status::Resolved, Severity::High, at);
    tenant.put(&other, &facts(&["Malware"]), &[State::Completed]);
    // Never marked: nothing is known of its alerts, so nothing may be said of its tasks.
    tenant
        .index
        .put(&incident(3, Status::Resolved, Severity::High, at));
    let ask = |tenant: &mut Tenant, states: [State; 3]| {
        for (action, state) in tenant.actions.iter_mut().zip(states) {
            action.state = state;
        }
        let asked = required::by_incident(&tenant.actions).into_iter();
        let asked = asked.map(|(id, asked)| (id.to_owned(), asked)).collect();
        tenant.index.ask(&asked)
    };
    assert!(!ask(
        &mut tenant,
        [State::Pending, State::Pending, State::Completed]
    ));
    assert!(ask(
        &mut tenant,
        [State::Completed, State::Pending, State::Skipped]
    ));
    let (period, report) = (last_30(), tenant.report(last_30()));
    let required = report.required.as_ref().unwrap();
    for (state, count) in State::ALL.into_iter().zip([1, 1, 1, 0]) {
        assert_eq!(required.incidents(state), count);
        assert_eq!(tenant.length(&period, &[("tasks", state.word())]), count);
    }
    assert_eq!((report.direct, report.helped), (Ok(1), Ok(1)));
    assert_eq!(tenant.length(&period, &[("resolved", "helped")]), 1);
    assert_eq!(tenant.length(&period, &[("category", "Malware")]), 2);
    // What reading the incident again brings is what was said.
    let asked = required::by_incident(&tenant.actions)["1"];
    assert!(
        !tenant
            .index
            .mark(&one.id, &words(&facts(&["Malware"]), Some(&asked)))
    );
    // An incident whose tasks were all withdrawn is in no list of tasks.
    assert!(tenant.index.ask(&Default::default()));
    assert_eq!(tenant.length(&period, &[("tasks", "required")]), 0);
    assert_eq!(tenant.length(&period, &[("resolved", "direct")]), 2);
}

#[test]
fn a_table_of_all_incidents_has_what_every_figure_is_made_of() {
    let mut tenant = Tenant::default();
    let one = incident(7, Status::Resolved, Severity::Low, NOW.plus(-DAY));
    tenant.put(
        &one,
        &facts(&["Malware", "Impact"]),
        &[State::Completed, State::Failed],
    );
    let table = export::incidents(
        &tenant.index,
        &last_30(),
        Ok(&tenant.actions),
        &tenant.assets,
        &[Took {
            id: one.id.clone(),
            experts: Some(125),
            customer: None,
        }],
    );
    let stamp = export::Stamp::new(&last_30(), "UTC", NOW, Origin::Portal);
    let csv = table.csv(&stamp);
    assert!(csv.contains("\r\n7,Incident 7,2026-11-"), "{csv}");
    assert!(
        csv.contains(
            ",resolved,low,truePositive,Impact;Malware,microsoftDefenderForEndpoint,,,1,0,0,1,12.5,,"
        ),
        "{csv}"
    );
    let json = export::headline(&tenant.report(last_30())).json(&stamp);
    assert!(
        json.contains("{\"figure\":\"resolvedPercent\",\"value\":100.0}"),
        "{json}"
    );
    assert!(crate::domain::json::Json::parse(&json).is_ok());
}

/// Status, severity, age in days, categories, states of tasks, classification, whether it is the experts'.
type Plain = (
    usize,
    usize,
    i64,
    Vec<&'static str>,
    Vec<usize>,
    usize,
    bool,
);

fn incidents() -> impl Strategy<Value = Vec<Plain>> {
    let category = proptest::sample::select(vec!["Malware", "Impact", "Execution", "Neu"]);
    let one = (
        0_usize..4,
        0_usize..5,
        0_i64..70,
        proptest::collection::vec(category, 0..3),
        proptest::collection::vec(0_usize..4, 0..3),
        0_usize..4,
        any::<bool>(),
    );
    proptest::collection::vec(one, 0..40)
}

fn tenant(rows: Vec<Plain>) -> Tenant {
    let mut tenant = Tenant::default();
    for (id, (status, severity, age, categories, states, class, ours)) in
        rows.into_iter().enumerate()
    {
        let created = NOW.plus(-age * DAY);
        let mut one = incident(
            id,
            Status::ALL[status].clone(),
            Severity::ALL[severity].clone(),
            created,
        );
        one.classification = Classification::ALL[class].clone();
        if !ours {
            one.system_tags.clear();
        }
        let alerts = AlertFacts {
            assets: vec![asset(AssetKind::User, &format!("u{}", id % 3), "Same name")],
            ..facts(&categories)
        };
        let states: Vec<State> = states.into_iter().map(|at| State::ALL[at]).collect();
        tenant.put(&one, &alerts, &states);
    }
    tenant
}

proptest! {
    #[test]
    fn every_figure_is_the_length_of_the_list_it_opens(rows in incidents()) {
        let tenant = tenant(rows);
        let period = last_30();
        let report = tenant.report(period);
        prop_assert_eq!(tenant.length(&period, &[]), report.investigated);
        prop_assert_eq!(tenant.length(&period, &[("resolved", "direct")]), report.direct.unwrap());
        prop_assert_eq!(tenant.length(&period, &[("resolved", "helped")]), report.helped.unwrap());
        let resolved = |mut list: QueueQuery| {
            list.status = Some(vec![Status::Resolved]);
            tenant.index.count(&list, NOW, &Zone::utc())
        };
        prop_assert_eq!(resolved(period.list()), report.resolved);
        let with = |facts: Vec<(&'static str, String)>| {
            let mut list = period.list();
            list.facts.extend(facts.into_iter().map(|(name, value)| (name, vec![value])));
            list
        };
        for tally in report.category.iter().flatten() {
            prop_assert_eq!(resolved(with(vec![("category", tally.key.clone())])), tally.count);
        }
        for tactic in report.tactics.iter().flatten() {
            let list = with(vec![("tactic", tactic.key.clone()), ("classification", "truePositive".into())]);
            prop_assert_eq!(resolved(list.clone()), tactic.resolved);
            prop_assert_eq!(tenant.index.count(&list, NOW, &Zone::utc()), tactic.investigated);
        }
        for cell in report.cells.iter().flatten() {
            let mut list = with(vec![("category", cell.category.clone()), ("classification", cell.classification.clone())]);
            list.severity = vec![Severity::parse(&cell.severity)];
            prop_assert_eq!(resolved(list), cell.count);
        }
        for user in report.users.iter().flatten() {
            let list = with(vec![("asset", user.id.clone())]);
            prop_assert_eq!(tenant.index.count(&list, NOW, &Zone::utc()), user.count);
        }
        let required = report.required.clone().unwrap();
        prop_assert_eq!(tenant.length(&period, &[("tasks", "required")]), required.rows.len());
        for state in State::ALL {
            prop_assert_eq!(tenant.length(&period, &[("tasks", state.word())]), required.incidents(state));
        }
        prop_assert!(check::disagreements(&report).is_empty());
        prop_assert_eq!(check::balance(&report.severity, report.resolved).left, 0);
    }
}
