//! What a token was consented to, and what each part of Graph asks for.

use axum::{extract::Request, http::Method, middleware::Next, response::Response};

use crate::refusal::Refusal;

/// The scopes of the caller's token, as asked for at sign-in; None for a script's, which has all.
#[derive(Clone, Debug, Default)]
pub struct Scopes(pub Option<String>);

/// Part of the path, what reading it takes, what writing it takes: one scope of each list.
const GRAPH: [(&str, &[&str], &[&str]); 5] = [
    (
        "/security/incidents",
        &[
            "SecurityIncident.Read.All",
            "SecurityIncident.ReadWrite.All",
        ],
        &["SecurityIncident.ReadWrite.All"],
    ),
    (
        "/security/alerts_v2",
        &["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"],
        &["SecurityAlert.ReadWrite.All"],
    ),
    (
        "/v1.0/users",
        &["User.ReadBasic.All", "User.Read.All", "Directory.Read.All"],
        &[],
    ),
    (
        "/v1.0/groups",
        &[
            "Group.ReadBasic.All",
            "GroupMember.Read.All",
            "Group.Read.All",
            "Directory.Read.All",
        ],
        &[],
    ),
    ("/auditLogs", &["AuditLog.Read.All"], &[]),
];

pub async fn graph(request: Request, next: Next) -> Result<Response, Refusal> {
    let path = request.uri().path();
    let part = GRAPH.iter().find(|(part, ..)| {
        let rest = path.find(part).map(|at| &path[at + part.len()..]);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let held = request
        .extensions()
        .get::<Scopes>()
        .cloned()
        .unwrap_or_default();
    if let Some((_, read, write)) = part {
        let wanted = if request.method() == Method::GET {
            read
        } else {
            write
        };
        if !wanted.is_empty() && !held.any(wanted) {
            return Err(Refusal::forbidden(format!(
                "Missing scope permissions on the request. API requires one of '{}'. Scopes on \
                 the request '{}'.",
                wanted.join(", "),
                held.0.unwrap_or_default()
            )));
        }
    }
    Ok(next.run(request).await)
}

impl Scopes {
    /// Whether one of these was consented to. `.default`, or no scope of a resource's own, stands
    /// for all that an administrator consented to.
    pub fn any(&self, wanted: &[&str]) -> bool {
        let Some(held) = &self.0 else {
            return true;
        };
        let mut named = held
            .split_whitespace()
            .map(|scope| scope.rsplit('/').next().unwrap_or(scope))
            .filter(|scope| !["openid", "profile", "email", "offline_access"].contains(scope))
            .peekable();
        named.peek().is_none() || named.any(|scope| scope == ".default" || wanted.contains(&scope))
    }
}
