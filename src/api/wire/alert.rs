//! `microsoft.graph.security.alert`, as far as an incident's page shows it.

use super::evidence;
use super::incident::time;
use crate::domain::alert::{self as domain, AlertStatus};
use crate::domain::severity::Severity;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Alert {
    id: String,
    title: Option<String>,
    description: Option<String>,
    severity: Option<String>,
    status: Option<String>,
    category: Option<String>,
    categories: Option<Vec<String>>,
    service_source: Option<String>,
    product_name: Option<String>,
    mitre_techniques: Option<Vec<String>>,
    created_date_time: Option<String>,
    first_activity_date_time: Option<String>,
    last_activity_date_time: Option<String>,
    evidence: Option<Vec<serde_json::Value>>,
}

impl From<Alert> for domain::Alert {
    fn from(wire: Alert) -> domain::Alert {
        let category = wire
            .category
            .or(wire.categories.and_then(|all| all.into_iter().next()));
        domain::Alert {
            title: wire
                .title
                .filter(|t| !t.trim().is_empty())
                .unwrap_or_else(|| format!("Alert {}", wire.id)),
            id: wire.id,
            description: wire.description,
            severity: Severity::parse(wire.severity.as_deref().unwrap_or("unknown")),
            status: AlertStatus::parse(wire.status.as_deref().unwrap_or("unknown")),
            category: category.map(|c| domain::spaced(&c)),
            source: wire.product_name.or(wire.service_source),
            techniques: wire.mitre_techniques.unwrap_or_default(),
            created: time(wire.created_date_time.as_deref()),
            first_activity: time(wire.first_activity_date_time.as_deref()),
            last_activity: time(wire.last_activity_date_time.as_deref()),
            evidence: wire.evidence.iter().flatten().map(evidence::read).collect(),
        }
    }
}
