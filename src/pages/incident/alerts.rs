//! The tab **Alerts**: each alert as a card that expands to its facts and its evidence.

use super::text;
use crate::domain::alert::Alert;
use crate::domain::evidence::Evidence;
use crate::domain::incident::Incident;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::badge::Badge;
use crate::ui::disclosure::Disclosure;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::properties::{Properties, Property};
use crate::ui::skeleton::Skeleton;
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The tab's content.
#[component]
pub(super) fn Alerts(incident: Signal<Arc<Incident>>) -> impl IntoView {
    let alerts = Memo::new(move |_| incident.read().alerts.clone());
    dynamic(move || {
        let Some(mut alerts) = alerts.get() else {
            return view! { <Skeleton /> }.into_any();
        };
        if alerts.is_empty() {
            return view! {
                <Empty
                    glyph=Glyph::Bell
                    title=text::NO_ALERTS
                    text=Some(text::NO_ALERTS_ADVICE.to_owned())
                />
            }
            .into_any();
        }
        alerts.sort_by_key(|alert| (alert.first_activity, alert.created));
        let cards = alerts
            .into_iter()
            .map(|alert| view! { <AlertCard alert /> });
        view! { <div class="stack">{cards.collect_any()}</div> }.into_any()
    })
}

#[component]
fn AlertCard(alert: Alert) -> impl IntoView {
    let open = RwSignal::new(false);
    let severity = alert.severity.clone();
    let status = alert.status.label().into_owned();
    let meta = ViewFn::from(move || {
        view! {
            <SeverityBadge severity=severity.clone() />
            <Badge text=status.clone() />
        }
    });
    let title = visible(&alert.title).into_owned();
    let alert = Arc::new(alert);
    view! {
        <Disclosure title meta level=2 open on_toggle=move |now| open.set(now)>
            {details(&alert)}
        </Disclosure>
    }
}

fn details(alert: &Alert) -> AnyView {
    let text_of = |words: &Option<String>| words.as_deref().map(|w| visible(w).into_owned());
    let category = text_of(&alert.category);
    let source = text_of(&alert.source);
    let description = text_of(&alert.description);
    let techniques = visible(&alert.techniques.join(", ")).into_owned();
    let time = |label: &'static str, at: Option<Timestamp>| {
        at.map(|at| view! { <Property label><Time ts=at /></Property> })
    };
    let (first, last) = (alert.first_activity, alert.last_activity);
    view! {
        {description.map(|words| view! { <p class="prose">{words}</p> })}
        <Properties>
            {category.map(|c| view! { <Property label=text::CATEGORY>{c}</Property> })}
            {source.map(|s| view! { <Property label=text::SOURCE>{s}</Property> })}
            {(!techniques.is_empty())
                .then(|| view! { <Property label=text::TECHNIQUES>{techniques}</Property> })}
            {time(text::FIRST_ACTIVITY, first)}
            {time(text::LAST_ACTIVITY, last)}
        </Properties>
        <h3>{text::EVIDENCE}</h3>
        {evidence(&alert.evidence)}
    }
    .into_any()
}

fn evidence(all: &[Evidence]) -> AnyView {
    if all.is_empty() {
        return view! { <p class="muted">{text::NO_EVIDENCE}</p> }.into_any();
    }
    let row = |one: &Evidence| {
        view! {
            <tr>
                <th scope="row">{visible(&one.name).into_owned()}</th>
                <td>{visible(&one.kind).into_owned()}</td>
                <td class="mono">{one.detail.as_deref().map(|d| visible(d).into_owned())}</td>
                <td>{one.verdict.label()}</td>
                <td>{one.remediation.label()}</td>
            </tr>
        }
    };
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label=text::EVIDENCE>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{text::EVIDENCE_NAME}</th>
                        <th scope="col">{text::EVIDENCE_KIND}</th>
                        <th scope="col">{text::EVIDENCE_DETAIL}</th>
                        <th scope="col">{text::VERDICT}</th>
                        <th scope="col">{text::REMEDIATION}</th>
                    </tr>
                </thead>
                <tbody>{all.iter().map(row).collect_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
