//! The directory's records: who signed in, the experts among them, and what was changed by whom.

use anyhow::Result;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::cast::Cast;
use crate::{
    clock::{DAY, HOUR, MINUTE, Ticks, iso},
    people::{PEOPLE, Person, TENANT_ID},
    rng::{Rng, guid_of, request_id},
};

const SIGN_IN: &str = "signIn";
const CHANGE: &str = "change";

const EXPERT_HOME: &str = "9b0d2f52-1d5e-4f0e-8a54-2f6a44c7d1aa";
/// The experts' people, who come in from their own tenant.
const EXPERTS: [&str; 4] = [
    "Mira Solberg",
    "Jun Watanabe",
    "Tomasz Wrona",
    "Leila Farouk",
];
const PORTAL: &str = "Managed response portal";

/// Who did something, as a record names them.
struct Who {
    id: String,
    name: String,
    upn: String,
}

impl Who {
    fn person(name: &str, upn: String) -> Self {
        Self {
            id: guid_of(name),
            name: name.to_owned(),
            upn,
        }
    }

    fn expert(name: &str) -> Self {
        let mail = name.to_lowercase().replace(' ', ".");
        Self::person(name, format!("{mail}@experts.example"))
    }
}

/// Four weeks of both.
pub fn furnish(db: &Connection, now: Ticks) -> Result<()> {
    let mut rng = Rng::new(23, 0xA0D17);
    for _ in 0..640 {
        let at = now - 2 * HOUR - rng.between(0, 28 * DAY);
        let who = match rng.weighted(&[6, 3, 1]) {
            0 => {
                let user = &Cast::shared().users[rng.index(30)];
                Who::person(user.name, user.upn.clone())
            }
            1 => {
                let person = &PEOPLE[rng.index(PEOPLE.len())];
                Who::person(person.name, person.mail())
            }
            _ => Who::expert(rng.pick(&EXPERTS)),
        };
        let error = rng.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 50_126, 50_074, 53_003]);
        let app = rng.pick(&[
            "Microsoft 365 Defender",
            "Office 365 Exchange Online",
            "Microsoft Teams",
            "Azure Portal",
            PORTAL,
        ]);
        let id = rng.guid();
        sign_in_of(db, &id, &who, app, error, at)?;
    }
    for _ in 0..160 {
        let at = now - 3 * HOUR - rng.between(0, 28 * DAY);
        let user = &Cast::shared().users[rng.index(30)];
        let by = &PEOPLE[2 + 2 * rng.index(2)];
        let by = match rng.percent(30) {
            true => Who::expert(rng.pick(&EXPERTS)),
            false => Who::person(by.name, by.mail()),
        };
        let (category, activity, result, names, before, after) = rng.pick(&[
            (
                "UserManagement",
                "Disable account",
                "success",
                "AccountEnabled",
                "[true]",
                "[false]",
            ),
            (
                "UserManagement",
                "Enable account",
                "success",
                "AccountEnabled",
                "[false]",
                "[true]",
            ),
            (
                "UserManagement",
                "Reset user password",
                "success",
                "LastPasswordChange",
                "",
                "",
            ),
            (
                "GroupManagement",
                "Add member to group",
                "success",
                "Group.DisplayName",
                "",
                "\"Executives\"",
            ),
            (
                "RoleManagement",
                "Add member to role",
                "failure",
                "Role.DisplayName",
                "",
                "\"Security Operator\"",
            ),
            (
                "ApplicationManagement",
                "Consent to application",
                "success",
                "ConsentContext.IsAdminConsent",
                "",
                "\"False\"",
            ),
            (
                "Policy",
                "Update conditional access policy",
                "success",
                "ConditionalAccessPolicy",
                "\"report-only\"",
                "\"on\"",
            ),
        ]);
        let change = Change {
            category,
            activity,
            result,
            service: "Core Directory",
            target: ("User", user.name, Some(&user.upn)),
            values: (names, before, after),
        };
        let id = rng.guid();
        change_of(db, &id, &by, &change, at)?;
    }
    Ok(())
}

/// A person signs in to the portal now.
pub fn sign_in(db: &Connection, person: &Person, now: Ticks) -> Result<()> {
    let who = Who::person(person.name, person.mail());
    sign_in_of(db, &request_id(), &who, PORTAL, 0, now)
}

/// One of the experts comes in to look into an incident.
pub fn expert_signs_in(db: &Connection, incident: i64, now: Ticks) -> Result<()> {
    let who = Who::expert(EXPERTS[incident.unsigned_abs() as usize % EXPERTS.len()]);
    sign_in_of(db, &request_id(), &who, "Microsoft 365 Defender", 0, now)
}

/// What was changed, for `directoryAudits`.
struct Change<'a> {
    category: &'a str,
    activity: &'a str,
    result: &'a str,
    service: &'a str,
    /// Type, name and, of a user, the principal name.
    target: (&'a str, &'a str, Option<&'a str>),
    /// Name of the property, its value before and after.
    values: (&'a str, &'a str, &'a str),
}

fn sign_in_of(
    db: &Connection,
    id: &str,
    who: &Who,
    app: &str,
    error: i64,
    at: Ticks,
) -> Result<()> {
    let at = at - at.rem_euclid(MINUTE / 60);
    let expert = who.upn.ends_with("@experts.example");
    let reason = match error {
        50_126 => "Error validating credentials due to invalid username or password.",
        50_074 => "Strong Authentication is required.",
        53_003 => "Access has been blocked by Conditional Access policies.",
        _ => "Other.",
    };
    let (city, country, ip) = match expert {
        true => ("Redmond", "US", "198.51.100.24"),
        false => ("Vienna", "AT", "192.0.2.14"),
    };
    let doc = json!({
        "id": id,
        "createdDateTime": iso(at),
        "userDisplayName": who.name,
        "userPrincipalName": who.upn,
        "userId": who.id,
        "appId": guid_of(app),
        "appDisplayName": app,
        "ipAddress": ip,
        "clientAppUsed": "Browser",
        "correlationId": guid_of(&format!("{id} correlation")),
        "conditionalAccessStatus": match error {
            53_003 => "failure",
            0 => "success",
            _ => "notApplied",
        },
        "isInteractive": true,
        "crossTenantAccessType": if expert { "serviceProvider" } else { "none" },
        "homeTenantId": if expert { EXPERT_HOME } else { TENANT_ID },
        "resourceTenantId": TENANT_ID,
        "riskDetail": "none",
        "riskLevelAggregated": "none",
        "riskLevelDuringSignIn": "none",
        "riskState": "none",
        "riskEventTypes": [],
        "riskEventTypes_v2": [],
        "resourceDisplayName": "Microsoft Graph",
        "resourceId": "00000003-0000-0000-c000-000000000000",
        "status": {
            "errorCode": error,
            "failureReason": reason,
            "additionalDetails": (error == 0).then_some("MFA requirement satisfied by claim in the token"),
        },
        "deviceDetail": {
            "deviceId": "",
            "displayName": "",
            "operatingSystem": "Windows10",
            "browser": "Edge 131.0.0",
            "isCompliant": false,
            "isManaged": false,
            "trustType": "",
        },
        "location": {
            "city": city,
            "state": city,
            "countryOrRegion": country,
            "geoCoordinates": { "altitude": null, "latitude": null, "longitude": null },
        },
        "appliedConditionalAccessPolicies": [],
    });
    insert(
        db,
        id,
        SIGN_IN,
        at,
        who,
        (app, app, &error.to_string()),
        &doc,
    )
}

fn change_of(db: &Connection, id: &str, who: &Who, change: &Change, at: Ticks) -> Result<()> {
    let (kind, name, upn) = change.target;
    let (property, before, after) = change.values;
    let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let doc = json!({
        "id": id,
        "category": change.category,
        "correlationId": guid_of(&format!("{id} correlation")),
        "result": change.result,
        "resultReason": "",
        "activityDisplayName": change.activity,
        "activityDateTime": iso(at),
        "loggedByService": change.service,
        "operationType": change.activity.split(' ').next(),
        "initiatedBy": {
            "user": {
                "id": who.id,
                "displayName": who.name,
                "userPrincipalName": who.upn,
                "ipAddress": "192.0.2.14",
                "userType": null,
                "homeTenantId": null,
                "homeTenantName": null,
            },
            "app": null,
        },
        "targetResources": [{
            "id": guid_of(name),
            "displayName": name,
            "type": kind,
            "userPrincipalName": upn,
            "groupType": null,
            "modifiedProperties": [{
                "displayName": property,
                "oldValue": value(before),
                "newValue": value(after),
            }],
        }],
        "additionalDetails": [],
    });
    let columns = (change.category, change.activity, change.result);
    insert(db, id, CHANGE, at, who, columns, &doc)
}

fn insert(
    db: &Connection,
    id: &str,
    kind: &str,
    at: Ticks,
    who: &Who,
    (subject, activity, outcome): (&str, &str, &str),
    doc: &Value,
) -> Result<()> {
    db.prepare_cached("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![
            id,
            kind,
            at,
            who.id,
            who.name,
            who.upn,
            subject,
            activity,
            outcome,
            doc.to_string()
        ])?;
    Ok(())
}
