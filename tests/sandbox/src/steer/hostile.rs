//! An incident that waits for the customer and whose every free text is hostile: what an attacker
//! could get into a file name, a mail's subject or a tag, and from there into the portal.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{
    app::App,
    clock::{HOUR, SECOND, Ticks, iso},
    refusal::Refusal,
    rng,
    store::{
        alerts::Alert,
        incidents::{AWAITING, Comment, EXPERTS, Incident, Text},
        responses::Response,
        tasks::{ActionStatus, Outcome, Source, Status, Task},
    },
};

/// Markup, links that run something, templates, and characters that hide or reorder others.
const PARTS: &[&str] = &[
    "<img src=x onerror=\"window.struck=1\">",
    "<script>window.struck=1</script>",
    "<svg onload=window.struck=1><iframe srcdoc=\"<script>parent.struck=1</script>\">",
    "\"><style>*{display:none}</style></title></textarea>",
    "<a href=\"javascript:window.struck=1\">press</a>",
    "[press](javascript:window.struck=1)",
    "[press](data:text/html,<script>window.struck=1</script>)",
    "![seen](https://elsewhere.example/seen.png)",
    "&lt;b&gt; &#x202e; %3Cscript%3E {{7*7}} ${7*7}",
    "=cmd|'/c calc'!a1",
    "invoice\u{202e}fdp.exe",
    "\u{2066}\u{2067}\u{200f}\u{61c}\u{5e9}\u{5dc}\u{5d5}\u{5dd}\u{2069}",
    "\u{440}\u{430}\u{443}\u{440}\u{430}l.example",
    "pay\u{200b}pa\u{200d}l\u{feff}\u{2060}\u{ad}.example",
    "\u{0}\u{7}\u{8}\u{1b}[31mred\u{7f}\u{85}\u{2028}\u{2029}",
    "z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}",
    "\u{1f469}\u{200d}\u{1f4bb}\u{1f3f4}\u{200d}\u{2620}\u{fe0f}",
];

/// How long a word without a space is.
const RUN: usize = 10_000;

/// `{id, fields, corpus}`; each field's text is its name, a space and the corpus.
pub async fn hostile(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.with(|tx, now| {
        let query = "SELECT max(id) + 1 FROM incidents";
        let id: i64 = tx.query_row(query, [], |row| row.get(0))?;
        let mut texts = Texts::new();
        // It has waited longest, so that Home names it.
        let now = now - 29 * 24 * HOUR;
        incident(id, &mut texts, now).save(tx)?;
        let alert = alert(&mut texts, now);
        let name = format!("hostile-{id}");
        Alert::read(&name, id, &alert).insert(tx)?;
        Response {
            incident: id,
            published: now,
            awaiting_since: Some(now),
            summary: summary(&mut texts, now),
        }
        .save(tx)?;
        for task in tasks(id, &mut texts, now) {
            task.save(tx)?;
        }
        Ok(Json(json!({
            "id": id.to_string(),
            "fields": texts.fields,
            "corpus": texts.corpus,
        })))
    })
}

/// Writes the texts and keeps the names of their fields.
struct Texts {
    corpus: String,
    fields: Vec<String>,
}

impl Texts {
    fn new() -> Self {
        Self {
            corpus: format!("{} {}", PARTS.join(" "), "W".repeat(RUN)),
            fields: Vec::new(),
        }
    }

    fn of(&mut self, field: impl Into<String>) -> String {
        let field = field.into();
        let text = format!("{field} {}", self.corpus);
        self.fields.push(field);
        text
    }
}

fn incident(id: i64, texts: &mut Texts, now: Ticks) -> Incident {
    Incident {
        id,
        status: AWAITING.into(),
        severity: "high".into(),
        classification: texts.of("incident classification"),
        determination: texts.of("incident determination"),
        assigned_to: Some(texts.of("incident assignee")),
        created: now,
        updated: now,
        resolve_at: None,
        text: Text {
            display_name: texts.of("incident name"),
            description: Some(texts.of("incident description")),
            summary: Some(texts.of("incident summary")),
            custom_tags: vec![texts.of("custom tag"), texts.of("second custom tag")],
            system_tags: vec![EXPERTS.into(), texts.of("system tag")],
            comments: vec![Comment {
                comment: texts.of("comment text"),
                created_by_display_name: texts.of("comment author"),
                created_date_time: iso(now),
            }],
            last_modified_by: texts.of("incident last modified by"),
            resolving_comment: Some(texts.of("closing note")),
            redirect_incident_id: None,
            priority_score: Some(90),
        },
    }
}

fn alert(texts: &mut Texts, now: Ticks) -> Value {
    json!({
        "id": "hostile",
        "title": texts.of("alert title"),
        "description": texts.of("alert description"),
        "category": texts.of("alert category"),
        "severity": texts.of("alert severity"),
        "status": texts.of("alert status"),
        "productName": texts.of("alert product"),
        "mitreTechniques": [texts.of("alert technique")],
        "createdDateTime": iso(now),
        "firstActivityDateTime": iso(now),
        "lastActivityDateTime": iso(now),
        "evidence": evidence(texts),
    })
}

fn evidence(texts: &mut Texts) -> Vec<Value> {
    let mut all = vec![
        json!({
            "@odata.type": "deviceEvidence",
            "mdeDeviceId": texts.of("device id"),
            "deviceDnsName": texts.of("device name"),
            "osPlatform": texts.of("device platform"),
        }),
        json!({ "@odata.type": "userEvidence", "userAccount": {
            "displayName": texts.of("user name"),
            "userPrincipalName": texts.of("user principal name"),
            "azureAdUserId": texts.of("user id"),
        }}),
        json!({
            "@odata.type": "mailboxEvidence",
            "displayName": texts.of("mailbox name"),
            "primaryAddress": texts.of("mailbox address"),
        }),
        json!({
            "@odata.type": "oauthApplicationEvidence",
            "displayName": texts.of("app name"),
            "appId": texts.of("app id"),
            "publisher": texts.of("app publisher"),
        }),
        json!({ "@odata.type": "fileEvidence", "fileDetails": {
            "fileName": texts.of("file name"),
            "sha256": texts.of("file hash"),
        }}),
        json!({
            "@odata.type": "processEvidence",
            "imageFile": { "fileName": texts.of("process name") },
            "processCommandLine": texts.of("command line"),
        }),
        json!({
            "@odata.type": "ipEvidence",
            "ipAddress": texts.of("ip address"),
            "location": { "countryName": texts.of("ip country") },
        }),
        json!({ "@odata.type": "urlEvidence", "url": texts.of("url") }),
        json!({
            "@odata.type": "analyzedMessageEvidence",
            "subject": texts.of("mail subject"),
            "p2Sender": { "emailAddress": texts.of("mail sender") },
        }),
        // The type's name itself; what follows the last dot is taken for it.
        json!({
            "@odata.type": format!("{}.<img src=x onerror=window.struck=1>\u{202e}Evidence", "#microsoft"),
            "registryKey": texts.of("registry key"),
        }),
    ];
    for (number, one) in all.iter_mut().enumerate() {
        one["verdict"] = texts.of(format!("verdict {number}")).into();
        one["remediationStatus"] = texts.of(format!("remediation {number}")).into();
    }
    all
}

fn summary(texts: &mut Texts, now: Ticks) -> Value {
    let text = texts.of("summary paragraph");
    let markdown = format!(
        "# {text}\n\n{text}\n\n- {text}\n\n1. {text}\n\n> {text}\n\n`{run}`\n\n```\n{text}\n```\n\n\
         | {run} | head |\n|---|---|\n| {run} | cell |\n",
        run = "W".repeat(RUN),
    );
    json!({
        "markdown": markdown,
        "devices": [{
            "deviceId": texts.of("summary device id"),
            "displayName": texts.of("summary device"),
            "role": texts.of("summary device role"),
        }],
        "indicators": [{
            "kind": texts.of("indicator kind"),
            "value": texts.of("indicator value"),
            "note": texts.of("indicator note"),
        }],
        "timeline": [{
            "at": iso(now),
            "text": texts.of("timeline text"),
            "deviceName": texts.of("timeline device"),
        }],
    })
}

fn tasks(incident: i64, texts: &mut Texts, now: Ticks) -> Vec<Task> {
    let unheard = texts.of("unheard-of action");
    let kinds = [
        ("isolation", "isolateDevice", Source::Guided, Status::Open),
        ("manual", "text", Source::Guided, Status::Open),
        (
            "failed",
            "stopAndQuarantineFile",
            Source::Guided,
            Status::Failed,
        ),
        ("unheard", &unheard, Source::Guided, Status::Open),
        (
            "managed",
            "runAntiVirusScan",
            Source::Managed,
            Status::Completed,
        ),
    ];
    let kinds = kinds.into_iter().zip(0..);
    kinds
        .map(|((name, action, source, status), ordinal)| {
            let mut text = |field: &str| texts.of(format!("{name} task {field}"));
            Task {
                id: rng::request_id(),
                incident,
                ordinal,
                status,
                source,
                action_type: action.into(),
                action_status: match status {
                    Status::Completed => ActionStatus::Completed,
                    Status::Failed => ActionStatus::Failed,
                    _ => ActionStatus::NotStarted,
                },
                name: text("name"),
                description: text("description"),
                created: now,
                modified: now + SECOND,
                modified_by: text("changer"),
                // A manual step has none, and a target without a name is shown by it.
                identifier: (action != "text").then(|| text("identifier")),
                target: (name != "unheard").then(|| text("target")),
                device: Some(text("device")),
                outcome: Outcome::Succeed,
                status_detail: (status == Status::Failed).then(|| text("failure")),
                started: None,
                settle_at: None,
            }
        })
        .collect()
}
