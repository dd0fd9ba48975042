//! `/incidents/{id}`: one incident whole. The tab in front and the open flyout are in the address.

mod alerts;
mod comments;
mod header;
mod summary;
mod text;

use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::queue_query::QueueQuery;
use crate::domain::time::Timestamp;
use crate::parts::ask;
use crate::parts::manage_incident::{ResolveDialog, why_not_resolve};
use crate::parts::managed_response::ManagedResponseFlyout;
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use crate::routes::{IncidentTab, IncidentView, Route, navigator};
use crate::state::incidents::incidents;
use crate::state::machines::Machines;
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::button::IconButton;
use crate::ui::command_bar as bar;
use crate::ui::commands::{Command, commands};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::flyout::Stepping;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::tabs::{Tab, Tabs};
use alerts::Alerts;
use comments::Comments;
use header::{AllDone, Header, TaskCard};
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
    Machines::provide(session());
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
    let (to_act, resolving) = (RwSignal::new(false), RwSignal::new(false));
    let close = move |()| {
        to_act.set(false);
        let view = IncidentView {
            managed_response: false,
            chat: false,
            ..view.get_untracked()
        };
        // Closing is no step: Back leads where the incident was opened from.
        navigator.replace(&Route::Incident(view));
    };
    let on_chat = move |chat| {
        let view = IncidentView {
            chat,
            ..view.get_untracked()
        };
        navigator.replace(&Route::Incident(view));
    };
    let closed = Signal::derive(move || {
        load.get().value().is_some_and(|incident| {
            use crate::domain::incident::Status::{Redirected, Resolved};
            matches!(incident.status, Resolved | Redirected)
        })
    });
    let act = move || {
        to_act.set(true);
        navigator.go(&Route::Incident(IncidentView {
            managed_response: true,
            ..view.get_untracked()
        }));
    };
    commands().offer(Command::new(text::ACT, "a", act));
    let roles = session().roles();
    let why_not = Signal::derive(move || why_not_resolve(&roles.read(), &load.get()));
    let ask = move || resolving.set(true);
    commands().offer(
        Command::new(text::RESOLVE, "s", ask)
            .in_dialogs()
            .of_panel()
            .disabled(why_not),
    );
    let content = move |incident| view! { <Content incident view resolving why_not /> }.into_any();
    view! {
        <Way id=id.clone() view />
        <LoadView
            load
            what=text::WHAT
            on_retry=Callback::new(retry)
            children=content
        />
        <ManagedResponseFlyout
            incident=id.clone()
            load
            closed
            open=Signal::derive(move || view.get().managed_response)
            to_act
            stepping=between_awaiting(id.clone())
            on_resolve=move |()| resolving.set(true)
            chat=Signal::derive(move || view.get().chat)
            on_chat=on_chat
            on_close=close
        />
        <ResolveDialog incident=id load open=resolving />
    }
}

/// The way from one incident that awaits the customer to the next, from inside the flyout.
fn between_awaiting(id: IncidentId) -> Stepping {
    let (incidents, navigator, env) = (incidents(), navigator(), env());
    let ids = Memo::new(move |_| {
        let (now, zone) = (env.now.get_untracked(), env.zone.get_untracked());
        incidents.index().with(|index| {
            let rows = index.view(&QueueQuery::awaiting(), now, &zone).rows;
            let ids = rows.into_iter().filter_map(|row| index.row(row));
            ids.map(|row| row.id().to_owned()).collect::<Vec<_>>()
        })
    });
    let at = Signal::derive(move || {
        ids.with(|ids| {
            let here = ids.iter().position(|one| *one == id.0);
            // One that awaits nobody any more stands before the first that does.
            here.map_or((0, ids.len() + 1), |at| (at, ids.len()))
        })
    });
    let go = Callback::new(move |to: usize| {
        let target = ids.with_untracked(|ids| {
            let (_, of) = at.get_untracked();
            let to = if of > ids.len() {
                to.checked_sub(1)?
            } else {
                to
            };
            ids.get(to).cloned()
        });
        if let Some(target) = target {
            navigator.go(&Route::Incident(IncidentView {
                managed_response: true,
                ..IncidentView::new(IncidentId(target))
            }));
        }
    });
    Stepping { at, go }
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

/// What changes an incident may have changed its alerts, which lists do not bring, and its managed
/// response: a colleague's or an expert's hand.
fn follow_updates(load: Signal<Load<Arc<Incident>>>, id: &IncidentId) {
    let (incidents, responses) = (incidents(), responses());
    let id = id.clone();
    Effect::new(move |before: Option<Option<Timestamp>>| {
        let now = load.get().value().map(|incident| incident.updated);
        if before.flatten().is_some_and(|before| Some(before) != now) {
            incidents.reload(&id);
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
fn Content(
    incident: Signal<Arc<Incident>>,
    view: Memo<IncidentView>,
    resolving: RwSignal<bool>,
    why_not: Signal<Option<String>>,
) -> impl IntoView {
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
    commands().offer(Command::new(text::MANAGED_RESPONSE, "", move || {
        open_response(());
    }));
    commands().offer(Command::new(text::CHAT, "c", move || {
        navigator.go(&Route::Incident(IncidentView {
            managed_response: true,
            chat: true,
            ..view.get_untracked()
        }));
    }));
    let about = Signal::derive(move || {
        let incident = incident.read();
        ask::about("incident", incident.id.as_str(), &incident.name)
    });
    let bar = Signal::derive(move || {
        vec![
            bar::Command {
                label: text::RESOLVE.to_owned(),
                icon: Glyph::Success,
                disabled_reason: why_not.get(),
                run: Callback::new(move |()| resolving.set(true)),
            },
            bar::Command {
                label: text::MANAGED_RESPONSE.to_owned(),
                icon: Glyph::Shield,
                disabled_reason: None,
                run: Callback::new(open_response),
            },
        ]
    });
    let more = Signal::from(vec![ask::entry(about)]);
    let tab = Memo::new(move |_| view.get().tab);
    let merged = move || {
        view.get().merged.map(|from| {
            view! { <MessageBar tone=Tone::Info text=text::merged(&from) /> }
        })
    };
    view! {
        {dynamic(merged)}
        <Header incident commands=bar more />
        <TaskCard incident on_open=open_response />
        <AllDone incident resolving />
            <Tabs label=text::WHAT tabs=Signal::derive(tabs) selected=Signal::derive(move || tab.get().slug())>
                {move || match tab.get() {
                    IncidentTab::Summary => view! { <Summary incident /> }.into_any(),
                    IncidentTab::Alerts => view! { <Alerts incident /> }.into_any(),
                    IncidentTab::Comments => view! { <Comments incident /> }.into_any(),
                }}
            </Tabs>
    }
}
