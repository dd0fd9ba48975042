//! **Trends**: the last six months, month by month.

use super::breakdown::{Values, boxes, way};
use super::context::{Ctx, unknown};
use super::overview::{definitions, reading};
use super::tactics::{severities, type_select};
use super::{export, tasks, text};
use crate::charts::Shape;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::alert::spaced;
use crate::domain::incident::Classification;
use crate::domain::load::Load;
use crate::domain::report::export::{self as tables, Stamp, Table};
use crate::domain::report::{Known, Month, Period, TACTICS, Tally, Trends, months};
use crate::domain::severity::Severity;
use crate::domain::time::calendar;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::report::{ask_trends, local_trends, trends_from_service};
use crate::ui::dynamic::dynamic;
use crate::ui::load_view::LoadView;
use leptos::prelude::*;
use std::sync::Arc;

/// So many lines can be told apart.
const LINES: usize = 4;

pub(super) fn tab(ctx: Ctx) -> AnyView {
    let told = RwSignal::new(Load::Loading);
    let by_service = trends_from_service(ctx.incidents);
    let kind = Memo::new(move |_| ctx.view.read().kind.clone());
    // By the clock, not by how old the incidents are that have been read.
    let periods = Memo::new(move |_| months(ctx.now.get(), &ctx.zone.get()));
    Effect::new(move |_| {
        ctx.again.track();
        let (kind, zone, periods) = (kind.get(), ctx.zone.get(), periods.get());
        if by_service {
            told.set(Load::Loading);
            ask_trends(ctx.incidents, zone, kind, told);
        } else if let Some(first) = periods.first() {
            ctx.incidents.cover_facts(first.start);
        }
    });
    let load = Memo::new(move |_| {
        if by_service {
            return told.get();
        }
        let facts = ctx.incidents.facts().get();
        local_trends(ctx.incidents, &facts, &periods.read(), kind.get().as_ref())
    });
    view! {
        <div class="toolbar" role="group" aria-label=text::TYPE>
            {type_select(ctx, Some(text::ALL_TYPES), Signal::from(Vec::new()))}
        </div>
        <LoadView
            load
            what=text::TRENDS_WHAT
            skeleton=ViewFn::from(move || reading(ctx))
            on_retry=Callback::new(move |()| ctx.refresh())
            children=move |trends| content(ctx, trends)
        />
    }
    .into_any()
}

/// One trend by a value of incidents.
#[derive(Clone, Copy)]
struct Trend {
    title: &'static str,
    definition: &'static str,
    name: &'static str,
    part: fn(&Month) -> Known<Vec<Tally>>,
    label: fn(&str) -> String,
    /// The filter of the queue; none for severity, which has its own.
    fact: Option<&'static str>,
    /// What its values are, where one can select among them.
    values: Option<&'static str>,
    shape: Shape,
}

fn content(ctx: Ctx, trends: Signal<Arc<Trends>>) -> AnyView {
    let severity = Trend {
        title: text::BY_SEVERITY,
        definition: text::TREND_SEVERITY_DEFINITION,
        name: "severity",
        part: |month| Ok(month.severity.clone()),
        label: |key| Severity::parse(key).label().into_owned(),
        fact: None,
        values: Some(text::SEVERITY),
        shape: Shape::Stacked,
    };
    let tactic = Trend {
        title: text::BY_TACTIC,
        definition: text::BY_TACTIC_DEFINITION,
        name: "tactic",
        part: |month| month.tactic.clone(),
        label: spaced,
        fact: Some("tactic"),
        values: Some(text::TACTIC),
        shape: Shape::Line,
    };
    let classification = Trend {
        title: text::BY_CLASSIFICATION,
        definition: text::BY_CLASSIFICATION_DEFINITION,
        name: "classification",
        part: |month| Ok(month.classification.clone()),
        label: |key| Classification::parse(key).label().into_owned(),
        fact: Some("classification"),
        values: None,
        shape: Shape::Stacked,
    };
    view! {
        {dynamic(move || facts_of(ctx, &trends.read()))}
        <div class="report-grid">
            {one(ctx, trends, severity)}
            {one(ctx, trends, classification)}
            <div class="whole-row">{one(ctx, trends, tactic)}</div>
            {tasks::section(ctx, trends)}
        </div>
        {definitions()}
    }
    .into_any()
}

fn whole(trends: &Trends, ctx: Ctx) -> Option<Period> {
    let (first, last) = (trends.months.first()?, trends.months.last()?);
    Some(Period::new(
        first.period.from,
        last.period.to,
        &ctx.zone.get_untracked(),
    ))
}

fn facts_of(ctx: Ctx, trends: &Trends) -> AnyView {
    let zone = ctx.zone.get();
    let range = whole(trends, ctx).map(|period| {
        let days = usize::try_from(period.days()).unwrap_or(0);
        text::showing(&period.from.long(), &period.to.long(), days, &zone.name)
    });
    view! {
        <p class="muted small report-facts">
            {range} " " {text::origin(trends.origin, &zone.format(trends.generated))} " "
            {trends.as_of.map(|at| text::as_of(&zone.format(at)))} " " {text::FILTERS}
        </p>
    }
    .into_any()
}

pub(super) fn exported(
    ctx: Ctx,
    trends: Signal<Arc<Trends>>,
    table: impl Fn(&Trends) -> Table + Send + Sync + 'static,
) -> export::Exported {
    Callback::new(move |()| {
        let trends = trends.try_get_untracked()?;
        let period = whole(&trends, ctx)?;
        let zone = ctx.zone.get_untracked();
        let stamp = Stamp::new(&period, &zone.name, trends.generated, trends.origin);
        Some((table(&trends), stamp))
    })
}

pub(super) fn month_words(month: &Month) -> (String, String) {
    let name = calendar::month(month.period.from);
    let short = name.split(' ').next().unwrap_or_default().to_owned();
    (short, name)
}

/// The values that come up in any month, in the order they are told.
fn keys(trends: &Trends, of: Trend) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for tally in trends
        .months
        .iter()
        .flat_map(|month| (of.part)(month).unwrap_or_default())
    {
        if !keys.contains(&tally.key) {
            keys.push(tally.key);
        }
    }
    keys
}

fn count(month: &Month, of: Trend, key: &str) -> usize {
    let tallies = (of.part)(month).unwrap_or_default();
    tallies
        .iter()
        .find(|tally| tally.key == key)
        .map_or(0, |tally| tally.count)
}

fn one(ctx: Ctx, trends: Signal<Arc<Trends>>, of: Trend) -> AnyView {
    let export = exported(ctx, trends, move |trends| {
        tables::trend(of.name, trends, |month| {
            (of.part)(month).unwrap_or_default()
        })
    });
    let why = Memo::new(move |_| {
        trends
            .read()
            .months
            .iter()
            .find_map(|month| (of.part)(month).err())
    });
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => chart(ctx, trends, of),
    });
    export::section(of.title, of.definition, export, content)
}

fn chart(ctx: Ctx, trends: Signal<Arc<Trends>>, of: Trend) -> AnyView {
    // What the chart shows: all of a few, the most frequent of many.
    let shown = Memo::new(move |_| {
        let trends = trends.read();
        let mut keys = keys(&trends, of);
        if keys.len() > TACTICS.len() / 2 {
            let sum = |key: &String| {
                trends
                    .months
                    .iter()
                    .map(|month| count(month, of, key))
                    .sum::<usize>()
            };
            keys.sort_by_key(|key| usize::MAX - sum(key));
            keys.truncate(LINES);
        }
        keys
    });
    let list = move |period: &Period, keys: &[String]| {
        let kind = ctx.view.read().kind.clone();
        let mut list = period.list();
        match of.fact {
            Some(fact) => list.facts.push((fact, keys.to_vec())),
            None => list.severity = keys.iter().map(|key| Severity::parse(key)).collect(),
        }
        if let Some(kind) = kind.filter(|_| of.fact != Some("classification")) {
            let kind = vec![kind.wire().to_owned()];
            list.facts.push(("classification", kind));
        }
        ctx.href(list)
    };
    let of_month = move |month: &Month, key: &str| list(&month.period, &[key.to_owned()]);
    let series = Signal::derive(move || {
        let looks = severities();
        let names = shown.get().into_iter().zip(looks.into_iter().cycle());
        names
            .map(|(key, look)| Series {
                name: (of.label)(&key),
                ..look
            })
            .collect::<Vec<_>>()
    });
    let points = Signal::derive(move || {
        let (trends, shown) = (trends.read(), shown.read());
        let point = |month: &Month| {
            let (label, name) = month_words(month);
            let segment = |key: &String| Segment::count(count(month, of, key));
            Point {
                label,
                name,
                segments: shown.iter().map(segment).collect(),
            }
        };
        trends.months.iter().map(point).collect::<Vec<_>>()
    });
    let open_list = move |(point, series): (usize, usize)| {
        let (trends, shown) = (trends.read(), shown.read());
        Some(of_month(trends.months.get(point)?, shown.get(series)?))
    };
    let summary = Signal::derive(move || {
        let trends = trends.read();
        let most = trends.months.iter().max_by_key(|month| month.investigated);
        let most = most.filter(|month| month.investigated > 0);
        let most = most.map(|month| (month_words(month).1, month.investigated.to_string()));
        let most = most
            .as_ref()
            .map(|(name, count)| (name.as_str(), count.clone()));
        text::summary(of.title, trends.months.len(), most)
    });
    // Over all of the months.
    let sums = Memo::new(move |_| {
        let trends = trends.read();
        let of_all = keys(&trends, of).into_iter().map(|key| {
            let counts = trends.months.iter().map(|month| count(month, of, &key));
            Tally {
                count: counts.sum(),
                key,
            }
        });
        of_all.collect::<Vec<_>>()
    });
    let values = of.values.map(|are| Values {
        are,
        name: of.name,
        label: of.label,
        list: Callback::new(move |keys: Vec<String>| {
            let whole = whole(&trends.read(), ctx);
            let list = |period| list(&period, &keys);
            whole.map(list).unwrap_or_default()
        }),
    });
    let all = move || {
        let trends = trends.get();
        let keys = keys(&trends, of);
        (keys.len() > LINES + 1).then(|| table(&trends, of, &keys, &of_month))
    };
    view! {
        <Plot
            title=of.title
            no_title=true
            summary
            points_are=text::MONTH
            series
            points
            list=Callback::new(open_list)
            shape=of.shape
            no_total=true
            on_open=move |href: String| ctx.navigator.open(&href)
        />
        {dynamic(all)}
        {values
            .map(|values| {
                view! {
                    {boxes(ctx, values, sums)}
                    {way(ctx, values, text::VIEW_SELECTED)}
                }
            })}
    }
    .into_any()
}

/// All values of all months.
fn table(
    trends: &Trends,
    of: Trend,
    keys: &[String],
    list: &dyn Fn(&Month, &str) -> String,
) -> AnyView {
    let heads = trends
        .months
        .iter()
        .map(|month| view! { <th scope="col" class="end">{month_words(month).0}</th> }.into_any());
    let rows = keys.iter().map(|key| {
        let cells = trends.months.iter().map(|month| {
            let count = super::linked(count(month, of, key), list(month, key));
            view! { <td class="end">{count}</td> }.into_any()
        });
        view! {
            <tr>
                <th scope="row">{(of.label)(key)}</th>
                {cells.collect::<Vec<_>>()}
            </tr>
        }
        .into_any()
    });
    view! {
        <details class="chart-data">
        <summary>{text::ALL_TACTICS}</summary>
        <div class="table-scroll" tabindex="0" role="group" aria-label=of.title>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::TACTIC}</th>
                        {heads.collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
        </details>
    }
    .into_any()
}
