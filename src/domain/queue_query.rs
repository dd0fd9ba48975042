//! What the incident queue is asked to show: the one truth behind its URL, its filter buttons and
//! its rows. Parsing and printing are inverse; a parameter at its default is not printed.

use super::incident::Status;
use super::severity::Severity;
use super::time::{DAY, Day, Timestamp, Zone};
use super::url_query::{self, Builder};
use lexicon::t;

/// The statuses of the default view: everything still open, what awaits the customer included.
pub const OPEN: [Status; 3] = [Status::AwaitingAction, Status::Active, Status::InProgress];

/// Filters by what the report counts, by their names in addresses. Values are words of the services, and a
/// row passes that has one of them.
pub const FACTS: [&str; 9] = [
    "classification",
    "determination",
    "category",
    "source",
    "tactic",
    "asset",
    "resolved",
    "tasks",
    "scope",
];

/// Which part of time the queue covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Up to now, from so many hours ago.
    Last(Preset),
    /// From the start of one day to the end of another, in the chosen zone.
    Days(Day, Day),
    /// Everything the service keeps.
    All,
}

/// The ranges the queue offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    Hours24,
    Days3,
    Days7,
    Days30,
    Days90,
    Days180,
}

impl Preset {
    /// In the order they are offered.
    pub const ALL: [Preset; 6] = [
        Preset::Hours24,
        Preset::Days3,
        Preset::Days7,
        Preset::Days30,
        Preset::Days90,
        Preset::Days180,
    ];

    /// As written in URLs.
    pub fn slug(self) -> &'static str {
        ["24h", "3d", "7d", "30d", "90d", "180d"][self as usize]
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        [
            t!("Last 24 hours"),
            t!("Last 3 days"),
            t!("Last 7 days"),
            t!("Last 30 days"),
            t!("Last 90 days"),
            t!("Last 180 days"),
        ][self as usize]
    }

    /// How many days it is long.
    pub fn days(self) -> i64 {
        [1, 3, 7, 30, 90, 180][self as usize]
    }
}

impl Range {
    /// Reads what `slug` writes.
    pub fn parse(text: &str) -> Option<Range> {
        if text == "all" {
            return Some(Range::All);
        }
        if let Some(preset) = Preset::ALL.into_iter().find(|p| p.slug() == text) {
            return Some(Range::Last(preset));
        }
        let (from, to) = text.split_once("..")?;
        let (from, to) = (Day::parse(from)?, Day::parse(to)?);
        (from <= to).then_some(Range::Days(from, to))
    }

    /// As written in URLs.
    pub fn slug(self) -> String {
        match self {
            Range::Last(preset) => preset.slug().into(),
            Range::Days(from, to) => format!("{from}..{to}"),
            Range::All => "all".into(),
        }
    }

    /// As people read it.
    pub fn label(self) -> String {
        match self {
            Range::Last(preset) => preset.label().into(),
            Range::Days(from, to) if from == to => from.long(),
            Range::Days(from, to) => t!("{} to {}", from.long(), to.long()),
            Range::All => t!("All time").into(),
        }
    }

    /// The instants it covers: from the first, inclusive, to the second, exclusive.
    pub fn bounds(self, now: Timestamp, zone: &Zone) -> (Timestamp, Timestamp) {
        match self {
            Range::Last(preset) => (now.plus(-preset.days() * DAY), Timestamp(i64::MAX)),
            Range::Days(from, to) => (zone.start(from), zone.start(to.plus(1))),
            Range::All => (Timestamp(i64::MIN), Timestamp(i64::MAX)),
        }
    }
}

/// The columns of the queue, in the order they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Name,
    Id,
    Tags,
    Severity,
    Status,
    Assigned,
    Classification,
    Determination,
    Updated,
}

impl Column {
    /// In the order they stand.
    pub const ALL: [Column; 9] = [
        Column::Name,
        Column::Id,
        Column::Tags,
        Column::Severity,
        Column::Status,
        Column::Assigned,
        Column::Classification,
        Column::Determination,
        Column::Updated,
    ];

    /// As written in URLs.
    pub fn slug(self) -> &'static str {
        [
            "name",
            "id",
            "tags",
            "severity",
            "status",
            "assigned",
            "classification",
            "determination",
            "updated",
        ][self as usize]
    }

    /// The column of that name.
    pub fn from_slug(slug: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.slug() == slug)
    }
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

impl Sort {
    /// Latest update first.
    pub const DEFAULT: Sort = Sort {
        column: Column::Updated,
        descending: true,
    };

    fn parse(text: &str) -> Option<Sort> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        Column::from_slug(name).map(|column| Sort { column, descending })
    }

    fn slug(self) -> String {
        format!(
            "{}{}",
            if self.descending { "-" } else { "" },
            self.column.slug()
        )
    }
}

/// The queue as a URL says it. An empty list of values does not restrict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueQuery {
    pub text: String,
    /// `None` is every status.
    pub status: Option<Vec<Status>>,
    pub severity: Vec<Severity>,
    /// Names as in **Assigned to**; `Unassigned` stands for nobody.
    pub assigned: Vec<String>,
    pub tags: Vec<String>,
    /// Filters of `FACTS`, each once: its name and what it lets pass.
    pub facts: Vec<(&'static str, Vec<String>)>,
    pub range: Range,
    /// Whether the range is that of creation, not that of the last update.
    pub by_created: bool,
    pub sort: Sort,
    /// The columns in their order; none stands for all of them as they come.
    pub columns: Vec<Column>,
    /// Parameters of the URL that mean nothing here: reported, not dropped in silence.
    pub ignored: Vec<String>,
}

impl Default for QueueQuery {
    fn default() -> QueueQuery {
        QueueQuery {
            text: String::new(),
            status: Some(OPEN.to_vec()),
            severity: Vec::new(),
            assigned: Vec::new(),
            tags: Vec::new(),
            facts: Vec::new(),
            range: Range::Last(Preset::Days30),
            by_created: false,
            sort: Sort::DEFAULT,
            columns: Vec::new(),
            ignored: Vec::new(),
        }
    }
}

impl QueueQuery {
    /// Everything that awaits the customer, of any age: what the card on Home counts and opens.
    pub fn awaiting() -> QueueQuery {
        QueueQuery {
            status: Some(vec![Status::AwaitingAction]),
            range: Range::All,
            ..QueueQuery::default()
        }
    }

    /// Reads the query part of a URL, with or without its `?`.
    pub fn parse(query: &str) -> QueueQuery {
        let mut view = QueueQuery::default();
        for (name, values) in url_query::parse(query) {
            let first = values.first().map(String::as_str).unwrap_or_default();
            let understood = match name.as_str() {
                "q" => {
                    // Commas typed by hand into the address separated nothing.
                    view.text = values.join(",");
                    true
                }
                "status" if first == "all" => {
                    view.status = None;
                    true
                }
                "status" => {
                    let statuses: Vec<Status> = values.iter().map(|v| Status::parse(v)).collect();
                    let known = !statuses.is_empty();
                    if known {
                        view.status = Some(statuses);
                    }
                    known
                }
                "severity" => {
                    view.severity = values.iter().map(|v| Severity::parse(v)).collect();
                    true
                }
                "assigned" => {
                    view.assigned = values;
                    true
                }
                "tag" => {
                    view.tags = values;
                    true
                }
                "range" => Range::parse(first)
                    .map(|range| view.range = range)
                    .is_some(),
                "columns" => {
                    let known: Option<Vec<Column>> =
                        values.iter().map(|name| Column::from_slug(name)).collect();
                    let once =
                        |all: &Vec<Column>| (1..all.len()).all(|at| !all[..at].contains(&all[at]));
                    known
                        .filter(once)
                        .map(|known| view.columns = known)
                        .is_some()
                }
                "sort" => Sort::parse(first).map(|sort| view.sort = sort).is_some(),
                "by" => {
                    view.by_created = first == "created";
                    view.by_created || first == "updated"
                }
                name => match FACTS.iter().find(|fact| **fact == name) {
                    Some(fact) if !values.is_empty() => {
                        view.facts.retain(|(held, _)| held != fact);
                        view.facts.push((fact, values));
                        true
                    }
                    _ => false,
                },
            };
            if !understood {
                view.ignored.push(name);
            }
        }
        view
    }

    /// The query part of a URL with its `?`, or nothing for the default view.
    pub fn print(&self) -> String {
        let default = QueueQuery::default();
        let mut query = Builder::default();
        query.list("q", (!self.text.is_empty()).then_some(&self.text));
        match &self.status {
            None => query.list("status", ["all"]),
            status if *status == default.status => {}
            Some(statuses) => query.list("status", statuses.iter().map(Status::wire)),
        }
        query.list("severity", self.severity.iter().map(Severity::wire));
        query.list("assigned", &self.assigned);
        query.list("tag", &self.tags);
        for (name, values) in &self.facts {
            query.list(name, values);
        }
        query.list(
            "range",
            (self.range != default.range).then(|| self.range.slug()),
        );
        query.list("by", self.by_created.then_some("created"));
        query.list(
            "sort",
            (self.sort != default.sort).then(|| self.sort.slug()),
        );
        query.list("columns", self.columns.iter().map(|column| column.slug()));
        query.finish()
    }

    /// True where the default range is in force: it never hides what awaits the customer, however
    /// old. A range somebody chose is taken at its word.
    pub fn keeps_old_awaiting(&self) -> bool {
        self.range == QueueQuery::default().range && !self.by_created
    }

    /// True where anything but order and columns differs from the default view.
    pub fn filtered(&self) -> bool {
        let default = QueueQuery {
            sort: self.sort,
            columns: self.columns.clone(),
            ignored: self.ignored.clone(),
            ..QueueQuery::default()
        };
        *self != default
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_default_view_is_an_empty_query_and_shows_what_awaits_us() {
        assert_eq!(QueueQuery::default().print(), "");
        assert_eq!(QueueQuery::parse(""), QueueQuery::default());
        assert!(
            QueueQuery::default()
                .status
                .unwrap()
                .contains(&Status::AwaitingAction)
        );
    }

    #[test]
    fn the_awaiting_list_has_a_short_address() {
        assert_eq!(
            QueueQuery::awaiting().print(),
            "?status=awaitingAction&range=all"
        );
    }

    #[test]
    fn new_is_an_alias_of_active() {
        assert_eq!(
            QueueQuery::parse("status=new").status,
            Some(vec![Status::Active])
        );
    }

    #[test]
    fn what_means_nothing_is_reported() {
        let view = QueueQuery::parse(
            "?colour=red&range=yesterday&severity=high&sort=-shoe&status=&columns=id,id",
        );
        assert_eq!(
            view.ignored,
            ["colour", "range", "sort", "status", "columns"]
        );
        assert_eq!(view.severity, [Severity::High]);
    }

    #[test]
    fn an_inverted_range_is_refused() {
        assert_eq!(
            QueueQuery::parse("range=2026-11-21..2026-11-01").ignored,
            ["range"]
        );
    }

    #[test]
    fn what_the_report_counts_is_an_address() {
        let address = "?status=all&category=Credential+access,Impact&resolved=helped&scope=experts&range=2026-10-23..2026-11-21&by=created";
        let view = QueueQuery::parse(address);
        assert!(view.ignored.is_empty() && view.by_created && view.filtered());
        assert_eq!(view.facts[1], ("resolved", vec!["helped".to_owned()]));
        assert_eq!(view.print(), address);
        assert_eq!(
            QueueQuery::parse("tasks=&by=name&source=a&source=b").ignored,
            ["tasks", "by"]
        );
        assert_eq!(QueueQuery::parse("source=a&source=b").facts.len(), 1);
    }

    #[test]
    fn a_day_range_covers_its_last_day_whole() {
        let zone = Zone::utc();
        let day = Day::parse("2026-11-21").unwrap();
        let (from, to) = Range::Days(day, day).bounds(Timestamp(0), &zone);
        assert_eq!(
            (from.rfc3339(), to.rfc3339()),
            ("2026-11-21T00:00:00Z".into(), "2026-11-22T00:00:00Z".into())
        );
    }

    fn view() -> impl Strategy<Value = QueueQuery> {
        let word = "[\\PC&&[^\u{0}]]{1,12}";
        let statuses =
            proptest::option::of(proptest::sample::subsequence(Status::ALL.to_vec(), 1..=5));
        let severities = proptest::sample::subsequence(Severity::ALL.to_vec(), 0..=5);
        let range = prop_oneof![
            Just(Range::All),
            (0_usize..6).prop_map(|i| Range::Last(Preset::ALL[i])),
            (20_000..20_500, 0..90)
                .prop_map(|(from, days)| Range::Days(Day(from), Day(from + days))),
        ];
        let sort = (0_usize..9, any::<bool>()).prop_map(|(i, descending)| Sort {
            column: Column::ALL[i],
            descending,
        });
        let words = proptest::collection::vec(word, 0..3);
        let facts = proptest::sample::subsequence(FACTS.to_vec(), 0..4);
        let facts = (facts, proptest::collection::vec(word, 1..3)).prop_map(|(names, values)| {
            let fact = |name| (name, values.clone());
            names.into_iter().map(fact).collect::<Vec<_>>()
        });
        (
            "[a-z0-9 &=+%,#?/]{0,12}",
            statuses,
            severities,
            words.clone(),
            words,
            (facts, range, any::<bool>()),
            sort,
            proptest::sample::subsequence(Column::ALL.to_vec(), 0..=9).prop_shuffle(),
        )
            .prop_map(
                |(
                    text,
                    status,
                    severity,
                    assigned,
                    tags,
                    (facts, range, by_created),
                    sort,
                    columns,
                )| {
                    QueueQuery {
                        facts,
                        by_created,
                        text,
                        status,
                        severity,
                        assigned,
                        tags,
                        range,
                        sort,
                        columns,
                        ignored: vec![],
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn parse_undoes_print(view in view()) {
            prop_assert_eq!(QueueQuery::parse(&view.print()), view);
        }

        #[test]
        fn any_text_is_a_view(text in ".*") {
            QueueQuery::parse(&text);
        }
    }
}
