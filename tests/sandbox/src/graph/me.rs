//! The signed-in person, their directory roles and their organization.

use axum::{Extension, Json, extract::State};
use serde_json::{Value, json};

use crate::{
    app::App,
    auth::Caller,
    people::{DOMAIN, TENANT, TENANT_ID},
    rng::guid_of,
};

pub async fn me(
    State(app): State<App>,
    Extension(Caller(person)): Extension<Caller>,
) -> Json<Value> {
    let mut user = person.user();
    user["@odata.context"] = context(&app, "users/$entity");
    Json(user)
}

pub async fn member_of(
    State(app): State<App>,
    Extension(Caller(person)): Extension<Caller>,
) -> Json<Value> {
    let everyone = json!({
        "@odata.type": "#microsoft.graph.group",
        "id": guid_of("All employees"),
        "displayName": "All employees",
        "mail": format!("all@{DOMAIN}"),
        "securityEnabled": true,
        "groupTypes": [],
    });
    let role = person.role.map(|role| {
        json!({
            "@odata.type": "#microsoft.graph.directoryRole",
            "id": guid_of(role.name),
            "displayName": role.name,
            "description": null,
            "roleTemplateId": role.template,
        })
    });
    let groups: Vec<Value> = role.into_iter().chain([everyone]).collect();
    Json(json!({ "@odata.context": context(&app, "directoryObjects"), "value": groups }))
}

pub async fn organization(State(app): State<App>) -> Json<Value> {
    Json(json!({
        "@odata.context": context(&app, "organization"),
        "value": [{
            "id": TENANT_ID,
            "displayName": TENANT,
            "verifiedDomains": [
                {
                    "capabilities": "Email, OfficeCommunicationsOnline",
                    "isDefault": true,
                    "isInitial": false,
                    "name": DOMAIN,
                    "type": "Managed",
                },
                {
                    "capabilities": "Email, OfficeCommunicationsOnline",
                    "isDefault": false,
                    "isInitial": true,
                    "name": "contoso.onmicrosoft.com",
                    "type": "Managed",
                },
            ],
        }],
    }))
}

fn context(app: &App, what: &str) -> Value {
    format!("{}/v1.0/$metadata#{what}", app.origin("graph")).into()
}
