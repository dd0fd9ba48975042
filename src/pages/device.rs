//! `/devices/{id}`: one device whole. What Defender for Endpoint says of it and what it can be asked
//! for; where no address for that is configured, what alerts know.

mod history;
mod text;

use crate::domain::id::TaskId;
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::machine::{self, Machine, Sightings, stand_in};
use crate::domain::task::Task;
use crate::domain::text::visible;
use crate::parts::action_card::{ActionCard, Setting};
use crate::parts::ask::{self, AskMenu};
use crate::parts::badges::SeverityBadge;
use crate::parts::device;
use crate::reactive::{Effect, Memo, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::machines::{Device, Machines};
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::Tone;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::keyed::keyed;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::time::Time;
use history::History;
use leptos::prelude::*;
use std::sync::Arc;

/// The page. Another device rebuilds it.
#[component]
pub fn DevicePage(route: Memo<Route>) -> impl IntoView {
    let id = Memo::new(move |before: Option<&String>| match route.get() {
        Route::Device(id) => id,
        _ => before.cloned().unwrap_or_default(),
    });
    let machines = Machines::provide(session());
    move || view! { <One id=id.get() machines /> }
}

#[component]
fn One(id: String, machines: Machines) -> impl IntoView {
    let sightings = machines.sightings(&id);
    let seen = Signal::derive(move || sightings.get());
    if !machines.reachable() {
        let known = Memo::new(move |_| seen.with(|seen| seen.value()?.machine.clone()));
        return view! {
            <Title id machine=known />
            <div class="stack">
                <MessageBar tone=Tone::Info text=text::NO_ENDPOINT />
                {dynamic(move || known.get().map(device::about))}
                <Alerts seen />
            </div>
        }
        .into_any();
    }
    let device = machines.device(&id);
    let load = Signal::derive(move || device.get());
    let machine = Memo::new(move |_| {
        let held = load.with(|load| load.value()?.machine.clone().ok());
        held.or_else(|| seen.with(|seen| seen.value()?.machine.clone()))
    });
    let retry = {
        let id = id.clone();
        move |()| machines.refresh_device(&id)
    };
    let content = {
        let id = id.clone();
        move |device: Signal<Arc<Device>>| {
            let problem = move || {
                let words = device.read().machine.as_ref().err()?.wording(text::WHAT);
                let said = format!("{}. {}", words.title, words.advice);
                Some(view! { <MessageBar tone=Tone::Warning text=said /> })
            };
            view! {
                {dynamic(problem)}
                <History id=id.clone() device machines />
            }
            .into_any()
        }
    };
    view! {
        <Title id=id.clone() machine />
        <div class="incident-summary">
            <div class="stack">
                <Actions id machine machines />
                <LoadView load what=text::WHAT on_retry=Callback::new(retry) children=content />
                <Alerts seen />
            </div>
            <div class="stack">{dynamic(move || machine.get().map(device::about))}</div>
        </div>
    }
    .into_any()
}

#[component]
fn Title(id: String, machine: Memo<Option<Machine>>) -> impl IntoView {
    let shown = visible(&id).into_owned();
    let about = Signal::derive(move || {
        let name = machine.with(|machine| machine.as_ref().map(|it| it.name.clone()));
        ask::about("device", &id, &name.unwrap_or_default())
    });
    let id = shown.clone();
    let name = move || {
        let name =
            machine.with(|machine| machine.as_ref().map(|it| visible(&it.name).into_owned()));
        name.unwrap_or_else(|| id.clone())
    };
    let list = navigator().href(&Route::Devices(String::new()));
    view! {
        <nav class="breadcrumb" aria-label=text::BREADCRUMB>
            <a href=list>{text::DEVICES}</a>
            <span aria-hidden="true">"/"</span>
            <span class="muted breakable">{shown}</span>
        </nav>
        <header class="page-header">
            <div>
                <h1 tabindex="-1" class="breakable">{name}</h1>
                <p class="subtitle">{text::DEVICE}</p>
            </div>
            <span class="spread">
                <AskMenu about />
            </span>
        </header>
    }
}

/// What the device can be asked for: each as a card like those of a managed response.
#[component]
fn Actions(id: String, machine: Memo<Option<Machine>>, machines: Machines) -> impl IntoView {
    let responses = responses();
    let nothing = Signal::derive(|| Load::<Arc<Incident>>::Loading);
    let setting = Setting::of(machines, nothing, Signal::derive(|| false), None);
    let tasks = responses.tasks(&stand_in(&id));
    let load = Signal::derive(move || tasks.get());
    let roles = session().roles();
    // What the cards follow and what the history shows is one thing: each may have been read before the other.
    let (device, known) = (machines.device(&id), id.clone());
    Effect::new(move |asked: Option<Vec<Task>>| {
        let asked = asked.unwrap_or_default();
        let Some(now) = load.with(|load| load.value().cloned()) else {
            return asked;
        };
        // A history that could not be read is behind, too: its list has just come after all.
        let same = |actions: &Vec<_>| machine::tasks(&known, actions) == *now;
        let behind = device.with(|device| {
            let device = device.value();
            device.is_some_and(|device| !device.actions.as_ref().is_ok_and(same))
        });
        if !behind || asked == *now {
            return asked;
        }
        machines.refresh_device(&known);
        now.as_ref().clone()
    });
    let retry = move |()| responses.refresh(&stand_in(&id));
    let cards = move |tasks: Signal<Arc<Vec<Task>>>| {
        let ids = Memo::new(move |_| {
            // What takes an action back is offered beside that action.
            let kinds = |task: &&Task| machine::of_task(&task.id).is_some();
            let tasks = tasks.read();
            let shown = tasks.iter().filter(kinds);
            shown.map(|task| task.id.clone()).collect::<Vec<_>>()
        });
        let card = move |id: TaskId| {
            let task = Memo::new(move |_| {
                let tasks = tasks.read();
                let task = tasks.iter().find(|task| task.id == id)?;
                let name = machine.with(|machine| machine.as_ref().map(|it| it.name.clone()));
                Some(Arc::new(Task {
                    target_name: name,
                    ..task.clone()
                }))
            });
            view! { <ActionCard task setting /> }.into_any()
        };
        view! { <div class="stack">{keyed(move || ids.get(), |id| id.0.clone(), card)}</div> }
            .into_any()
    };
    view! {
        <section class="stack" aria-label=text::ACTIONS>
            <h2>{text::ACTIONS}</h2>
            {dynamic(move || {
                let refused = roles.get().may_act().err();
                refused.map(|words| view! { <MessageBar tone=Tone::Info text=words /> })
            })}
            <LoadView load what=text::ACTIONS_WHAT on_retry=Callback::new(retry) children=cards />
        </section>
    }
}

/// The incidents and alerts that name the device.
#[component]
fn Alerts(seen: Signal<Load<Arc<Sightings>>>) -> impl IntoView {
    let navigator = navigator();
    let list = move |seen: Signal<Arc<Sightings>>| {
        dynamic(move || {
            let seen = seen.get();
            let row = |one: &crate::domain::machine::Sighting| {
                let incident = one.incident.clone().map(|id| {
                    let words = text::incident(id.as_str());
                    let href = navigator.href(&Route::Incident(IncidentView::new(id)));
                    view! { <a href=href>{words}</a> }
                });
                view! {
                    <tr>
                        <td>{incident}</td>
                        <td class="breakable">{visible(&one.title).into_owned()}</td>
                        <td><SeverityBadge severity=one.severity.clone() /></td>
                        <td>{one.at.map(|at| view! { <Time ts=at /> })}</td>
                    </tr>
                }
            };
            let rows = seen.alerts.iter().map(row).collect_any();
            let table = (!rows.is_empty()).then(|| {
                view! {
                    <div class="table-frame" tabindex="0" role="group" aria-label=text::INCIDENTS>
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{text::INCIDENT}</th>
                                    <th scope="col">{text::ALERT}</th>
                                    <th scope="col">{text::SEVERITY}</th>
                                    <th scope="col">{text::CREATED}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
            });
            view! {
                {table}
                <p class="muted">{text::searched(seen.alerts.len(), seen.searched, seen.all)}</p>
            }
        })
    };
    view! {
        <section class="card" aria-label=text::INCIDENTS>
            <h2>{text::INCIDENTS}</h2>
            <LoadView load=seen what=text::ALERTS_WHAT children=list />
        </section>
    }
}
