//! The company's machines: those the stories take place on, and more that nothing happened to,
//! some of them away, some not protected.

use anyhow::Result;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::cast::{Cast, Device};
use crate::{
    clock::{DAY, HOUR, SECOND, Ticks, iso},
    people::DOMAIN,
    rng::{Rng, fingerprint, guid_of},
    store::machines,
};

/// What a day without the business would cost dearly.
const HIGH_VALUE: [&str; 5] = [
    "dc-01",
    "dc-02",
    "prod-sql-02",
    "app-erp-01",
    "lt-pfernandez",
];

/// Device groups as (id, name): rbacGroupId and rbacGroupName of every machine in them.
const GROUPS: [(i64, &str); 6] = [
    (12, "Servers"),
    (31, "Workstations"),
    (86, "VIP laptops"),
    (57, "Production line"),
    (1, "UnassignedGroup"),
    (44, "Meeting rooms"),
];

const OTHERS: usize = 214;

pub fn furnish(db: &Connection, now: Ticks) -> Result<()> {
    for device in Cast::shared().devices() {
        machines::insert(db, &device.id, &told(device, now))?;
    }
    add(db, 0..OTHERS, now)
}

/// So many more machines than there are: a large company's.
pub fn grow(db: &Connection, more: usize, now: Ticks) -> Result<()> {
    let held = machines::all(db)?.len();
    add(db, held..held + more, now)
}

fn add(db: &Connection, numbers: std::ops::Range<usize>, now: Ticks) -> Result<()> {
    let mut rng = Rng::new(17, 0xF1EE7 + numbers.start as u64);
    for number in numbers {
        let doc = other(number, &mut rng, now);
        machines::insert(db, doc["id"].as_str().unwrap_or_default(), &doc)?;
    }
    Ok(())
}

/// A machine of the stories agrees with its evidence in all that does not change.
fn told(device: &Device, now: Ticks) -> Value {
    let evidence = &device.document;
    let mut rng = Rng::new(17, u64::from_str_radix(&device.id[..12], 16).unwrap_or(1));
    let name = device.name.as_str();
    let mut tags = Vec::new();
    if name.starts_with("prod-") || name.starts_with("app-") {
        tags.push("Production");
    }
    if HIGH_VALUE.contains(&name) {
        tags.push("Crown jewel");
    }
    json!({
        "id": device.id,
        "computerDnsName": evidence["deviceDnsName"],
        "firstSeen": iso(now - rng.between(200, 900) * DAY),
        "lastSeen": iso(now - rng.between(0, 20 * 60) * SECOND),
        "osPlatform": evidence["osPlatform"],
        "osProcessor": "x64",
        "osArchitecture": "64-bit",
        "version": evidence["version"],
        "osBuild": evidence["osBuild"],
        "lastIpAddress": evidence["lastIpAddress"],
        "lastExternalIpAddress": evidence["lastExternalIpAddress"],
        "ipAddresses": addresses(&evidence["lastIpAddress"], &device.id),
        "healthStatus": "Active",
        "onboardingStatus": "onboarded",
        "deviceValue": if HIGH_VALUE.contains(&name) { "High" } else { "Normal" },
        "rbacGroupId": evidence["rbacGroupId"],
        "rbacGroupName": evidence["rbacGroupName"],
        "exposureLevel": rng.pick(&["Low", "Low", "Medium", "High"]),
        "aadDeviceId": evidence["azureAdDeviceId"],
        "machineTags": tags,
    })
}

fn other(number: usize, rng: &mut Rng, now: Ticks) -> Value {
    let (prefix, os, build, version, group) = rng.pick(&[
        ("ws", "Windows11", Some(26100), "24H2", 1),
        ("ws", "Windows11", Some(26100), "24H2", 1),
        ("ws", "Windows10", Some(19045), "22H2", 1),
        ("line", "Windows10", Some(19045), "22H2", 3),
        ("mac", "macOS", None, "15.1", 4),
        ("lnx", "Linux", None, "24.4", 0),
        ("srv", "WindowsServer2016", Some(14393), "1607", 0),
        ("room", "Windows11", Some(26100), "24H2", 5),
        ("tab", "Android", None, "15.0", 4),
    ]);
    let name = format!("{prefix}-{:04}", 100 + number * 7);
    let id = fingerprint(&name, 40);
    let (group_id, group_name) = GROUPS[group];
    let health = match rng.weighted(&[70, 16, 5, 5, 2, 2]) {
        0 => "Active",
        1 => "Inactive",
        2 => "ImpairedCommunication",
        3 => "NoSensorData",
        4 => "NoSensorDataImpairedCommunication",
        _ => "Unknown",
    };
    let away = match health {
        "Active" => rng.between(1, 20 * 60) * SECOND,
        "Inactive" => rng.between(8, 90) * DAY,
        _ => rng.between(3, 200) * HOUR,
    };
    let onboarding = match rng.weighted(&[88, 7, 3, 2]) {
        0 => "onboarded",
        1 => "CanBeOnboarded",
        2 => "Unsupported",
        _ => "InsufficientInfo",
    };
    let address = json!(format!("10.24.{}.{}", number / 200, number % 200 + 10));
    json!({
        "id": id,
        "computerDnsName": format!("{name}.{DOMAIN}"),
        "firstSeen": iso(now - rng.between(100, 900) * DAY),
        "lastSeen": iso(now - away),
        "osPlatform": os,
        "osProcessor": "x64",
        "osArchitecture": "64-bit",
        "version": version,
        "osBuild": build,
        "lastIpAddress": address,
        "lastExternalIpAddress": "192.0.2.14",
        "ipAddresses": addresses(&address, &id),
        "healthStatus": health,
        "onboardingStatus": onboarding,
        "deviceValue": rng.pick(&["Normal", "Normal", "Normal", "Low"]),
        "rbacGroupId": group_id,
        "rbacGroupName": group_name,
        "exposureLevel": rng.pick(&["None", "Low", "Medium", "High"]),
        "aadDeviceId": guid_of(&name),
        "machineTags": if rng.percent(12) { json!(["Retail"]) } else { json!([]) },
    })
}

fn addresses(ip: &Value, id: &str) -> Value {
    json!([{
        "ipAddress": ip,
        "macAddress": id[..12].to_uppercase(),
        "type": "Ethernet",
        "operationalStatus": "Up",
    }])
}
