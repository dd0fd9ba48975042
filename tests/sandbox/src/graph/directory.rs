//! Users and groups: found by search and filter. What a directory answers only when told that
//! eventual consistency will do is refused in its words.

mod options;

use axum::{
    Json, Router,
    extract::{Path, Query, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use super::{
    list::carried,
    predicate::{Kind, Property, property},
};
use crate::{app::App, refusal::Refusal, tenant::directory::Directory};
use options::{Options, refused};

pub struct Resource {
    /// In paths, and in the words of errors.
    path: &'static str,
    name: &'static str,
    entries: fn() -> &'static [Value],
    fields: &'static [Property],
    search: &'static [&'static str],
    /// What is returned where nothing was selected.
    usual: &'static [&'static str],
}

static USERS: Resource = Resource {
    path: "users",
    name: "User",
    entries: || &Directory::shared().users,
    fields: &[
        property("accountEnabled", Kind::Bool),
        property("department", Kind::Text),
        property("displayName", Kind::Text),
        property("givenName", Kind::Text),
        property("id", Kind::Text),
        property("jobTitle", Kind::Text),
        property("mail", Kind::Text),
        property("surname", Kind::Text),
        property("userPrincipalName", Kind::Text),
        property("userType", Kind::Text),
    ],
    search: &[
        "displayName",
        "givenName",
        "mail",
        "surname",
        "userPrincipalName",
    ],
    usual: &[
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    ],
};

static GROUPS: Resource = Resource {
    path: "groups",
    name: "Group",
    entries: || &Directory::shared().groups,
    fields: &[
        property("description", Kind::Text),
        property("displayName", Kind::Text),
        property("groupTypes", Kind::List),
        property("id", Kind::Text),
        property("mail", Kind::Text),
        property("mailEnabled", Kind::Bool),
        property("mailNickname", Kind::Text),
        property("securityEnabled", Kind::Bool),
    ],
    search: &["description", "displayName", "mail", "mailNickname"],
    usual: &[
        "description",
        "displayName",
        "groupTypes",
        "id",
        "mail",
        "mailEnabled",
        "mailNickname",
        "onPremisesSyncEnabled",
        "securityEnabled",
        "visibility",
    ],
};

type Pairs = Query<Vec<(String, String)>>;

pub fn router() -> Router<App> {
    Router::new()
        .route("/users", get(users))
        .route("/users/$count", get(count_users))
        .route("/users/{id}", get(user))
        .route("/groups", get(groups))
        .route("/groups/$count", get(count_groups))
        .route("/groups/{id}", get(group))
        .route("/groups/{id}/members", get(members))
        .route("/groups/{id}/members/$count", get(count_members))
}

async fn users(app: State<App>, pairs: Pairs, raw: RawQuery, headers: HeaderMap) -> Answer {
    list(&app, &USERS, &pairs, raw, &headers)
}

async fn groups(app: State<App>, pairs: Pairs, raw: RawQuery, headers: HeaderMap) -> Answer {
    list(&app, &GROUPS, &pairs, raw, &headers)
}

async fn user(app: State<App>, pairs: Pairs, Path(id): Path<String>) -> Answer {
    one(&app, &USERS, &pairs, &id)
}

async fn group(app: State<App>, pairs: Pairs, Path(id): Path<String>) -> Answer {
    one(&app, &GROUPS, &pairs, &id)
}

async fn count_users(pairs: Pairs, headers: HeaderMap) -> Answer {
    count(&USERS, &pairs, &headers)
}

async fn count_groups(pairs: Pairs, headers: HeaderMap) -> Answer {
    count(&GROUPS, &pairs, &headers)
}

type Answer = Result<Response, Refusal>;

fn list(
    app: &App,
    of: &Resource,
    pairs: &[(String, String)],
    RawQuery(raw): RawQuery,
    headers: &HeaderMap,
) -> Answer {
    let query = Options::parse(of, pairs, headers)?;
    let found = query.found(of);
    let context = match query.select.is_empty() {
        true => of.path.to_owned(),
        false => format!("{}({})", of.path, query.select.join(",")),
    };
    let base = format!("{}/v1.0", app.origin("graph"));
    let mut body = json!({ "@odata.context": format!("{base}/$metadata#{context}") });
    if query.count && query.eventual && query.skip == 0 {
        body["@odata.count"] = found.len().into();
    }
    let end = query.skip + query.top;
    if end < found.len() {
        let rest = carried(raw.as_deref().unwrap_or_default());
        let token = BASE64.encode(end.to_string());
        body["@odata.nextLink"] = format!("{base}/{}?{rest}$skiptoken={token}", of.path).into();
    }
    body["value"] = found
        .into_iter()
        .skip(query.skip)
        .take(query.top)
        .map(|entry| query.selected(of, entry))
        .collect();
    Ok(Json(body).into_response())
}

fn one(app: &App, of: &Resource, pairs: &[(String, String)], id: &str) -> Answer {
    let query = Options::parse(of, pairs, &HeaderMap::new())?;
    let same = |value: &Value| value.as_str().is_some_and(|it| it.eq_ignore_ascii_case(id));
    let found = (of.entries)()
        .iter()
        .find(|entry| same(&entry["id"]) || same(&entry["userPrincipalName"]))
        .ok_or_else(|| missing(id))?;
    let mut body = query.selected(of, found);
    let graph = app.origin("graph");
    body["@odata.context"] = format!("{graph}/v1.0/$metadata#{}/$entity", of.path).into();
    Ok(Json(body).into_response())
}

/// The bare number, as text; for the eventually consistent alone.
fn count(of: &Resource, pairs: &[(String, String)], headers: &HeaderMap) -> Answer {
    let query = Options::parse(of, pairs, headers)?;
    if !query.eventual {
        return Err(refused("$count is not currently supported."));
    }
    let number = query.found(of).len().to_string();
    Ok(([(header::CONTENT_TYPE, "text/plain")], number).into_response())
}

async fn members(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let directory = Directory::shared();
    if !directory
        .groups
        .iter()
        .any(|group| group["id"] == id.as_str())
    {
        return Err(missing(&id));
    }
    let ids = directory.members(&id);
    let rows: Vec<Value> = directory
        .users
        .iter()
        .filter(|user| ids.iter().any(|id| user["id"] == id.as_str()))
        .take(100)
        .map(|user| {
            let mut row = json!({ "@odata.type": "#microsoft.graph.user" });
            for name in USERS.usual {
                row[*name] = user[*name].clone();
            }
            row
        })
        .collect();
    let graph = app.origin("graph");
    Ok(Json(json!({
        "@odata.context": format!("{graph}/v1.0/$metadata#directoryObjects"),
        "value": rows,
    }))
    .into_response())
}

/// How many there are, as text; for the eventually consistent alone.
async fn count_members(headers: HeaderMap, Path(id): Path<String>) -> Answer {
    let query = Options::parse(&USERS, &[], &headers)?;
    if !query.eventual {
        return Err(refused("$count is not currently supported."));
    }
    let directory = Directory::shared();
    if !directory
        .groups
        .iter()
        .any(|group| group["id"] == id.as_str())
    {
        return Err(missing(&id));
    }
    let number = directory.members(&id).len().to_string();
    Ok(([(header::CONTENT_TYPE, "text/plain")], number).into_response())
}

fn missing(id: &str) -> Refusal {
    let text = format!(
        "Resource '{id}' does not exist or one of its queried reference-property objects are not \
         present."
    );
    Refusal::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", text)
}
