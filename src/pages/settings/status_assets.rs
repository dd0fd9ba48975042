//! The protected assets with their gauges, and how the assessment went before.

use super::status_text as text;
use crate::charts::gauge::{gauge, spark};
use crate::domain::readiness::{Cover, Readiness, Run, scores, tenths};
use crate::domain::text::visible;
use crate::reactive::Signal;
use crate::state::readiness::Assessment;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::LinkButton;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// Devices and identities: protected, target, licensed.
pub(super) fn assets(now: &Readiness) -> AnyView {
    let line = |name: &'static str, cover: Cover| {
        let licensed = cover
            .licensed
            .map_or(text::NO_LICENCES.to_owned(), |n| n.to_string());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="end">{cover.protected}</td>
                <td class="end">{cover.target}</td>
                <td class="end">{licensed}</td>
            </tr>
        }
    };
    view! {
        <section class="card stack" aria-label=text::ASSETS>
            <h2>{text::ASSETS}</h2>
            <p class="prose">{text::ASSETS_TEXT}</p>
            <div class="columns">
                {one(text::DEVICES, now.devices, (text::ONBOARD, text::ONBOARD_URL))}
                {one(text::IDENTITIES, now.identities, (text::SENSORS, text::SENSORS_URL))}
            </div>
            <div class="table-frame" tabindex="0" role="group" aria-label=text::ASSETS>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{text::ASSETS}</th>
                            <th scope="col" class="end">{text::CURRENT}</th>
                            <th scope="col" class="end">{text::TARGET}</th>
                            <th scope="col" class="end">{text::LICENSED}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {line(text::DEVICES, now.devices)} {line(text::IDENTITIES, now.identities)}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn one(name: &'static str, cover: Cover, (label, href): (&'static str, &'static str)) -> AnyView {
    let whole = cover
        .licensed
        .unwrap_or(0)
        .max(cover.target)
        .max(cover.protected);
    let words = text::gauge(name, cover.protected, cover.target);
    let numbers = (cover.protected, cover.target, whole);
    let standing = match cover.percent() {
        None => text::NO_TARGET.to_owned(),
        Some(percent) => text::reached(percent),
    };
    let missing = match (cover.target, cover.missing()) {
        (0, _) => None,
        (_, 0) => Some(text::ON_TARGET.to_owned()),
        (_, count) => Some(text::missing(count)),
    };
    view! {
        <div class="stack gauge">
            <h3>{name}</h3>
            {gauge(Signal::from(words), Signal::from(numbers))}
            <p class="strong">{standing}</p>
            {missing.map(|words| view! { <p class="muted">{words}</p> })}
            <div><LinkButton href=href external=true>{label}</LinkButton></div>
        </div>
    }
    .into_any()
}

/// The evaluations before, or why they are not known.
pub(super) fn history(assessment: Assessment) -> AnyView {
    let content = |runs: Signal<Arc<Vec<Run>>>| dynamic(move || table(&runs.get()));
    view! {
        <section class="card stack" aria-label=text::HISTORY>
            <h2>{text::HISTORY}</h2>
            <LoadView
                load=assessment.runs()
                what=text::HISTORY_WHAT
                on_retry=Callback::new(move |()| assessment.refresh())
                children=content
            />
        </section>
    }
    .into_any()
}

/// How the score went, and what changed at each evaluation.
fn table(runs: &[Run]) -> AnyView {
    let scores = scores(runs);
    let line = scores.first().zip(scores.last()).map(|(first, last)| {
        let written = |score: &usize| tenths(i64::try_from(*score).unwrap_or_default());
        let words = text::course(&written(first), &written(last), scores.len());
        view! {
            <p class="muted">{words.clone()}</p>
            <div class="spark">{spark(Signal::from(words), Signal::from(scores.clone()))}</div>
        }
    });
    let finished = runs.iter().filter(|run| run.finished.is_some());
    let rows = finished.map(row).collect_any();
    let none = rows.is_empty();
    view! {
        <div class="stack">
            {none.then(|| view! { <p class="muted">{text::NO_HISTORY}</p> })}
            {line}
            {(!none)
                .then(|| {
                    view! {
                        <div class="table-frame" tabindex="0" role="group" aria-label=text::HISTORY>
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{text::WHEN}</th>
                                        <th scope="col">{text::ASKED_BY}</th>
                                        <th scope="col" class="end">{text::SCORE}</th>
                                        <th scope="col" class="end">{text::TO_DO}</th>
                                        <th scope="col" class="end">{text::DONE}</th>
                                        <th scope="col" class="end">{text::DEVICES}</th>
                                        <th scope="col" class="end">{text::IDENTITIES}</th>
                                        <th scope="col">{text::CHANGES}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}

fn row(run: &Run) -> AnyView {
    let by = run.by.clone().unwrap_or_else(|| text::SCHEDULED.into());
    let cover = |cover: Cover| text::of_target(cover.protected, cover.target);
    let change = |change: &(String, String, _, _)| {
        let (_, title, before, after) = change;
        let words = format!(
            "{}: {} → {}",
            visible(title),
            text::state(before),
            text::state(after)
        );
        let back = run.regressions().any(|other| other == change);
        view! {
            <p>
                {words} " "
                {back
                    .then(|| {
                        view! {
                            <Badge tone=Tone::Danger icon=Some(Glyph::History) text=text::WENT_BACK />
                        }
                    })}
            </p>
        }
    };
    let changes = run.changes.iter().map(change).collect_any();
    let none = changes.is_empty().then_some(text::NO_CHANGES);
    let score = run
        .score
        .map_or(text::NO_SCORE.to_owned(), |(reached, of)| {
            text::of(&tenths(reached), &tenths(of))
        });
    view! {
        <tr>
            <th scope="row">{run.finished.map(|at| view! { <Time ts=at /> })}</th>
            <td>{visible(&by).into_owned()}</td>
            <td class="end">{score}</td>
            <td class="end">{run.complete_now}</td>
            <td class="end">{run.completed}</td>
            <td class="end">{cover(run.devices)}</td>
            <td class="end">{cover(run.identities)}</td>
            <td>{none} {changes}</td>
        </tr>
    }
    .into_any()
}
