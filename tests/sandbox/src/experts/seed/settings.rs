//! The settings of a customer who was onboarded months ago, and how they came about.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    clock::{DAY, HOUR, Ticks, iso},
    experts::{
        settings::{audit, first_run, read, save},
        talk::merged,
    },
    people::{PEOPLE, Person},
    rng::guid_of,
};

/// One step of the way: when, who, which section, what it said from then on.
type Step = (Ticks, &'static Person, &'static str, &'static str, Value);

pub fn write(db: &Connection, now: Ticks) -> Result<()> {
    let (ada, gabriel) = (&PEOPLE[2], &PEOPLE[4]);
    let onboarded = now - 206 * DAY;
    let guide = json!({ "investigateAndGuide": true, "respondDirectly": false });
    let both = json!({ "investigateAndGuide": true, "respondDirectly": true });
    let steps: [Step; 6] = [
        (onboarded, ada, "permissions", "completed", guide),
        (onboarded, ada, "contacts", "completed", contacts(1)),
        (onboarded, ada, "teams", "completed", teams()),
        (now - 203 * DAY, gabriel, "permissions", "changed", both),
        (now - 61 * DAY, ada, "contacts", "changed", contacts(3)),
        (
            now - 2 * DAY - 3 * HOUR,
            ada,
            "exclusions",
            "changed",
            exclusions(),
        ),
    ];
    for (at, person, section, action, body) in steps {
        let before = read(db, section)?;
        let stamp = json!({ "updatedAt": iso(at), "updatedBy": person.name });
        let after = merged(merged(before.clone(), body), stamp);
        let changes = audit::changes(&before, &after);
        audit::enter(db, section, action, person, (&before, &after), changes, at)?;
        save(db, section, &after)?;
    }
    first_run::finish(db, ada.name, onboarded)
}

fn exclusions() -> Value {
    json!({
        "deviceGroups": [{ "id": "86", "name": "VIP laptops" }],
        "userGroups": [{ "id": guid_of("Executives"), "displayName": "Executives" }],
    })
}

fn teams() -> Value {
    json!({
        "enabled": true,
        "state": "on",
        "teamId": guid_of("Defender Experts team"),
        "teamWebUrl": format!("https://teams.microsoft.com/l/team/{}", guid_of("Defender Experts team")),
        "channelId": format!("19:{}", guid_of("Managed response")),
        "channelName": "Managed response",
    })
}

fn contacts(count: usize) -> Value {
    let office = json!({ "timeZone": "Europe/Vienna", "spans": [{
        "days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "from": "07:00", "to": "19:00",
    }]});
    let night = json!({ "timeZone": "America/New_York", "spans": [
        { "days": ["monday", "tuesday", "wednesday", "thursday"], "from": "13:00", "to": "01:00" },
        { "days": ["saturday", "sunday"], "from": "00:00", "to": "00:00" },
    ]});
    let all = [
        json!({
            "id": "c-soc", "kind": "group", "directoryId": guid_of("Contoso SOC"),
            "displayName": "Contoso SOC", "mail": "soc@contoso.com", "phone": "+4315550100",
            "purposes": ["incidentNotification"], "callOrder": 1, "hours": office, "state": "notified",
        }),
        json!({
            "id": "c-omar", "kind": "user", "directoryId": PEOPLE[1].id(),
            "displayName": PEOPLE[1].name, "mail": PEOPLE[1].mail(), "phone": "+12125550147",
            "purposes": ["incidentNotification"], "callOrder": 2, "hours": night, "state": "notified",
        }),
        json!({
            "id": "c-ada", "kind": "user", "directoryId": PEOPLE[2].id(),
            "displayName": PEOPLE[2].name, "mail": PEOPLE[2].mail(), "phone": null,
            "purposes": ["serviceReview"], "callOrder": null, "hours": null, "state": "notified",
        }),
    ];
    json!({ "contacts": all[..count] })
}
