//! The device in the flyout, with its menu: how it stands, its open incidents, and all that is known of
//! it.

use super::cells::isolation_look;
use super::{View, incidents_of, text};
use crate::domain::device_list::Listed;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::load::Load;
use crate::domain::machine::Machine;
use crate::domain::text::visible;
use crate::parts::ask;
use crate::parts::badges::{SeverityBadge, StatusBadge};
use crate::parts::device::{about, health_tone, risk_tone};
use crate::reactive::{Memo, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::machines::Machines;
use crate::state::session::session;
use crate::ui::badge::Badge;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::flyout::Flyout;
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::skeleton::Skeleton;
use leptos::prelude::*;
use std::sync::Arc;

/// More incidents than this stand in their list alone.
const NAMED: usize = 10;

/// The flyout, open while the address names a device.
#[component]
pub(super) fn DeviceFlyout(view: View) -> impl IntoView {
    let navigator = navigator();
    let id = Memo::new(move |_| view.query.read().open.clone());
    // Filters may leave it out of what is shown.
    let known = Memo::new(move |_| view.fleet.read().find(&id.read()).cloned());
    let name = move || {
        let known = known.read();
        known.as_ref().map_or_else(
            || text::TITLE.to_owned(),
            |one| visible(&one.machine.name).into_owned(),
        )
    };
    let subject = Signal::derive(move || {
        let known = known.read();
        let name = known.as_ref().map(|one| one.machine.name.clone());
        ask::about("device", &id.read(), &name.unwrap_or_default())
    });
    let count = Memo::new(move |_| view.beside.read().incidents(&id.read()).unwrap_or_default());
    let items = move || {
        let mut items = vec![
            MenuItem::Action {
                label: ask::TITLE.to_owned(),
                icon: Some(Glyph::PersonQuestion),
                run: Callback::new(move |()| ask::ask(subject.get_untracked())),
            },
            MenuItem::Link {
                label: text::OPEN_PAGE.to_owned(),
                icon: Some(Glyph::Device),
                href: navigator.href(&Route::Device(id.get())),
            },
        ];
        if count.get() > 0 {
            items.push(MenuItem::Link {
                label: text::incidents(count.get()),
                icon: Some(Glyph::Incidents),
                href: navigator.href(&Route::Incidents(incidents_of(&id.read()))),
            });
        }
        items
    };
    let menu = move || {
        view! {
            <Menu label=text::MORE items=Signal::derive(items) icon=Glyph::More icon_only=true />
        }
    };
    let listed = Memo::new(move |_| known.read().is_some());
    let content = move || {
        let id = id.get();
        if id.is_empty() {
            return ().into_any();
        }
        ask::concerns(subject);
        let one = match (listed.get(), view.inventory.reading().get()) {
            (true, _) => dynamic(move || known.get().map(|one| stands(view, one))),
            (false, true) => view! { <Skeleton /> }.into_any(),
            (false, false) => view! { <Unlisted id=id.clone() /> }.into_any(),
        };
        let page = navigator.href(&Route::Device(id.clone()));
        view! {
            <div class="stack">
                <p><a class="btn small" href=page>{text::OPEN_PAGE}</a></p>
                {one}
                <Incidents id view />
            </div>
        }
        .into_any()
    };
    view! {
        <Flyout
            open=Signal::derive(move || !id.read().is_empty())
            title=Signal::derive(name)
            actions=ViewFn::from(menu)
            on_close=move |()| view.change(|query| query.open.clear())
        >
            {dynamic(content)}
        </Flyout>
    }
}

/// Risk, health and isolation at a glance, and all else.
fn stands(view: View, one: Arc<Listed>) -> AnyView {
    let machine = one.machine.clone();
    let risk = machine.risk.as_ref().map(|risk| {
        let words = format!("{}: {}", text::RISK, risk.label());
        view! { <Badge tone=risk_tone(risk) text=words /> }
    });
    let health = machine.health.as_ref().map(|health| {
        let words = format!("{}: {}", text::HEALTH, health.label());
        view! { <Badge tone=health_tone(health) text=words /> }
    });
    let id = machine.id.clone();
    let isolation = move || {
        let isolation = view.beside.read().isolation(&id)?;
        let (tone, glyph) = isolation_look(isolation);
        Some(view! { <Badge tone icon=Some(glyph) text=isolation.label().to_owned() /> })
    };
    view! {
        <p class="cluster" role="group" aria-label=text::HERE>
            {risk}
            {health}
            {dynamic(isolation)}
        </p>
        {about(machine)}
    }
    .into_any()
}

/// The open incidents that are counted, as far as there is room for them.
#[component]
fn Incidents(id: String, view: View) -> impl IntoView {
    let (navigator, env) = (navigator(), env());
    let query = incidents_of(&id);
    let all = navigator.href(&Route::Incidents(query.clone()));
    let rows = Memo::new(move |_| {
        let (now, zone) = (env.now.get(), env.zone.get());
        let known = view.beside.read().incidents.is_some();
        known.then(|| {
            view.incidents.index().with(|index| {
                let rows = index.view(&query, now, &zone).rows;
                let row = |row: &u32| {
                    let row = index.row(*row)?;
                    let looks = (row.severity().clone(), row.status().clone());
                    Some((row.id().to_owned(), row.name().to_owned(), looks))
                };
                let named: Vec<_> = rows.iter().take(NAMED).filter_map(row).collect();
                (rows.len(), named)
            })
        })
    });
    let list = move || match rows.get() {
        None => view! { <p class="muted">{text::NOT_COUNTED}</p> }.into_any(),
        Some((0, _)) => view! { <p class="muted">{text::NO_INCIDENTS}</p> }.into_any(),
        Some((count, named)) => {
            let row = |(id, name, (severity, status)): (String, String, _)| {
                let view = IncidentView::new(IncidentId(id));
                let href = navigator.href(&Route::Incident(view));
                view! {
                    <li class="row">
                        <a class="grow breakable" href=href>
                            {visible(&name).into_owned()}
                        </a>
                        <SeverityBadge severity />
                        <StatusBadge status />
                    </li>
                }
            };
            view! {
                <ul class="plain-list">{named.into_iter().map(row).collect_any()}</ul>
                <p><a class="btn small" href=all.clone()>{text::incidents(count)}</a></p>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-label=text::INCIDENTS>
            <h2>{text::INCIDENTS}</h2>
            {dynamic(list)}
            <p class="muted small">{text::PERIOD}</p>
        </section>
    }
}

/// A device that the list has not: it is asked for by itself.
#[component]
fn Unlisted(id: String) -> impl IntoView {
    let machines = Machines::provide(session());
    let found: Signal<Load<Arc<Machine>>> = match machines.reachable() {
        true => {
            let device = machines.device(&id);
            Signal::derive(move || match device.get() {
                Load::Loading => Load::Loading,
                Load::Failed(error) => Load::Failed(error),
                Load::Ready(device, at) | Load::Stale(device, at, _) => match &device.machine {
                    Ok(machine) => Load::Ready(Arc::new(machine.clone()), at),
                    Err(error) => Load::Failed(error.clone()),
                },
            })
        }
        false => {
            let seen = machines.sightings(&id);
            Signal::derive(move || match seen.get() {
                Load::Loading => Load::Loading,
                Load::Failed(error) => Load::Failed(error),
                Load::Ready(seen, at) | Load::Stale(seen, at, _) => match &seen.machine {
                    Some(machine) => Load::Ready(Arc::new(machine.clone()), at),
                    None => Load::Failed(gone()),
                },
            })
        }
    };
    let content =
        |machine: Signal<Arc<Machine>>| dynamic(move || about(machine.get().as_ref().clone()));
    view! { <LoadView load=found what=text::WHAT_ONE children=content /> }
}

fn gone() -> ApiError {
    ApiError::NotFound { request_id: None }
}
