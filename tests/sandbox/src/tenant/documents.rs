//! Alerts and summaries as JSON, written once when the tenant is generated.

use serde_json::{Value, json};

use super::{fate::Fate, write::Detail};
use crate::{
    clock::{HOUR, MINUTE, Ticks, iso},
    people::TENANT_ID,
    rng::{Rng, guid_of},
    store::alerts::Alert as Stored,
    stories::{Alert, Product, Story},
};

/// Prefix of alert ids, service source, detection source and product name.
fn origin(product: Product) -> [&'static str; 4] {
    match product {
        Product::Endpoint => [
            "da",
            "microsoftDefenderForEndpoint",
            "microsoftDefenderForEndpoint",
            "Microsoft Defender for Endpoint",
        ],
        Product::Antivirus => [
            "da",
            "microsoftDefenderForEndpoint",
            "antivirus",
            "Microsoft Defender for Endpoint",
        ],
        Product::Office => [
            "fa",
            "microsoftDefenderForOffice365",
            "microsoftDefenderForOffice365",
            "Microsoft Defender for Office 365",
        ],
        Product::Identity => [
            "aa",
            "microsoftDefenderForIdentity",
            "microsoftDefenderForIdentity",
            "Microsoft Defender for Identity",
        ],
        Product::CloudApps => [
            "ca",
            "microsoftDefenderForCloudApps",
            "cloudAppSecurity",
            "Microsoft Defender for Cloud Apps",
        ],
        Product::Entra => [
            "ad",
            "azureAdIdentityProtection",
            "azureAdIdentityProtection",
            "AAD Identity Protection",
        ],
        Product::AppGovernance => [
            "ma",
            "microsoftAppGovernance",
            "appGovernanceDetection",
            "App Governance",
        ],
        Product::Xdr => [
            "ra",
            "microsoft365Defender",
            "microsoft365Defender",
            "Microsoft Defender XDR",
        ],
    }
}

/// Where an alert stands beside its incident.
pub struct Place {
    pub incident: i64,
    pub created: Ticks,
    /// The incident's last update, when the alert was last touched too.
    pub updated: Ticks,
    pub fate: Fate,
}

/// The alert as it is stored, with its document where that is wanted.
pub fn alert(
    alert: Alert,
    story: (&str, &str),
    place: &Place,
    rng: &mut Rng,
    detail: Detail,
) -> Stored {
    let [prefix, service, detection, product] = origin(alert.product);
    let id = format!(
        "{prefix}{}_{}",
        638_000_000_000_000_000 + place.created / 7,
        rng.between(-1 << 30, 1 << 30)
    );
    let Place {
        incident,
        created,
        updated,
        fate,
    } = *place;
    let over = fate.over();
    let lead = rng.between(2, 50) * MINUTE;
    let status = match (over, fate) {
        (true, _) => "resolved",
        (_, Fate::New) => "new",
        _ => "inProgress",
    };
    let judged = fate.concluded();
    let investigation = investigation(over, rng);
    let last = rng.between(0, 9) * MINUTE;
    let updated = updated.max(created);
    let mut stored = Stored {
        id,
        incident,
        status: status.into(),
        severity: alert.severity.into(),
        classification: judged.then(|| story.0.to_owned()),
        determination: judged.then(|| story.1.to_owned()),
        assigned_to: fate.party().map(str::to_owned),
        source: service.into(),
        created,
        updated,
        doc: None,
    };
    if detail == Detail::Outline {
        return stored;
    }
    let id = &stored.id;
    let evidence: Vec<Value> = alert
        .evidence
        .into_iter()
        .map(|item| dated(item.json(), created, over))
        .collect();
    let doc = json!({
        "@odata.type": "#microsoft.graph.security.alert",
        "id": id,
        "providerAlertId": id,
        "incidentId": incident.to_string(),
        "tenantId": TENANT_ID,
        "title": alert.title,
        "description": alert.description,
        "recommendedActions": ADVICE,
        "category": alert.category,
        "categories": [alert.category],
        "severity": alert.severity,
        "status": status,
        "classification": judged.then_some(story.0),
        "determination": judged.then_some(story.1),
        "serviceSource": service,
        "detectionSource": detection,
        "productName": product,
        "detectorId": guid_of(alert.category),
        "alertPolicyId": null,
        "investigationState": investigation,
        "assignedTo": fate.party(),
        "alertWebUrl": format!("https://security.microsoft.com/alerts/{id}?tid={TENANT_ID}"),
        "incidentWebUrl":
            format!("https://security.microsoft.com/incident2/{incident}/overview?tid={TENANT_ID}"),
        "actorDisplayName": null,
        "threatDisplayName": null,
        "threatFamilyName": null,
        "mitreTechniques": alert.techniques,
        "createdDateTime": iso(created),
        "lastUpdateDateTime": iso(updated),
        "resolvedDateTime": over.then(|| iso(updated)),
        "firstActivityDateTime": iso(created - lead),
        "lastActivityDateTime": iso(created - lead + last),
        "systemTags": [],
        "comments": [],
        "evidence": evidence,
        "customDetails": {},
        "additionalData": {},
    });
    stored.doc = Some(doc.to_string());
    stored
}

const ADVICE: &str = "Validate the alert and scope the activity\n\
    \tReview the timeline of the devices and accounts involved around the time of the alert.\n\
    \tLook for the same indicators elsewhere in the organization.\n\
    Contain and remediate\n\
    \tIsolate affected devices and reset affected accounts where the activity is confirmed.";

fn investigation(over: bool, rng: &mut Rng) -> &'static str {
    match over {
        true => rng.pick(&["successfullyRemediated", "benign", "terminatedBySystem"]),
        false => rng.pick(&[
            "queued",
            "running",
            "pendingApproval",
            "unsupportedAlertType",
        ]),
    }
}

fn dated(mut evidence: Value, created: Ticks, over: bool) -> Value {
    let status = match evidence["verdict"].as_str() {
        Some("malicious") if over => "remediated",
        Some("malicious") => "active",
        _ => "none",
    };
    evidence["remediationStatus"] = status.into();
    evidence["createdDateTime"] = iso(created).into();
    if evidence.get("processId").is_some() {
        evidence["processCreationDateTime"] = iso(created - MINUTE).into();
        evidence["parentProcessCreationDateTime"] = iso(created - HOUR).into();
    }
    if evidence.get("subject").is_some() {
        evidence["receivedDateTime"] = iso(created - 12 * MINUTE).into();
    }
    if evidence.get("deviceDnsName").is_some() {
        evidence["firstSeenDateTime"] = iso(created - 4000 * HOUR).into();
    }
    evidence
}

/// The investigation summary as the Experts API writes it.
pub fn summary(story: &Story, began: Ticks) -> Value {
    let devices: Vec<Value> = story
        .devices
        .iter()
        .map(|(id, name, role)| json!({ "deviceId": id, "displayName": name, "role": role }))
        .collect();
    let indicators: Vec<Value> = story
        .indicators
        .iter()
        .map(|it| json!({ "kind": it.kind, "value": it.value, "note": it.note }))
        .collect();
    let timeline: Vec<Value> = story
        .timeline
        .iter()
        .map(|(minute, text, device)| {
            let at = iso(began + minute * MINUTE);
            match device {
                Some(device) => json!({ "at": at, "text": text, "deviceName": device }),
                None => json!({ "at": at, "text": text }),
            }
        })
        .collect();
    json!({
        "markdown": story.summary,
        "devices": devices,
        "indicators": indicators,
        "timeline": timeline,
    })
}
