//! The managed response flyout: what the experts found, what they have done, and what is left for
//! the customer to do. The caller holds whether it is open, in the address.

mod clocks;
mod summary;
mod text;

use crate::domain::id::{IncidentId, TaskId};
use crate::domain::incident::Incident;
use crate::domain::load::Load;
use crate::domain::task::{Group, Task, all_done};
use crate::domain::text::visible;
use crate::parts::action_card::{ActionCard, Setting, by_experts};
use crate::parts::chat::ChatTab;
use crate::platform::split::split;
use crate::platform::{document, dom};
use crate::reactive::{Effect, Memo, Signal};
use crate::state::machines::machines;
use crate::state::responses::responses;
use crate::state::session::session;
use crate::ui::badge::{Count, Tone};
use crate::ui::button::{Button, ButtonKind};
use crate::ui::commands::{Command, commands};
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::flyout::{Flyout, Stepping};
use crate::ui::icon::Glyph;
use crate::ui::keyed::keyed;
use crate::ui::late::Late;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use crate::ui::skeleton::Skeleton;
use crate::ui::tabs::{Tab, Tabs};
use clocks::Clocks;
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
    /// The incident, as its page follows it.
    #[prop(into)]
    load: Signal<Load<Arc<Incident>>>,
    /// True while the incident takes no changes, or is not known.
    #[prop(into)]
    closed: Signal<bool>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Whether it was opened to act: the focus then goes to the first action that can be taken.
    #[prop(into)]
    to_act: Signal<bool>,
    /// The incidents that await the customer, and the way to another of them.
    #[prop(into)]
    stepping: Stepping,
    /// Asks whether the incident is to be marked resolved.
    #[prop(into)]
    on_resolve: Callback<()>,
    /// Whether the chat is in front.
    #[prop(into)]
    chat: Signal<bool>,
    /// Brings the chat to the front, or sends it back.
    #[prop(into)]
    on_chat: Callback<bool>,
    /// Closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let section = NodeRef::<html::Section>::new();
    let name = Signal::derive(move || {
        let name = load.with(|load| load.value().map(|incident| incident.name.clone()));
        Some(visible(&name.unwrap_or_default()).into_owned())
    });
    let actions = move || {
        dynamic(move || {
            (!chat.get()).then(|| view! {
            <Button kind=ButtonKind::Secondary small=true icon=Glyph::ArrowDown on_click=move |()| to_actions(section)>
                {text::ACTIONS}
            </Button>
        })
        })
    };
    let setup = Setup {
        load,
        closed,
        to_act,
        on_resolve,
        section,
        chat,
        on_chat,
    };
    view! {
        <Flyout
            open
            actions=ViewFn::from(actions)
            title=text::TITLE
            subtitle=name
            stepping
            on_close
        >
            {tabs(incident.clone(), setup)}
        </Flyout>
    }
}

/// The summary may be long: one step leads past it, to the first thing that can be done, or to the
/// list where nothing can.
fn to_actions(section: NodeRef<html::Section>) {
    let Some(section) = section.try_get_untracked().flatten() else {
        return;
    };
    section.scroll_into_view();
    let buttons = dom::within(
        &section,
        ".disclosure-body .btn.primary:not([aria-disabled])",
    );
    match buttons.first() {
        Some(first) => drop(first.focus()),
        None => document::focus_quietly(&section),
    }
}

/// From the actions to the tab of the chat: what had the focus goes.
fn to_chat(section: NodeRef<html::Section>, on_chat: Callback<bool>) {
    let panel = section.try_get_untracked().flatten();
    let panel = panel.and_then(|section| section.closest("dialog").ok().flatten());
    on_chat.run(true);
    once_drawn(move || {
        let tabs = panel.map(|panel| dom::within(&panel, "[role=tab][aria-selected=true]"));
        if let Some(tab) = tabs.iter().flatten().next() {
            drop(tab.focus());
        }
    });
}

/// Does something once what has just changed stands on the page.
fn once_drawn(work: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(work));
}

/// What the parts of the flyout work on.
#[derive(Clone, Copy)]
struct Setup {
    load: Signal<Load<Arc<Incident>>>,
    closed: Signal<bool>,
    to_act: Signal<bool>,
    on_resolve: Callback<()>,
    section: NodeRef<html::Section>,
    chat: Signal<bool>,
    on_chat: Callback<bool>,
}

const RESPONSE: &str = "response";
const CHAT: &str = "chat";

/// The parts of the flyout: what was found with what is to be done, and the chat, which comes in a file
/// of its own.
fn tabs(incident: IncidentId, setup: Setup) -> AnyView {
    let Setup {
        closed,
        section,
        load,
        to_act,
        on_resolve,
        chat,
        on_chat,
    } = setup;
    let late: Late<fn(IncidentId) -> AnyView> =
        Late::new(split!(chat, fn(IncidentId) -> AnyView, |incident| {
            view! { <ChatTab incident /> }.into_any()
        }));
    let commands = commands();
    let actions = move || {
        on_chat.run(false);
        once_drawn(move || to_actions(section));
    };
    let talk = move || to_chat(section, on_chat);
    for command in [
        Command::new(text::TO_ACTIONS, "a", actions),
        Command::new(text::TO_CHAT, "c", talk),
    ] {
        commands.offer(command.in_dialogs().of_panel());
    }
    let selected = Signal::derive(move || if chat.get() { CHAT } else { RESPONSE });
    let tabs = vec![
        Tab::button(RESPONSE, text::RESPONSE),
        Tab::button(CHAT, text::CHAT),
    ];
    let panel = move || {
        let incident = incident.clone();
        if chat.get() {
            late.want();
            return late.show(
                text::CHAT,
                || view! { <Skeleton lines=4 /> }.into_any(),
                move |chat| chat(incident.clone()),
            );
        }
        view! {
            <Clocks incident=incident.clone() load />
            <InvestigationSummary incident=incident.clone() />
            <Actions incident load closed to_act on_resolve on_chat section />
        }
        .into_any()
    };
    view! {
        <Tabs
            label=text::TITLE
            tabs
            selected
            on_select=move |key: &'static str| on_chat.run(key == CHAT)
        >
            {dynamic(panel)}
        </Tabs>
    }
    .into_any()
}

#[component]
fn Actions(
    incident: IncidentId,
    load: Signal<Load<Arc<Incident>>>,
    closed: Signal<bool>,
    to_act: Signal<bool>,
    on_resolve: Callback<()>,
    on_chat: Callback<bool>,
    section: NodeRef<html::Section>,
) -> impl IntoView {
    let responses = responses();
    let to_chat = Callback::new(move |()| on_chat.run(true));
    let setting = Setting::of(machines(), load, closed, Some(to_chat));
    let tasks = responses.tasks(&incident);
    responses.watch(&incident);
    let shown = Signal::derive(move || tasks.get());
    announce(shown, section, setting);
    // Once the cards stand there.
    Effect::new(move |done: Option<bool>| {
        let here = shown.with(|load| load.value().is_some());
        if to_act.get() && here && done != Some(true) {
            once_drawn(move || to_actions(section));
            return true;
        }
        done == Some(true)
    });
    let retry = move |()| responses.refresh(&incident);
    let roles = session().roles();
    let groups = move |tasks: Signal<Arc<Vec<Task>>>| {
        view! {
            {dynamic(move || {
                let refused = roles.get().may_act().err();
                refused.map(|words| view! { <MessageBar tone=Tone::Info text=words /> })
            })}
            {dynamic(move || {
                let offer = all_done(&tasks.read()) && !closed.get();
                offer.then(|| {
                    view! {
                        <MessageBar tone=Tone::Success text=text::ALL_DONE>
                            <Button small=true on_click=on_resolve>
                                {text::RESOLVE}
                            </Button>
                        </MessageBar>
                    }
                })
            })}
            <ActionGroup group=Shown::Pending tasks setting />
            <ActionGroup group=Shown::Yours tasks setting />
            <ActionGroup group=Shown::Experts tasks setting />
        }
        .into_any()
    };
    view! {
        <section class="actions" aria-label=text::ACTIONS tabindex="-1" node_ref=section>
            <LoadView
                load=shown
                what=text::ACTIONS_WHAT
                on_retry=Callback::new(retry)
                children=groups
            />
        </section>
    }
}

/// Says each changed status aloud: its badge may be out of sight. A button that went with the change
/// leaves the focus to the list, not to nothing.
fn announce(load: Signal<Load<Arc<Vec<Task>>>>, section: NodeRef<html::Section>, setting: Setting) {
    let env = env();
    Effect::new(move |before: Option<HashMap<TaskId, String>>| {
        let tasks = load.get().value().cloned().unwrap_or_default();
        let status = |task: &Task| setting.card(task).status;
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

/// The lists of cards: what waits, what the customer has seen through, and what the experts did.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Pending,
    Yours,
    Experts,
}

/// One of the lists. Cards are keyed by task, so that a refresh moves neither focus nor what is
/// expanded.
#[component]
fn ActionGroup(group: Shown, tasks: Signal<Arc<Vec<Task>>>, setting: Setting) -> impl IntoView {
    let members = Memo::new(move |_| {
        let tasks = tasks.get();
        let of = |task: &&Task| {
            let shown = match setting.card(task).group {
                Group::Pending => Shown::Pending,
                Group::Completed if by_experts(task) => Shown::Experts,
                Group::Completed => Shown::Yours,
            };
            shown == group
        };
        tasks
            .iter()
            .filter(of)
            .map(|task| task.id.clone())
            .collect::<Vec<_>>()
    });
    let (title, none) = match group {
        Shown::Pending => (text::PENDING, text::NONE_PENDING),
        Shown::Yours => (text::COMPLETED, text::NONE_COMPLETED),
        Shown::Experts => (text::BY_EXPERTS, text::NONE_BY_EXPERTS),
    };
    let action = move |id| view! { <ActionCard task=task_signal(tasks, id) setting /> }.into_any();
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
