//! Users and groups: found by search and filter. What a directory answers only when told that
//! eventual consistency will do is refused in its words.

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
    predicate::{self, Kind, Predicate, Property, Wrong, property},
    search::{self, Search},
};
use crate::{app::App, refusal::Refusal, tenant::directory::Directory};

struct Resource {
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

const LIMIT: usize = 999;

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

#[derive(Default)]
struct Options {
    eventual: bool,
    count: bool,
    top: usize,
    skip: usize,
    search: Option<Search>,
    filter: Option<Predicate>,
    select: Vec<String>,
    /// By this property, and whether from the end.
    order: Option<(String, bool)>,
}

impl Options {
    fn parse(
        of: &Resource,
        pairs: &[(String, String)],
        headers: &HeaderMap,
    ) -> Result<Self, Refusal> {
        let level = headers.get("consistencylevel");
        let mut query = Self {
            eventual: level.is_some_and(|it| it.as_bytes().eq_ignore_ascii_case(b"eventual")),
            top: 100,
            ..Self::default()
        };
        for (name, value) in pairs {
            match name.as_str() {
                "$top" => query.top = page_size(value)?,
                "$count" => query.count = value == "true",
                "$search" => {
                    if !query.eventual {
                        return Err(refused(
                            "Request with $search query parameter only works through MSGraph \
                             with a special request header: 'ConsistencyLevel: eventual'",
                        ));
                    }
                    let search = search::parse(value, of.search);
                    query.search = Some(search.map_err(malformed)?);
                }
                "$filter" => {
                    let filter = predicate::parse(value, of.fields);
                    query.filter = Some(filter.map_err(|it| wrong(it, of))?);
                }
                "$select" => query.select = select(value, of)?,
                "$orderby" => query.order = Some(order(value, of)?),
                "$skiptoken" => query.skip = token(value)?,
                "$expand" => {}
                name if name.starts_with('$') => {
                    let text = format!("'{name}' is not supported by the service.");
                    return Err(refused(text));
                }
                _ => {}
            }
        }
        query.check()?;
        Ok(query)
    }

    /// Some questions take `ConsistencyLevel: eventual` and `$count=true` together.
    fn check(&self) -> Result<(), Refusal> {
        let asked = self.eventual && self.count;
        let advanced = self.filter.as_ref().is_some_and(|filter| filter.advanced);
        let sorted = self.filter.is_some() && self.order.is_some();
        if (advanced || sorted) && !asked {
            return Err(refused("Unsupported Query."));
        }
        Ok(())
    }

    fn found(&self, of: &Resource) -> Vec<&'static Value> {
        let mut found: Vec<&Value> = (of.entries)()
            .iter()
            .filter(|entry| self.search.as_ref().is_none_or(|it| it.finds(entry)))
            .filter(|entry| self.filter.as_ref().is_none_or(|it| it.holds(entry)))
            .collect();
        if let Some((property, falling)) = &self.order {
            let key = |entry: &Value| entry[property].as_str().map(str::to_lowercase);
            found.sort_by_key(|entry| key(entry));
            if *falling {
                found.reverse();
            }
        }
        found
    }

    fn selected(&self, of: &Resource, entry: &Value) -> Value {
        let mut out = json!({});
        let usual = || of.usual.iter().map(|name| (*name).to_owned()).collect();
        let names: Vec<String> = match self.select.is_empty() {
            true => usual(),
            false => self.select.clone(),
        };
        for name in names {
            out[&name] = entry[&name].clone();
        }
        out
    }
}

fn page_size(value: &str) -> Result<usize, Refusal> {
    let size: Option<usize> = value.parse().ok();
    size.filter(|size| (1..=LIMIT).contains(size))
        .ok_or_else(|| {
            let text = format!(
                "Invalid page size specified: '{value}'. Must be between 1 and {LIMIT} inclusive."
            );
            malformed(text)
        })
}

fn select(value: &str, of: &Resource) -> Result<Vec<String>, Refusal> {
    let known =
        |name: &str| of.usual.contains(&name) || of.fields.iter().any(|field| field.name == name);
    let names: Vec<String> = value
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    match names.iter().find(|name| !known(name)) {
        Some(name) => {
            let kind = of.name.to_lowercase();
            let text = format!(
                "Parsing OData Select and Expand failed: Could not find a property named \
                 '{name}' on type 'microsoft.graph.{kind}'."
            );
            Err(Refusal::bad_request(text))
        }
        None => Ok(names),
    }
}

fn order(value: &str, of: &Resource) -> Result<(String, bool), Refusal> {
    let (name, direction) = value.split_once(' ').unwrap_or((value, "asc"));
    let sorts = matches!(name, "displayName" | "userPrincipalName" | "mail");
    if !sorts || !of.fields.iter().any(|field| field.name == name) {
        let text = format!("Sorting not supported for current query by '{name}'.");
        return Err(refused(text));
    }
    match direction.trim() {
        "asc" => Ok((name.to_owned(), false)),
        "desc" => Ok((name.to_owned(), true)),
        _ => Err(malformed(format!("Syntax error in $orderby '{value}'."))),
    }
}

fn token(text: &str) -> Result<usize, Refusal> {
    let plain = BASE64
        .decode(text)
        .ok()
        .and_then(|it| String::from_utf8(it).ok());
    plain.and_then(|it| it.parse().ok()).ok_or_else(|| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            "Directory_ExpiredPageToken",
            "The specified page token value has expired or is not valid.",
        )
    })
}

fn wrong(wrong: Wrong, of: &Resource) -> Refusal {
    match wrong {
        Wrong::Syntax(text) => Refusal::bad_request(format!("Invalid filter clause: {text}")),
        Wrong::Property(name) | Wrong::Operator(_, name) => refused(format!(
            "Unsupported or invalid query filter clause specified for property '{name}' of \
             resource '{}'.",
            of.name
        )),
    }
}

fn missing(id: &str) -> Refusal {
    let text = format!(
        "Resource '{id}' does not exist or one of its queried reference-property objects are not \
         present."
    );
    Refusal::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", text)
}

fn refused(text: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", text)
}

fn malformed(text: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Request_BadRequest", text)
}
