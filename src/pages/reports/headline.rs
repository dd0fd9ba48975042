//! **Resolved incidents**: the percentage and what it is made of.

use super::context::{Ctx, figure, href};
use super::export;
use super::overview::stamp;
use super::text;
use crate::domain::load::Load;
use crate::domain::report::measure::{percent, share};
use crate::domain::report::{Known, Report, export as tables};
use crate::reactive::{Memo, Signal};
use crate::ui::dynamic::dynamic;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(
    ctx: Ctx,
    report: Signal<Arc<Report>>,
    before: Memo<Option<Load<Arc<Report>>>>,
) -> AnyView {
    let unknown = move || {
        let failed = matches!(&*before.read(), Some(Load::Failed(_)));
        failed.then(|| view! { <p class="muted" role="status">{text::BEFORE_UNKNOWN}</p> })
    };
    let figures = move || {
        let before = before.read();
        let before = before.as_ref().and_then(Load::value);
        figures(ctx, &report.get(), before.map(|before| &**before))
    };
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        Some((tables::headline(&report), stamp(ctx, &report)))
    });
    view! {
        <section class="card stack" aria-label=text::RESOLVED_INCIDENTS>
            <div class="row">
                <h2 class="grow">{text::RESOLVED_INCIDENTS}</h2>
                {export::menu(text::RESOLVED_INCIDENTS, exported)}
            </div>
            {dynamic(figures)}
            {dynamic(unknown)}
        </section>
    }
    .into_any()
}

/// Percentage and counts.
pub(super) fn figures(ctx: Ctx, report: &Report, before: Option<&Report>) -> AnyView {
    let period = report.period;
    let rate = |report: &Report| percent(share(report.resolved, report.investigated));
    let earlier = before.map(|before| text::before(&rate(before)));
    let count = |label: &'static str, of: fn(&Report) -> Known<usize>, to: String| {
        let note = before.and_then(|before| of(before).ok());
        let note = note.map(|count| text::before(&href::number(count)));
        figure(label, of(report), Some(to), note)
    };
    view! {
        <div class="figures report-figures">
            <div class="figure">
                <span class="figure-value">{rate(report)}</span>
                <span class="figure-label">{text::OF_INVESTIGATED}</span>
                {earlier.map(|words| view! { <span class="figure-label">{words}</span> })}
            </div>
            {count(text::INVESTIGATED, |report| Ok(report.investigated), ctx.list(&period, false, &[]))}
            {count(text::RESOLVED, |report| Ok(report.resolved), ctx.list(&period, true, &[]))}
            {count(
                text::DIRECTLY,
                |report| report.direct,
                ctx.list(&period, false, &[("resolved", "direct")]),
            )}
            {count(
                text::WITH_HELP,
                |report| report.helped,
                ctx.list(&period, false, &[("resolved", "helped")]),
            )}
        </div>
    }
    .into_any()
}
