//! Where the customer stands with the service, and what the service says the signed-in person may do.

use super::time::Timestamp;
use lexicon::t;

/// The service, as it describes itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// `notStarted`, `settingUp`, `readiness`, `monitoring`, `active`, `suspended`, `ended`, or what comes to be.
    pub state: String,
    pub plan: String,
    pub onboarded: Option<Timestamp>,
    /// The service delivery manager.
    pub manager: (String, String),
    /// Something that concerns every customer: words, and an address to read more.
    pub banner: Option<(String, Option<String>)>,
    pub may_change_settings: bool,
    pub role: String,
    /// Why something may not be done.
    pub denied: Option<String>,
}

impl Service {
    /// Why the person may not change settings, and who can; nothing where they may, or nobody knows.
    pub fn settings_denied(&self) -> Option<String> {
        (!self.may_change_settings).then(|| {
            let role = &self.role;
            t!("{role} can read the settings but not change them. Security Administrator or Global Administrator can.")
        })
    }

    /// The stage on the way from the first run to the full service.
    pub fn stage(&self) -> Stage {
        match self.state.as_str() {
            "notStarted" | "settingUp" => Stage::SettingUp,
            "readiness" => Stage::Readiness,
            "monitoring" => Stage::Monitoring,
            "suspended" | "ended" => Stage::Ended,
            // A stage that comes to be is one of a service that runs.
            _ => Stage::Active,
        }
    }
}

/// A notification that was sent to somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    pub id: String,
    pub at: Option<Timestamp>,
    pub channel: String,
    pub purpose: String,
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    /// `queued`, `delivered`, `bounced`, `failed`, or what comes to be.
    pub state: String,
    pub detail: Option<String>,
}

/// The stages of a customer's life with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    SettingUp,
    Readiness,
    Monitoring,
    Active,
    Ended,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_service_that_says_no_disables_and_then_says_who_can() {
        let mut service = Service {
            may_change_settings: true,
            role: "Security Reader".into(),
            ..Service::default()
        };
        assert_eq!(service.settings_denied(), None);
        service.may_change_settings = false;
        let denied = service.settings_denied().unwrap();
        assert!(denied.contains("Security Reader") && denied.contains("Security Administrator"));
    }

    #[test]
    fn an_unknown_stage_is_one_of_a_service_that_runs() {
        let stage = |state: &str| {
            Service {
                state: state.into(),
                ..Service::default()
            }
            .stage()
        };
        assert_eq!(stage("notStarted"), Stage::SettingUp);
        assert_eq!(stage("readiness"), Stage::Readiness);
        assert_eq!(stage("hibernating"), Stage::Active);
    }
}
