//! Starting an action on a machine: the eight there are, what each needs, and why one is refused.

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Map, Value};

use super::{
    bad, context,
    limits::{self, CALLS},
    machines, needs,
};
use crate::{
    app::{App, Pace},
    auth::{Caller, scopes::Scopes},
    clock::{DAY, Ticks},
    refusal::Refusal,
    rng,
    store::machine_actions::Action,
    tasks::{Origin, machine, once},
};

/// An action that finds no machine to run on is given up after this long.
const PATIENCE: Ticks = 3 * DAY;

struct Kind {
    /// The last part of the path.
    path: &'static str,
    name: &'static str,
    scope: &'static str,
    /// A parameter beside the comment and the values it may have; none listed, it is a SHA-1.
    parameter: Option<(&'static str, &'static [&'static str])>,
    windows_only: bool,
}

const fn kind(
    path: &'static str,
    name: &'static str,
    scope: &'static str,
    parameter: Option<(&'static str, &'static [&'static str])>,
    windows_only: bool,
) -> Kind {
    Kind {
        path,
        name,
        scope,
        parameter,
        windows_only,
    }
}

static KINDS: [Kind; 8] = [
    kind(
        "isolate",
        "Isolate",
        "Machine.Isolate",
        Some(("IsolationType", &["Full", "Selective", "UnManagedDevice"])),
        false,
    ),
    kind("unisolate", "Unisolate", "Machine.Isolate", None, false),
    kind(
        "restrictCodeExecution",
        "RestrictCodeExecution",
        "Machine.RestrictExecution",
        None,
        true,
    ),
    kind(
        "unrestrictCodeExecution",
        "UnrestrictCodeExecution",
        "Machine.RestrictExecution",
        None,
        true,
    ),
    kind(
        "StopAndQuarantineFile",
        "StopAndQuarantineFile",
        "Machine.StopAndQuarantine",
        Some(("Sha1", &[])),
        true,
    ),
    kind(
        "runAntiVirusScan",
        "RunAntiVirusScan",
        "Machine.Scan",
        Some(("ScanType", &["Quick", "Full"])),
        false,
    ),
    kind(
        "collectInvestigationPackage",
        "CollectInvestigationPackage",
        "Machine.CollectForensics",
        None,
        false,
    ),
    kind("offboard", "Offboard", "Machine.Offboard", None, false),
];

pub async fn start(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    scopes: Extension<Scopes>,
    Path((id, action)): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Refusal> {
    let kind = KINDS
        .iter()
        .find(|kind| kind.path.eq_ignore_ascii_case(&action))
        .ok_or_else(|| {
            let text = format!("No HTTP resource was found that matches '{action}'.");
            Refusal::not_found(text)
        })?;
    needs(&scopes, &[kind.scope])?;
    may_remediate(caller)?;
    let now = app.clock.now();
    if let Err(wait) = app.limits.count(caller.0.name, kind.name, CALLS, now) {
        return Ok(limits::too_many(wait));
    }
    let body = object(&body)?;
    let what = format!("{id} {action}");
    let request = once::Request::new(
        Origin::Experts,
        &headers,
        "POST",
        &what,
        &body.clone().into(),
    )?;
    app.with(|tx, now| {
        request.once(tx, caller.0, now, |_| {
            let machine = machines::find(tx, &id, now)?;
            let ask = Ask::read(kind, &body)?;
            ask.suits(&machine)?;
            if Action::live(tx, &id, kind.name)?.is_some() {
                let text = "Action is already in progress";
                return Err(bad("ActiveRequestAlreadyExists", text));
            }
            let action = ask.action(&machine, caller.0.mail(), now, app.pace());
            action.save(tx)?;
            let mut json = action.json(false);
            json["@odata.context"] = context(&app, "MachineActions/$entity");
            Ok((StatusCode::CREATED, json.to_string()))
        })
    })
}

pub fn may_remediate(caller: Caller) -> Result<(), Refusal> {
    if caller.0.acts() {
        return Ok(());
    }
    let text =
        "The user does not have the permission 'Active remediation actions' for this device.";
    Err(Refusal::forbidden(text))
}

pub fn object(body: &str) -> Result<Map<String, Value>, Refusal> {
    serde_json::from_str(body).map_err(|_| bad("InvalidRequestBody", "Request body is incorrect"))
}

/// The comment every action needs. Names of parameters are case-sensitive.
pub fn comment(body: &Map<String, Value>) -> Result<String, Refusal> {
    parameter(body, "Comment")
}

fn parameter(body: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    match body.get(name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text.clone()),
        None | Some(Value::Null | Value::String(_)) => {
            let text = format!("Required parameter '{name}' is missing.");
            Err(bad("MissingRequiredParameter", text))
        }
        Some(_) => Err(bad(
            "InvalidInput",
            format!("Parameter '{name}' must be a text."),
        )),
    }
}

/// What was asked for, understood.
struct Ask {
    kind: &'static Kind,
    comment: String,
    scope: Option<String>,
    sha1: Option<String>,
}

impl Ask {
    fn read(kind: &'static Kind, body: &Map<String, Value>) -> Result<Self, Refusal> {
        let mut ask = Self {
            kind,
            comment: comment(body)?,
            scope: None,
            sha1: None,
        };
        let Some((name, values)) = kind.parameter else {
            return Ok(ask);
        };
        let given = parameter(body, name)?;
        if values.is_empty() {
            if given.len() != 40 || !given.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let text = format!("'{given}' is not a SHA-1 hash.");
                return Err(bad("InvalidHashValue", text));
            }
            ask.sha1 = Some(given.to_lowercase());
        } else if values.contains(&given.as_str()) {
            ask.scope = Some(given);
        } else {
            let text = format!(
                "'{given}' is not a value of '{name}': {}.",
                values.join(", ")
            );
            return Err(bad("InvalidInput", text));
        }
        Ok(ask)
    }

    fn suits(&self, machine: &Value) -> Result<(), Refusal> {
        let text = |name: &str| machine[name].as_str().unwrap_or_default();
        let (os, name) = (text("osPlatform"), self.kind.name);
        let unmanaged = self.scope.as_deref() == Some("UnManagedDevice");
        if (text("onboardingStatus") == "onboarded") == unmanaged {
            let text = match unmanaged {
                true => "Isolation of an unmanaged device is not allowed on an onboarded one.",
                false => "The device is not onboarded.",
            };
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                "DisallowedOperation",
                text,
            ));
        }
        if (self.kind.windows_only && !os.starts_with("Windows")) || os == "Android" {
            let text = format!("{name} is not supported on {os}.");
            return Err(bad("OsPlatformNotSupported", text));
        }
        if os == "WindowsServer2016" && name.ends_with("CodeExecution") {
            let text = format!("{name} needs a later version of the client than {os}'s.");
            return Err(bad("ClientVersionNotSupported", text));
        }
        Ok(())
    }

    fn action(&self, machine: &Value, requestor: String, now: Ticks, pace: Pace) -> Action {
        let text = |name: &str| machine[name].as_str().unwrap_or_default().to_owned();
        // A machine that is away leaves the action pending.
        let there =
            text("healthStatus") == "Active" || self.scope.as_deref() == Some("UnManagedDevice");
        let (starts_at, ends_at, ending) = match there {
            true => (
                Some(now + pace.seconds(machine::PENDING)),
                now + pace.seconds(machine::PENDING + machine::RUNNING),
                "Succeeded",
            ),
            false => (None, now + PATIENCE, "TimeOut"),
        };
        Action {
            id: rng::request_id(),
            kind: self.kind.name.into(),
            scope: self.scope.clone(),
            status: "Pending".into(),
            machine: text("id"),
            machine_name: text("computerDnsName"),
            requestor,
            comment: self.comment.clone(),
            source: "PublicApi".into(),
            file_sha1: self.sha1.clone(),
            created: now,
            updated: now,
            starts_at,
            ends_at: Some(ends_at),
            ending: Some(ending.into()),
            ..Action::default()
        }
    }
}
