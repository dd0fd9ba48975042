//! What stands around the list and comes after its first rows: beside the title how much has been read
//! and what is ticked, and above the list what concerns it as a whole, and the filters.

use super::columns::Columns;
use super::facts::facts;
use super::filters::Filters;
use super::nothing::Nothing;
use super::progress::Progress;
use super::rows::Rows;
use super::selection::{Selected, Ticked};
use super::text;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::queue_query::QueueQuery;
use crate::parts::ask;
use crate::platform::dom;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::commands::{Command, commands};
use crate::ui::copy::CopyLink;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::grid::{self, Column};
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use crate::ui::message_bar::MessageBar;
use crate::ui::stale_bar::StaleBar;
use leptos::html;
use leptos::prelude::*;

/// What the file brings.
#[derive(Clone, Copy)]
pub struct Tools {
    /// Beside the title.
    pub(super) head: fn(Head) -> AnyView,
    /// Above the list.
    pub(super) bar: fn(Memo<QueueQuery>, Rows) -> AnyView,
    /// In a heading of the list.
    pub(super) arrange: fn(Columns, &Column) -> AnyView,
    /// In place of the list where it has no rows.
    pub(super) empty: fn(Memo<QueueQuery>) -> AnyView,
}

/// What `head` works on.
pub(super) struct Head {
    pub(super) query: Memo<QueueQuery>,
    pub(super) rows: Rows,
    pub(super) ticked: Ticked,
    pub(super) list: NodeRef<html::Div>,
    pub(super) title: NodeRef<html::H1>,
}

/// The tools, for the file they come in.
pub const TOOLS: Tools = Tools {
    head,
    bar,
    arrange: Columns::arrange,
    empty: |query| view! { <Nothing query /> }.into_any(),
};

fn head(head: Head) -> AnyView {
    let Head {
        query,
        rows,
        ticked,
        list,
        title,
    } = head;
    offer(list);
    view! {
        <Selected ticked rows list />
        <Progress title />
        <AwaitingLink query />
        <CopyLink />
        <Actions rows ticked />
    }
    .into_any()
}

/// Keys for the list that work outside of it, too.
fn offer(list: NodeRef<html::Div>) {
    let commands = commands();
    let press = move |key: &'static str| {
        move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                grid::press(&list, key);
            }
        }
    };
    for (label, keys, key) in [
        (text::NEXT, "j", "ArrowDown"),
        (text::PREVIOUS, "k", "ArrowUp"),
        (text::TICK, "x", " "),
    ] {
        commands.offer(Command::new(label, keys, press(key)));
    }
    let env = env();
    commands.offer(Command::new(text::FIND, "/", move || {
        let root = env.root.try_get_untracked().flatten();
        let boxes = root.map(|root| dom::within(&root, "[role=search] input[type=search]"));
        if let Some(search) = boxes.iter().flatten().next() {
            drop(search.focus());
        }
    }));
}

fn bar(query: Memo<QueueQuery>, rows: Rows) -> AnyView {
    view! {
        <Notices query rows />
        <Filters query />
        {facts(query)}
    }
    .into_any()
}

/// The way to what awaits the customer, from whatever list is in sight.
#[component]
fn AwaitingLink(query: Memo<QueueQuery>) -> impl IntoView {
    let incidents = incidents();
    let navigator = navigator();
    let env = env();
    let count = Memo::new(move |_| {
        let awaiting = QueueQuery::awaiting();
        incidents
            .index()
            .with(|index| index.count(&awaiting, env.now.get(), &env.zone.get()))
    });
    let href = navigator.href(&Route::Incidents(QueueQuery::awaiting()));
    dynamic(move || {
        let elsewhere = query.with(|query| query.print() != QueueQuery::awaiting().print());
        (elsewhere && count.get() > 0)
            .then(|| view! { <a href=href.clone()>{text::awaiting(count.get())}</a> })
    })
}

/// What else can be done: with the one incident that is ticked, or with none in particular.
#[component]
fn Actions(rows: Rows, ticked: Ticked) -> impl IntoView {
    let items = move || {
        vec![MenuItem::Action {
            label: ask::TITLE.to_owned(),
            icon: Some(Glyph::PersonQuestion),
            run: Callback::new(move |()| {
                let about = ticked.only(rows);
                ask::ask(about.map_or_else(ask::general, |(id, name)| {
                    ask::about("incident", &id, &name)
                }));
            }),
        }]
    };
    view! {
        <Menu label=text::MORE items=Signal::derive(items) icon=Glyph::More icon_only=true />
    }
}

/// What concerns the list as a whole: changes that wait, parameters nobody understands, and a part
/// of it that could not be read.
#[component]
fn Notices(query: Memo<QueueQuery>, rows: Rows) -> impl IntoView {
    let incidents = incidents();
    let unread = move || {
        let sync = incidents.sync().get();
        // A lost connection is said above every page, and everything else that is not up to date.
        if sync.behind.is_some() || sync.error == Some(ApiError::Offline) {
            return None;
        }
        let begun = sync.refreshed.is_some() || !rows.shown().read().rows.is_empty();
        match (sync.error, sync.awaiting) {
            // Before anything has come the list's own place says it.
            (Some(error), _) => begun.then_some((text::WHAT, None, error)),
            // An unread list of what awaits the customer hides the old ones of them.
            (None, Load::Failed(error)) => Some((text::AWAITING_WHAT, None, error)),
            (None, Load::Stale((), at, error)) => Some((text::AWAITING_WHAT, Some(at), error)),
            (None, Load::Loading | Load::Ready(..)) => None,
        }
    };
    view! {
        {dynamic(move || {
            unread().map(|(what, at, error)| {
                let words = error.wording(what);
                let text = format!("{}. {}", words.title, words.advice);
                let on_retry = Some(Callback::new(move |()| incidents.retry()));
                view! { <StaleBar text at request_id=words.request_id on_retry /> }
            })
        })}
        {dynamic(move || {
            let ignored = query.get().ignored;
            (!ignored.is_empty()).then(|| {
                view! { <MessageBar tone=Tone::Warning text=text::ignored(&ignored) /> }
            })
        })}
        {dynamic(move || {
            let waiting = rows.waiting();
            (waiting > 0).then(|| {
                view! {
                    <MessageBar tone=Tone::Info text=text::updates(waiting)>
                        <Button kind=ButtonKind::Subtle small=true on_click=move |()| rows.apply()>
                            {text::APPLY}
                        </Button>
                    </MessageBar>
                }
            })
        })}
    }
}
