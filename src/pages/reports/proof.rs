//! **Incidents behind the report**: all of them with what the figures are made of, and the portal's own
//! count beside the service's.

use super::context::{Ctx, href};
use super::overview::{reading, stamp};
use super::{export, linked, text};
use crate::domain::load::Load;
use crate::domain::report::{Origin, Report, Tally, export as tables, figures};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::ui::badge::Tone;
use crate::ui::button::Button;
use crate::ui::dynamic::dynamic;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn section(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let wanted = RwSignal::new(false);
    let start = Memo::new(move |_| report.read().period.start);
    let own = Memo::new(move |_| report.read().origin == Origin::Portal);
    Effect::new(move |_| {
        if wanted.get() || own.get() {
            ctx.incidents.cover_facts(start.get());
        }
    });
    let reach = Signal::derive(move || ctx.incidents.facts().read().reach(start.get()));
    let exported = Callback::new(move |()| {
        let report = report.try_get_untracked()?;
        let facts = ctx.incidents.facts().get_untracked();
        reach.get_untracked().value()?;
        let took = report.times.as_ref().map_or(&[][..], |times| &times.each);
        let table = ctx.incidents.index().with_untracked(|index| {
            tables::incidents(index, &report.period, facts.actions(), &facts.assets, took)
        });
        Some((table, stamp(ctx, &report)))
    });
    let content = dynamic(move || {
        let known = reach.with(|reach| matches!(reach, Load::Ready(..) | Load::Stale(..)));
        if !(wanted.get() || own.get() || known) {
            return view! {
                <p class="muted">{text::PROOF_WHY}</p>
                <div class="cluster">
                    <Button on_click=move |()| wanted.set(true)>{text::PROOF_READ}</Button>
                </div>
            }
            .into_any();
        }
        view! {
            <LoadView
                load=reach
                what=text::PROOF_WHAT
                skeleton=ViewFn::from(move || reading(ctx))
                on_retry=Callback::new(move |()| ctx.refresh())
                children=move |_| counted(ctx, report)
            />
        }
        .into_any()
    });
    export::section(text::PROOF, text::PROOF_DEFINITION, exported, content)
}

/// How many there are, and what they say of the service's figures.
fn counted(ctx: Ctx, report: Signal<Arc<Report>>) -> AnyView {
    let own = Memo::new(move |_| {
        let told = report.get();
        // The portal's own report is that count.
        if told.origin == Origin::Portal {
            return told;
        }
        let facts = ctx.incidents.facts().get();
        let at = facts.at.unwrap_or_default();
        let count = |index: &_| {
            figures(
                index,
                told.period,
                at,
                Ok(()),
                facts.actions(),
                &facts.assets,
            )
        };
        Arc::new(ctx.incidents.index().with(count))
    });
    dynamic(move || {
        let (told, own) = (report.get(), own.get());
        let differing = differences(&told, &own);
        let verdict = match (told.origin, differing.is_empty()) {
            (Origin::Portal, _) => None,
            (Origin::Service, true) => {
                Some(view! { <MessageBar tone=Tone::Success text=text::PROOF_AGREES /> }.into_any())
            }
            (Origin::Service, false) => Some(
                view! { <MessageBar tone=Tone::Warning text=differing.join(" ") /> }.into_any(),
            ),
        };
        view! {
            <p>{linked(own.investigated, ctx.list(&told.period, false, &[]))}</p>
            {verdict}
        }
    })
}

/// Which figures that both know are not the same.
fn differences(told: &Report, own: &Report) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |name: &str, told: usize, own: usize| {
        if told != own {
            found.push(text::differs(name, &href::number(told), &href::number(own)));
        }
    };
    compare(text::INVESTIGATED, told.investigated, own.investigated);
    compare(text::RESOLVED, told.resolved, own.resolved);
    if let (Ok(one), Ok(other)) = (told.direct, own.direct) {
        compare(text::DIRECTLY, one, other);
    }
    if let (Ok(one), Ok(other)) = (told.helped, own.helped) {
        compare(text::WITH_HELP, one, other);
    }
    let mut tallies = |told: &[Tally], own: &[Tally]| {
        let of = |all: &[Tally], key: &str| {
            all.iter()
                .find(|one| one.key == key)
                .map_or(0, |one| one.count)
        };
        for Tally { key, count } in told {
            compare(key, *count, of(own, key));
        }
        for Tally { key, count } in own.iter().filter(|one| of(told, &one.key) == 0) {
            compare(key, 0, *count);
        }
    };
    tallies(&told.severity, &own.severity);
    for (told, own) in [(&told.category, &own.category), (&told.source, &own.source)] {
        if let (Ok(told), Ok(own)) = (told, own) {
            tallies(told, own);
        }
    }
    for (told, own) in [(&told.users, &own.users), (&told.devices, &own.devices)] {
        if let (Ok(told), Ok(own)) = (told, own) {
            let counts = |all: &[crate::domain::report::Impact]| -> Vec<Tally> {
                let tally = |one: &crate::domain::report::Impact| Tally {
                    key: one.name.clone(),
                    count: one.count,
                };
                all.iter().map(tally).collect()
            };
            tallies(&counts(told), &counts(own));
        }
    }
    if let (Ok(told), Ok(own)) = (&told.tactics, &own.tactics) {
        for (one, other) in told.iter().zip(own) {
            compare(&one.key, one.investigated, other.investigated);
            compare(&one.key, one.resolved, other.resolved);
        }
    }
    if let (Ok(told), Ok(own)) = (&told.required, &own.required) {
        compare(text::REQUIRED, told.rows.len(), own.rows.len());
        for state in crate::domain::report::required::State::ALL {
            compare(state.label(), told.actions(state), own.actions(state));
        }
    }
    found
}
