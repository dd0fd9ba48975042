//! Evidence in the documented shapes, written only when its alert is: most alerts of a big tenant
//! are never read. Creation time and remediation status are added then, because they depend on how
//! far the incident has come.

use serde_json::{Value, json};

use super::scene::Address;
use crate::tenant::cast::{Cast, Device, User};

pub struct Evidence {
    /// The device it is, if it is one.
    pub device: Option<String>,
    write: Box<dyn FnOnce() -> Value + Send>,
}

impl Evidence {
    fn new(write: impl FnOnce() -> Value + Send + 'static) -> Self {
        Self {
            device: None,
            write: Box::new(write),
        }
    }

    pub fn json(self) -> Value {
        (self.write)()
    }
}

#[derive(Clone)]
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

pub fn device(device: &Device, verdict: &'static str, role: &'static str) -> Evidence {
    let id = device.id.clone();
    let named = id.clone();
    let mut evidence = Evidence::new(move || {
        let mut evidence = Cast::shared().device(&named).document.clone();
        evidence["riskScore"] = if verdict == "noThreatsFound" {
            "low"
        } else {
            "high"
        }
        .into();
        judged(evidence, verdict, &[role])
    });
    evidence.device = Some(id);
    evidence
}

pub fn user(user: &User, verdict: &'static str, role: &'static str) -> Evidence {
    let name = user.name;
    Evidence::new(move || {
        let evidence = json!({ "userAccount": Cast::shared().user(name).document, "stream": null });
        judged(typed("userEvidence", evidence), verdict, &[role])
    })
}

pub fn file(file: &File, on: &Device, verdict: &'static str) -> Evidence {
    let (file, on) = (file.clone(), on.id.clone());
    Evidence::new(move || {
        let evidence = json!({
            "detectionStatus": if verdict == "malicious" { "detected" } else { "blocked" },
            "fileDetails": file.details(),
            "mdeDeviceId": on,
        });
        judged(typed("fileEvidence", evidence), verdict, &[])
    })
}

pub fn process(
    image: &File,
    command: &str,
    on: &Device,
    by: &User,
    verdict: &'static str,
) -> Evidence {
    let (image, on, by) = (image.clone(), on.id.clone(), by.name);
    let command = command.to_owned();
    Evidence::new(move || {
        let number = i64::from_str_radix(&image.sha1[..3], 16).unwrap_or(7) * 4;
        let evidence = json!({
            "detectionStatus": "detected",
            "imageFile": image.details(),
            "mdeDeviceId": on,
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
            "userAccount": Cast::shared().user(by).document,
        });
        judged(typed("processEvidence", evidence), verdict, &[])
    })
}

pub fn ip(address: &Address, verdict: &'static str, role: &'static str) -> Evidence {
    let address = address.clone();
    Evidence::new(move || {
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
    })
}

pub fn url(url: &str, verdict: &'static str) -> Evidence {
    let url = url.to_owned();
    Evidence::new(move || judged(typed("urlEvidence", json!({ "url": url })), verdict, &[]))
}

pub fn mailbox(owner: &User, verdict: &'static str) -> Evidence {
    let owner = owner.name;
    Evidence::new(move || {
        let owner = Cast::shared().user(owner);
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
    })
}

pub struct Mail<'a> {
    pub id: &'a str,
    pub subject: &'a str,
    pub sender: &'a str,
    pub to: &'a User,
    pub from: &'a Address,
    pub url: &'a str,
}

pub fn message(mail: &Mail) -> Evidence {
    let (id, subject, sender) = (
        mail.id.to_owned(),
        mail.subject.to_owned(),
        mail.sender.to_owned(),
    );
    let (to, from, url) = (
        mail.to.upn.clone(),
        mail.from.ip.clone(),
        mail.url.to_owned(),
    );
    Evidence::new(move || {
        let domain = sender.rsplit('@').next().unwrap_or_default();
        let sender = json!({ "displayName": null, "domainName": domain, "emailAddress": sender });
        let evidence = json!({
            "antiSpamDirection": "inbound",
            "attachmentsCount": 0,
            "deliveryAction": "delivered",
            "deliveryLocation": "inbox_folder",
            "internetMessageId": format!("<{}@{domain}>", id),
            "language": "en",
            "networkMessageId": id,
            "p1Sender": sender,
            "p2Sender": sender,
            "recipientEmailAddress": to,
            "senderIp": from,
            "subject": subject,
            "threatDetectionMethods": ["URL detonation reputation"],
            "threats": ["ZapPhish"],
            "urlCount": 1,
            "urls": [url],
            "urn": format!("urn:MailEntity:{}", id),
        });
        judged(typed("analyzedMessageEvidence", evidence), "malicious", &[])
    })
}

pub fn oauth_app(name: &str, id: &str, publisher: &str) -> Evidence {
    let (name, id, publisher) = (name.to_owned(), id.to_owned(), publisher.to_owned());
    Evidence::new(move || {
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
    })
}

pub fn registry(key: &str, name: &str, value: &str, on: &Device) -> Evidence {
    let (key, name) = (key.to_owned(), name.to_owned());
    let (value, on) = (value.to_owned(), on.id.clone());
    Evidence::new(move || {
        let evidence = json!({
            "mdeDeviceId": on,
            "registryHive": "HKEY_LOCAL_MACHINE",
            "registryKey": key,
            "registryValue": value,
            "registryValueName": name,
            "registryValueType": "REG_SZ",
        });
        judged(typed("registryValueEvidence", evidence), "suspicious", &[])
    })
}

pub fn cloud_app(name: &str, id: i64) -> Evidence {
    let name = name.to_owned();
    Evidence::new(move || {
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
    })
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
