//! The tab **Alerts**: each alert as a card that expands to its facts and its evidence.

use super::text;
use crate::domain::alert::Alert;
use crate::domain::incident::Incident;
use crate::domain::text::visible;
use crate::parts::alert::AlertFacts;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::badge::Badge;
use crate::ui::disclosure::Disclosure;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::skeleton::Skeleton;
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
            <AlertFacts alert=alert.clone() />
        </Disclosure>
    }
}
