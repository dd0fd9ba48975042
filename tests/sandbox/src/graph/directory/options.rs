//! The query options of the directory, and what they find.

use axum::http::{HeaderMap, StatusCode};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};

use super::Resource;
use crate::{
    graph::{
        predicate::{self, Predicate, Wrong},
        search::{self, Search},
    },
    refusal::Refusal,
};

const LIMIT: usize = 999;

#[derive(Default)]
pub struct Options {
    pub eventual: bool,
    pub count: bool,
    pub top: usize,
    pub skip: usize,
    search: Option<Search>,
    filter: Option<Predicate>,
    pub select: Vec<String>,
    /// By this property, and whether from the end.
    order: Option<(String, bool)>,
}

impl Options {
    pub fn parse(
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

    pub fn found(&self, of: &Resource) -> Vec<&'static Value> {
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

    pub fn selected(&self, of: &Resource, entry: &Value) -> Value {
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

pub fn refused(text: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", text)
}

fn malformed(text: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "Request_BadRequest", text)
}
