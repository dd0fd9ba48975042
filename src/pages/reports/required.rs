//! **Incidents that required your action**: how the actions stand, by severity, and one by one.

use super::context::{Ctx, href, unknown};
use super::overview::{part, stamp};
use super::{export, text};
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::report::required::{Required, Row, State};
use crate::domain::report::{Report, export as tables};
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Route};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::field::Select;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::required(&report), stamp(ctx, &report)))
    });
    let required = part(report, |report| report.required.clone());
    let why = Memo::new(move |_| required.get().err());
    let known = Memo::new(move |_| required.get().unwrap_or_default());
    let none = Memo::new(move |_| known.read().rows.is_empty());
    let content = dynamic(move || match (why.get(), none.get()) {
        (Some(why), _) => unknown(why),
        (None, true) => view! { <p class="muted">{text::REQUIRED_NONE}</p> }.into_any(),
        (None, false) => content(ctx, report, known),
    });
    export::section(text::REQUIRED, text::REQUIRED_DEFINITION, exported, content)
}

/// How many actions are in each state, and in how many incidents.
pub(super) fn states(ctx: Ctx, report: &Report, required: &Required) -> AnyView {
    let figure = |state: State| {
        let to = ctx.list(&report.period, false, &[("tasks", state.word())]);
        view! {
            <a class="figure" href=to>
                <span class="figure-value">{href::number(required.actions(state))}</span>
                <span class="figure-label">{state.label()}</span>
                <span class="figure-label">{text::in_incidents(required.incidents(state))}</span>
            </a>
        }
    };
    view! { <div class="figures report-figures">{State::ALL.into_iter().map(figure).collect_any()}</div> }
        .into_any()
}

fn content(ctx: Ctx, report: Signal<Arc<Report>>, required: Memo<Required>) -> AnyView {
    let points = Signal::derive(move || {
        let point = |tally: crate::domain::report::Tally| {
            let name = Severity::parse(&tally.key).label().into_owned();
            Point {
                label: name.clone(),
                name,
                segments: vec![Segment::count(tally.count)],
            }
        };
        required
            .read()
            .severity()
            .into_iter()
            .map(point)
            .collect::<Vec<_>>()
    });
    let list = move |(point, _): (usize, usize)| {
        let severity = required.read().severity().into_iter().nth(point)?.key;
        let (period, facts) = (report.read().period, [("tasks", "required")]);
        Some(ctx.list_of(&period, false, &facts, &[&severity]))
    };
    let summary = Signal::derive(move || {
        let tallies = required.read().severity();
        let most = tallies.iter().max_by_key(|tally| tally.count);
        let most = most.map(|tally| {
            let name = Severity::parse(&tally.key).label().into_owned();
            (name, tally.count.to_string())
        });
        let most = most
            .as_ref()
            .map(|(name, count)| (name.as_str(), count.clone()));
        text::summary(text::REQUIRED, tallies.len(), most)
    });
    let series = vec![Series {
        name: text::INCIDENTS.into(),
        colour: "--chart-1",
        pattern: Pattern::Solid,
    }];
    view! {
        {dynamic(move || states(ctx, &report.get(), &required.read()))}
        <Plot
            title=text::REQUIRED
            no_title=true
            summary
            points_are=text::SEVERITY
            series=Signal::from(series)
            points
            list=Callback::new(list)
            on_open=move |href: String| ctx.navigator.open(&href)
        />
        {table(ctx, required)}
    }
    .into_any()
}

/// The columns one can sort by, each with a word for `aria-sort`.
const COLUMNS: [&str; 4] = [
    text::INCIDENT,
    text::SEVERITY,
    text::REQUIRED_ACTIONS,
    text::ACTION_STATUS,
];

fn table(ctx: Ctx, required: Memo<Required>) -> AnyView {
    let filter = RwSignal::new(String::new());
    // Which column, and whether from the last to the first; newest first before anybody has sorted.
    let sort = RwSignal::new(None::<(usize, bool)>);
    let rows = Memo::new(move |_| {
        let mut rows: Vec<Row> = required.read().rows.clone();
        let wanted = filter.get();
        rows.retain(|row| {
            wanted.is_empty()
                || row
                    .asked
                    .state()
                    .is_some_and(|state| state.word() == wanted)
        });
        if let Some((column, descending)) = sort.get() {
            rows.sort_by(|a, b| {
                let order = match column {
                    0 => a.name.cmp(&b.name),
                    1 => a.severity.rank().cmp(&b.severity.rank()),
                    2 => a.asked.all().cmp(&b.asked.all()),
                    _ => a.asked.state().cmp(&b.asked.state()),
                };
                if descending { order.reverse() } else { order }
            });
        }
        rows
    });
    let mut options = vec![(String::new(), text::ALL_STATES.to_owned())];
    options.extend(State::ALL.map(|state| (state.word().to_owned(), state.label().to_owned())));
    let head = COLUMNS.iter().enumerate().map(|(column, words)| {
        let order = move || match sort.get() {
            Some((held, true)) if held == column => "descending",
            Some((held, false)) if held == column => "ascending",
            _ => "none",
        };
        let press = move |_| {
            sort.update(|sort| {
                *sort = Some((
                    column,
                    matches!(sort, Some((held, false)) if *held == column),
                ));
            });
        };
        view! {
            <th scope="col" aria-sort=order>
                <button type="button" class="link" on:click=press>
                    {*words}
                </button>
            </th>
        }
    });
    let row = move |row: Row| {
        let to = IncidentView {
            managed_response: true,
            ..IncidentView::new(row.id.clone())
        };
        let to = ctx.navigator.href(&Route::Incident(to));
        view! {
            <tr>
                <td><a href=to>{visible(&row.name).into_owned()}</a></td>
                <td class="nowrap"><SeverityBadge severity=row.severity /></td>
                <td class="end">{href::number(row.asked.all())}</td>
                <td>{row.asked.state().map(State::label)}</td>
            </tr>
        }
    };
    view! {
        <Select
            label=text::ACTION_STATUS
            options
            value=filter
            on_change=move |value: String| filter.set(value)
        />
        <div class="table-scroll" tabindex="0" role="group" aria-label=text::REQUIRED>
            <table class="table">
                <thead>
                    <tr>{head.collect_any()}</tr>
                </thead>
                <tbody>{dynamic(move || rows.get().into_iter().map(row).collect_any())}</tbody>
            </table>
        </div>
    }
    .into_any()
}
