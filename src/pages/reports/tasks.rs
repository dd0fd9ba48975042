//! **Managed response task completion and efficiency**: how many tasks the customer completed in each month, how
//! long they took, and which they were.

use super::context::{Ctx, href, unknown};
use super::trends::{exported, month_words};
use super::{export, text};
use crate::charts::Shape;
use crate::charts::bars::Pattern;
use crate::charts::plot::{Plot, Point, Segment, Series};
use crate::domain::load::Load;
use crate::domain::report::export::{self as tables, Stamp};
use crate::domain::report::measure::{Minutes, spoken};
use crate::domain::report::required::Action;
use crate::domain::report::{Month, Origin, Period, Trends, Why, completed_in};
use crate::domain::text::visible;
use crate::domain::time::{Day, calendar};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Route};
use crate::state::report::{ask_actions, has_actions};
use crate::ui::badge::Tone;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(ctx: Ctx, trends: Signal<Arc<Trends>>) -> AnyView {
    let export = exported(ctx, trends, tables::trend_tasks);
    let why = Memo::new(move |_| {
        trends
            .read()
            .months
            .iter()
            .find_map(|month| month.tasks.err())
    });
    let list = move |(point, _): (usize, usize)| {
        let mut view = ctx.view.get();
        view.tasks = Some(trends.read().months.get(point)?.period.from);
        Some(ctx.here(&view))
    };
    let plot =
        move |title: &'static str, shape: Shape, segment: fn(&Month) -> (Segment, String)| {
            let series = vec![Series {
                name: title.into(),
                colour: "--chart-1",
                pattern: Pattern::Solid,
            }];
            let points = Signal::derive(move || {
                let point = |month: &Month| {
                    let (label, name) = month_words(month);
                    Point {
                        label,
                        name,
                        segments: vec![segment(month).0],
                    }
                };
                trends.read().months.iter().map(point).collect::<Vec<_>>()
            });
            let summary = Signal::derive(move || {
                let trends = trends.read();
                let most = trends
                    .months
                    .iter()
                    .max_by_key(|month| segment(month).0.value);
                let most = most.map(|month| {
                    let (_, words) = segment(month);
                    (month_words(month).1, words)
                });
                let most = most
                    .as_ref()
                    .map(|(name, value)| (name.as_str(), value.clone()));
                text::summary(title, trends.months.len(), most)
            });
            view! {
                <Plot
                    title
                    summary
                    points_are=text::MONTH
                    series=Signal::from(series)
                    points
                    list=Callback::new(list)
                    shape
                    on_open=move |href: String| ctx.navigator.open(&href)
                />
            }
            .into_any()
        };
    let completed = |month: &Month| {
        let count = month.tasks.map_or(0, |(count, _)| count);
        (Segment::count(count), count.to_string())
    };
    let median = |month: &Month| {
        let median = month.tasks.ok().and_then(|(_, median)| median);
        let minutes = median.and_then(|value| u32::try_from((value + 5) / 10).ok());
        let segment = Segment {
            value: minutes.unwrap_or(0),
            words: Some(spoken(median)),
        };
        (segment, spoken(median))
    };
    let chosen = Memo::new(move |_| ctx.view.read().tasks);
    let content = dynamic(move || match why.get() {
        Some(why) => unknown(why),
        None => view! {
            <div class="report-grid">
                {plot(text::TASKS_COMPLETED, Shape::Stacked, completed)}
                {plot(text::TASKS_TIME, Shape::Line, median)}
            </div>
            {dynamic(move || chosen.get().map(|day| of_month(ctx, trends, day)))}
        }
        .into_any(),
    });
    let section = export::section(text::TASKS, text::TASKS_DEFINITION, export, content);
    view! { <div class="whole-row">{section}</div> }.into_any()
}

/// The tasks behind a month's figures.
fn of_month(ctx: Ctx, trends: Signal<Arc<Trends>>, first: Day) -> AnyView {
    let title = text::tasks_of(&calendar::month(first));
    // It opens below what was clicked.
    env().announce(title.clone());
    let content = if has_actions(ctx.incidents) {
        let (actions, heading) = (RwSignal::new(Load::Loading), title.clone());
        Effect::new(move |_| {
            ctx.again.track();
            ask_actions(ctx.incidents, actions);
        });
        let period = move || Period::month(first, &ctx.zone.get_untracked());
        let exported = Callback::new(move |()| {
            let (load, period) = (actions.get_untracked(), period());
            let (Load::Ready(actions, at) | Load::Stale(actions, at, _)) = &load else {
                return None;
            };
            let zone = ctx.zone.get_untracked();
            let stamp = Stamp::new(&period, &zone.name, *at, Origin::Portal);
            Some((tables::completed(&completed_in(actions, &period)), stamp))
        });
        let table = move |actions: Signal<Arc<Vec<Action>>>| {
            dynamic(move || {
                let period = Period::month(first, &ctx.zone.get());
                let trends = trends.get();
                let month = trends.months.iter().find(|month| month.period == period);
                let told = month.and_then(|month| month.tasks.ok());
                table(ctx, &completed_in(&actions.read(), &period), told)
            })
        };
        view! {
            <div class="row">
                <h3 class="grow">{heading}</h3>
                {export::menu(text::TASKS_COMPLETED, exported)}
            </div>
            <LoadView
                load=actions
                what=text::TASKS_WHAT
                on_retry=Callback::new(move |()| ask_actions(ctx.incidents, actions))
                children=table
            />
        }
        .into_any()
    } else {
        unknown(Why::Tasks)
    };
    view! {
        <section class="stack" aria-label=title>
            {content}
        </section>
    }
    .into_any()
}

/// The tasks, the last one first, and whether they are as many as was told.
fn table(ctx: Ctx, done: &[(&Action, Minutes)], told: Option<(usize, Option<Minutes>)>) -> AnyView {
    let zone = ctx.zone.get();
    let mut done = done.to_vec();
    done.sort_by_key(|(action, _)| std::cmp::Reverse(action.modified));
    let count = done.len();
    let differs = told.filter(|(told, _)| *told != count).map(|(told, _)| {
        let words = text::differs(
            text::TASKS_COMPLETED,
            &href::number(told),
            &href::number(count),
        );
        view! { <MessageBar tone=Tone::Warning text=words /> }
    });
    let time = |at: Option<_>| at.map(|at| zone.format(at));
    let row = |(action, took): &(&Action, Minutes)| {
        let to = IncidentView {
            managed_response: true,
            ..IncidentView::new(action.incident.clone())
        };
        let to = ctx.navigator.href(&Route::Incident(to));
        view! {
            <tr>
                <td><a href=to>{visible(&action.title).into_owned()}</a></td>
                <td>{visible(action.incident.as_str()).into_owned()}</td>
                <td class="nowrap">{time(action.created)}</td>
                <td class="nowrap">{time(action.modified)}</td>
                <td class="end nowrap">{spoken(Some(*took))}</td>
            </tr>
        }
    };
    let heads = [
        (text::TASK, ""),
        (text::INCIDENT_ID, ""),
        (text::CREATED, ""),
        (text::COMPLETED, ""),
        (text::TOOK, "end"),
    ];
    let heads = heads.map(|(words, class)| view! { <th scope="col" class=class>{words}</th> });
    view! {
        <p class="muted">{text::tasks(count)}</p>
        {differs}
        <div class="table-scroll" tabindex="0" role="group" aria-label=text::TASKS_COMPLETED>
            <table class="table">
                <thead>
                    <tr>{heads.into_iter().collect_any()}</tr>
                </thead>
                <tbody>{done.iter().map(row).collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
