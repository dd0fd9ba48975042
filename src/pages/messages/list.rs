//! The list itself: a table for each group. News moves rows and changes what they say; a row itself stays,
//! so that a press or a key meets the conversation that it was meant for.

use super::{Change, text};
use crate::domain::conversation::Conversation;
use crate::domain::message_list::{MessageQuery, kind_label, reference};
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::platform::{document, dom};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::dynamic::dynamic;
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::keyed::keyed;
use crate::ui::time::Time;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Groups with their headings.
pub(super) type Shown = Signal<Vec<(String, Vec<Conversation>)>>;

#[component]
pub(super) fn List(
    shown: Shown,
    ticked: RwSignal<Vec<String>>,
    place: Memo<(String, String)>,
    query: Memo<MessageQuery>,
    all: Signal<Arc<Vec<Conversation>>>,
    change: Change,
) -> impl IntoView {
    let clear = move |()| {
        change.run(Box::new(|query| {
            *query = MessageQuery {
                group: query.group,
                ..MessageQuery::default()
            };
        }));
    };
    let found = Memo::new(move |_| (!all.read().is_empty(), !shown.read().is_empty()));
    let headings = Memo::new(move |_| {
        let groups = shown.read();
        let headings = groups.iter().map(|(heading, _)| heading.clone());
        headings.collect::<Vec<_>>()
    });
    let list = NodeRef::<html::Div>::new();
    dynamic(move || match found.get() {
        (false, _) => {
            let advice = Some(text::NONE_ADVICE.to_owned());
            view! { <Empty glyph=Glyph::Mail title=text::NONE text=advice /> }.into_any()
        }
        (true, false) => {
            let advice = Some(text::NO_MATCH_ADVICE.to_owned());
            view! {
                <Empty glyph=Glyph::Filter title=text::NO_MATCH text=advice>
                    {query
                        .read_untracked()
                        .filters()
                        .then(|| view! { <Button on_click=clear>{text::CLEAR}</Button> })}
                </Empty>
            }
            .into_any()
        }
        (true, true) => {
            let table = move |heading| group(heading, list, shown, ticked, place);
            view! {
                <div class="stack" node_ref=list>
                    {keyed(move || headings.get(), String::clone, table)}
                </div>
            }
            .into_any()
        }
    })
}

fn group(
    heading: String,
    list: NodeRef<html::Div>,
    shown: Shown,
    ticked: RwSignal<Vec<String>>,
    place: Memo<(String, String)>,
) -> AnyView {
    let title = visible(&heading).into_owned();
    let name = match title.as_str() {
        "" => text::TITLE.to_owned(),
        title => title.to_owned(),
    };
    let ids = Memo::new(move |_| {
        let groups = shown.read();
        let own = groups.iter().filter(|(one, _)| *one == heading);
        let ids = own.flat_map(|(_, members)| members.iter().map(|one| one.id.clone()));
        ids.collect::<Vec<_>>()
    });
    let rows = move || {
        stay(list);
        ids.get()
    };
    let row = move |id| row(id, shown, ticked, place);
    view! {
        {(!title.is_empty()).then(|| view! { <h2 class="group-title">{title}</h2> })}
        <div class="table-frame" tabindex="0" role="group" aria-label=name>
            <table class="table" style:table-layout="fixed" style:min-width="900px">
                <colgroup>
                    <col style:width="56px" />
                    <col />
                    <col style:width="130px" />
                    <col style:width="110px" />
                    <col style:width="170px" />
                    <col style:width="140px" />
                    <col style:width="110px" />
                </colgroup>
                <thead>
                    <tr>
                        <th scope="col">{text::TICK}</th>
                        <th scope="col">{text::TOPIC}</th>
                        <th scope="col">{text::STATUS}</th>
                        <th scope="col">{text::KIND}</th>
                        <th scope="col">{text::REFERENCE}</th>
                        <th scope="col">{text::SUBMITTER}</th>
                        <th scope="col">{text::UPDATED}</th>
                    </tr>
                </thead>
                <tbody>{keyed(rows, String::clone, row)}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A row that changes places loses the focus on the way: it gets it back.
fn stay(list: NodeRef<html::Div>) {
    let list = list.try_get_untracked().flatten();
    if let Some(focused) = list.and_then(|list| dom::focused_in(&list)) {
        request_animation_frame(move || document::keep_focus(&focused));
    }
}

fn row(
    id: String,
    shown: Shown,
    ticked: RwSignal<Vec<String>>,
    place: Memo<(String, String)>,
) -> AnyView {
    let navigator = navigator();
    let one = {
        let id = id.clone();
        Memo::new(move |before: Option<&Option<Conversation>>| {
            let groups = shown.read();
            let mut all = groups.iter().flat_map(|(_, members)| members);
            let found = all.find(|one| one.id == id).cloned();
            found.or_else(|| before.cloned().flatten())
        })
    };
    let words = move |read: fn(&Conversation) -> String| {
        move || one.read().as_ref().map(read).unwrap_or_default()
    };
    let title = words(|one| visible(&one.title).into_owned());
    let href = {
        let id = id.clone();
        move || {
            let query = place.with(|(_, query)| query.clone());
            navigator.href(&Route::Messages(id.clone(), query))
        }
    };
    let current = {
        let id = id.clone();
        move || place.with(|(open, _)| *open == id).then_some("true")
    };
    let is_ticked = {
        let id = id.clone();
        move || ticked.read().contains(&id)
    };
    let tick = move |_| {
        ticked.update(
            |ticked| match ticked.iter().position(|known| *known == id) {
                Some(at) => drop(ticked.remove(at)),
                None => ticked.push(id.clone()),
            },
        );
    };
    let unread = Memo::new(move |_| one.read().as_ref().map_or(0, |one| one.unread));
    let unread = move || {
        let count = unread.get();
        (count > 0).then(|| view! { <Badge text=text::unread(count) tone=Tone::Warning /> })
    };
    let progress = move || {
        let progress = one.read().as_ref()?.progress.clone()?;
        Some(view! { <span class="muted small">" " {progress.label()}</span> })
    };
    let last = move || {
        let (author, words) = one.read().as_ref()?.last.clone()?;
        let (author, words) = (visible(&author), visible(&words));
        Some(view! { <p class="muted small clip">{format!("{author}: {words}")}</p> })
    };
    let updated = move || one.read().as_ref().map_or(Timestamp(0), |one| one.updated);
    view! {
        <tr aria-current=current>
            <td>
                <input
                    type="checkbox"
                    aria-label=move || text::tick(&title())
                    prop:checked=is_ticked
                    on:change=tick
                />
            </td>
            <th scope="row">
                <a href=href>{title}</a>
                " "
                {dynamic(unread)}
                {dynamic(last)}
            </th>
            <td>{words(|one| one.state.label().into_owned())} {dynamic(progress)}</td>
            <td>{words(|one| kind_label(one.kind).to_owned())}</td>
            <td>{words(|one| visible(&reference(one)).into_owned())}</td>
            <td>{words(|one| visible(&one.submitter).into_owned())}</td>
            <td>
                <Time ts=Signal::derive(updated) short=true />
            </td>
        </tr>
    }
    .into_any()
}
