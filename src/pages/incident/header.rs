//! The top of the page: name, every field, and the card that says that experts wait for an answer.

use super::text;
use crate::domain::incident::Incident;
use crate::domain::queue_index::assigned_label;
use crate::domain::task::all_done;
use crate::domain::text::visible;
use crate::parts::badges::{SeverityBadge, StatusBadge};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::responses::responses;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::chips::Chips;
use crate::ui::command_bar::{Command, CommandBar};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::menu::MenuItem;
use crate::ui::message_bar::MessageBar;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// More tags than these are not all shown at once.
const FEW: usize = 50;

/// Name, what can be done, and fields.
#[component]
pub(super) fn Header(
    incident: Signal<Arc<Incident>>,
    commands: Signal<Vec<Command>>,
    more: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let field = move |read: fn(&Incident) -> AnyView| dynamic(move || read(&incident.read()));
    view! {
        <header class="incident-header">
            <div class="incident-title">
                <h1>{move || visible(&incident.read().name).into_owned()}</h1>
                <CommandBar label=text::WHAT commands more />
            </div>
            <Properties>
                <Property label=text::STATUS>
                    {field(|i| view! { <StatusBadge status=i.status.clone() /> }.into_any())}
                </Property>
                <Property label=text::SEVERITY>
                    {field(|i| view! { <SeverityBadge severity=i.severity.clone() /> }.into_any())}
                </Property>
                <Property label=text::ASSIGNED>
                    {field(|i| shown(assigned_label(i.assigned_to.as_deref())))}
                </Property>
                <Property label=text::CLASSIFICATION>
                    {field(|i| i.classification.label().into_any())}
                </Property>
                <Property label=text::DETERMINATION>
                    {field(|i| i.determination.label().into_any())}
                </Property>
                <Property label=text::TAGS>{field(tags)}</Property>
                <Property label=text::ID>{field(|i| i.id.to_string().into_any())}</Property>
                <Property label=text::CREATED>
                    {field(|i| view! { <Time ts=i.created /> }.into_any())}
                </Property>
                <Property label=text::UPDATED>
                    {field(|i| view! { <Time ts=i.updated /> }.into_any())}
                </Property>
                {dynamic(move || {
                    let by = incident.read().last_modified_by.clone();
                    by.map(|by| view! { <Property label=text::UPDATED_BY>{shown(&by)}</Property> })
                })}
                {dynamic(move || {
                    let score = incident.read().priority_score;
                    score.map(|score| view! { <Property label=text::PRIORITY>{text::priority(score)}</Property> })
                })}
            </Properties>
        </header>
    }
}

fn shown(text: &str) -> AnyView {
    visible(text).into_owned().into_any()
}

fn tags(incident: &Incident) -> AnyView {
    let tags: Vec<String> = incident
        .tags()
        .map(|tag| visible(tag).into_owned())
        .collect();
    if tags.is_empty() {
        return text::NO_TAGS.into_any();
    }
    if tags.len() > FEW {
        let mut seen = HashSet::new();
        let tags: Vec<String> = incident.tags().map(str::to_owned).collect();
        let tags: Vec<String> = tags
            .into_iter()
            .filter(|tag| seen.insert(tag.clone()))
            .collect();
        return view! { <Chips label=text::TAGS items=tags /> }.into_any();
    }
    let one = |tag| view! { <span class="tag">{tag}</span> };
    view! { <span class="tags">{tags.into_iter().map(one).collect_any()}</span> }.into_any()
}

/// Stands there while the incident awaits the customer or a pending action is left.
#[component]
pub(super) fn TaskCard(
    incident: Signal<Arc<Incident>>,
    #[prop(into)] on_open: Callback<()>,
) -> impl IntoView {
    let tasks = responses().tasks(&incident.read_untracked().id);
    let pending = Memo::new(move |_| {
        let tasks = tasks.get();
        tasks.value().map_or(0, |tasks| {
            tasks.iter().filter(|task| task.pending()).count()
        })
    });
    let awaits = Memo::new(move |_| incident.read().awaits_customer());
    let open = Memo::new(move |_| {
        use crate::domain::incident::Status::{Redirected, Resolved};
        !matches!(incident.read().status, Resolved | Redirected)
    });
    dynamic(move || {
        let due = awaits.get() || open.get() && pending.get() > 0;
        due.then(|| {
            let count = move || {
                let count = pending.get();
                (count > 0).then(|| view! { <strong>{text::pending(count)}". "</strong> })
            };
            view! {
                <section class="task-card" aria-label=text::AWAITS>
                    <Icon glyph=Glyph::Expert />
                    <div class="grow">
                        <h2>{text::AWAITS}</h2>
                        <p>{dynamic(count)} {text::AWAITS_ADVICE}</p>
                    </div>
                    <Button kind=ButtonKind::Primary on_click=on_open>
                        {text::VIEW_RESPONSE}
                    </Button>
                </section>
            }
        })
    })
}

/// Stands there once the customer has seen through everything they were asked for, while the incident
/// is still open: it may be resolved now, and is never resolved by itself.
#[component]
pub(super) fn AllDone(incident: Signal<Arc<Incident>>, resolving: RwSignal<bool>) -> impl IntoView {
    let tasks = responses().tasks_of(&incident.read_untracked().id);
    dynamic(move || {
        use crate::domain::incident::Status::{Redirected, Resolved};
        let open = !matches!(incident.read().status, Resolved | Redirected);
        let done = tasks.get().value().is_some_and(|tasks| all_done(tasks));
        (open && done).then(|| {
            view! {
                <MessageBar tone=Tone::Success text=text::ALL_DONE>
                    <Button small=true on_click=move |()| resolving.set(true)>
                        {text::MARK_RESOLVED}
                    </Button>
                </MessageBar>
            }
        })
    })
}
