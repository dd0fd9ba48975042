//! Incidents by day of last update, awaiting and resolved, in the chosen zone. Each bar opens the
//! list it counts.

use super::text;
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::incident::Status;
use crate::domain::queue_index::DayCount;
use crate::domain::queue_query::{QueueQuery, Range};
use crate::domain::time::{Day, Timestamp};
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::env::env;
use crate::ui::load_view::LoadView;
use leptos::prelude::*;

const DAYS: i32 = 30;

/// The chart, once its days have been read.
#[component]
pub(super) fn UpdatesChart(from: Timestamp) -> impl IntoView {
    let incidents = incidents();
    let covered = Signal::derive(move || incidents.sync().get().reach(from));
    view! {
        <section class="card chart-card" aria-label=text::CHART>
            <LoadView
                load=covered
                what=text::CHART_WHAT
                skeleton=ViewFn::from(|| {
                    view! {
                        <h2>{text::CHART}</h2>
                        <p class="muted" role="status">
                            {text::CHART_LOADING}
                        </p>
                    }
                })
                on_retry=Callback::new(move |()| incidents.retry())
                children=move |_| view! { <Chart /> }.into_any()
            />
        </section>
    }
}

#[component]
fn Chart() -> impl IntoView {
    let incidents = incidents();
    let env = env();
    let navigator = navigator();
    let days = Memo::new(move |_| {
        let zone = env.zone.get();
        let today = zone.day(env.now.get());
        // One day less than the range, so that the first bar is a whole day that has been read.
        incidents
            .index()
            .with(|index| index.per_day(today.plus(1 - DAYS), today, &zone))
    });
    let series = vec![
        Series {
            name: text::AWAITING.into(),
            colour: "--chart-1",
            pattern: Pattern::Solid,
        },
        Series {
            name: text::RESOLVED.into(),
            colour: "--chart-2",
            pattern: Pattern::Hatched,
        },
    ];
    let points = move || {
        days.read()
            .iter()
            .map(|count| Point {
                label: count.day.short(),
                name: count.day.long(),
                segments: vec![
                    Segment::count(count.awaiting),
                    Segment::count(count.resolved),
                ],
            })
            .collect::<Vec<_>>()
    };
    let open_list = move |(point, series): (usize, usize)| {
        let day = days.read().get(point)?.day;
        let status = match series {
            0 => Status::AwaitingAction,
            _ => Status::Resolved,
        };
        Some(navigator.href(&Route::Incidents(list(status, day))))
    };
    let summary = move || {
        let days = days.read();
        let sum = |part: fn(&DayCount) -> usize| days.iter().map(part).sum();
        let both = |count: &DayCount| count.awaiting + count.resolved;
        let busiest = days
            .iter()
            .max_by_key(|count| both(count))
            .map(|count| (count.day, both(count)));
        text::chart(
            sum(|c| c.awaiting),
            sum(|c| c.resolved),
            busiest,
            &env.zone.get().name,
        )
    };
    view! {
        <Plot
            title=text::CHART
            summary=Signal::derive(summary)
            points_are=text::DAY
            series=Signal::from(series)
            points=Signal::derive(points)
            list=Callback::new(open_list)
            on_open=move |href: String| navigator.open(&href)
        />
    }
}

fn list(status: Status, day: Day) -> QueueQuery {
    QueueQuery {
        status: Some(vec![status]),
        range: Range::Days(day, day),
        ..QueueQuery::default()
    }
}
