//! `/messages`: chats and inquiries in one list; `/messages/{id}`: the same with a thread in the side
//! panel. What is shown of the list is in the address.

mod list;
mod panel;
mod text;

use crate::domain::message_list::{Group, MessageQuery, PERIODS, states, table};
use crate::parts::ask;
use crate::platform::download;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::talks::talks;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::env::env;
use crate::ui::field::{SearchBox, Select, Switch};
use crate::ui::icon::Glyph;
use crate::ui::load_view::LoadView;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use list::{List, Shown};
use panel::Panel;

/// The page.
#[component]
pub fn MessagesPage(route: Memo<Route>) -> impl IntoView {
    let talks = talks();
    if !talks.configured() {
        return view! {
            <header class="page-header">
                <h1>{text::TITLE}</h1>
            </header>
            <Empty
                glyph=Glyph::Mail
                title=text::NOT_CONFIGURED
                text=Some(text::NOT_CONFIGURED_ADVICE.to_owned())
            />
        }
        .into_any();
    }
    // While another page takes over, the route is no longer ours: the last view stays.
    let place = Memo::new(move |before: Option<&(String, String)>| match route.get() {
        Route::Messages(id, query) => (id, query),
        _ => before.cloned().unwrap_or_default(),
    });
    let query = Memo::new(move |_| place.with(|(_, query)| MessageQuery::parse(query)));
    let navigator = navigator();
    let change = Callback::new(move |change: Box<dyn FnOnce(&mut MessageQuery)>| {
        let mut next = query.get_untracked();
        change(&mut next);
        let id = place.with_untracked(|(id, _)| id.clone());
        navigator.replace(&Route::Messages(id, next.print()));
    });
    talks.watch();
    talks.refresh();
    let list = talks.list();
    let env = env();
    let shown: Shown = Memo::new(move |_| {
        let list = list.get();
        let all = list.value().cloned().unwrap_or_default();
        query.read().apply(&all, env.now.get())
    })
    .into();
    let ticked = RwSignal::new(Vec::<String>::new());
    let retry = Callback::new(move |()| talks.refresh());
    view! {
        <header class="page-header">
            <h1 tabindex="-1">{text::TITLE}</h1>
            <p class="muted" role="status">
                {move || {
                    let shown = shown.read();
                    let all = shown.iter().flat_map(|(_, members)| members);
                    let unread = all.clone().filter(|one| one.unread > 0).count();
                    text::count(all.count(), unread)
                }}
            </p>
            <span class="spread">
                <Button
                    kind=ButtonKind::Primary
                    icon=Glyph::PersonQuestion
                    on_click=move |()| ask::ask(ask::in_view())
                >
                    {ask::TITLE}
                </Button>
            </span>
        </header>
        <Filters query change />
        <Marks ticked shown />
        <LoadView
            load=list
            what=text::WHAT
            on_retry=retry
            children=move |all| {
                let query = query;
                view! { <List shown ticked place query all change /> }.into_any()
            }
        />
        <Panel place />
    }
    .into_any()
}

type Change = Callback<Box<dyn FnOnce(&mut MessageQuery)>>;

#[component]
fn Filters(query: Memo<MessageQuery>, change: Change) -> impl IntoView {
    let of = move |read: fn(&MessageQuery) -> String| Signal::derive(move || query.with(read));
    let statuses = [vec![(String::new(), text::ANY.to_owned())], states()].concat();
    let groups = Group::ALL.map(|group| (group.slug().to_owned(), group.label().to_owned()));
    let periods = PERIODS.map(|days| (days.to_string(), text::period(days)));
    view! {
        <div class="toolbar" role="search">
            <SearchBox
                label=text::SEARCH
                value=of(|query| query.text.clone())
                on_input=move |typed: String| change.run(Box::new(move |query| query.text = typed))
            />
            <Select
                label=text::STATUS
                options=statuses
                value=of(|query| query.status.clone())
                on_change=move |to: String| change.run(Box::new(move |query| query.status = to))
            />
            <Select
                label=text::PERIOD
                options=periods.to_vec()
                value=of(|query| query.days.to_string())
                on_change=move |to: String| {
                    change.run(Box::new(move |query| query.days = to.parse().unwrap_or(0)));
                }
            />
            <Select
                label=text::GROUP
                options=groups.to_vec()
                value=of(|query| query.group.slug().to_owned())
                on_change=move |to: String| {
                    change
                        .run(
                            Box::new(move |query| {
                                let known = Group::ALL.into_iter().find(|group| group.slug() == to);
                                query.group = known.unwrap_or_default();
                            }),
                        );
                }
            />
            <Switch
                label=text::UNREAD_ONLY
                checked=Signal::derive(move || query.read().unread)
                on_change=move |on| change.run(Box::new(move |query| query.unread = on))
            />
        </div>
    }
}

/// What can be done with what is ticked, and with all that is shown.
#[component]
fn Marks(ticked: RwSignal<Vec<String>>, shown: Shown) -> impl IntoView {
    let talks = talks();
    // What a filter hides stays ticked, and nothing is done with it.
    let chosen = Memo::new(move |_| {
        let (shown, ticked) = (shown.get(), ticked.read());
        let all = shown.into_iter().flat_map(|(_, members)| members);
        all.filter(|one| ticked.contains(&one.id))
            .collect::<Vec<_>>()
    });
    let reason = Signal::derive(move || {
        chosen
            .read()
            .is_empty()
            .then(|| text::NOTHING_TICKED.to_owned())
    });
    let left = RwSignal::new(0);
    let mark = move |read: bool| {
        let chosen = chosen.get_untracked();
        ticked.update(|ticked| ticked.retain(|id| chosen.iter().all(|one| one.id != *id)));
        left.set(0);
        spawn_local(async move {
            let mut failed = Vec::new();
            for one in chosen {
                if talks.mark(&one, read).await.is_err() {
                    failed.push(one.id);
                }
            }
            talks.refresh();
            let _ = left.try_set(failed.len());
            // What could not be marked is ticked again, beside what has been ticked meanwhile.
            let _ = ticked.try_update(|ticked| {
                failed.retain(|id| !ticked.contains(id));
                ticked.append(&mut failed);
            });
        });
    };
    let export = move |()| {
        let csv = table(&shown.read_untracked());
        download::text("defender-experts-messages.csv", "text/csv", &csv);
    };
    view! {
        <div class="cluster">
            <Button
                kind=ButtonKind::Subtle
                icon=Glyph::Check
                disabled_reason=reason
                on_click=move |()| mark(true)
            >
                {text::MARK_READ}
            </Button>
            <Button
                kind=ButtonKind::Subtle
                icon=Glyph::Mail
                disabled_reason=reason
                on_click=move |()| mark(false)
            >
                {text::MARK_UNREAD}
            </Button>
            <Button kind=ButtonKind::Subtle icon=Glyph::Download on_click=export>
                {text::EXPORT}
            </Button>
            {dynamic(move || {
                let count = chosen.read().len();
                (count > 0).then(|| view! { <span class="muted small">{text::ticked(count)}</span> })
            })}
        </div>
        {dynamic(move || {
            let count = left.get();
            (count > 0)
                .then(|| view! { <MessageBar tone=Tone::Warning text=text::not_marked(count) /> })
        })}
    }
}
