//! Which resource a token request is for. Entra allows one per request.

use crate::auth::Resource;

/// The error is Entra's number and what is wrong.
pub fn resource(scope: &str) -> Result<Resource, (u32, String)> {
    let mut found = None;
    for name in scope.split_whitespace() {
        let resource = match name {
            "openid" | "profile" | "email" | "offline_access" => continue,
            _ if name.starts_with("https://graph.") => Resource::Graph,
            _ if name.starts_with("api://mdr-experts/") => Resource::Experts,
            _ if name.starts_with("api://mdr-tasks/") => Resource::Tasks,
            _ if name.starts_with("https://api.securitycenter.microsoft.com/") => {
                Resource::Endpoint
            }
            _ if !name.contains([':', '/']) => Resource::Graph,
            _ => return Err((70_011, format!("The scope {name} is not valid."))),
        };
        if found.is_some_and(|other| other != resource) {
            return Err((28_000, "The scope contains more than one resource.".into()));
        }
        found = Some(resource);
    }
    Ok(found.unwrap_or(Resource::Graph))
}

pub fn contains(scope: &str, name: &str) -> bool {
    scope.split_whitespace().any(|part| part == name)
}
