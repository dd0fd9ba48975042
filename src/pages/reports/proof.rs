//! **Incidents behind the report**: all of them with what the figures are made of, and the portal's own
//! count beside the service's.

use super::context::{Ctx, href};
use super::overview::{reading, stamp};
use super::{export, linked, text};
use crate::domain::load::Load;
use crate::domain::report::required::State;
use crate::domain::report::{
    Cell, Impact, Known, NAMED, Origin, Report, Tactic, Tally, export as tables, figures,
};
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
        let verdict = (told.origin == Origin::Service).then(|| {
            let (mut words, unknown) = differences(&told, &own);
            let mut tone = Tone::Warning;
            if words.is_empty() {
                (tone, words) = (Tone::Success, vec![text::PROOF_AGREES.to_owned()]);
            }
            words.push(text::not_compared(&unknown));
            view! { <MessageBar tone text=words.join(" ") /> }
        });
        view! {
            <p>{linked(own.investigated, ctx.list(&told.period, false, &[]))}</p>
            {verdict}
        }
    })
}

/// Which figures that both know are not the same, and which are not known to both.
fn differences(told: &Report, own: &Report) -> (Vec<String>, Vec<&'static str>) {
    let mut found = Vec::new();
    // Only the service has the times.
    let mut unknown = vec![text::TIMES];
    let mut compare = |name: &str, told: usize, own: usize| {
        if told != own {
            found.push(text::differs(name, &href::number(told), &href::number(own)));
        }
    };
    compare(text::INVESTIGATED, told.investigated, own.investigated);
    compare(text::RESOLVED, told.resolved, own.resolved);
    for (name, told, own) in [
        (text::DIRECTLY, &told.direct, &own.direct),
        (text::WITH_HELP, &told.helped, &own.helped),
    ] {
        if let Some((told, own)) = both(name, told, own, &mut unknown) {
            compare(name, *told, *own);
        }
    }
    let mut tallies = |told: &[Tally], own: &[Tally]| {
        for (known, one, other) in beside(told, own, |one, other| one.key == other.key) {
            let count = |one: Option<&Tally>| one.map_or(0, |one| one.count);
            compare(&known.key, count(one), count(other));
        }
    };
    tallies(&told.severity, &own.severity);
    for (name, told, own) in [
        (text::BY_CATEGORY, &told.category, &own.category),
        (text::BY_SOURCE, &told.source, &own.source),
    ] {
        if let Some((told, own)) = both(name, told, own, &mut unknown) {
            tallies(told, own);
        }
    }
    for (name, told, own) in [
        (text::USERS, &told.users, &own.users),
        (text::DEVICES, &told.devices, &own.devices),
    ] {
        if let Some((told, own)) = both(name, told, own, &mut unknown) {
            for (known, one, other) in beside(told, own, |one, other| one.id == other.id) {
                // Only the first are told: one that is not may have been hit as often as the last of them.
                let count = |one: Option<&Impact>, all: &[Impact]| {
                    let last = all.get(NAMED - 1).map_or(0, |last| last.count);
                    one.map_or(known.count.min(last), |one| one.count)
                };
                compare(&known.name, count(one, told), count(other, own));
            }
        }
    }
    if let Some((told, own)) = both(text::TACTICS, &told.tactics, &own.tactics, &mut unknown) {
        for (known, one, other) in beside(told, own, |one, other| one.key == other.key) {
            let investigated = |one: Option<&Tactic>| one.map_or(0, |one| one.investigated);
            let resolved = |one: Option<&Tactic>| one.map_or(0, |one| one.resolved);
            compare(&known.key, investigated(one), investigated(other));
            compare(&known.key, resolved(one), resolved(other));
        }
    }
    if let Some((told, own)) = both(text::CELLS, &told.cells, &own.cells, &mut unknown) {
        for (known, one, other) in beside(told, own, |one, other| words(one) == words(other)) {
            let count = |one: Option<&Cell>| one.map_or(0, |one| one.count);
            compare(&words(known).join(", "), count(one), count(other));
        }
    }
    if let Some((told, own)) = both(text::REQUIRED, &told.required, &own.required, &mut unknown) {
        compare(text::REQUIRED, told.rows.len(), own.rows.len());
        for state in State::ALL {
            compare(state.label(), told.actions(state), own.actions(state));
        }
    }
    (found, unknown)
}

/// What a cell counts.
fn words(cell: &Cell) -> [&str; 3] {
    [&cell.category, &cell.severity, &cell.classification]
}

/// What both know; its name is put to what is unknown where one of them does not.
fn both<'a, T>(
    name: &'static str,
    told: &'a Known<T>,
    own: &'a Known<T>,
    unknown: &mut Vec<&'static str>,
) -> Option<(&'a T, &'a T)> {
    let both = told.as_ref().ok().zip(own.as_ref().ok());
    if both.is_none() {
        unknown.push(name);
    }
    both
}

/// One of both, what is told, and the same of one's own: one of the two may not be there.
type Beside<'a, T> = (&'a T, Option<&'a T>, Option<&'a T>);

fn beside<'a, T>(told: &'a [T], own: &'a [T], same: impl Fn(&T, &T) -> bool) -> Vec<Beside<'a, T>> {
    let other = |one: &T| own.iter().find(|other| same(one, other));
    let mut all: Vec<_> = told
        .iter()
        .map(|one| (one, Some(one), other(one)))
        .collect();
    let only = own
        .iter()
        .filter(|other| !told.iter().any(|one| same(one, other)));
    all.extend(only.map(|other| (other, None, Some(other))));
    all
}
