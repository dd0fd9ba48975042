//! The inventory of devices: what of it is shown and in which order, as its address says it.

mod fleet;

pub use fleet::{Beside, Fleet, Isolation, Listed, group, isolations};

use super::csv::{self, Value as Cell};
use super::fold::fold;
use super::machine::{Health, Level, Machine, Value};
use super::queue_query::{Preset, QueueQuery, Range};
use super::url_query::{self, Builder};
use fleet::choices;
use lexicon::t;
use std::sync::Arc;

/// The filters by a value, as addresses name them.
pub const FILTERS: [&str; 7] = [
    "risk",
    "health",
    "value",
    "system",
    "group",
    "tag",
    "isolation",
];

/// What the list is ordered by, as addresses name it.
pub const ORDERS: [&str; 9] = [
    "name",
    "risk",
    "incidents",
    "isolation",
    "health",
    "value",
    "system",
    "group",
    "seen",
];

/// The open incidents of a device that are counted: those created in the last 30 days.
pub fn incidents_of(device: &str) -> QueueQuery {
    QueueQuery {
        facts: vec![("asset", vec![device.to_owned()])],
        ..counted()
    }
}

/// The open incidents that are counted, of all devices.
pub fn counted() -> QueueQuery {
    QueueQuery {
        range: Range::Last(Preset::Days30),
        by_created: true,
        ..QueueQuery::default()
    }
}

/// What is shown of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceQuery {
    pub text: String,
    /// Filters of `FILTERS` with the one value each lets pass.
    pub filters: Vec<(&'static str, String)>,
    /// Only devices with open incidents.
    pub threatened: bool,
    /// One of `ORDERS`, and whether the greatest comes first.
    pub sort: (&'static str, bool),
    /// The device whose flyout is open, or nothing.
    pub open: String,
}

/// What is most endangered comes first.
const USUAL: (&str, bool) = ("risk", true);

impl Default for DeviceQuery {
    fn default() -> DeviceQuery {
        DeviceQuery {
            text: String::new(),
            filters: Vec::new(),
            threatened: false,
            sort: USUAL,
            open: String::new(),
        }
    }
}

impl DeviceQuery {
    /// Reads an address's query; what it does not know it leaves out.
    pub fn parse(query: &str) -> DeviceQuery {
        let mut parsed = DeviceQuery::default();
        for (name, values) in url_query::parse(query) {
            let value = values.join(",");
            match name.as_str() {
                "q" => parsed.text = value,
                "incidents" => parsed.threatened = value == "open",
                "device" => parsed.open = value,
                "sort" => {
                    let slug = value.strip_prefix('-');
                    let known = |name: &str| ORDERS.into_iter().find(|one| *one == name);
                    let order = known(slug.unwrap_or(&value)).map(|one| (one, slug.is_some()));
                    parsed.sort = order.unwrap_or(USUAL);
                }
                name => {
                    if let Some(filter) = FILTERS.into_iter().find(|one| *one == name) {
                        parsed.only(filter, value);
                    }
                }
            }
        }
        parsed
    }

    /// The query of an address; what is at its default is left out.
    pub fn print(&self) -> String {
        let mut query = Builder::default();
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        query.list("q", said(&self.text));
        for (name, value) in &self.filters {
            query.list(name, said(value));
        }
        query.list("incidents", self.threatened.then_some("open"));
        let (order, descending) = self.sort;
        let sort = format!("{}{order}", if descending { "-" } else { "" });
        query.list("sort", (self.sort != USUAL).then_some(sort));
        query.list("device", said(&self.open));
        query.finish()
    }

    /// What a filter lets pass; empty for everything.
    pub fn value(&self, filter: &str) -> String {
        let found = self.filters.iter().find(|(name, _)| *name == filter);
        found.map_or_else(String::new, |(_, value)| value.clone())
    }

    /// Lets only one value pass, or everything where it is empty.
    pub fn only(&mut self, filter: &'static str, value: String) {
        self.filters.retain(|(name, _)| *name != filter);
        if !value.is_empty() {
            self.filters.push((filter, value));
        }
        // One view has one address, whatever was chosen first.
        let place = |name: &str| FILTERS.iter().position(|one| *one == name);
        self.filters.sort_by_key(|(name, _)| place(name));
    }

    /// Orders by a column: the other way round where the list is ordered by it.
    pub fn order(&mut self, column: &str) {
        let Some(column) = ORDERS.into_iter().find(|one| *one == column) else {
            return;
        };
        let words = matches!(column, "name" | "system" | "group");
        self.sort = match self.sort {
            (held, descending) if held == column => (column, !descending),
            _ => (column, !words),
        };
    }

    /// Whether anything is left out of the list.
    pub fn filtered(&self) -> bool {
        !self.text.trim().is_empty() || !self.filters.is_empty() || self.threatened
    }

    /// What is shown, in order; devices alike come by name.
    pub fn apply(&self, fleet: &Fleet, beside: &Beside) -> Vec<Arc<Listed>> {
        let wanted = fold(self.text.trim());
        let passes = |one: &Listed| {
            let of_one = |filter: &str, value: &str| {
                let all = choices(&one.machine, filter, beside);
                all.iter().any(|choice| choice.wire == value)
            };
            one.text.contains(&wanted)
                && self.filters.iter().all(|(name, value)| of_one(name, value))
                && (!self.threatened || beside.incidents(&one.machine.id) > Some(0))
        };
        let mut shown: Vec<(i64, &Arc<Listed>)> = fleet
            .devices
            .iter()
            .filter(|one| passes(one))
            .map(|one| (self.rank(&one.machine, beside), one))
            .collect();
        let (order, descending) = self.sort;
        shown.sort_by(|(one_rank, one), (other_rank, other)| {
            let by = match order {
                "name" => one.name.cmp(&other.name),
                "system" => one.machine.os.cmp(&other.machine.os),
                "group" => group(&one.machine).cmp(&group(&other.machine)),
                _ => one_rank.cmp(other_rank),
            };
            let by = if descending { by.reverse() } else { by };
            let tie = || one.name.cmp(&other.name);
            by.then_with(tie)
        });
        shown.into_iter().map(|(_, one)| one.clone()).collect()
    }

    /// The greater, the more there is of what the list is ordered by.
    fn rank(&self, machine: &Machine, beside: &Beside) -> i64 {
        // Lists show the greatest first, and what is not known last.
        let turned = |rank: Option<usize>| rank.map_or(i64::MIN, |rank| -(rank as i64));
        match self.sort.0 {
            "risk" => turned(machine.risk.as_ref().map(Level::rank)),
            "value" => turned(machine.value.as_ref().map(Value::rank)),
            "isolation" => turned(beside.isolation(&machine.id).map(|one| one as usize)),
            // The worse, the greater.
            "health" => machine
                .health
                .as_ref()
                .map_or(i64::MIN, |health| health.rank() as i64),
            "incidents" => beside
                .incidents(&machine.id)
                .map_or(i64::MIN, |count| count as i64),
            _ => machine.last_seen.map_or(i64::MIN, |at| at.0),
        }
    }
}

/// The list as a table for other programs.
pub fn table(shown: &[Arc<Listed>], beside: &Beside) -> String {
    let text = |text: Option<&str>| text.map_or(Cell::Nothing, Cell::from);
    let rows = shown.iter().map(|one| {
        let machine = &one.machine;
        let level = |level: &Option<Level>| match level {
            Some(level) => Cell::Text(level.label().into_owned()),
            None => Cell::Nothing,
        };
        let health = machine.health.as_ref().map(Health::label);
        let value = machine.value.as_ref().map(Value::label);
        let seen = machine.last_seen.map(|at| at.rfc3339());
        vec![
            Cell::from(machine.name.as_str()),
            Cell::from(machine.id.as_str()),
            level(&machine.risk),
            level(&machine.exposure),
            beside
                .incidents(&machine.id)
                .map_or(Cell::Nothing, Cell::Count),
            text(beside.isolation(&machine.id).map(Isolation::label)),
            text(health.as_deref()),
            text(value.as_deref()),
            text(machine.os.as_deref()),
            text(machine.version.as_deref()),
            text(group(machine)),
            Cell::Text(machine.tags.join("; ")),
            text(machine.address.as_deref()),
            text(seen.as_deref()),
        ]
    });
    let columns = [
        t!("Device"),
        t!("Device ID"),
        t!("Risk"),
        t!("Exposure"),
        t!("Open incidents"),
        t!("Isolation"),
        t!("Health"),
        t!("Value"),
        t!("System"),
        t!("Version"),
        t!("Device group"),
        t!("Tags"),
        t!("IP address"),
        t!("Last seen"),
    ];
    csv::csv(&columns, &rows.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
