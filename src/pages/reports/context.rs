//! What all sections of the report share: the view in the address, the days, and the lists that figures open.

use super::text;
use crate::domain::incident::Status;
use crate::domain::queue_query::{QueueQuery, Range};
use crate::domain::report::view::View;
use crate::domain::report::{Known, Period, Why};
use crate::domain::severity::Severity;
use crate::domain::time::calendar::plus_months;
use crate::domain::time::{Timestamp, Zone};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Navigator, Route};
use crate::state::incidents::Incidents;
use leptos::prelude::*;
use std::sync::Arc;

/// The page's own surroundings.
#[derive(Clone, Copy)]
pub(super) struct Ctx {
    pub(super) view: Memo<View>,
    pub(super) period: Memo<Period>,
    pub(super) trends: Memo<bool>,
    pub(super) navigator: Navigator,
    pub(super) incidents: Incidents,
    pub(super) zone: Signal<Arc<Zone>>,
    pub(super) now: Signal<Timestamp>,
    /// Counts how often somebody has asked for everything once more.
    pub(super) again: RwSignal<u32>,
}

impl Ctx {
    /// Shows the report in another state.
    pub(super) fn change(self, edit: impl FnOnce(&mut View)) {
        let mut view = self.view.get_untracked();
        view.ignored.clear();
        edit(&mut view);
        self.navigator.go(&self.route(&view));
    }

    /// The address of the report in another state.
    pub(super) fn here(self, view: &View) -> String {
        self.navigator.href(&self.route(view))
    }

    fn route(self, view: &View) -> Route {
        Route::Reports {
            trends: self.trends.get_untracked(),
            query: view.print().trim_start_matches('?').to_owned(),
        }
    }

    /// Asks for everything once more.
    pub(super) fn refresh(self) {
        self.again.update(|count| *count = count.wrapping_add(1));
        self.incidents.renew_facts();
    }

    /// Where the review of the last whole month is.
    pub(super) fn review_href(self) -> String {
        let zone = self.zone.get();
        let this = Period::month(zone.day(self.now.get()), &zone);
        let last = Period::month(plus_months(this.from, -1), &zone);
        let view = View {
            range: Range::Days(last.from, last.to),
            compare: true,
            review: true,
            ..View::default()
        };
        let query = view.print().trim_start_matches('?').to_owned();
        self.navigator.href(&Route::Reports {
            trends: false,
            query,
        })
    }

    /// The address of a list.
    pub(super) fn href(self, list: QueueQuery) -> String {
        self.navigator.href(&Route::Incidents(list))
    }

    /// Incidents of a period that have these words, resolved or however they stand.
    pub(super) fn list(
        self,
        period: &Period,
        resolved: bool,
        facts: &[(&'static str, &str)],
    ) -> String {
        self.list_of(period, resolved, facts, &[])
    }

    /// The same with a severity or several.
    pub(super) fn list_of(
        self,
        period: &Period,
        resolved: bool,
        facts: &[(&'static str, &str)],
        severities: &[&str],
    ) -> String {
        let mut list = period.list();
        list.status = resolved.then(|| vec![Status::Resolved]);
        list.severity = severities.iter().map(|one| Severity::parse(one)).collect();
        let facts = facts
            .iter()
            .map(|(name, value)| (*name, vec![(*value).to_owned()]));
        list.facts.extend(facts);
        self.href(list)
    }
}

/// How figures are written.
pub(super) mod href {
    use crate::platform::intl;

    /// A count as the bundle's language writes it.
    pub(crate) fn number(count: usize) -> String {
        intl::number(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// A figure with its label: linked to its list, or a dash that says why it is not known.
pub(super) fn figure(
    label: &'static str,
    value: Known<usize>,
    to: Option<String>,
    note: Option<String>,
) -> AnyView {
    let small = match value {
        Ok(_) => note,
        Err(why) => Some(text::why(why).to_owned()),
    };
    let words = value.map_or_else(|_| text::DASH.to_owned(), href::number);
    let inside = view! {
        <span class="figure-value">{words}</span>
        <span class="figure-label">{label}</span>
        {small.map(|small| view! { <span class="figure-label">{small}</span> })}
    };
    match (value, to) {
        (Ok(_), Some(to)) => view! { <a class="figure" href=to>{inside}</a> }.into_any(),
        _ => view! { <div class="figure">{inside}</div> }.into_any(),
    }
}

/// A dash that says why, in place of a section.
pub(super) fn unknown(why: Why) -> AnyView {
    view! {
        <p class="muted">
            <span aria-hidden="true">{text::DASH} " "</span>
            {text::why(why)}
        </p>
    }
    .into_any()
}
