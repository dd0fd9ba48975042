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
    let known = Memo::new(move |before: Option<&Option<Arc<Alert>>>| {
        let id = id.read();
        let found = in_list(shown, &id);
        found.or_else(|| before?.clone().filter(|alert| alert.id == *id))
    });
    // Whether it is read by itself: it may be older than the list, or hidden in it, also from now on.
    let place = Memo::new(move |before: Option<&(String, bool)>| {
        let id = id.get();
        let already = before.is_some_and(|(known, apart)| *known == id && *apart);
        let apart = already || in_list(shown, &id).is_none();
        (id, apart)
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
        let (id, apart) = place.get();
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
        match known.get_untracked().filter(|_| !apart) {
            Some(first) => facts(Memo::new(move |_| {
                known.get().unwrap_or_else(|| first.clone())
            })),
            None => view! { <Apart id shown /> }.into_any(),
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

fn in_list(shown: Shown, id: &str) -> Option<Arc<Alert>> {
    shown.read().iter().find(|alert| alert.id == id).cloned()
}

#[component]
fn Apart(id: String, shown: Shown) -> impl IntoView {
    let (load, retry): (Signal<Load<Arc<Alert>>>, _) = alert(id);
    let content = move |alert: Signal<Arc<Alert>>| {
        facts(Memo::new(move |_| {
            let alert = alert.get();
            in_list(shown, &alert.id).unwrap_or(alert)
        }))
    };
    view! { <LoadView load what=text::WHAT_ONE on_retry=retry children=content /> }
}

/// What changes by itself is drawn anew by itself: what is open in the rest stays open.
fn facts(alert: Memo<Arc<Alert>>) -> AnyView {
    let severity = Memo::new(move |_| alert.read().severity.clone());
    let status = Memo::new(move |_| alert.read().status.clone());
    let rest = Memo::new_where(move |_| alert.get(), same_but_for_status);
    view! {
        <div class="stack">
            <p class="cluster">
                <SeverityBadge severity />
                <Badge
                    tone=Signal::derive(move || cells::tone(&status.read()))
                    text=Signal::derive(move || status.read().label().into_owned())
                />
            </p>
            {dynamic(move || view! { <AlertFacts alert=rest.get() /> })}
        </div>
    }
    .into_any()
}

fn same_but_for_status(one: &Arc<Alert>, two: &Arc<Alert>) -> bool {
    let one = Alert {
        status: two.status.clone(),
        severity: two.severity.clone(),
        investigation: two.investigation.clone(),
        ..Alert::clone(one)
    };
    one == **two
}
