//! The report of a page: from the experts' service where there is one, else from what the portal has read.

use super::incidents::{Facts, Incidents};
use crate::domain::error::ApiError;
use crate::domain::incident::Classification;
use crate::domain::load::Load;
use crate::domain::report::required::Action;
use crate::domain::report::{Known, Origin, Period, Report, Trends, Why, figures, trends};
use crate::domain::time::{Timestamp, Zone};
use crate::platform::clock;
use crate::platform::task::InView;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use std::sync::Arc;

/// The longest range that the service answers for, in days.
const LONGEST: i32 = 366;

/// Whether the service computes the report of these days.
pub fn from_service(incidents: Incidents, period: &Period) -> bool {
    period.days() <= LONGEST && incidents.session.client().has_reports()
}

/// Whether the service computes trends.
pub fn trends_from_service(incidents: Incidents) -> bool {
    incidents.session.client().has_reports()
}

/// Asks the service for the report of a period, and puts it, or why it did not come, into `to`. What
/// comes for a period that is no longer asked for is dropped.
pub fn ask(
    incidents: Incidents,
    period: Period,
    zone: Arc<Zone>,
    to: RwSignal<Load<Arc<Report>>>,
    current: Signal<Period>,
) {
    InView::current().spawn(async move {
        let answer = incidents.session.client().report(period, &zone).await;
        if current.try_get_untracked() == Some(period) {
            settle(incidents, to, answer.map(Arc::new));
        }
    });
}

/// Asks the service for the trends of one classification, or of all.
pub fn ask_trends(
    incidents: Incidents,
    zone: Arc<Zone>,
    of: Option<Classification>,
    to: RwSignal<Load<Arc<Trends>>>,
) {
    InView::current().spawn(async move {
        let answer = incidents
            .session
            .client()
            .report_months(&zone, of.as_ref())
            .await;
        let trends = |(months, generated, as_of)| {
            Arc::new(Trends {
                origin: Origin::Service,
                generated,
                as_of,
                months,
            })
        };
        settle(incidents, to, answer.map(trends));
    });
}

/// Asks for every action of the customer's.
pub fn ask_actions(incidents: Incidents, to: RwSignal<Load<Arc<Vec<Action>>>>) {
    InView::current().spawn(async move {
        let answer = incidents.session.client().actions().await;
        settle(incidents, to, answer.map(Arc::new));
    });
}

/// Whether there is an address for tasks.
pub fn has_actions(incidents: Incidents) -> bool {
    incidents.session.client().has_tasks()
}

fn settle<T: Clone + Send + Sync + 'static>(
    incidents: Incidents,
    to: RwSignal<Load<T>>,
    answer: Result<T, ApiError>,
) {
    if let Err(error) = &answer {
        incidents.session.heard(error);
    }
    let _ = to.try_update(|held| {
        let was = std::mem::replace(held, Load::Loading);
        *held = was.settle(answer, Timestamp(clock::now()));
    });
}

/// The report of a period from what has been read; followed.
pub fn local(incidents: Incidents, facts: &Facts, period: Period) -> Load<Arc<Report>> {
    with_reach(incidents, facts, period.start, |alerts, at| {
        let report = incidents
            .index()
            .with(|index| figures(index, period, at, alerts, facts.actions(), &facts.assets));
        Arc::new(report)
    })
}

/// The trends from what has been read; followed.
pub fn local_trends(
    incidents: Incidents,
    facts: &Facts,
    months: &[Period],
    of: Option<&Classification>,
) -> Load<Arc<Trends>> {
    let from = months.first().map(|month| month.start).unwrap_or_default();
    with_reach(incidents, facts, from, |alerts, at| {
        let made = incidents
            .index()
            .with(|index| trends(index, months, at, of, alerts, facts.actions()));
        Arc::new(made)
    })
}

/// What alerts and tasks are needed for is still being read where the incidents are here already. What is
/// made is told when it was read that it is made of.
fn with_reach<T>(
    incidents: Incidents,
    facts: &Facts,
    from: Timestamp,
    make: impl FnOnce(Known<()>, Timestamp) -> T,
) -> Load<T> {
    match facts.reach(from) {
        Load::Ready((), at) => Load::Ready(make(Ok(()), at), at),
        Load::Stale((), at, error) => Load::Stale(make(Ok(()), at), at, error),
        Load::Failed(error) => Load::Failed(error),
        Load::Loading => match incidents.sync().with(|sync| sync.reach(from)) {
            Load::Ready((), at) => Load::Ready(make(Err(Why::Reading), at), at),
            _ => Load::Loading,
        },
    }
}
