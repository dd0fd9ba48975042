//! **Incidents resolved by MITRE tactics**, and **Incidents resolved by severity and category**.

use super::context::{Ctx, unknown};
use super::overview::{part, stamp};
use super::{export, text};
use crate::charts::Shape;
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::alert::spaced;
use crate::domain::incident::Classification;
use crate::domain::report::{Cell, Grid, Report, Tactic, export as tables, unknown_types};
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::dynamic;
use crate::ui::field::{Select, Switch};
use leptos::prelude::*;
use std::sync::Arc;

const TRUE_POSITIVE: (&str, &str) = ("classification", "truePositive");
/// So many categories can be told apart.
const BARS: usize = 12;

pub(super) fn section(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::tactics(&report), stamp(ctx, &report)))
    });
    let tactics = part(report, |report| report.tactics.clone());
    let why = Memo::new(move |_| tactics.get().err());
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => by_tactic(ctx, report, tactics),
    });
    export::section(text::TACTICS, text::TACTICS_DEFINITION, exported, content)
}

fn by_tactic(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    tactics: Memo<crate::domain::report::Known<Vec<Tactic>>>,
) -> AnyView {
    let shown = Memo::new(move |_| {
        let mut tactics = tactics.get().unwrap_or_default();
        if !ctx.view.read().all_tactics {
            tactics.retain(|tactic| tactic.investigated > 0);
        }
        tactics
    });
    let points = Signal::derive(move || {
        let point = |tactic: &Tactic| {
            let name = spaced(&tactic.key);
            Point {
                label: name.clone(),
                name,
                segments: vec![
                    Segment::count(tactic.investigated),
                    Segment::count(tactic.resolved),
                ],
            }
        };
        shown.read().iter().map(point).collect::<Vec<_>>()
    });
    let list = move |(point, series): (usize, usize)| {
        let shown = shown.read();
        let facts = [("tactic", shown.get(point)?.key.as_str()), TRUE_POSITIVE];
        Some(ctx.list(&report.read().period, series == 1, &facts))
    };
    let summary = Signal::derive(move || {
        let shown = shown.read();
        let most = shown
            .iter()
            .max_by_key(|tactic| tactic.investigated)
            .filter(|most| most.investigated > 0);
        let most = most.map(|most| (spaced(&most.key), most.investigated.to_string()));
        let most = most
            .as_ref()
            .map(|(name, count)| (name.as_str(), count.clone()));
        text::summary(text::TACTICS, shown.len(), most)
    });
    let series = vec![
        Series {
            name: text::INVESTIGATED.into(),
            colour: "--chart-1",
            pattern: Pattern::Solid,
        },
        Series {
            name: text::RESOLVED.into(),
            colour: "--chart-2",
            pattern: Pattern::Hatched,
        },
    ];
    view! {
        <Switch
            label=text::ALL_TACTICS
            checked=Signal::derive(move || ctx.view.read().all_tactics)
            on_change=move |on: bool| ctx.change(|view| view.all_tactics = on)
        />
        <Plot
            title=text::TACTICS
            no_title=true
            summary
            points_are=text::TACTIC
            series=Signal::from(series)
            points
            list=Callback::new(list)
            shape=Shape::Grouped
            lying=true
            no_total=true
            on_open=move |href: String| ctx.navigator.open(&href)
        />
    }
    .into_any()
}

/// Which incidents a section shows: of one type, of which there may be some that nobody knows, or of all where
/// `all` is given a name.
pub(super) fn type_select(
    ctx: Ctx,
    all: Option<&'static str>,
    unknown: Signal<Vec<Classification>>,
) -> AnyView {
    let types = [
        (Classification::TruePositive, text::TRUE_POSITIVE),
        (Classification::FalsePositive, text::FALSE_POSITIVE),
        (
            Classification::InformationalExpectedActivity,
            text::INFORMATIONAL,
        ),
        (Classification::NotSet, text::NOT_SET),
    ];
    let types = types.map(|(class, words)| (class.wire().to_owned(), words.to_owned()));
    let all = all.map(|all| (String::new(), all.to_owned()));
    let known = Vec::from_iter(all.into_iter().chain(types));
    let first = known[0].0.clone();
    let options = Signal::derive(move || {
        let unknown = unknown.get().into_iter();
        let unknown = unknown.map(|class| (class.wire().to_owned(), class.label().into_owned()));
        known.iter().cloned().chain(unknown).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let kind = ctx.view.read().kind.clone();
        kind.map_or_else(|| first.clone(), |kind| kind.wire().to_owned())
    });
    let change = move |value: String| {
        ctx.change(|view| view.kind = (!value.is_empty()).then(|| Classification::parse(&value)));
    };
    view! { <Select label=text::TYPE options value on_change=change /> }.into_any()
}

/// The colours and patterns of severities, worst first.
pub(super) fn severities() -> Vec<Series> {
    let looks = [
        ("--chart-4", Pattern::Solid),
        ("--chart-1", Pattern::Hatched),
        ("--chart-2", Pattern::Back),
        ("--chart-3", Pattern::Open),
        ("--chart-1", Pattern::Open),
    ];
    let known = Severity::ALL.iter().zip(looks);
    known
        .map(|(severity, (colour, pattern))| Series {
            name: severity.label().into_owned(),
            colour,
            pattern,
        })
        .collect()
}

pub(super) fn cells(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::cells(&report), stamp(ctx, &report)))
    });
    let all = part(report, |report| report.cells.clone());
    let why = Memo::new(move |_| all.get().err());
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => by_cell(ctx, report, all),
    });
    export::section(text::CELLS, text::CELLS_DEFINITION, exported, content)
}

fn by_cell(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    all: Memo<crate::domain::report::Known<Vec<Cell>>>,
) -> AnyView {
    let kind = Memo::new(move |_| {
        ctx.view
            .read()
            .kind
            .clone()
            .unwrap_or(Classification::TruePositive)
    });
    let grid = Memo::new(move |_| Grid::of(&all.get().unwrap_or_default(), &kind.read()));
    let unknown = Memo::new(move |_| unknown_types(&all.get().unwrap_or_default()));
    let series = Signal::derive(move || {
        let looks = severities().into_iter().cycle();
        let name = |(key, look): (&String, Series)| Series {
            name: Severity::parse(key).label().into_owned(),
            ..look
        };
        let keys = grid.read();
        keys.severities
            .iter()
            .zip(looks)
            .map(name)
            .collect::<Vec<_>>()
    });
    let points = Signal::derive(move || {
        let point = |(category, counts): &(String, Vec<usize>)| {
            let name = visible(&spaced(category)).into_owned();
            Point {
                label: name.clone(),
                name,
                segments: counts.iter().map(|count| Segment::count(*count)).collect(),
            }
        };
        grid.read()
            .rows
            .iter()
            .take(BARS)
            .map(point)
            .collect::<Vec<_>>()
    });
    let list = move |(point, series): (usize, usize)| {
        let (grid, kind) = (grid.read(), kind.get());
        let category = grid.rows.get(point)?.0.as_str();
        let facts = [("category", category), ("classification", kind.wire())];
        let severity = grid.severities.get(series)?;
        Some(ctx.list_of(&report.read().period, true, &facts, &[severity]))
    };
    let summary = Signal::derive(move || {
        let rows = &grid.read().rows;
        let most = rows
            .first()
            .map(|(category, counts)| (spaced(category), counts.iter().sum::<usize>().to_string()));
        let most = most
            .as_ref()
            .map(|(name, count)| (name.as_str(), count.clone()));
        text::summary(text::CELLS, rows.len(), most)
    });
    let folded = move || {
        let more = grid.read().rows.len().saturating_sub(BARS);
        (more > 0).then(|| view! { <p class="muted small">{text::folded(more)}</p> })
    };
    view! {
        {type_select(ctx, None, unknown.into())}
        <Plot
            title=text::CELLS
            no_title=true
            summary
            points_are=text::CATEGORY
            series
            points
            list=Callback::new(list)
            lying=true
            on_open=move |href: String| ctx.navigator.open(&href)
        />
        {dynamic(folded)}
    }
    .into_any()
}
