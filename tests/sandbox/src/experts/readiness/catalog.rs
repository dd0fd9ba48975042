//! What the service asks of a customer before it starts, and the state a new tenant is in.

use serde_json::{Value, json};

use crate::{
    clock::{Ticks, iso},
    store::records::Record,
};

pub struct Asked {
    pub id: &'static str,
    title: &'static str,
    description: &'static str,
    product: &'static str,
    required: bool,
    /// In a new tenant.
    pub state: &'static str,
    control: Option<(&'static str, f64)>,
}

const ENDPOINT: &str = "microsoftDefenderForEndpoint";
const IDENTITY: &str = "microsoftDefenderForIdentity";
const OFFICE: &str = "microsoftDefenderForOffice365";
const CLOUD: &str = "microsoftDefenderForCloudApps";
const ENTRA: &str = "azureAdIdentityProtection";

pub const MAX_SCORE: f64 = 66.0;
const ELSEWHERE: f64 = 21.5;

#[rustfmt::skip]
pub const ALL: [Asked; 14] = [
    Asked { id: "tamper-protection", title: "Turn on tamper protection", description: "Attackers switch protection off before they start. Tamper protection keeps it on.", product: ENDPOINT, required: true, state: "completeNow", control: Some(("scid-2003", 5.0)) },
    Asked { id: "edr-block-mode", title: "Turn on EDR in block mode", description: "Blocks what was detected after the fact, also where another antivirus is in charge.", product: ENDPOINT, required: true, state: "completeNow", control: Some(("scid-2004", 5.0)) },
    Asked { id: "identity-sensors", title: "Install sensors on all domain controllers", description: "Two of four domain controllers have no sensor: sign-ins there are not seen.", product: IDENTITY, required: true, state: "completeNow", control: Some(("MDI_DeploySensors", 4.0)) },
    Asked { id: "onboard-servers", title: "Onboard the remaining servers", description: "14 servers are known from the network and have no sensor.", product: ENDPOINT, required: true, state: "inProgress", control: None },
    Asked { id: "admin-mfa", title: "Require multifactor authentication for administrators", description: "All administrators have to confirm their sign-in.", product: ENTRA, required: true, state: "completed", control: Some(("AdminMFAV2", 10.0)) },
    Asked { id: "cloud-protection", title: "Turn on cloud-delivered protection", description: "New threats are recognised within seconds.", product: ENDPOINT, required: true, state: "completed", control: Some(("scid-2011", 4.0)) },
    Asked { id: "live-response", title: "Turn on live response", description: "The experts can look at a device while they investigate.", product: ENDPOINT, required: true, state: "completed", control: None },
    Asked { id: "safe-links", title: "Turn on Safe Links for Office apps", description: "Links are checked when they are opened.", product: OFFICE, required: false, state: "recommended", control: Some(("mdo_safelinksforOfficeApps", 4.0)) },
    Asked { id: "safe-attachments", title: "Turn on Safe Attachments", description: "Attachments are opened in isolation before they are delivered.", product: OFFICE, required: false, state: "recommended", control: Some(("mdo_safeattachments", 3.0)) },
    Asked { id: "app-connectors", title: "Connect the storage services in use", description: "Files shared from them are otherwise not seen.", product: CLOUD, required: false, state: "recommended", control: None },
    Asked { id: "legacy-auth", title: "Block legacy authentication", description: "Old protocols cannot ask for a second factor.", product: ENTRA, required: false, state: "completed", control: Some(("BlockLegacyAuthentication", 8.0)) },
    Asked { id: "asr-rules", title: "Turn on attack surface reduction rules", description: "The standard rules stop what most attacks begin with.", product: ENDPOINT, required: false, state: "inProgress", control: Some(("scid-2500", 3.0)) },
    Asked { id: "audit-log", title: "Turn on the unified audit log", description: "What happened in the tenant can be looked up later.", product: "microsoft365Defender", required: false, state: "completed", control: Some(("mip_search_auditlog", 3.0)) },
    Asked { id: "password-spray", title: "Raise the lockout threshold for sign-ins", description: "Slows down password spraying.", product: ENTRA, required: false, state: "dismissed", control: None },
];

impl Asked {
    pub fn doc(&self) -> Value {
        json!({
            "title": self.title,
            "description": self.description,
            "product": self.product,
            "required": self.required,
            "state": self.state,
            "learnMoreUrl": format!("https://learn.microsoft.com/defender-xdr/{}", self.id),
            "secureScoreControl": self.control.map(|(name, _)| name),
            "updatedBy": null,
        })
    }
}

pub fn place(id: &str) -> Option<usize> {
    ALL.iter().position(|asked| asked.id == id)
}

/// Points of the controls that are done, and those of controls not asked for here.
pub fn score(items: &[Record]) -> f64 {
    let done = |id: &str| {
        items
            .iter()
            .any(|item| item.id == id && item.doc["state"] == "completed")
    };
    let points = ALL
        .iter()
        .filter(|asked| done(asked.id))
        .filter_map(|asked| asked.control);
    ELSEWHERE + points.map(|(_, points)| points).sum::<f64>()
}

/// A score as the API tells it.
pub fn secure_score(current: f64, at: Ticks) -> Value {
    json!({ "current": current, "max": MAX_SCORE, "at": iso(at) })
}

/// Protected assets after so many evaluations: coverage grows a little each time.
pub fn assets(evaluations: i64) -> Value {
    json!({
        "devices": { "protected": (172 + 2 * evaluations).min(250), "target": 200, "licensed": 250 },
        "identities": { "protected": (88 + evaluations).min(120), "target": 100, "licensed": 120 },
    })
}
