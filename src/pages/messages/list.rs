//! The list itself: a table for each group.

use super::{Change, text};
use crate::domain::conversation::Conversation;
use crate::domain::message_list::{MessageQuery, kind_label, reference};
use crate::domain::text::visible;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::time::Time;
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
    dynamic(move || {
        let groups = shown.get();
        if all.read().is_empty() {
            let advice = Some(text::NONE_ADVICE.to_owned());
            return view! { <Empty glyph=Glyph::Mail title=text::NONE text=advice /> }.into_any();
        }
        if groups.is_empty() {
            let advice = Some(text::NO_MATCH_ADVICE.to_owned());
            return view! {
                <Empty glyph=Glyph::Filter title=text::NO_MATCH text=advice>
                    {query
                        .read_untracked()
                        .filters()
                        .then(|| view! { <Button on_click=clear>{text::CLEAR}</Button> })}
                </Empty>
            }
            .into_any();
        }
        let group = |(heading, members): (String, Vec<Conversation>)| {
            let name = match heading.as_str() {
                "" => text::TITLE.to_owned(),
                heading => visible(heading).into_owned(),
            };
            let rows = members.into_iter().map(|one| row(one, ticked, place));
            view! {
                {(!heading.is_empty())
                    .then(|| view! { <h2 class="group-title">{visible(&heading).into_owned()}</h2> })}
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
                        <tbody>{rows.collect_any()}</tbody>
                    </table>
                </div>
            }
        };
        view! { <div class="stack">{groups.into_iter().map(group).collect_any()}</div> }.into_any()
    })
}

fn row(one: Conversation, ticked: RwSignal<Vec<String>>, place: Memo<(String, String)>) -> AnyView {
    let navigator = navigator();
    let (id, title) = (one.id.clone(), visible(&one.title).into_owned());
    let query = place.with_untracked(|(_, query)| query.clone());
    let href = navigator.href(&Route::Messages(id.clone(), query));
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
    let unread = (one.unread > 0)
        .then(|| view! { <Badge text=text::unread(one.unread) tone=Tone::Warning /> });
    let progress = one.progress.as_ref().map(|progress| {
        view! { <span class="muted small">" " {progress.label()}</span> }
    });
    let last = one.last.as_ref().map(|(author, words)| {
        let (author, words) = (visible(author), visible(words));
        view! { <p class="muted small clip">{format!("{author}: {words}")}</p> }
    });
    let about = visible(&reference(&one)).into_owned();
    let submitter = visible(&one.submitter).into_owned();
    view! {
        <tr aria-current=current>
            <td>
                <input
                    type="checkbox"
                    aria-label=text::tick(&title)
                    prop:checked=is_ticked
                    on:change=tick
                />
            </td>
            <th scope="row">
                <a href=href>{title.clone()}</a>
                " "
                {unread}
                {last}
            </th>
            <td>{one.state.label()} {progress}</td>
            <td>{kind_label(one.kind)}</td>
            <td>{about}</td>
            <td>{submitter}</td>
            <td>
                <Time ts=one.updated short=true />
            </td>
        </tr>
    }
    .into_any()
}
