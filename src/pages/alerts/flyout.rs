//! The alert in the flyout, with its menu.

use super::{Change, Shown, cells, text};
use crate::domain::alert::Alert;
use crate::domain::alert_list::AlertQuery;
use crate::domain::load::Load;
use crate::domain::text::visible;
use crate::parts::alert::AlertFacts;
use crate::parts::ask;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::alerts::alert;
use crate::ui::badge::Badge;
use crate::ui::dynamic::dynamic;
use crate::ui::flyout::Flyout;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;
use std::sync::Arc;

/// The flyout, open while the address names an alert.
#[component]
pub(super) fn AlertFlyout(query: Memo<AlertQuery>, shown: Shown, change: Change) -> impl IntoView {
    let navigator = navigator();
    let id = Memo::new(move |_| query.read().open.clone());
    let known = Memo::new(move |_| {
        let id = id.get();
        shown.read().iter().find(|alert| alert.id == id).cloned()
    });
    let name = move || {
        let known = known.read();
        known.as_ref().map_or_else(
            || text::TITLE.to_owned(),
            |alert| visible(&alert.title).into_owned(),
        )
    };
    let items = move || {
        let (id, known) = (id.get(), known.get());
        let mut items = vec![
            MenuItem::Action {
                label: ask::TITLE.to_owned(),
                icon: Some(Glyph::PersonQuestion),
                run: {
                    let name = known.as_ref().map(|alert| alert.title.clone());
                    let about = ask::about("alert", &id, &name.unwrap_or_default());
                    Callback::new(move |()| ask::ask(about.clone()))
                },
            },
            MenuItem::Link {
                label: text::OPEN_PAGE.to_owned(),
                icon: Some(Glyph::Bell),
                href: navigator.href(&Route::Alert(id)),
            },
        ];
        if let Some(incident) = known.and_then(|alert| alert.incident.clone()) {
            items.push(MenuItem::Link {
                label: text::OPEN_INCIDENT.to_owned(),
                icon: Some(Glyph::Incidents),
                href: navigator.href(&Route::Incident(IncidentView::new(incident))),
            });
        }
        items
    };
    let menu = move || {
        view! {
            <Menu
                label=text::MORE
                items=Signal::derive(items)
                icon=Glyph::More
                icon_only=true
            />
        }
    };
    let content = move || {
        let id = id.get();
        if id.is_empty() {
            return ().into_any();
        }
        let about = {
            let id = id.clone();
            Signal::derive(move || {
                let known = known.read();
                let name = known.as_ref().map(|alert| alert.title.clone());
                ask::about("alert", &id, &name.unwrap_or_default())
            })
        };
        ask::concerns(about);
        match known.get_untracked() {
            Some(alert) => facts(alert),
            // It may be older than the list, or hidden in it.
            None => view! { <Unlisted id /> }.into_any(),
        }
    };
    view! {
        <Flyout
            open=Signal::derive(move || !id.read().is_empty())
            title=Signal::derive(name)
            actions=ViewFn::from(menu)
            on_close=move |()| change.run(Box::new(|query| query.open.clear()))
        >
            {dynamic(content)}
        </Flyout>
    }
}

#[component]
fn Unlisted(id: String) -> impl IntoView {
    let (load, retry): (Signal<Load<Arc<Alert>>>, _) = alert(id);
    let content = |alert: Signal<Arc<Alert>>| dynamic(move || facts(alert.get()));
    view! { <LoadView load what=text::WHAT_ONE on_retry=retry children=content /> }
}

fn facts(alert: Arc<Alert>) -> AnyView {
    let (tone, status) = (
        cells::tone(&alert.status),
        alert.status.label().into_owned(),
    );
    let severity = alert.severity.clone();
    view! {
        <div class="stack">
            <p class="cluster">
                <SeverityBadge severity />
                <Badge tone text=status />
            </p>
            <AlertFacts alert />
        </div>
    }
    .into_any()
}
