//! Reading incidents: one, or a page of them, with their alerts where asked for.

use axum::{
    extract::{Path, Query, RawQuery, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use rusqlite::Connection;
use serde_json::Value;

use super::{
    fields,
    list::{Collection, Query as ListQuery, spliced},
};
use crate::{
    app::App,
    refusal::Refusal,
    store::{alerts, incidents::Incident},
    web::envelope::put,
};

static INCIDENTS: Collection = Collection {
    path: "security/incidents",
    table: "incidents",
    columns: Incident::COLUMNS,
    rows: "1",
    time: "updated",
    orderby: None,
    fields: &fields::INCIDENT,
    numbers: true,
    expands_alerts: true,
};

pub async fn list(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let query = parse(&app, &pairs)?;
    let prefer = Prefer::read(&headers);
    let (page, rows) = app.with::<_, Refusal>(|tx, _| {
        let key = |it: &Incident| (it.updated, it.id.to_string());
        let page = query.page(tx, &INCIDENTS, Incident::from_row, key)?;
        let rows: Vec<String> = page
            .rows
            .iter()
            .map(|incident| written(tx, incident, query.alerts, prefer))
            .collect::<Result<_, _>>()?;
        Ok((page, rows))
    })?;
    Ok(prefer.answer(page.answer(&app, &INCIDENTS, raw.as_deref(), &rows)))
}

/// As many per page as the sandbox was told to allow.
fn parse(app: &App, pairs: &[(String, String)]) -> Result<ListQuery, Refusal> {
    let limit = app.options.max_page;
    ListQuery::parse(pairs, &INCIDENTS, limit, limit)
}

pub async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let query = parse(&app, &pairs)?;
    let prefer = Prefer::read(&headers);
    let text = app.with(|tx, _| {
        let incident = find(tx, &id)?;
        written(tx, &incident, query.alerts, prefer)
    })?;
    Ok(prefer.answer(entity(&app, &text)))
}

pub fn find(db: &Connection, id: &str) -> Result<Incident, Refusal> {
    let missing = || Refusal::not_found(format!("Incident {id} was not found."));
    let number = id.parse().map_err(|_| missing())?;
    Incident::find(db, number)?.ok_or_else(missing)
}

/// The incident with the context line a single entity carries.
pub fn entity(app: &App, text: &str) -> String {
    let context = format!(
        "{}/v1.0/$metadata#security/incidents/$entity",
        app.origin("graph")
    );
    format!(
        "{{\"@odata.context\":{},{}",
        Value::from(context),
        &text[1..]
    )
}

fn written(
    db: &Connection,
    incident: &Incident,
    expand: bool,
    prefer: Prefer,
) -> Result<String, Refusal> {
    let json = incident.json(prefer.all_members);
    Ok(match expand {
        true => spliced(&json, "alerts", &alerts::array(db, incident.id)?),
        false => json.to_string(),
    })
}

/// Whether the caller asked for enum members newer than the sentinel.
#[derive(Clone, Copy)]
pub struct Prefer {
    pub all_members: bool,
}

impl Prefer {
    const MEMBERS: &str = "include-unknown-enum-members";

    pub fn read(headers: &HeaderMap) -> Self {
        let all_members = headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']))
            .any(|preference| preference.trim() == Self::MEMBERS);
        Self { all_members }
    }

    pub fn answer(self, body: String) -> Response {
        let json = (
            header::CONTENT_TYPE,
            "application/json; odata.metadata=minimal",
        );
        let mut response = ([json], body).into_response();
        if self.all_members {
            put(response.headers_mut(), "preference-applied", Self::MEMBERS);
        }
        response
    }
}
