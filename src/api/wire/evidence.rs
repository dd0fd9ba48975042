//! Evidence by its `@odata.type`. Kinds without a look of their own are shown by their type's name
//! and the first member that identifies them; nothing is refused.

use crate::domain::alert::spaced;
use crate::domain::evidence::{Asset, AssetKind, Evidence, Remediation, Verdict};
use crate::domain::json::Json;

/// Reads one piece of evidence of any kind.
pub(super) fn read(wire: &Json<'_>) -> Evidence {
    let text = |path: &str| at(wire, path);
    let kind = text("@odata.type").unwrap_or_default();
    let kind = kind.rsplit('.').next().unwrap_or_default();
    let (label, name, detail, asset) = match kind {
        "deviceEvidence" => {
            let name = text("deviceDnsName").or(text("hostName"));
            let id = text("mdeDeviceId")
                .or(text("azureAdDeviceId"))
                .or(name.clone());
            (
                "Device",
                name.clone(),
                text("osPlatform"),
                asset(AssetKind::Device, id, name),
            )
        }
        "userEvidence" => {
            let (name, id) = account(wire, "userAccount");
            (
                "User",
                name.clone(),
                text("userAccount.userPrincipalName"),
                asset(AssetKind::User, id, name),
            )
        }
        "mailboxEvidence" => {
            let id = text("primaryAddress").or(text("upn"));
            let name = text("displayName").or(id.clone());
            (
                "Mailbox",
                name.clone(),
                id.clone(),
                asset(AssetKind::Mailbox, id, name),
            )
        }
        "cloudApplicationEvidence" | "oauthApplicationEvidence" => {
            let name = text("displayName");
            let id = text("appId").or(text("objectId")).or(name.clone());
            (
                "App",
                name.clone(),
                text("publisher").or(id.clone()),
                asset(AssetKind::App, id, name),
            )
        }
        "fileEvidence" => (
            "File",
            text("fileDetails.fileName"),
            text("fileDetails.sha256").or(text("fileDetails.sha1")),
            None,
        ),
        "processEvidence" => (
            "Process",
            text("imageFile.fileName"),
            text("processCommandLine"),
            None,
        ),
        "ipEvidence" => (
            "IP address",
            text("ipAddress"),
            text("location.countryName").or(text("countryLetterCode")),
            None,
        ),
        "urlEvidence" => ("URL", text("url"), None, None),
        "analyzedMessageEvidence" => (
            "Email",
            text("subject"),
            text("p2Sender.emailAddress").or(text("p1Sender.emailAddress")),
            None,
        ),
        _ => ("", None, None, None),
    };
    let label = if label.is_empty() {
        spaced(&capitalised(kind.strip_suffix("Evidence").unwrap_or(kind)))
    } else {
        label.to_owned()
    };
    Evidence {
        name: name
            .or_else(|| first_name(wire))
            .unwrap_or_else(|| label.clone()),
        kind: label,
        detail,
        verdict: Verdict::parse(text("verdict").as_deref().unwrap_or("unknown")),
        remediation: Remediation::parse(text("remediationStatus").as_deref().unwrap_or("none")),
        asset,
    }
}

/// A member by its dotted path, as text where it has any.
fn at(wire: &Json<'_>, path: &str) -> Option<String> {
    // `@odata.type` is one member, not a path.
    let found = match wire.get(path) {
        Json::Null => path.split('.').fold(wire, |holder, name| holder.get(name)),
        found => found,
    };
    match found {
        Json::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        number => number.as_int().map(|number| number.to_string()),
    }
}

/// A user account's name and the id that is the same wherever the user appears.
fn account(wire: &Json<'_>, path: &str) -> (Option<String>, Option<String>) {
    let text = |member: &str| at(wire, &format!("{path}.{member}"));
    let name = text("displayName")
        .or(text("userPrincipalName"))
        .or(text("accountName"));
    let id = text("azureAdUserId")
        .or(text("userSid"))
        .or(text("userPrincipalName"));
    (name.clone(), id.or(name))
}

fn asset(kind: AssetKind, id: Option<String>, name: Option<String>) -> Option<Asset> {
    let id = id?;
    Some(Asset {
        kind,
        name: name.unwrap_or_else(|| id.clone()),
        id,
    })
}

/// What usually names a thing, tried in turn.
fn first_name(wire: &Json<'_>) -> Option<String> {
    [
        "displayName",
        "name",
        "hostName",
        "resourceName",
        "registryKey",
        "registryValueName",
        "value",
        "id",
    ]
    .iter()
    .find_map(|member| at(wire, member))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => std::iter::once(first.to_ascii_uppercase())
            .chain(chars)
            .collect(),
        None => "Evidence".to_owned(),
    }
}
