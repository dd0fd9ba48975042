//! Who changed a section, when, and from what to what.

use super::{changes, text};
use crate::domain::load::Load;
use crate::domain::settings::facts;
use crate::domain::settings::{AuditEntry, Section};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::platform::clock;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, RwSignal, Signal};
use crate::state::settings::Settings;
use crate::ui::dynamic::CollectAny;
use crate::ui::load_view::LoadView;
use crate::ui::time::Time;
use leptos::prelude::*;

type Entries = (Vec<AuditEntry>, bool);

/// The list, read again whenever `changed` says so.
pub(super) fn audit(settings: Settings, section: Section, changed: Signal<String>) -> AnyView {
    let entries = RwSignal::new(Load::<Entries>::Loading);
    let read = move || {
        spawn_local(async move {
            let answer = settings.audit(section).await;
            let _ = entries.try_update(|held| {
                let was = std::mem::replace(held, Load::Loading);
                *held = was.settle(answer, Timestamp(clock::now()));
            });
        });
    };
    Effect::new(move |_| {
        if !changed.read().is_empty() {
            read();
        }
    });
    let list = move |entries: Signal<Entries>| {
        let rows = move || {
            let (all, more) = entries.get();
            let empty = all.is_empty();
            let rows = all
                .into_iter()
                .map(|entry| line(section, &entry))
                .collect_any();
            view! {
                {empty.then(|| view! { <p class="muted">{text::AUDIT_EMPTY}</p> })}
                <ul class="stack">{rows}</ul>
                {more.then(|| view! { <p class="muted">{text::AUDIT_MORE}</p> })}
            }
        };
        crate::ui::dynamic::dynamic(rows)
    };
    view! {
        <section class="card stack" aria-label=text::AUDIT>
            <h2>{text::AUDIT}</h2>
            <LoadView
                load=entries
                what=text::AUDIT_WHAT
                on_retry=Callback::new(move |()| read())
                children=list
            />
        </section>
    }
    .into_any()
}

fn line(section: Section, entry: &AuditEntry) -> AnyView {
    let changes_made = facts::changes(&entry.before, &entry.after, section);
    let (by, role) = (
        visible(&entry.by).into_owned(),
        visible(&entry.role).into_owned(),
    );
    view! {
        <li class="stack">
            <p class="cluster">
                <span class="strong">{by.clone()}</span>
                <span class="muted">{role}</span>
                {entry.at.map(|at| view! { <span class="muted"><Time ts=at /></span> })}
                {entry.first_run.then(|| view! { <span class="tag">{text::FIRST_RUN}</span> })}
            </p>
            {changes::table(&by, changes_made, text::BEFORE, text::LATER)}
        </li>
    }
    .into_any()
}
