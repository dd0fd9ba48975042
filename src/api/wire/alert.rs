//! `microsoft.graph.security.alert`, as far as an incident's page shows it.

use super::evidence;
use super::incident::time;
use crate::domain::alert::{Alert, AlertStatus, spaced};
use crate::domain::id::IncidentId;
use crate::domain::json::Reader;
use crate::domain::severity::Severity;
use lexicon::t;

pub(crate) fn alert(wire: Reader<'_>) -> Alert {
    let id = wire.needed("id");
    let first_category = || wire.texts("categories")?.into_iter().next();
    let category = wire.text("category").or_else(first_category);
    let evidence = wire.list("evidence").into_iter().flatten();
    Alert {
        title: wire.filled("title").unwrap_or_else(|| t!("Alert {id}")),
        id,
        description: wire.text("description"),
        severity: Severity::parse(wire.str("severity").unwrap_or("unknown")),
        status: AlertStatus::parse(wire.str("status").unwrap_or("unknown")),
        category: category.map(|category| spaced(&category)),
        source: wire
            .text("productName")
            .or_else(|| wire.text("serviceSource")),
        incident: wire.filled("incidentId").map(IncidentId),
        techniques: wire.texts("mitreTechniques").unwrap_or_default(),
        created: time(wire, "createdDateTime"),
        first_activity: time(wire, "firstActivityDateTime"),
        last_activity: time(wire, "lastActivityDateTime"),
        investigation: wire.text("investigationState"),
        evidence: evidence.map(|item| evidence::read(item.raw())).collect(),
    }
}
