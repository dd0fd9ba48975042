//! What happened in an incident, told the way the experts tell it. One file per family of stories;
//! how far an incident has come, and which parts are visible by then, is the tenant's business.

pub mod benign;
pub mod evidence;
pub mod expected;
pub mod insider;
pub mod noise;
pub mod phishing;
pub mod ransomware;
pub mod scene;
pub mod showcase;
pub mod spray;
pub mod stealer;
pub mod usb;
pub mod webshell;

use crate::{
    store::tasks::{Outcome, Source},
    tenant::cast::{Device, User},
};
pub use evidence::{Evidence, File};
pub use scene::Scene;

type Teller = fn(&mut Scene) -> Story;

/// A family of stories by its name.
pub fn named(name: &str) -> Option<Teller> {
    Some(match name {
        "phishing" => phishing::story,
        "ransomware" => ransomware::story,
        "spray" => spray::story,
        "insider" => insider::story,
        "usb" => usb::story,
        "stealer" => stealer::story,
        "webshell" => webshell::story,
        "benign" => benign::travel,
        _ => return None,
    })
}

/// True positives: the experts act or ask the customer to.
pub const ATTACKS: &[Teller] = &[
    phishing::story,
    ransomware::story,
    spray::story,
    insider::story,
    usb::story,
    stealer::story,
    webshell::story,
];
/// Those the experts can deal with alone. What somebody from inside did is never theirs to decide.
pub const CONTAINABLE: &[Teller] = &[
    phishing::story,
    ransomware::story,
    spray::story,
    usb::story,
    stealer::story,
    webshell::story,
];
/// What experts close after a look: false alarms and activity that was expected. Some come up more
/// often than others.
pub const HARMLESS: &[Teller] = &[
    benign::admin_tool,
    benign::admin_tool,
    benign::travel,
    benign::travel,
    benign::travel,
    benign::installer,
    benign::installer,
    benign::scanner,
    benign::sync_client,
    benign::sync_client,
    benign::test_string,
    expected::backup_job,
    expected::backup_job,
    expected::business_application,
    expected::deployment,
    expected::deployment,
    expected::new_administrator,
    expected::new_administrator,
    expected::penetration_test,
    expected::phishing_drill,
];
/// Small things outside the experts' scope, left to the customer.
pub const NOISE: &[Teller] = &[
    noise::blocked_malware,
    noise::unwanted_software,
    noise::reported_mail,
];

pub struct Story {
    pub name: String,
    pub severity: &'static str,
    pub description: String,
    pub classification: &'static str,
    pub determination: &'static str,
    pub alerts: Vec<Alert>,
    /// Markdown, as the experts publish it.
    pub summary: String,
    pub devices: Vec<(String, String, &'static str)>,
    pub indicators: Vec<Indicator>,
    /// Minutes after the first activity, what happened, and on which device.
    pub timeline: Vec<(i64, String, Option<String>)>,
    pub tasks: Vec<Task>,
    /// The note the experts leave when they close the incident.
    pub closing: String,
    pub tags: &'static [&'static str],
}

pub struct Alert {
    pub title: String,
    pub description: String,
    pub category: &'static str,
    pub techniques: &'static [&'static str],
    pub product: Product,
    pub severity: &'static str,
    /// Minutes after the first activity.
    pub minute: i64,
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    Endpoint,
    Antivirus,
    Office,
    Identity,
    CloudApps,
    Entra,
    AppGovernance,
    Xdr,
}

pub struct Indicator {
    pub kind: &'static str,
    pub value: String,
    pub note: &'static str,
}

#[derive(Clone)]
pub struct Task {
    pub source: Source,
    pub action: &'static str,
    pub name: String,
    pub description: String,
    pub identifier: Option<String>,
    pub target: Option<String>,
    pub device: Option<String>,
    pub outcome: Outcome,
}

impl Task {
    fn new(source: Source, action: &'static str, name: String, description: &str) -> Self {
        Self {
            source,
            action,
            name,
            description: description.to_owned(),
            identifier: None,
            target: None,
            device: None,
            outcome: Outcome::Succeed,
        }
    }

    /// For the customer to do, by hand.
    pub fn ask(name: impl Into<String>, description: &str) -> Self {
        Self::new(Source::Guided, "text", name.into(), description)
    }

    /// For the customer to run, or to do by hand where the action cannot be run.
    pub fn ask_for(action: &'static str, name: impl Into<String>, description: &str) -> Self {
        Self::new(Source::Guided, action, name.into(), description)
    }

    /// Carried out by the experts.
    pub fn did(action: &'static str, name: impl Into<String>, description: &str) -> Self {
        Self::new(Source::Managed, action, name.into(), description)
    }

    pub fn on(mut self, device: &Device) -> Self {
        self.identifier = Some(device.id.clone());
        self.target = Some(device.name.clone());
        self.device = Some(device.id.clone());
        self
    }

    pub fn file(mut self, file: &File, device: &Device) -> Self {
        self.identifier = Some(file.sha1.clone());
        self.target = Some(format!("{} on {}", file.name, device.name));
        self.device = Some(device.id.clone());
        self
    }

    pub fn user(mut self, user: &User) -> Self {
        self.identifier = Some(user.id.clone());
        self.target = Some(user.upn.clone());
        self
    }

    pub fn thing(mut self, identifier: impl Into<String>, target: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self.target = Some(target.into());
        self
    }

    pub fn ends(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

impl Indicator {
    pub fn new(kind: &'static str, value: impl Into<String>, note: &'static str) -> Self {
        Self {
            kind,
            value: value.into(),
            note,
        }
    }
}

/// A device's part in the story, as the summary lists it.
fn part(device: &Device, role: &'static str) -> (String, String, &'static str) {
    (device.id.clone(), device.name.clone(), role)
}

/// A story without a managed response: somebody looked, wrote a note and closed it.
fn closed(
    name: String,
    severity: &'static str,
    (classification, determination): (&'static str, &'static str),
    alerts: Vec<Alert>,
    closing: String,
) -> Story {
    Story {
        name,
        severity,
        description: alerts
            .first()
            .map(|alert| alert.description.clone())
            .unwrap_or_default(),
        classification,
        determination,
        alerts,
        summary: String::new(),
        devices: Vec::new(),
        indicators: Vec::new(),
        timeline: Vec::new(),
        tasks: Vec::new(),
        closing,
        tags: &[],
    }
}
