//! **Average time to resolve incidents**: the experts' minutes and the customer's.

use super::context::{Ctx, unknown};
use super::export;
use super::overview::{part, stamp};
use super::text;
use crate::charts::Shape;
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::report::measure::{Minutes, Stat, spoken, tenths};
use crate::domain::report::{Bucket, Report, Times, export as tables, month_name};
use crate::domain::time::Day;
use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::times(&report), stamp(ctx, &report)))
    });
    let times = part(report, |report| report.times.clone());
    let why = Memo::new(move |_| times.get().err());
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => chart(ctx, report, times.into()),
    });
    export::section(text::TIMES, text::TIMES_DEFINITION, exported, content)
}

fn chart(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    times: Signal<Result<Times, crate::domain::report::Why>>,
) -> AnyView {
    let env = env();
    let series = vec![
        Series {
            name: text::EXPERTS.into(),
            colour: "--chart-1",
            pattern: Pattern::Solid,
        },
        Series {
            name: text::CUSTOMER.into(),
            colour: "--chart-2",
            pattern: Pattern::Hatched,
        },
    ];
    let buckets = Memo::new(move |_| times.get().map(|times| times.buckets).unwrap_or_default());
    let points = Signal::derive(move || {
        let point = |bucket: &Bucket| {
            let segment = |value: Option<Minutes>| Segment {
                value: value
                    .and_then(|value| u32::try_from((value + 5) / 10).ok())
                    .unwrap_or(0),
                words: Some(spoken(value)),
            };
            Point {
                label: named(&bucket.key, Day::short),
                name: named(&bucket.key, Day::long),
                segments: vec![segment(bucket.experts), segment(bucket.customer)],
            }
        };
        buckets.read().iter().map(point).collect::<Vec<_>>()
    });
    let list = move |(point, series): (usize, usize)| {
        let (period, zone) = (report.read().period, env.zone.get());
        let part = period.part(&buckets.read().get(point)?.key, &zone)?;
        // The customer's time is that of the incidents they helped with.
        let helped = [("resolved", "helped")];
        Some(ctx.list(&part, true, &helped[..series.min(1)]))
    };
    let summary = Signal::derive(move || {
        let buckets = buckets.read();
        let most = buckets
            .iter()
            .max_by_key(|bucket| bucket.customer.max(bucket.experts));
        let most = most.map(|bucket| {
            let longest = bucket.customer.max(bucket.experts);
            (named(&bucket.key, Day::long), spoken(longest))
        });
        let most = most
            .as_ref()
            .map(|(name, value)| (name.as_str(), value.clone()));
        text::summary(text::TIMES, buckets.len(), most)
    });
    view! {
        {dynamic(move || times.get().ok().map(|times| stats(&times)))}
        <Plot
            title=text::TIMES
            no_title=true
            summary
            points_are=text::CREATED
            series=Signal::from(series)
            points
            list=Callback::new(list)
            shape=Shape::Grouped
            no_total=true
            on_open=move |href: String| ctx.navigator.open(&href)
        />
    }
    .into_any()
}

/// A bucket's day or month in words.
fn named(key: &str, words: fn(Day) -> String) -> String {
    Day::parse(key).map_or_else(|| month_name(key), words)
}

/// Mean beside median, said which.
pub(super) fn stats(times: &Times) -> AnyView {
    let row = |name: &'static str, stat: &Stat| {
        let figure = |value| view! { <td class="end" title=tenths(value)>{spoken(value)}</td> };
        view! {
            <tr>
                <th scope="row">{name}</th>
                {figure(stat.mean)}
                {figure(stat.median)}
            </tr>
        }
        .into_any()
    };
    // The service tells means with the report, but the values in the middle take every incident's.
    let unread = [&times.experts, &times.customer]
        .iter()
        .any(|stat| stat.mean.is_some() && stat.median.is_none());
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col"></th>
                    <th scope="col" class="end">{text::MEAN}</th>
                    <th scope="col" class="end">{text::MEDIAN}</th>
                </tr>
            </thead>
            <tbody>
                {row(text::EXPERTS, &times.experts)} {row(text::CUSTOMER, &times.customer)}
            </tbody>
        </table>
        {unread.then(|| view! { <p class="muted">{text::NO_MEDIANS}</p> })}
    }
    .into_any()
}
