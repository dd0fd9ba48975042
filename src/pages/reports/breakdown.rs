//! Resolved incidents by one thing: a chart and a list of the same values to select in, and the incidents of
//! what is selected. Trends have the same list under their charts.

use super::context::{Ctx, href, unknown};
use super::overview::{part, stamp};
use super::{export, text};
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::report::check::balance;
use crate::domain::report::{Known, Period, Report, Tally, export as tables};
use crate::domain::severity::Severity;
use crate::domain::text::visible;
use crate::reactive::{Memo, Signal};
use crate::ui::button::{Button, LinkButton};
use crate::ui::dynamic::dynamic;
use crate::ui::field::Checkbox;
use crate::ui::keyed::keyed;
use leptos::prelude::*;
use std::sync::Arc;

/// So many bars can be told apart.
const BARS: usize = 12;

/// One breakdown.
#[derive(Clone, Copy)]
pub(super) struct Breakdown {
    pub(super) title: &'static str,
    pub(super) definition: &'static str,
    /// What its values are, such as "Severity".
    pub(super) values: &'static str,
    /// The filter of the queue.
    pub(super) name: &'static str,
    pub(super) label: fn(&str) -> String,
    pub(super) tallies: fn(&Report) -> Known<Vec<Tally>>,
}

impl Breakdown {
    /// The list of some of its values.
    fn list(self, ctx: Ctx, period: &Period, keys: &[String]) -> String {
        let mut list = period.list();
        list.status = Some(vec![crate::domain::incident::Status::Resolved]);
        if self.name == "severity" {
            list.severity = keys.iter().map(|key| Severity::parse(key)).collect();
        } else {
            list.facts.push((self.name, keys.to_vec()));
        }
        ctx.href(list)
    }
}

pub(super) fn breakdown(ctx: Ctx, report: Signal<Arc<Report>>, of: Breakdown) -> AnyView {
    let tallies = part(report, of.tallies);
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        let tallies = (of.tallies)(&report).ok()?;
        Some((tables::breakdown(of.name, &tallies), stamp(ctx, &report)))
    });
    let why = Memo::new(move |_| tallies.get().err());
    let known = Memo::new(move |_| tallies.get().unwrap_or_default());
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => content(ctx, report, known, of),
    });
    export::section(of.title, of.definition, exported, content)
}

fn content(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    tallies: Memo<Vec<Tally>>,
    of: Breakdown,
) -> AnyView {
    let period = Memo::new(move |_| report.read().period);
    let words = move |key: &str| visible(&(of.label)(key)).into_owned();
    let selected = Memo::new(move |_| ctx.view.read().selection(of.name).to_vec());
    let shown = Memo::new(move |_| {
        tallies
            .read()
            .iter()
            .take(BARS)
            .cloned()
            .collect::<Vec<_>>()
    });
    let points = Signal::derive(move || {
        let point = |tally: &Tally| {
            let name = words(&tally.key);
            Point {
                label: name.clone(),
                name,
                segments: vec![Segment::count(tally.count)],
            }
        };
        shown.read().iter().map(point).collect::<Vec<_>>()
    });
    let list = move |(point, _): (usize, usize)| {
        let key = shown.read().get(point)?.key.clone();
        Some(of.list(ctx, &period.get(), &[key]))
    };
    let chosen = Signal::derive(move || {
        let (selected, shown) = (selected.read(), shown.read());
        let at = |key: &String| shown.iter().position(|tally| tally.key == *key);
        selected.iter().filter_map(at).collect::<Vec<_>>()
    });
    let choose = move |points: Vec<usize>| {
        let shown = shown.get_untracked();
        let mut keys: Vec<String> = points
            .iter()
            .filter_map(|at| shown.get(*at).map(|tally| tally.key.clone()))
            .collect();
        // What is selected in the list alone stays.
        let others = selected.get_untracked().into_iter();
        keys.extend(others.filter(|key| !shown.iter().any(|tally| tally.key == *key)));
        ctx.change(|view| view.select(of.name, keys));
    };
    let summary = Signal::derive(move || {
        let tallies = tallies.read();
        let most = tallies
            .iter()
            .max_by_key(|tally| tally.count)
            .filter(|tally| tally.count > 0);
        let most = most.map(|tally| (words(&tally.key), tally.count.to_string()));
        let most = most
            .as_ref()
            .map(|(name, count)| (name.as_str(), count.clone()));
        text::summary(of.title, tallies.len(), most)
    });
    let values = Values {
        are: of.values,
        name: of.name,
        label: of.label,
        list: Callback::new(move |keys: Vec<String>| of.list(ctx, &period.get(), &keys)),
    };
    let series = vec![Series {
        name: text::RESOLVED.into(),
        colour: "--chart-1",
        pattern: Pattern::Solid,
    }];
    let folded = move || {
        let more = tallies.read().len().saturating_sub(BARS);
        (more > 0).then(|| view! { <p class="muted small">{text::folded(more)}</p> })
    };
    view! {
        <Plot
            title=of.title
            no_title=true
            summary
            points_are=of.values
            series=Signal::from(series)
            points
            list=Callback::new(list)
            lying=of.name != "severity"
            chosen
            on_choose=Callback::new(choose)
            on_open=move |href: String| ctx.navigator.open(&href)
        />
        {dynamic(folded)}
        {boxes(ctx, values, tallies)}
        {dynamic(move || sums(&tallies.read(), report.read().resolved))}
        {way(ctx, values, text::VIEW_INCIDENTS)}
    }
    .into_any()
}

/// Values that can be selected.
#[derive(Clone, Copy)]
pub(super) struct Values {
    /// What they are, such as "Severity".
    pub(super) are: &'static str,
    /// The filter of the queue, under which the address has those that are selected.
    pub(super) name: &'static str,
    pub(super) label: fn(&str) -> String,
    /// The list of some of them.
    pub(super) list: Callback<Vec<String>, String>,
}

/// The values with a box to select each, and its figure with the list that it counts.
pub(super) fn boxes(ctx: Ctx, of: Values, tallies: Memo<Vec<Tally>>) -> AnyView {
    let selected = Memo::new(move |_| ctx.view.read().selection(of.name).to_vec());
    let row = move |key: String| {
        let (own, ticked, counted, wanted) = (key.clone(), key.clone(), key.clone(), key.clone());
        let toggle = move |on: bool| {
            let mut keys = selected.get_untracked();
            keys.retain(|held| *held != own);
            if on {
                keys.push(own.clone());
            }
            ctx.change(|view| view.select(of.name, keys));
        };
        let ticked = Signal::derive(move || selected.read().contains(&ticked));
        let count = move || {
            let tallies = tallies.read();
            let held = tallies.iter().find(|tally| tally.key == counted);
            href::number(held.map_or(0, |tally| tally.count))
        };
        let to = move || of.list.run(vec![wanted.clone()]);
        view! {
            <li class="row">
                <div class="grow">
                    <Checkbox
                        label=visible(&(of.label)(&key)).into_owned()
                        checked=ticked
                        on_change=toggle
                    />
                </div>
                <a href=to>{count}</a>
            </li>
        }
        .into_any()
    };
    let keys = move || {
        tallies
            .read()
            .iter()
            .map(|tally| tally.key.clone())
            .collect()
    };
    view! {
        <div class="segments" tabindex="0" role="group" aria-label=of.are>
            <ul class="plain-list">{keyed(keys, String::clone, row)}</ul>
        </div>
    }
    .into_any()
}

/// The way to the list of what is selected.
pub(super) fn way(ctx: Ctx, of: Values, words: &'static str) -> AnyView {
    let selected = Memo::new(move |_| ctx.view.read().selection(of.name).to_vec());
    view! {
        <div class="cluster">
            {dynamic(move || {
                let keys = selected.get();
                if keys.is_empty() {
                    let why = Signal::from(Some(text::SELECT_FIRST.to_owned()));
                    return view! { <Button disabled_reason=why>{words}</Button> }.into_any();
                }
                view! { <LinkButton href=of.list.run(keys)>{words}</LinkButton> }.into_any()
            })}
        </div>
    }
    .into_any()
}

/// Whether the parts make up the whole; a residue is shown, not hidden.
fn sums(tallies: &[Tally], whole: usize) -> AnyView {
    let balance = balance(tallies, whole);
    let number = href::number;
    let words = match (balance.left, balance.more) {
        (0, 0) => text::adds_up(&number(whole)),
        (0, more) => text::more(&number(whole + more), &number(whole)),
        (left, _) => text::left(left),
    };
    view! { <p class="muted small">{words}</p> }.into_any()
}
