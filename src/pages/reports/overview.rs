//! **Report overview**: where it comes from, and its sections.

use super::breakdown::{Breakdown, breakdown};
use super::context::Ctx;
use super::in_turn::in_turn;
use super::{headline, impacted, proof, required, tactics, text, times};
use crate::domain::alert::spaced;
use crate::domain::load::Load;
use crate::domain::report::export::Stamp;
use crate::domain::report::{Known, Period, Report, source_label};
use crate::domain::severity::Severity;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::report::{ask, from_service, local};
use crate::ui::badge::Tone;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::skeleton::Skeleton;
use leptos::prelude::*;
use std::sync::Arc;

/// The report of days, as it comes: from the service where there is one.
pub(super) fn load(
    ctx: Ctx,
    period: Memo<Period>,
    wanted: Signal<bool>,
) -> Memo<Load<Arc<Report>>> {
    let told = RwSignal::new(Load::Loading);
    let by_service = Memo::new(move |_| from_service(ctx.incidents, &period.get()));
    Effect::new(move |before: Option<Option<Period>>| {
        ctx.again.track();
        let (period_now, zone) = (period.get(), ctx.zone.get());
        if !wanted.get() {
            return None;
        }
        if by_service.get() {
            // Figures of other days under these would be wrong; the same ones stay while they are renewed.
            if before.flatten() != Some(period_now) {
                told.set(Load::Loading);
            }
            ask(ctx.incidents, period_now, zone, told, period.into());
        } else {
            ctx.incidents.cover_facts(period_now.start);
        }
        Some(period_now)
    });
    Memo::new(move |held: Option<&Load<Arc<Report>>>| {
        if by_service.get() {
            return told.get();
        }
        let (facts, period) = (ctx.incidents.facts().get(), period.get());
        // While pages come, each would change every figure: they follow once all are here.
        let same = |report: &&Arc<Report>| report.period == period;
        match held.filter(|held| facts.loading && held.value().filter(same).is_some()) {
            Some(held) => held.clone(),
            None => local(ctx.incidents, &facts, period),
        }
    })
}

/// The tab.
pub(super) fn overview(ctx: Ctx) -> AnyView {
    let report = load(ctx, ctx.period, Signal::from(true));
    let before = before(ctx);
    view! {
        <LoadView
            load=report
            what=text::WHAT
            skeleton=ViewFn::from(move || reading(ctx))
            on_retry=Callback::new(move |()| ctx.refresh())
            children=move |report| content(ctx, report, before)
        />
    }
    .into_any()
}

/// The report of the period before, where it is to be compared with.
pub(super) fn before(ctx: Ctx) -> Memo<Option<Load<Arc<Report>>>> {
    let earlier = Memo::new(move |_| ctx.period.get().previous(&ctx.zone.get()));
    let compare = Signal::derive(move || ctx.view.read().compare);
    let before = load(ctx, earlier, compare);
    Memo::new(move |_| compare.get().then(|| before.get()))
}

/// What stands there while alerts are being read: how far that is.
pub(super) fn reading(ctx: Ctx) -> AnyView {
    let facts = ctx.incidents.facts();
    view! {
        {dynamic(move || {
            let facts = facts.get();
            (facts.loading && facts.read > 0).then(|| {
                view! { <p class="muted" role="status">{text::reading(facts.read, facts.of)}</p> }
            })
        })}
        <Skeleton lines=8 />
    }
    .into_any()
}

/// What the tables of a report say of themselves.
pub(super) fn stamp(ctx: Ctx, report: &Report) -> Stamp {
    let zone = ctx.zone.get_untracked();
    Stamp::new(&report.period, &zone.name, report.generated, report.origin)
}

fn content(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    before: Memo<Option<Load<Arc<Report>>>>,
) -> AnyView {
    let empty = Memo::new(move |_| report.read().investigated == 0);
    view! {
        {dynamic(move || facts_of(ctx, &report.get()))}
        {headline::section(ctx, report, before)}
        {dynamic(move || {
            if empty.get() {
                return view! {
                    <Empty
                        glyph=Glyph::Filter
                        title=text::NOTHING
                        text=Some(text::NOTHING_ADVICE.to_owned())
                    />
                }
                .into_any();
            }
            sections(ctx, report)
        })}
        {definitions()}
    }
    .into_any()
}

/// Range, zone, origin, age and filters, in words.
pub(super) fn facts_of(ctx: Ctx, report: &Report) -> AnyView {
    let zone = ctx.zone.get();
    let (from, to) = (report.period.from.long(), report.period.to.long());
    let days = usize::try_from(report.period.days()).unwrap_or(0);
    let found = crate::domain::report::check::disagreements(report);
    view! {
        <p class="muted small report-facts">
            {text::showing(&from, &to, days, &zone.name)} " "
            {text::origin(report.origin, &zone.format(report.generated))} " "
            {report.as_of.map(|at| text::as_of(&zone.format(at)))} " " {text::FILTERS}
        </p>
        {(!found.is_empty())
            .then(|| {
                let words = format!("{} {}", text::DISAGREES, found.join(" "));
                view! { <MessageBar tone=Tone::Warning text=words /> }
            })}
    }
    .into_any()
}

fn sections(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let by = |of: Breakdown| in_turn(report, "", move |report| breakdown(ctx, report, of));
    let section = |section: fn(Ctx, Signal<Arc<Report>>) -> AnyView| {
        in_turn(report, "", move |report| section(ctx, report))
    };
    view! {
        <div class="report-grid">
            {section(times::section)}
            {breakdowns().map(by)}
            {section(tactics::section)}
            {section(tactics::cells)}
            {section(impacted::section)}
            {section(proof::section)}
            {in_turn(report, "whole-row", move |report| required::section(ctx, report))}
        </div>
    }
    .into_any()
}

/// Resolved incidents by severity, category and service source.
pub(super) fn breakdowns() -> [Breakdown; 3] {
    let severity = Breakdown {
        title: text::BY_SEVERITY,
        definition: text::BY_SEVERITY_DEFINITION,
        values: text::SEVERITY,
        name: "severity",
        label: |key| Severity::parse(key).label().into_owned(),
        tallies: |report| Ok(report.severity.clone()),
    };
    let category = Breakdown {
        title: text::BY_CATEGORY,
        definition: text::BY_CATEGORY_DEFINITION,
        values: text::CATEGORY,
        name: "category",
        label: spaced,
        tallies: |report| report.category.clone(),
    };
    let source = Breakdown {
        title: text::BY_SOURCE,
        definition: text::BY_SOURCE_DEFINITION,
        values: text::SOURCE,
        name: "source",
        label: source_label,
        tallies: |report| report.source.clone(),
    };
    [severity, category, source]
}

/// What every figure means.
pub(super) fn definitions() -> AnyView {
    let terms = text::TERMS.iter().map(|(term, words)| {
        view! {
            <div class="property">
                <dt>{*term}</dt>
                <dd>{*words}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="card stack" aria-label=text::DEFINITIONS>
            <h2>{text::DEFINITIONS}</h2>
            <dl class="properties">{terms.collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}

/// A part of the report that may be unknown, as a signal of its own.
pub(super) fn part<T: Clone + PartialEq + Send + Sync + 'static>(
    report: Signal<Arc<Report>>,
    of: impl Fn(&Report) -> Known<T> + Send + Sync + 'static,
) -> Memo<Known<T>> {
    Memo::new(move |_| of(&report.read()))
}
