//! What an alert rests on: devices, users, files and whatever else a detection names. A piece of evidence is
//! kept as its members came; what they mean is worked out when somebody looks. Which members each kind has
//! is in `kinds`.

mod kinds;

use super::alert::{capitalised, spaced};
use super::open_enum::open_enum;
use super::time::Timestamp;
use kinds::{COMMON, HIDDEN, KINDS, Kind, LABELS, NAMES, WORDS};
use lexicon::t;

open_enum! {
    /// What the service thinks of a piece of evidence.
    pub enum Verdict {
        Malicious = "malicious" => "Malicious",
        Suspicious = "suspicious" => "Suspicious",
        NoThreatsFound = "noThreatsFound" => "Clean",
        NotSet = "unknown" => "Not set",
    }
}

open_enum! {
    /// What has been done about it.
    pub enum Remediation {
        Active = "active" => "Active",
        PendingApproval = "pendingApproval" => "Pending approval",
        Running = "running" => "Running",
        Remediated = "remediated" => "Remediated",
        PartiallyRemediated = "partiallyRemediated" => "Partially remediated",
        Prevented = "prevented" => "Prevented",
        Blocked = "blocked" => "Blocked",
        Declined = "declined" => "Declined",
        Unremediated = "unremediated" => "Unremediated",
        NotFound = "notFound" => "Not found",
        None = "none" => "None",
    }
}

/// The kinds of asset an incident is said to impact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetKind {
    Device,
    User,
    Mailbox,
    App,
}

/// One impacted asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    pub kind: AssetKind,
    /// What makes it the same asset elsewhere: device id, directory id, address.
    pub id: String,
    pub name: String,
}

/// One property of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: FactValue,
}

/// What it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    Text(String),
    At(Timestamp),
}

/// A piece of evidence: the path of each of its members that has a value, such as `fileDetails.sha256`, and
/// the value. Members of a list share a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence(pub Vec<(Box<str>, Box<str>)>);

impl Evidence {
    /// Its kind in words: `Device`, `File`, or the schema's name where there are no better ones.
    pub fn kind(&self) -> String {
        let schema = self.schema();
        match (
            self.known(),
            LABELS.iter().find(|(known, _)| *known == schema),
        ) {
            (Some(kind), _) => kind.label.to_owned(),
            (None, Some((_, label))) => (*label).to_owned(),
            (None, None) if schema.is_empty() => t!("Evidence").to_owned(),
            (None, None) => words(schema),
        }
    }

    /// What identifies it to a person.
    pub fn name(&self) -> String {
        let known = self.known().and_then(|kind| self.first(kind.name));
        let name = known.or_else(|| self.first(NAMES)).map(str::to_owned);
        name.unwrap_or_else(|| self.kind())
    }

    /// The next thing an analyst wants to know: a hash, an address, an operating system.
    pub fn detail(&self) -> Option<String> {
        self.first(self.known()?.detail).map(str::to_owned)
    }

    /// What the service thinks of it.
    pub fn verdict(&self) -> Verdict {
        Verdict::parse(self.member("verdict").unwrap_or("unknown"))
    }

    /// What has been done about it.
    pub fn remediation(&self) -> Remediation {
        Remediation::parse(self.member("remediationStatus").unwrap_or("none"))
    }

    /// The asset it is, where it is one.
    pub fn asset(&self) -> Option<Asset> {
        let (kind, ids) = self.known()?.asset?;
        let id = self.first(ids)?.to_owned();
        let name = self.first(self.known()?.name).unwrap_or(&id).to_owned();
        Some(Asset { kind, id, name })
    }

    /// Everything that is known of it: what its kind is known to have, what else came, and what all kinds have.
    pub fn facts(&self) -> Vec<Fact> {
        let own = self.known().map_or(&[][..], |kind| kind.facts);
        let listed = own.iter().map(|(path, label)| (*path, (*label).to_owned()));
        let mut all: Vec<(&str, String)> = listed.collect();
        for (path, _) in &self.0 {
            let leaf = path.rsplit('.').next().unwrap_or(path);
            let common = COMMON.iter().any(|(known, _)| *known == &**path);
            let seen = all.iter().any(|(known, _)| *known == &**path);
            let told = path.contains("@odata.") || HIDDEN.contains(&leaf);
            if !common && !seen && !told {
                all.push((path, label(path)));
            }
        }
        all.extend(
            COMMON
                .iter()
                .map(|(path, label)| (*path, (*label).to_owned())),
        );
        let fact = |(path, label)| {
            let value = self.value(path)?;
            Some(Fact { label, value })
        };
        all.into_iter().filter_map(fact).collect()
    }

    /// The schema's name for its kind, `device` of `#microsoft.graph.security.deviceEvidence`.
    fn schema(&self) -> &str {
        let full = self.member("@odata.type").unwrap_or_default();
        let name = full.rsplit('.').next().unwrap_or_default();
        name.strip_suffix("Evidence").unwrap_or(name)
    }

    fn known(&self) -> Option<&'static Kind> {
        let schema = self.schema();
        KINDS.iter().find(|kind| kind.schema == schema)
    }

    fn member(&self, path: &str) -> Option<&str> {
        let mut members = self.0.iter();
        let found = members.find(|(known, _)| **known == *path)?;
        Some(&found.1)
    }

    fn first(&self, paths: &[&str]) -> Option<&str> {
        paths.iter().find_map(|path| self.member(path))
    }

    fn value(&self, path: &str) -> Option<FactValue> {
        let leaf = path.rsplit('.').next().unwrap_or(path);
        let members = self.0.iter().filter(|(known, _)| **known == *path);
        let values: Vec<String> = members.map(|(_, value)| shown(leaf, value)).collect();
        match (values.first(), leaf.ends_with("DateTime")) {
            (None, _) => None,
            (Some(first), true) => Some(match Timestamp::parse(first) {
                Some(at) => FactValue::At(at),
                None => FactValue::Text(first.clone()),
            }),
            (Some(_), false) => Some(FactValue::Text(values.join(", "))),
        }
    }
}

/// A value as a person reads it: members of an enumeration in words, yes and no.
fn shown(leaf: &str, value: &str) -> String {
    match value {
        "true" => t!("Yes").to_owned(),
        "false" => t!("No").to_owned(),
        _ if leaf == "fileSize" => t!("{value} bytes"),
        _ if WORDS.contains(&leaf) => words(value).replace('_', " "),
        _ => value.to_owned(),
    }
}

/// `inTheSchemasSpelling` as `In the schemas spelling`.
fn words(name: &str) -> String {
    let words = spaced(&capitalised(name));
    match words.strip_prefix("Ip ") {
        Some(rest) => format!("IP {rest}"),
        None => words,
    }
}

/// A member that nobody has named: `Owner type`, and `Image: digest` within another.
fn label(path: &str) -> String {
    match path.rsplit_once('.') {
        None => words(path),
        Some((holder, leaf)) => {
            let holder = words(holder.rsplit('.').next().unwrap_or(holder));
            let leaf = words(leaf);
            t!("{holder}: {leaf}")
        }
    }
}
