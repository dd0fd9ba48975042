//! `auditLogs`: sign-ins and changes, newest first.

use axum::{
    extract::{Path, Query, RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use rusqlite::OptionalExtension;
use serde_json::Value;

use super::{
    filter::{Field, Kind},
    incidents::Prefer,
    list::{Collection, Query as ListQuery},
};
use crate::{app::App, clock::Ticks, refusal::Refusal, store::tasks::decode};

const LIMIT: usize = 1000;

const fn field(name: &'static str, column: &'static str, kind: Kind) -> Field {
    Field { name, column, kind }
}

static SIGN_IN_FIELDS: [Field; 6] = [
    field("createdDateTime", "at", Kind::Time),
    field("userPrincipalName", "upn", Kind::Text),
    field("userDisplayName", "user_name", Kind::Text),
    field("userId", "user_id", Kind::Text),
    field("appDisplayName", "subject", Kind::Text),
    field("status/errorCode", "outcome", Kind::Code),
];

static CHANGE_FIELDS: [Field; 7] = [
    field("activityDateTime", "at", Kind::Time),
    field("activityDisplayName", "activity", Kind::Text),
    field("category", "subject", Kind::Text),
    field(
        "result",
        "outcome",
        Kind::Member(&["success", "failure", "timeout"]),
    ),
    field("initiatedBy/user/id", "user_id", Kind::Text),
    field("initiatedBy/user/displayName", "user_name", Kind::Text),
    field("initiatedBy/user/userPrincipalName", "upn", Kind::Text),
];

static SIGN_INS: Collection = Collection {
    path: "auditLogs/signIns",
    table: "audit",
    columns: "id, at, doc",
    rows: "kind = 'signIn'",
    time: "at",
    orderby: Some("createdDateTime"),
    fields: &SIGN_IN_FIELDS,
    numbers: false,
    expands_alerts: false,
};

static CHANGES: Collection = Collection {
    path: "auditLogs/directoryAudits",
    table: "audit",
    columns: "id, at, doc",
    rows: "kind = 'change'",
    time: "at",
    orderby: Some("activityDateTime"),
    fields: &CHANGE_FIELDS,
    numbers: false,
    expands_alerts: false,
};

type Pairs = Query<Vec<(String, String)>>;

pub async fn sign_ins(
    State(app): State<App>,
    Query(pairs): Pairs,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    list(&app, &SIGN_INS, &pairs, raw.as_deref())
}

pub async fn changes(
    State(app): State<App>,
    Query(pairs): Pairs,
    RawQuery(raw): RawQuery,
) -> Result<Response, Refusal> {
    list(&app, &CHANGES, &pairs, raw.as_deref())
}

pub async fn sign_in(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    get(&app, &SIGN_INS, &id)
}

pub async fn change(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refusal> {
    get(&app, &CHANGES, &id)
}

fn list(
    app: &App,
    of: &Collection,
    pairs: &[(String, String)],
    raw: Option<&str>,
) -> Result<Response, Refusal> {
    let query = ListQuery::parse(pairs, of, LIMIT, LIMIT)?;
    let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let key = |(id, at, _): &(String, Ticks, String)| (*at, id.clone());
    let page = app.with(|tx, _| query.page(tx, of, read, key))?;
    let rows: Vec<String> = page.rows.iter().map(|(_, _, doc)| doc.clone()).collect();
    let none = Prefer::read(&HeaderMap::new());
    Ok(none.answer(page.answer(app, of, raw, &rows)))
}

fn get(app: &App, of: &Collection, id: &str) -> Result<Response, Refusal> {
    let found: Option<Value> = app.with(|tx, _| {
        let query = format!("SELECT doc FROM audit WHERE id = ? AND {}", of.rows);
        let found = tx.query_row(&query, [id], |row| decode(row, 0));
        Ok::<_, Refusal>(found.optional()?)
    })?;
    let missing = || Refusal::not_found(format!("Record {id} was not found."));
    let mut doc = found.ok_or_else(missing)?;
    let graph = app.origin("graph");
    doc["@odata.context"] = format!("{graph}/v1.0/$metadata#{}/$entity", of.path).into();
    Ok(Prefer::read(&HeaderMap::new()).answer(doc.to_string()))
}
