//! The incident's two clocks, in the flyout's head: how long it has waited for the experts and for the
//! customer, for whom it waits now, and since when.

use super::text;
use crate::domain::clocks::{self, Waiting, clocks, turns_without_history};
use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::task::Task;
use crate::reactive::{Effect, Memo, Signal};
use crate::state::machines::machines;
use crate::state::responses::responses;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// The clocks of one incident.
#[component]
pub(super) fn Clocks(incident: IncidentId, load: Signal<Load<Arc<Incident>>>) -> impl IntoView {
    let (machines, now) = (machines(), env().now);
    let turns = machines.turns(&incident);
    let tasks = responses().tasks_of(&incident);
    let summary = responses().published(&incident);
    // What changes the incident or a task may have handed the next move over.
    let version = {
        let tasks = tasks.clone();
        Memo::new(move |_| {
            let updated = load.with(|load| load.value().map_or(0, |incident| incident.updated.0));
            let changed = |task: &Task| task.modified.map_or(0, |at| at.0);
            let tasks = tasks.get();
            let last = tasks
                .value()
                .and_then(|tasks| tasks.iter().map(changed).max());
            updated.max(last.unwrap_or_default()).to_string()
        })
    };
    Effect::new(move |before: Option<String>| {
        let version = version.get();
        // Before anything was known, nothing has changed.
        if before.is_some_and(|before| before != version && before != "0") {
            drop(machines.turns(&incident));
        }
        version
    });
    let read = move || {
        let load = load.get();
        let held = turns.get();
        let told = match held {
            Load::Loading => return None,
            Load::Ready(turns, _) | Load::Stale(turns, ..) if !turns.is_empty() => Some(turns),
            _ => None,
        };
        let (tasks, summary) = (tasks.get(), summary.get());
        let own = || {
            let incident = load.value()?;
            let tasks = tasks
                .value()
                .map(|tasks| tasks.as_slice())
                .unwrap_or_default();
            let response = summary.value().and_then(Option::as_deref);
            Some(turns_without_history(incident, response, tasks))
        };
        let reckoned = told.is_none();
        let turns = match told {
            Some(turns) => turns.as_ref().clone(),
            None => own()?,
        };
        clocks(&turns, now.get()).map(|clocks| shown(&clocks, reckoned))
    };
    dynamic(read)
}

fn shown(clocks: &clocks::Clocks, reckoned: bool) -> AnyView {
    let on = match &clocks.on {
        _ if clocks.paused => text::PAUSED.to_owned(),
        Waiting::Nobody => text::OVER.to_owned(),
        on => on.label().into_owned(),
    };
    let since = clocks.since;
    let (experts, customer) = (
        text::counted(clocks.experts),
        text::counted(clocks.customer),
    );
    view! {
        <section class="clocks" aria-label=text::CLOCKS>
            <Properties>
                <Property label=text::FOR_EXPERTS>{experts}</Property>
                <Property label=text::FOR_YOU>{customer}</Property>
                <Property label=text::NOW_WAITS>
                    {on} ", " {text::SINCE} " " <Time ts=since />
                </Property>
            </Properties>
            {reckoned.then(|| view! { <p class="muted small">{text::NO_HISTORY}</p> })}
        </section>
    }
    .into_any()
}
