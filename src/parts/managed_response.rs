//! The managed response flyout: what the experts found, what they have done, and what is left for
//! the customer to do. The caller holds whether it is open, in the address.

mod action_card;
mod summary;
mod text;

use crate::domain::id::{IncidentId, TaskId};
use crate::domain::load::Load;
use crate::domain::task::{Group, Task, card};
use crate::domain::text::visible;
use crate::platform::document;
use crate::reactive::{Effect, Memo, Signal};
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::{Count, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::flyout::Flyout;
use crate::ui::icon::Glyph;
use crate::ui::keyed::keyed;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use action_card::ActionCard;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use summary::InvestigationSummary;

/// The flyout of one incident.
#[component]
pub fn ManagedResponseFlyout(
    /// Whose managed response it is.
    incident: IncidentId,
    /// The incident's name, under the heading.
    #[prop(into)]
    name: Signal<String>,
    /// True while the incident takes no changes, or is not known.
    #[prop(into)]
    closed: Signal<bool>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let section = NodeRef::<html::Section>::new();
    // The summary may be long: one step leads past it.
    let jump = move |()| {
        if let Some(section) = section.get_untracked() {
            section.scroll_into_view();
            document::focus_quietly(&section);
        }
    };
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Secondary small=true icon=Glyph::ArrowDown on_click=jump>
                {text::ACTIONS}
            </Button>
        }
    };
    view! {
        <Flyout
            open
            actions=ViewFn::from(actions)
            title=text::TITLE
            subtitle=Signal::derive(move || Some(visible(&name.read()).into_owned()))
            on_close
        >
            <InvestigationSummary incident=incident.clone() />
            <Actions incident=incident.clone() closed section />
        </Flyout>
    }
}

#[component]
fn Actions(
    incident: IncidentId,
    closed: Signal<bool>,
    section: NodeRef<html::Section>,
) -> impl IntoView {
    let responses = responses();
    let tasks = responses.tasks(&incident);
    let load = Signal::derive(move || tasks.get());
    announce(load, section);
    let retry = move |()| responses.refresh(&incident);
    let roles = session().roles();
    let groups = move |tasks: Signal<Arc<Vec<Task>>>| {
        view! {
            {dynamic(move || {
                let refused = roles.get().may_act().err();
                refused.map(|words| view! { <MessageBar tone=Tone::Info text=words /> })
            })}
            <ActionGroup group=Group::Pending tasks closed />
            <ActionGroup group=Group::Completed tasks closed />
        }
        .into_any()
    };
    view! {
        <section class="actions" aria-label=text::ACTIONS tabindex="-1" node_ref=section>
            <LoadView
                load
                what=text::ACTIONS_WHAT
                on_retry=Callback::new(retry)
                children=groups
            />
        </section>
    }
}

/// Says each changed status aloud: its badge may be out of sight. A button that went with the change
/// leaves the focus to the list, not to nothing.
fn announce(load: Signal<Load<Arc<Vec<Task>>>>, section: NodeRef<html::Section>) {
    let env = env();
    let roles = session().roles();
    let outbox = responses().outbox();
    Effect::new(move |before: Option<HashMap<TaskId, String>>| {
        let tasks = load.get().value().cloned().unwrap_or_default();
        let status =
            |task: &Task| card(task, outbox.read().get(&task.id), &roles.read(), false).status;
        let now: HashMap<TaskId, String> = tasks
            .iter()
            .map(|task| (task.id.clone(), status(task)))
            .collect();
        let before = before.unwrap_or_default();
        for task in tasks.iter() {
            let (was, is) = (before.get(&task.id), now.get(&task.id));
            if let (Some(was), Some(is)) = (was, is)
                && was != is
            {
                env.announce(format!("{}: {is}", visible(&task.title)));
                request_animation_frame(move || {
                    if let Some(section) = section.try_get_untracked().flatten() {
                        document::keep_focus(&section);
                    }
                });
            }
        }
        now
    });
}

/// One of the two lists. Cards are keyed by task, so that a refresh moves neither focus nor what is
/// expanded.
#[component]
fn ActionGroup(group: Group, tasks: Signal<Arc<Vec<Task>>>, closed: Signal<bool>) -> impl IntoView {
    let roles = session().roles();
    let outbox = responses().outbox();
    let members = Memo::new(move |_| {
        let tasks = tasks.get();
        let of = |task: &&Task| {
            card(
                task,
                outbox.read().get(&task.id),
                &roles.read(),
                closed.get(),
            )
            .group
                == group
        };
        tasks
            .iter()
            .filter(of)
            .map(|task| task.id.clone())
            .collect::<Vec<_>>()
    });
    let (title, none) = match group {
        Group::Pending => (text::PENDING, text::NONE_PENDING),
        Group::Completed => (text::COMPLETED, text::NONE_COMPLETED),
    };
    let action = move |id| view! { <ActionCard task=task_signal(tasks, id) closed /> }.into_any();
    view! {
        <h3 class="group-title">
            {title} <Count value=Signal::derive(move || members.read().len()) />
        </h3>
        {dynamic(move || members.read().is_empty().then(|| view! { <p class="muted">{none}</p> }))}
        <div class="stack">
            {keyed(move || members.get(), |id| id.0.clone(), action)}
        </div>
    }
}

/// One task out of the list, for as long as it is there.
fn task_signal(tasks: Signal<Arc<Vec<Task>>>, id: TaskId) -> Memo<Option<Arc<Task>>> {
    Memo::new(move |_| {
        tasks
            .read()
            .iter()
            .find(|task| task.id == id)
            .cloned()
            .map(Arc::new)
    })
}
