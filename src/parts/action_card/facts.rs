//! The facts of a card: what will happen and on what, who asked and since when, how it is done by hand,
//! and what to know before it is run.

use super::setting::Setting;
use super::text;
use crate::domain::machine;
use crate::domain::task::{Source, Task};
use crate::domain::text::visible;
use crate::domain::time::{Timestamp, amount};
use crate::parts::ask;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind, LinkButton};
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::message_bar::MessageBar;
use crate::ui::properties::{Properties, Property};
use crate::ui::time::Time;
use leptos::prelude::*;
use std::sync::Arc;

pub(super) fn facts(task: &Arc<Task>, status: Memo<String>, setting: Setting) -> AnyView {
    let text_of = |words: &Option<String>| words.as_deref().map(|w| visible(w).into_owned());
    let own = machine::is_of_device(&task.id);
    let target = text_of(&task.target_name)
        .or(text_of(&task.target))
        .filter(|_| !own);
    let device = text_of(&task.device).filter(|device| Some(device) != task.target.as_ref());
    let at_by = |label: &'static str, at: Option<Timestamp>, by: &Option<String>| {
        let by = by.as_deref().map(|name| text::by(&visible(name)));
        at.map(|at| {
            view! {
                <Property label>
                    <Time ts=at />
                    {by}
                </Property>
            }
        })
    };
    let requested = at_by(text::REQUESTED, task.created, &task.created_by);
    let started = at_by(
        text::STARTED,
        task.started.filter(|_| task.running()),
        &task.modified_by,
    );
    let changed = at_by(
        text::CHANGED,
        task.modified
            .filter(|at| !task.running() && Some(*at) != task.created),
        &task.modified_by,
    );
    let isolation = text_of(&task.isolation);
    let waits = task.pending() && !own;
    let waiting = task.created.filter(|_| waits).map(|since| {
        let now = env().now;
        view! {
            <Property label=text::WAITS_FOR_YOU>
                {move || amount((now.get().0 - since.0).max(0))}
            </Property>
        }
    });
    let (what, kind) = (task.action.consequence(), task.action.label());
    view! {
        <p class="written">{visible(&task.description).into_owned()}</p>
        {(!what.is_empty() && waits || own).then(|| view! { <p class="muted">{what}</p> })}
        <Properties>
            <Property label=text::ACTION_STATUS>{move || status.get()}</Property>
            {(!own)
                .then(|| {
                    view! { <Property label=text::KIND_OF_ACTION>{kind}</Property> }
                })}
            {target.map(|t| view! { <Property label=text::TARGET>{t}</Property> })}
            {device
                .map(|d| view! { <Property label=text::DEVICE><span class="mono">{d}</span></Property> })}
            {isolation.map(|i| view! { <Property label=text::ISOLATION>{i}</Property> })}
            {waiting}
            {requested}
            {started}
            {changed}
        </Properties>
        {(!own).then(|| drags_on(task.clone()))}
        {text_of(&task.detail)
            .map(|detail| {
                view! { <MessageBar tone=Tone::Warning text=detail /> }
            })}
        {(task.failed() && !own).then(|| view! { <p class="muted">{text::FAILED_ADVICE}</p> })}
        {task.failed().then(|| help(setting))}
        {by_hand(task)}
        {device_link(task, own)}
        {preflight(task, setting)}
    }
    .into_any()
}

/// What may hold up an action that has been under way for long. A device's own actions know it.
fn drags_on(task: Arc<Task>) -> AnyView {
    let now = env().now;
    let long = Memo::new(move |_| task.drags_on(now.get()));
    dynamic(move || {
        let bar = || view! { <MessageBar tone=Tone::Info text=text::DRAGS_ON /> };
        long.get().then(bar)
    })
}

/// The way to the experts: the chat about these actions, or a question where there is none.
fn help(setting: Setting) -> AnyView {
    let (label, to) = match setting.chat {
        Some(chat) => (text::CHAT, chat),
        None => (ask::TITLE, Callback::new(|()| ask::ask(ask::in_view()))),
    };
    view! {
        <p>
            <Button kind=ButtonKind::Secondary small=true on_click=to>
                {label}
            </Button>
        </p>
    }
    .into_any()
}

/// How it is done where nothing runs it from here.
fn by_hand(task: &Task) -> Option<AnyView> {
    let by_hand = task.action.by_hand()?;
    let due = task.pending() && task.source == Source::Guided && !task.runs_here();
    due.then(|| {
        view! {
            <p>{by_hand.step} " " {text::THEN_CONFIRM}</p>
            <p>
                <LinkButton href=by_hand.link.to_owned() kind=ButtonKind::Subtle small=true external=true>
                    {by_hand.place}
                </LinkButton>
            </p>
        }
        .into_any()
    })
}

/// **View device details**, where the task is about a device.
fn device_link(task: &Task, own: bool) -> Option<AnyView> {
    let of_device = machine::kind_of(&task.action).is_some();
    let id = task
        .device
        .clone()
        .or_else(|| task.target.clone().filter(|_| of_device))?;
    (!own && !id.is_empty()).then(|| {
        let href = navigator().href(&Route::Device(id));
        view! {
            <p>
                <a href=href>{text::DEVICE_DETAILS}</a>
            </p>
        }
        .into_any()
    })
}

/// What to know before it is run, while it can be.
fn preflight(task: &Arc<Task>, setting: Setting) -> Option<AnyView> {
    let idle = !task.running() || task.failed();
    let due = task.pending() && idle && task.runs_here() || machine::is_of_device(&task.id);
    due.then(|| warned(task.clone(), setting))
}

/// What speaks against it, and what is not known, or that all is clear. There is a line in each case, so
/// that the buttons below stay where they are while it is being checked.
pub(super) fn warned(task: Arc<Task>, setting: Setting) -> AnyView {
    dynamic(move || {
        let found = setting.warnings(&task);
        let grave = found.iter().filter(|one| one.grave).map(|one| {
            let words = Signal::from(one.text.clone());
            view! { <MessageBar tone=Tone::Warning text=words /> }
        });
        let grave = grave.collect_any();
        let rest = found.iter().filter(|one| !one.grave);
        let mut rest: Vec<_> = rest
            .map(|one| view! { <li>{one.text.clone()}</li> })
            .collect();
        if found.is_empty() {
            rest.push(view! { <li>{text::CLEAR.to_owned()}</li> });
        }
        view! {
            {grave}
            {(!rest.is_empty())
                .then(|| view! { <ul class="muted" aria-label=text::BEFORE_RUNNING>{rest}</ul> })}
        }
    })
}
