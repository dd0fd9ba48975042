//! `/alerts/{id}`: one alert in full.

mod text;

use crate::domain::alert::{Alert, AlertStatus};
use crate::domain::conversation::Subject;
use crate::domain::text::visible;
use crate::parts::alert::AlertFacts;
use crate::parts::ask;
use crate::parts::badges::SeverityBadge;
use crate::reactive::{Memo, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::alerts::alert;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The page. Another alert builds it anew.
#[component]
pub fn AlertPage(route: Memo<Route>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last alert stays.
    let id = Memo::new(move |before: Option<&String>| match route.get() {
        Route::Alert(id) => id,
        _ => before.cloned().unwrap_or_default(),
    });
    dynamic(move || view! { <One id=id.get() /> })
}

#[component]
fn One(id: String) -> impl IntoView {
    let navigator = navigator();
    let (load, retry) = alert(id.clone());
    let about = {
        let id = id.clone();
        Signal::derive(move || {
            let load = load.get();
            let name = load.value().map(|alert| alert.title.clone());
            ask::about("alert", &id, &name.unwrap_or_default())
        })
    };
    ask::concerns(about);
    let list = navigator.href(&Route::Alerts(String::new()));
    let content = move |alert: Signal<Arc<Alert>>| dynamic(move || one(alert.get(), about));
    view! {
        <nav class="breadcrumb" aria-label=text::BREADCRUMB>
            <a href=list>{text::ALERTS}</a>
            <span aria-hidden="true">"/"</span>
            <span class="muted breakable">{visible(&id).into_owned()}</span>
        </nav>
        <LoadView load what=text::WHAT on_retry=retry children=content />
    }
}

fn one(alert: Arc<Alert>, about: Signal<Subject>) -> AnyView {
    let navigator = navigator();
    let incident = alert.incident.clone().map(|id| {
        let href = navigator.href(&Route::Incident(IncidentView::new(id.clone())));
        (id.to_string(), href)
    });
    let question = move |()| ask::ask(about.get_untracked());
    let items = {
        let incident = incident.clone();
        move || {
            let mut items = vec![MenuItem::Action {
                label: ask::TITLE.to_owned(),
                icon: Some(Glyph::PersonQuestion),
                run: Callback::new(question),
            }];
            items.extend(incident.clone().map(|(_, href)| MenuItem::Link {
                label: text::OPEN_INCIDENT.to_owned(),
                icon: Some(Glyph::Incidents),
                href,
            }));
            items
        }
    };
    let tone = match alert.status {
        AlertStatus::New => Tone::Warning,
        AlertStatus::InProgress => Tone::Info,
        AlertStatus::Resolved => Tone::Success,
        _ => Tone::Neutral,
    };
    let (status, severity) = (alert.status.label().into_owned(), alert.severity.clone());
    let (title, id) = (
        visible(&alert.title).into_owned(),
        visible(&alert.id).into_owned(),
    );
    let created = alert.created;
    view! {
        <header class="incident-header">
            <div class="row">
                <h1 tabindex="-1">{title}</h1>
                <div class="spread cluster">
                    <Button
                        kind=ButtonKind::Subtle
                        icon=Glyph::PersonQuestion
                        on_click=question
                    >
                        {ask::TITLE}
                    </Button>
                    <Menu
                        label=text::MORE
                        items=Signal::derive(items)
                        icon=Glyph::More
                        icon_only=true
                    />
                </div>
            </div>
            <Properties>
                <Property label=text::STATUS>
                    <Badge tone text=status />
                </Property>
                <Property label=text::SEVERITY>
                    <SeverityBadge severity />
                </Property>
                {incident
                    .map(|(id, href)| {
                        view! {
                            <Property label=text::INCIDENT>
                                <a href=href>{id}</a>
                            </Property>
                        }
                    })}
                <Property label=text::ID>
                    <span class="breakable">{id}</span>
                </Property>
                {created
                    .map(|at| {
                        view! {
                            <Property label=text::CREATED>
                                <Time ts=at />
                            </Property>
                        }
                    })}
            </Properties>
        </header>
        <AlertFacts alert />
    }
    .into_any()
}
