//! The Experts API's reports, and the incidents and tasks from which the portal makes its own.

use super::client::Client;
use super::wire::incident::incident;
use super::wire::report::{alert_facts, behind, months, required, summary, tactics};
use super::wire::task::task;
use crate::domain::config::Resource;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Classification, Incident};
use crate::domain::json::Reader;
use crate::domain::report::measure::stat;
use crate::domain::report::required::{Action, Required, Row};
use crate::domain::report::{AlertFacts, Month, Period, Report, Why};
use crate::domain::time::{Timestamp, Zone};
use crate::domain::url_query::encode;
use lexicon::t;

/// A page of incidents with what their alerts say.
pub struct Cases {
    pub cases: Vec<(Incident, AlertFacts)>,
    pub next: Option<String>,
    pub total: Option<usize>,
}

/// Which incidents are read with their alerts.
#[derive(Clone, Copy, Debug)]
pub enum Cover {
    /// Created from one instant on, and before another one.
    Created(Option<Timestamp>, Option<Timestamp>),
    /// Changed since.
    Changed(Timestamp),
}

/// Pages of a list behind a figure; more is a server that walks in circles.
const MOST_PAGES: usize = 200;

impl Client {
    /// Report overview, from all answers that make it. Only the summary has to come: what else does not
    /// is missing from the report.
    pub async fn report(&self, period: Period, zone: &Zone) -> Result<Report, ApiError> {
        let range = range(&period);
        let grain = if period.days() > 31 { "month" } else { "day" };
        let name = encode(&zone.name);
        let path = format!("/reports/summary?{range}&zone={name}&granularity={grain}");
        let read = |wire: Reader<'_>| summary(wire, period);
        let (mut report, _) = self.experts_document(&path, read).await?;
        let path = format!("/reports/tactics?{range}");
        let parts = self.experts_document(&path, tactics).await;
        (report.tactics, report.cells) = match parts {
            Ok(((tactics, cells), _)) => (Ok(tactics), Ok(cells)),
            Err(_) => (Err(Why::Failed), Err(Why::Failed)),
        };
        let path = format!("/reports/required-actions?{range}&limit=100");
        let rows: Result<Vec<Row>, _> = self.pages_of(&path, required).await;
        report.required = rows.map(|rows| Required { rows }).map_err(|_| Why::Failed);
        let path = format!("/reports/incidents?{range}&outcome=resolved&limit=100");
        if let (Ok(times), Ok(timed)) = (&mut report.times, self.pages_of(&path, behind).await) {
            let mut experts: Vec<_> = timed.iter().filter_map(|one| one.experts).collect();
            let mut customer: Vec<_> = timed.iter().filter_map(|one| one.customer).collect();
            let medians = [stat(&mut experts), stat(&mut customer)];
            for (own, medians) in [&mut times.experts, &mut times.customer]
                .into_iter()
                .zip(medians)
            {
                (own.median, own.count) = (medians.median, medians.count);
            }
            times.each = timed;
        }
        Ok(report)
    }

    /// The last months; with a classification, only incidents of it.
    pub async fn report_months(
        &self,
        zone: &Zone,
        of: Option<&Classification>,
    ) -> Result<(Vec<Month>, Timestamp, Option<Timestamp>), ApiError> {
        let mut path = format!("/reports/trends?zone={}", encode(&zone.name));
        if let Some(of) = of {
            path.push_str("&classification=");
            path.push_str(of.wire());
        }
        let read = |wire: Reader<'_>| months(wire, zone);
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// The ids of the incidents behind a figure, such as `outcome=helped` or `tasks=pending`.
    pub async fn report_ids(
        &self,
        period: &Period,
        figure: &str,
    ) -> Result<Vec<IncidentId>, ApiError> {
        let path = format!("/reports/incidents?{}&{figure}&limit=100", range(period));
        let timed = self.pages_of(&path, behind).await?;
        Ok(timed.into_iter().map(|one| one.id).collect())
    }

    async fn pages_of<T>(
        &self,
        path: &str,
        read: impl Fn(Reader<'_>) -> (Vec<T>, Option<String>),
    ) -> Result<Vec<T>, ApiError> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        for _ in 0..MOST_PAGES {
            let page = format!("{path}{cursor}");
            let ((items, next), _) = self.experts_document(&page, &read).await?;
            all.extend(items);
            let Some(next) = next else { return Ok(all) };
            cursor = format!("&cursor={}", encode(&next));
        }
        Err(ApiError::BadReply {
            at: t!("a list does not end").to_owned(),
            request_id: None,
        })
    }

    /// The first page of incidents with their alerts.
    pub async fn cases(&self, cover: Cover) -> Result<Cases, ApiError> {
        let bound = |name: &str, relation: &str, at: Option<Timestamp>| {
            at.map(|at| format!("{name} {relation} {}", at.rfc3339()))
        };
        let bounds = match cover {
            Cover::Created(from, before) => [
                bound("createdDateTime", "ge", from),
                bound("createdDateTime", "lt", before),
            ],
            Cover::Changed(since) => [bound("lastUpdateDateTime", "ge", Some(since)), None],
        };
        let bounds: Vec<String> = bounds.into_iter().flatten().collect();
        let mut url = format!(
            "{}/security/incidents?$top={}&$expand=alerts&$count=true",
            self.graph, self.page_size
        );
        if !bounds.is_empty() {
            url.push_str("&$filter=");
            url.push_str(&encode(&bounds.join(" and ")));
        }
        self.more_cases(url).await
    }

    /// The page a previous one pointed at.
    pub async fn more_cases(&self, url: String) -> Result<Cases, ApiError> {
        let mut cases = Vec::new();
        let take = &mut |wire: Reader<'_>| cases.push((incident(wire), alert_facts(wire)));
        let more = self.page(Resource::Graph, url, take).await?;
        Ok(Cases {
            cases,
            next: more.next,
            total: more.total,
        })
    }

    /// Every action that is asked of the customer.
    pub async fn actions(&self) -> Result<Vec<Action>, ApiError> {
        let mut page = Some(format!("{}/security/incidentTasks", self.tasks()?));
        let mut actions = Vec::new();
        for _ in 0..MOST_PAGES {
            let Some(url) = page else { return Ok(actions) };
            let take = &mut |wire: Reader<'_>| actions.extend(Action::of(task(wire)));
            page = self.page(Resource::Tasks, url, take).await?.next;
        }
        Err(ApiError::BadReply {
            at: t!("a list does not end").to_owned(),
            request_id: None,
        })
    }

    /// Whether the service of the experts makes reports for this portal.
    pub fn has_reports(&self) -> bool {
        self.experts().is_ok()
    }

    /// Whether there is an address for tasks.
    pub fn has_tasks(&self) -> bool {
        self.tasks().is_ok()
    }
}

fn range(period: &Period) -> String {
    let (from, to) = (period.start.rfc3339(), period.end.rfc3339());
    format!("from={}&to={}", encode(&from), encode(&to))
}
