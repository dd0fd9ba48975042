//! The monthly review: the report of a month as a document for paper, with an appendix of all incidents.

use super::breakdown::breakdown;
use super::context::Ctx;
use super::overview::{before, breakdowns, definitions, facts_of, load, reading};
use super::{headline, impacted, required, tactics, text, times};
use crate::domain::queue_index::Row;
use crate::domain::report::{Period, Report};
use crate::domain::text::visible;
use crate::domain::time::calendar;
use crate::platform::document;
use crate::reactive::{Effect, Signal};
use crate::state::session::session;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::load_view::LoadView;
use leptos::prelude::*;
use std::sync::Arc;

/// The document.
pub(super) fn document(ctx: Ctx) -> AnyView {
    let report = load(ctx, ctx.period, Signal::from(true));
    let before = before(ctx);
    Effect::new(move |_| ctx.incidents.cover_facts(ctx.period.get().start));
    let reach = Signal::derive(move || ctx.incidents.facts().read().reach(ctx.period.get().start));
    let unfinished = move || {
        let here = report.read().value().is_some() && reach.read().value().is_some();
        (!here).then(|| text::NOT_ALL_HERE.to_owned())
    };
    let back = move || {
        let mut view = ctx.view.get();
        view.review = false;
        ctx.here(&view)
    };
    let content = move |report: Signal<Arc<Report>>| {
        view! {
            {dynamic(move || cover(ctx, &report.get()))}
            {headline::section(ctx, report, before)}
            {times::section(ctx, report)}
            {breakdowns().map(|of| breakdown(ctx, report, of))}
            {tactics::section(ctx, report)}
            {tactics::cells(ctx, report)}
            {impacted::section(ctx, report)}
            <div class="whole-row">{required::section(ctx, report)}</div>
            {definitions()}
        }
        .into_any()
    };
    view! {
        <div class="report review">
            <div class="cluster screen-only">
                <LinkButton kind=ButtonKind::Subtle href=Signal::derive(back)>{text::BACK}</LinkButton>
                <Button
                    kind=ButtonKind::Primary
                    disabled_reason=Signal::derive(unfinished)
                    on_click=move |()| document::print()
                >
                    {text::PRINT}
                </Button>
            </div>
            <LoadView
                load=report
                what=text::WHAT
                skeleton=ViewFn::from(move || reading(ctx))
                on_retry=Callback::new(move |()| ctx.refresh())
                children=content
            />
            <section class="card stack appendix" aria-label=text::APPENDIX>
                <h2>{text::APPENDIX}</h2>
                <LoadView
                    load=reach
                    what=text::PROOF_WHAT
                    skeleton=ViewFn::from(move || reading(ctx))
                    on_retry=Callback::new(move |()| ctx.refresh())
                    children=move |_| dynamic(move || appendix(ctx, &ctx.period.get()))
                />
            </section>
        </div>
    }
    .into_any()
}

fn cover(ctx: Ctx, report: &Report) -> AnyView {
    let period = report.period;
    let month = Period::month(period.from, &ctx.zone.get());
    let title = if month == period {
        text::review_of(&calendar::month(period.from))
    } else {
        text::REVIEW_TITLE.to_owned()
    };
    let organization = session().organization();
    view! {
        <header class="review-cover stack">
            <p class="muted">{move || organization.get()}</p>
            <h1 tabindex="-1">{title}</h1>
            <p class="subtitle">{text::SUBTITLE}</p>
            {facts_of(ctx, report)}
        </header>
    }
    .into_any()
}

fn appendix(ctx: Ctx, period: &Period) -> AnyView {
    let (rows, count) = ctx.incidents.index().with(|index| {
        let mut all: Vec<Row<'_>> = index.counted(period.time()).collect();
        all.sort_by_key(|row| (row.created(), row.id().len()));
        let zone = ctx.zone.get();
        let row = |row: &Row<'_>| {
            view! {
                <tr>
                    <td>{visible(row.id()).into_owned()}</td>
                    <td>{visible(row.name()).into_owned()}</td>
                    <td>{zone.format(row.created())}</td>
                    <td>{row.severity().label()}</td>
                    <td>{row.status().label()}</td>
                    <td>{row.classification().label()}</td>
                </tr>
            }
        };
        (all.iter().map(row).collect_any(), all.len())
    });
    let heads = [
        text::ID,
        text::INCIDENT,
        text::CREATED,
        text::SEVERITY,
        text::STATUS,
        text::CLASSIFICATION,
    ];
    let heads = heads.map(|words| view! { <th scope="col">{words}</th> }.into_any());
    view! {
        <p class="muted">{text::incidents(count)}</p>
        <div class="table-scroll" tabindex="0" role="group" aria-label=text::APPENDIX>
            <table class="table">
                <thead>
                    <tr>{heads.into_iter().collect::<Vec<_>>()}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
