//! `/incidents/{id}`: one incident whole. The tab in front and the open flyout are in the address.

mod alerts;
mod comments;
mod header;
mod summary;
mod text;

use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::time::Timestamp;
use crate::parts::managed_response::ManagedResponseFlyout;
use crate::reactive::{Effect, Memo, Signal, StoredValue};
use crate::routes::{IncidentTab, IncidentView, Route, navigator};
use crate::state::incidents::incidents;
use crate::state::responses::responses;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, IconButton};
use crate::ui::commands::{Command, commands};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::tabs::{Tab, Tabs};
use alerts::Alerts;
use comments::Comments;
use header::{Header, TaskCard};
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;
use summary::Summary;

/// The page. A change of incident rebuilds it; a change of tab or flyout does not.
#[component]
pub fn IncidentPage(route: Memo<Route>) -> impl IntoView {
    // While another page takes over, the route is no longer ours: the last view stays.
    let view = Memo::new(move |before: Option<&IncidentView>| match route.get() {
        Route::Incident(view) => view,
        _ => before
            .cloned()
            .unwrap_or_else(|| IncidentView::new(IncidentId(String::new()))),
    });
    let id = Memo::new(move |_| view.get().id);
    let followed = StoredValue::default();
    move || view! { <One id=id.get() view followed /> }
}

#[component]
fn One(
    id: IncidentId,
    view: Memo<IncidentView>,
    followed: StoredValue<HashSet<IncidentId>>,
) -> impl IntoView {
    let incidents = incidents();
    let navigator = navigator();
    let detail = incidents.open(&id);
    let load = Signal::derive(move || detail.get());
    follow_merge(load, view, followed);
    follow_updates(load, &id);
    let retry = {
        let id = id.clone();
        move |()| incidents.reload(&id)
    };
    let close = move |()| {
        let view = IncidentView {
            managed_response: false,
            ..view.get_untracked()
        };
        // Closing is no step: Back leads where the incident was opened from.
        navigator.replace(&Route::Incident(view));
    };
    let closed = Signal::derive(move || {
        load.get().value().is_some_and(|incident| {
            use crate::domain::incident::Status::{Redirected, Resolved};
            matches!(incident.status, Resolved | Redirected)
        })
    });
    let name = Signal::derive(move || {
        load.get()
            .value()
            .map(|incident| incident.name.clone())
            .unwrap_or_default()
    });
    let content = move |incident| view! { <Content incident view /> }.into_any();
    view! {
        <Way id=id.clone() view />
        <LoadView
            load
            what=text::WHAT
            on_retry=Callback::new(retry)
            children=content
        />
        <ManagedResponseFlyout
            incident=id
            name
            closed
            open=Signal::derive(move || view.get().managed_response)
            on_close=close
        />
    }
}

/// Where this incident stands: the list that was last looked at, and the ones before and after it there.
#[component]
fn Way(id: IncidentId, view: Memo<IncidentView>) -> impl IntoView {
    let (incidents, navigator, env) = (incidents(), navigator(), env());
    let list = incidents.last_list();
    let back = move || navigator.href(&Route::Incidents(list.get()));
    let here = id.clone();
    let step = Callback::new(move |by: isize| {
        let (now, zone) = (env.now.get_untracked(), env.zone.get_untracked());
        let there = incidents.index().with_untracked(|index| {
            let rows = list.with_untracked(|list| index.view(list, now, &zone).rows);
            index.beside(&here, by, &rows).map(str::to_owned)
        });
        match there {
            Some(id) => navigator.go(&Route::Incident(IncidentView {
                tab: view.get_untracked().tab,
                ..IncidentView::new(IncidentId(id))
            })),
            None => env.announce(text::END_OF_LIST),
        }
    });
    for (label, keys, by) in [(text::PREVIOUS, "[", -1), (text::NEXT, "]", 1)] {
        commands().offer(Command::new(label, keys, move || step.run(by)));
    }
    view! {
        <div class="row">
            <nav class="breadcrumb" aria-label=text::BREADCRUMB>
                <a href=back>{text::INCIDENTS}</a>
                <span aria-hidden="true">"/"</span>
                <span class="muted">{id.to_string()}</span>
            </nav>
            <div class="spread row">
                <IconButton
                    glyph=Glyph::ChevronUp
                    label=text::PREVIOUS
                    on_click=move |()| step.run(-1)
                />
                <IconButton
                    glyph=Glyph::ChevronDown
                    label=text::NEXT
                    on_click=move |()| step.run(1)
                />
            </div>
        </div>
    }
}

/// What changes an incident may have changed its managed response: a colleague's or an expert's hand.
fn follow_updates(load: Signal<Load<Arc<Incident>>>, id: &IncidentId) {
    let responses = responses();
    let id = id.clone();
    Effect::new(move |before: Option<Option<Timestamp>>| {
        let now = load.get().value().map(|incident| incident.updated);
        if before.flatten().is_some_and(|before| Some(before) != now) {
            responses.refresh(&id);
            responses.refresh_summary(&id);
        }
        now
    });
}

/// A merged incident leads to the one it became part of, and says so there; through a chain of them
/// to its end, but never round in a circle.
fn follow_merge(
    load: Signal<Load<Arc<Incident>>>,
    view: Memo<IncidentView>,
    followed: StoredValue<HashSet<IncidentId>>,
) {
    let navigator = navigator();
    Effect::new(move |_| {
        let load = load.get();
        let Some(target) = load
            .value()
            .and_then(|incident| incident.redirect_to.clone())
        else {
            return;
        };
        let here = view.get_untracked();
        let seen_before = followed.try_update_value(|ids| !ids.insert(here.id.clone()));
        if seen_before == Some(false) && target != here.id {
            let there = IncidentView {
                merged: here.merged.clone().or(Some(here.id.clone())),
                id: target,
                ..here
            };
            navigator.replace(&Route::Incident(there));
        }
    });
}

#[component]
fn Content(incident: Signal<Arc<Incident>>, view: Memo<IncidentView>) -> impl IntoView {
    let navigator = navigator();
    let tab_link = move |tab: IncidentTab, label: &str| {
        let to = IncidentView {
            tab,
            managed_response: false,
            ..view.get()
        };
        Tab::link(tab.slug(), label, navigator.href(&Route::Incident(to)))
    };
    let tabs = move || {
        let incident = incident.get();
        vec![
            tab_link(IncidentTab::Summary, text::SUMMARY),
            match &incident.alerts {
                Some(alerts) => {
                    tab_link(IncidentTab::Alerts, text::ALERTS).with_count(alerts.len())
                }
                None => tab_link(IncidentTab::Alerts, text::ALERTS),
            },
            tab_link(IncidentTab::Comments, text::COMMENTS).with_count(incident.comments.len()),
        ]
    };
    let open_response = move |()| {
        navigator.go(&Route::Incident(IncidentView {
            managed_response: true,
            ..view.get_untracked()
        }));
    };
    let tab = Memo::new(move |_| view.get().tab);
    let merged = move || {
        view.get().merged.map(|from| {
            view! { <MessageBar tone=Tone::Info text=text::merged(&from) /> }
        })
    };
    view! {
        {dynamic(merged)}
        <Header incident />
        <TaskCard incident on_open=open_response />
        <div class="incident-tabs">
            <Tabs label=text::WHAT tabs=Signal::derive(tabs) selected=Signal::derive(move || tab.get().slug())>
                {move || match tab.get() {
                    IncidentTab::Summary => view! { <Summary incident /> }.into_any(),
                    IncidentTab::Alerts => view! { <Alerts incident /> }.into_any(),
                    IncidentTab::Comments => view! { <Comments incident /> }.into_any(),
                }}
            </Tabs>
            <div class="incident-tabs-end">
                <Button kind=ButtonKind::Subtle icon=Glyph::Shield on_click=open_response>
                    {text::MANAGED_RESPONSE}
                </Button>
            </div>
        </div>
    }
}
