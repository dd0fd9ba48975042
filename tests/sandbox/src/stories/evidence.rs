//! Evidence in the documented shapes. Creation time and remediation status are added when the
//! alert is written, because they depend on how far the incident has come.

use serde_json::{Value, json};

use super::scene::Address;
use crate::tenant::cast::{Device, User};

pub struct File {
    pub name: String,
    pub path: String,
    pub sha1: String,
    pub sha256: String,
    pub size: i64,
}

impl File {
    fn details(&self) -> Value {
        json!({
            "fileName": self.name,
            "filePath": self.path,
            "filePublisher": null,
            "fileSize": self.size,
            "issuer": null,
            "md5": null,
            "sha1": self.sha1,
            "sha256": self.sha256,
            "sha256Ac": null,
            "signer": null,
        })
    }
}

pub fn device(device: &Device, verdict: &str, role: &str) -> Value {
    let mut evidence = device.document.clone();
    evidence["riskScore"] = if verdict == "noThreatsFound" {
        "low"
    } else {
        "high"
    }
    .into();
    judged(evidence, verdict, &[role])
}

pub fn user(user: &User, verdict: &str, role: &str) -> Value {
    let evidence = json!({ "userAccount": user.document, "stream": null });
    judged(typed("userEvidence", evidence), verdict, &[role])
}

pub fn file(file: &File, on: &Device, verdict: &str) -> Value {
    let evidence = json!({
        "detectionStatus": if verdict == "malicious" { "detected" } else { "blocked" },
        "fileDetails": file.details(),
        "mdeDeviceId": on.id,
    });
    judged(typed("fileEvidence", evidence), verdict, &[])
}

pub fn process(image: &File, command: &str, on: &Device, by: &User, verdict: &str) -> Value {
    let number = i64::from_str_radix(&image.sha1[..3], 16).unwrap_or(7) * 4;
    let evidence = json!({
        "detectionStatus": "detected",
        "imageFile": image.details(),
        "mdeDeviceId": on.id,
        "parentProcessId": number / 3 + 600,
        "parentProcessImageFile": {
            "fileName": "cmd.exe",
            "filePath": "C:\\Windows\\System32",
            "filePublisher": "Microsoft Corporation",
            "fileSize": 331_776,
            "issuer": null,
            "md5": null,
            "sha1": null,
            "sha256": null,
            "sha256Ac": null,
            "signer": null,
        },
        "processCommandLine": command,
        "processId": number + 1200,
        "userAccount": by.document,
    });
    judged(typed("processEvidence", evidence), verdict, &[])
}

pub fn ip(address: &Address, verdict: &str, role: &str) -> Value {
    let evidence = json!({
        "countryLetterCode": address.country,
        "ipAddress": address.ip,
        "location": {
            "city": address.city,
            "countryName": address.land,
            "latitude": null,
            "longitude": null,
            "state": null,
        },
        "stream": null,
    });
    judged(typed("ipEvidence", evidence), verdict, &[role])
}

pub fn url(url: &str, verdict: &str) -> Value {
    judged(typed("urlEvidence", json!({ "url": url })), verdict, &[])
}

pub fn mailbox(owner: &User, verdict: &str) -> Value {
    let evidence = json!({
        "displayName": owner.name,
        "primaryAddress": owner.upn,
        "upn": owner.upn,
        "userAccount": owner.document,
    });
    judged(
        typed("mailboxEvidence", evidence),
        verdict,
        &["compromised"],
    )
}

pub struct Mail<'a> {
    pub id: &'a str,
    pub subject: &'a str,
    pub sender: &'a str,
    pub to: &'a User,
    pub from: &'a Address,
    pub url: &'a str,
}

pub fn message(mail: &Mail) -> Value {
    let domain = mail.sender.rsplit('@').next().unwrap_or_default();
    let sender = json!({ "displayName": null, "domainName": domain, "emailAddress": mail.sender });
    let evidence = json!({
        "antiSpamDirection": "inbound",
        "attachmentsCount": 0,
        "deliveryAction": "delivered",
        "deliveryLocation": "inbox_folder",
        "internetMessageId": format!("<{}@{domain}>", mail.id),
        "language": "en",
        "networkMessageId": mail.id,
        "p1Sender": sender,
        "p2Sender": sender,
        "recipientEmailAddress": mail.to.upn,
        "senderIp": mail.from.ip,
        "subject": mail.subject,
        "threatDetectionMethods": ["URL detonation reputation"],
        "threats": ["ZapPhish"],
        "urlCount": 1,
        "urls": [mail.url],
        "urn": format!("urn:MailEntity:{}", mail.id),
    });
    judged(typed("analyzedMessageEvidence", evidence), "malicious", &[])
}

pub fn oauth_app(name: &str, id: &str, publisher: &str) -> Value {
    let evidence = json!({
        "appId": id,
        "displayName": name,
        "objectId": id.chars().rev().filter(char::is_ascii_hexdigit).collect::<String>(),
        "publisher": publisher,
    });
    judged(
        typed("oauthApplicationEvidence", evidence),
        "suspicious",
        &[],
    )
}

pub fn registry(key: &str, name: &str, value: &str, on: &Device) -> Value {
    let evidence = json!({
        "mdeDeviceId": on.id,
        "registryHive": "HKEY_LOCAL_MACHINE",
        "registryKey": key,
        "registryValue": value,
        "registryValueName": name,
        "registryValueType": "REG_SZ",
    });
    judged(typed("registryValueEvidence", evidence), "suspicious", &[])
}

pub fn cloud_app(name: &str, id: i64) -> Value {
    let evidence = json!({
        "appId": id,
        "displayName": name,
        "instanceId": 0,
        "instanceName": name,
        "saasAppId": id,
        "stream": null,
    });
    judged(
        typed("cloudApplicationEvidence", evidence),
        "unknown",
        &["contextual"],
    )
}

fn typed(name: &str, mut evidence: Value) -> Value {
    evidence["@odata.type"] = format!("#microsoft.graph.security.{name}").into();
    evidence
}

fn judged(mut evidence: Value, verdict: &str, roles: &[&str]) -> Value {
    evidence["verdict"] = verdict.into();
    evidence["roles"] = roles.into();
    evidence["detailedRoles"] = Value::Array(Vec::new());
    evidence["tags"] = Value::Array(Vec::new());
    evidence["remediationStatusDetails"] = Value::Null;
    evidence
}
